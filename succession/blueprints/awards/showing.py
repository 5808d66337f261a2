"""What all pages of a lot have in common: where one is, what the lot is called, and which pages there are."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import render_template
from sqlalchemy.orm import Session

from succession.awards import policy, queries, queries_input
from succession.awards.queries import Desk
from succession.awards.standing import standing_decision
from succession.calls import queries as calls
from succession.errors import Conflict, Refused
from succession.extensions import reading, unit_of_work
from succession.i18n import Text
from succession.web.errors import say
from succession.web.fields import Form
from succession.web.gate import current_actor

PAGES = (
    ("desk", Text("Overview")),
    ("ranking", Text("Ranking")),
    ("points", Text("Points of the body")),
    ("evidence", Text("Evidence")),
    ("interests", Text("Conflicts of interest")),
    ("preparation", Text("Preparation")),
    ("decision", Text("Decision of the body")),
    ("waiting", Text("Waiting list")),
    ("letters", Text("Letters")),
    ("objections", Text("Objections")),
    ("approvals", Text("Approvals")),
    ("contract", Text("Contract")),
    ("papers", Text("Papers")),
)

BEFORE = frozenset({"desk", "ranking", "points", "evidence", "interests", "preparation", "papers", "decision"})
AFTER = frozenset(
    {"desk", "ranking", "decision", "waiting", "letters", "objections", "approvals", "contract", "papers"}
)


def desk_of(call_id: UUID, number: int) -> Desk:
    """The lot for whoever works on it; for everybody else there is no such page."""
    return queries.desk(reading(), current_actor(), call_id, number)


def page(template: str, desk: Desk, tab: str, /, **values: Any) -> str:
    """A page of the lot."""
    actor = current_actor()
    shown = AFTER if standing_decision(reading(), desk.lot.id) else BEFORE
    if not queries_input.awarded_fields(desk.principles):
        shown -= {"points"}
    return render_template(
        f"awards/{template}.html",
        desk=desk,
        call=desk.call,
        lot=desk.lot,
        tab=tab,
        owner=calls.owner_of(reading(), desk.call),
        pages=[(key, label) for key, label in PAGES if key in shown or key == tab],
        may_score=policy.may_score(actor, desk.call),
        may_decide=policy.may_decide(actor, desk.call),
        **values,
    )


def tried(form: Form, act: Callable[[Session], object]) -> int | None:
    """The act is done and committed; else the form says why not, with the status to answer with."""
    if not form.validate():
        return 422
    try:
        with unit_of_work() as session:
            act(session)
    except (Refused, Conflict) as refusal:
        form.refuse(say(refusal.text))
        return refusal.status
    return None
