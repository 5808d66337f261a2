"""What the pages after a decision have in common: the lot of whoever works on it, and where each of them stands."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from succession.awards import policy_outward, queries_decision
from succession.awards.queries import Desk
from succession.blueprints.awards.showing import desk_of, page
from succession.errors import Conflict
from succession.extensions import reading
from succession.i18n import Text
from succession.web.gate import current_actor


def moment() -> datetime:
    """Now."""
    return datetime.now(UTC)


def before_decision(desk: Desk, here: str) -> str | None:
    """Until the body has decided these pages are empty, and say what comes first."""
    if queries_decision.standing_decision(reading(), desk.lot.id) is not None:
        return None
    return outward_page("before", desk, here)


def letter_desk(call_id: UUID, number: int) -> Desk:
    """A lot on which the body has decided; before that these pages say what comes first."""
    desk = desk_of(call_id, number)
    if queries_decision.standing_decision(reading(), desk.lot.id) is None:
        raise Conflict(Text("The body has not decided on this lot yet. Letters and contract follow that."))
    return desk


def outward_page(template: str, desk: Desk, here: str, /, **values: Any) -> str:
    """A page of the lot, with whether the actor may write for its owner."""
    may_write = policy_outward.may_write(current_actor(), desk.call)
    return page(template, desk, here, may_write=may_write, **values)
