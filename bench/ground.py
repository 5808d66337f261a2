"""A private cluster of its own for a measurement, gone afterwards."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from succession import cluster, schema
from succession.config import CHECKOUT, Settings, load_settings

COUNTED = {"SUCCESSION_SEARCHES_PER_MINUTE": "1000000"}
"""The brake on searches counts as it always does, and never holds."""


@contextmanager
def ground() -> Iterator[Settings]:
    """Settings of an installation that has an empty database in its newest state."""
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=CHECKOUT / "instance"))
    settings = load_settings({**os.environ, "SUCCESSION_INSTANCE": str(folder), "DATABASE_URL": "", **COUNTED})
    try:
        schema.upgrade(settings)
        yield settings
    finally:
        cluster.private_cluster(settings).remove()
        shutil.rmtree(folder)
