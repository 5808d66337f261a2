"""All tables of all rooms, for comparing with what the revisions make."""

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from sqlalchemy import MetaData

import succession
from succession.db import Base

PACKAGE = Path(succession.__file__).parent
HOLDS_TABLES = ("*/models.py", "*/models_*.py", "*/exact.py", "network/*/models.py")
FOREIGN_TABLES = ("spatial_ref_sys", "alembic_version")


def all_tables() -> MetaData:
    """The metadata after every room's tables are known to it."""
    for pattern in HOLDS_TABLES:
        for path in sorted(PACKAGE.glob(pattern)):
            import_module("succession." + ".".join(path.relative_to(PACKAGE).with_suffix("").parts))
    return Base.metadata


def is_ours(name: str | None, kind: str, parents: Mapping[Any, str | None]) -> bool:  # noqa: ARG001  Alembic's signature
    """Whether a table is made from our models; PostGIS and procrastinate keep their own."""
    return kind != "table" or not (name in FOREIGN_TABLES or str(name).startswith("procrastinate_"))
