"""The blueprint of promises, and what its pages have in common."""

from collections.abc import Callable
from datetime import UTC, date, datetime

from flask import Blueprint
from sqlalchemy.orm import Session

from succession.errors import Conflict, Refused
from succession.extensions import unit_of_work
from succession.i18n import PLACE_OF_TIMES
from succession.web.errors import say
from succession.web.fields import Form

bp = Blueprint("monitoring", __name__)


def today() -> date:
    """The day as the calendar in the region shows it."""
    return datetime.now(PLACE_OF_TIMES).date()


def now() -> datetime:
    """The moment of the request."""
    return datetime.now(UTC)


def tried(form: Form, act: Callable[[Session], object]) -> int | None:
    """The act is done and committed; else the form says why not, with the status to answer with."""
    if not form.validate():
        return 422
    try:
        with unit_of_work() as session:
            act(session)
    except (Conflict, Refused) as refusal:
        form.refuse(say(refusal.text))
        return refusal.status
    return None
