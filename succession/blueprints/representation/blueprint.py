"""The blueprint that the views of acting for somebody belong to."""

from datetime import UTC, datetime

from flask import Blueprint

bp = Blueprint("representation", __name__)


def moment() -> datetime:
    """Now."""
    return datetime.now(UTC)
