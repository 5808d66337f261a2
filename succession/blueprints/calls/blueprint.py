"""The blueprint of calls, and who may enter the owner's side."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from flask import Blueprint

from succession.accounts.actor import Role
from succession.web.gate import requires

bp = Blueprint("calls", __name__)


def owners_only(view: Callable[..., Any]) -> Callable[..., Any]:
    """For people who work for owners of land; which owner's calls they see is decided by the policy."""
    return requires(Role.LANDOWNER)(view)


def now() -> datetime:
    """The moment of this request."""
    return datetime.now(UTC)
