"""The blueprint of leases, who may enter, and what day it is where the land lies."""

from datetime import UTC, date, datetime

from flask import Blueprint

from succession.accounts.actor import Role
from succession.i18n import PLACE_OF_TIMES
from succession.web.gate import requires

bp = Blueprint("leases", __name__, url_prefix="/leases")
owners_only = requires(Role.LANDOWNER, Role.TRANSFEROR)


def now() -> datetime:
    """The moment of this request."""
    return datetime.now(UTC)


def today() -> date:
    """The day of this request, in the region."""
    return now().astimezone(PLACE_OF_TIMES).date()
