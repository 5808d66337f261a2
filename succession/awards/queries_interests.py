"""Reading doors of conflicts of interest: what was declared, and what must be before somebody may take part."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.applications.queries_admitted import Admitted, admitted
from succession.awards.interests import Applying, applying_as, called_like
from succession.awards.models_decision import Capacity, ConflictDeclaration
from succession.calls.models import Call
from succession.errors import Conflict
from succession.i18n import Text


@dataclass(frozen=True, slots=True)
class Declared:
    """The newest declaration of one person."""

    name: str
    capacity: Capacity
    account_id: int | None
    has_interest: bool
    was_detected: bool
    note: str


def applying(session: Session, actor: Actor, call: Call) -> tuple[Applying, ...]:
    """Everybody who applies, by all of their names."""
    return tuple(_applying(one) for one in admitted(session, actor, call))


def declarations(session: Session, call: Call) -> Sequence[Declared]:
    """What counts, by name; the caller has asked for permission. Of several by one person the newest counts."""
    statement = select(ConflictDeclaration).where(ConflictDeclaration.call_id == call.id)
    newest: dict[tuple[Capacity, int | str], ConflictDeclaration] = {}
    for row in session.scalars(statement.order_by(ConflictDeclaration.id)):
        newest[row.capacity, row.account_id or row.name.casefold()] = row
    found = [
        Declared(row.name, row.capacity, row.account_id, row.has_interest, row.was_detected, row.note)
        for row in newest.values()
    ]
    return sorted(found, key=lambda one: (one.capacity, one.name.casefold()))


def own_declaration(session: Session, actor: Actor, call: Call) -> Declared | None:
    """What the actor has said about themselves."""
    office = (one for one in declarations(session, call) if one.capacity is Capacity.OFFICE)
    return next((one for one in office if one.account_id == actor.account_id), None)


def members_with_interest(session: Session, call: Call) -> list[str]:
    """The members of the body who must take no part."""
    body = (one for one in declarations(session, call) if one.capacity is Capacity.BODY)
    return [one.name for one in body if one.has_interest]


def refuse_interested(session: Session, actor: Actor, call: Call) -> None:
    """`Conflict` for an applicant, and for whoever has declared an interest."""
    if applying_as(actor.account_id, applying(session, actor, call)):
        raise Conflict(Text("You apply in this call yourself. Somebody else must do this."))
    declared = own_declaration(session, actor, call)
    if declared is not None and declared.has_interest:
        raise Conflict(Text("You have declared an interest in this call. Somebody else must do this."))


def refuse_undeclared(session: Session, actor: Actor, call: Call) -> None:
    """Who prepares or checks has said that they have no interest; who is called like an applicant has said why not."""
    refuse_interested(session, actor, call)
    declared = own_declaration(session, actor, call)
    if declared is None:
        raise Conflict(Text("Please first declare whether you have an interest in this call."))
    if called_like(actor.name, applying(session, actor, call)) and not declared.note:
        raise Conflict(Text("An applicant has your name. Please declare how you relate to them, or let somebody else."))


def _applying(one: Admitted) -> Applying:
    return Applying(one.code, (one.name, *one.members), one.account_id)
