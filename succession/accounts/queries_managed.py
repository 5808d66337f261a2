"""Reading door of an office: all owners that it manages in one list, with the state of each mandate."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session, aliased

from succession.accounts.actor import Actor
from succession.accounts.duties import Duty
from succession.accounts.models import Organisation, OrganisationKind
from succession.accounts.models_organisations import Mandate
from succession.accounts.organisations import MandateState, ends_soon, mandate_state, today
from succession.accounts.queries_organisations import MandateLine
from succession.i18n import Text


class Order(StrEnum):
    """How the list is sorted."""

    NAME = "name"
    ENDS = "ends"
    NEWEST = "newest"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _ORDERS[self]


_ORDERS = {
    Order.NAME: Text("by name"),
    Order.ENDS: Text("what ends first"),
    Order.NEWEST: Text("newest first"),
}


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked of the list; nothing is no limit."""

    words: str = ""
    kind: OrganisationKind | None = None
    state: MandateState | None = None
    office: UUID | None = None
    order: Order = Order.NAME


def managed(
    session: Session, actor: Actor, wanted: Wanted, *, offset: int = 0, most: int, now: datetime
) -> Sequence[MandateLine]:
    """The mandates of the offices that the person belongs to, as asked for."""
    owner, office, day = aliased(Organisation), aliased(Organisation), today(now)
    statement = (
        select(Mandate, owner, office)
        .join(owner, owner.id == Mandate.owner_organisation_id)
        .join(office, office.id == Mandate.office_organisation_id)
        .where(Mandate.office_organisation_id.in_(actor.organisations_with(Duty.BELONG)))
        .order_by(*_order(wanted.order, owner), Mandate.id)
    )
    if wanted.words.strip():
        statement = statement.where(owner.name.icontains(wanted.words.strip(), autoescape=True))
    if wanted.kind is not None:
        statement = statement.where(owner.kind == wanted.kind)
    if wanted.office is not None:
        statement = statement.where(office.public_id == wanted.office)
    if wanted.state is not None:
        statement = statement.where(_state(day) == wanted.state.value)
    rows = session.execute(statement.offset(offset).limit(most))
    return [MandateLine(row[0], row[1], row[2], mandate_state(row[0], day), ends_soon(row[0], day)) for row in rows]


def counts(session: Session, actor: Actor, *, now: datetime) -> dict[MandateState, int]:
    """How many mandates there are in each state, whatever is asked for."""
    state = _state(today(now)).label("state")
    statement = (
        select(state, func.count())
        .where(Mandate.office_organisation_id.in_(actor.organisations_with(Duty.BELONG)))
        .group_by(state)
    )
    return {MandateState(name): number for name, number in session.execute(statement)}


def _state(day: date) -> Any:
    """`mandate_state` as an expression; a test holds the two together."""
    return case(
        (Mandate.revoked_at.is_not(None), MandateState.REVOKED.value),
        (Mandate.starts_on > day, MandateState.UPCOMING.value),
        (Mandate.ends_on < day, MandateState.ENDED.value),
        else_=MandateState.IN_FORCE.value,
    )


def _order(order: Order, owner: Any) -> tuple[Any, ...]:
    name = func.lower(owner.name)
    match order:
        case Order.ENDS:
            return Mandate.revoked_at.is_not(None), Mandate.ends_on.nulls_last(), name
        case Order.NEWEST:
            return (Mandate.created_at.desc(),)
        case _:
            return name, Mandate.starts_on.desc()
