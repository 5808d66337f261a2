"""Reading doors of calls for those who work on them, and for the rooms above."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.duties import Duty
from succession.accounts.models import Organisation
from succession.accounts.organisations import OWNER_KINDS
from succession.calls import policy
from succession.calls.models import Call, CallLot, CallLotParcel
from succession.calls.models_changes import CallChange
from succession.calls.states import CallState, state_at
from succession.errors import Conflict, NotFound
from succession.i18n import Text
from succession.land.models import Parcel
from succession.principles.document import PrincipleDocument, read
from succession.principles.models import PrincipleSet


@dataclass(frozen=True, slots=True)
class LotParcel:
    """A parcel in a lot, and whether it still belongs to the owner of the call."""

    lot_id: int
    public_id: UUID
    parcel_id: int
    label: str
    area_m2: Decimal
    is_owners: bool


@dataclass(frozen=True, slots=True)
class CallLine:
    """One call in the list of those who work on it."""

    call: Call
    owner_name: str
    state: CallState
    lots: int


def call_for(session: Session, actor: Actor, public_id: UUID, *, lock: bool = False) -> Call:
    """A call on its owner's side; for everybody else it does not exist here. Locked, it is read anew."""
    return _one(session, select(Call).where(Call.public_id == public_id, policy.visible_calls(actor)), lock=lock)


def call_of_public(session: Session, public_id: UUID, *, lock: bool = False) -> Call:
    """A call that was published, for whoever applies; the row holds a secret, so it never goes to a page as it is."""
    published = Call.published_at.is_not(None) & (Call.state != CallState.DRAFT)
    return _one(session, select(Call).where(Call.public_id == public_id, published), lock=lock)


def owner_of(session: Session, call: Call) -> Organisation:
    """Whose land is given out."""
    return session.get_one(Organisation, call.owner_organisation_id)


def lots_of(session: Session, call: Call) -> list[CallLot]:
    """The lots of a call, by number."""
    return list(session.scalars(select(CallLot).where(CallLot.call_id == call.id).order_by(CallLot.number)))


def lot_of(session: Session, call: Call, number: int) -> CallLot:
    """One lot by its number."""
    found = session.scalar(select(CallLot).where(CallLot.call_id == call.id, CallLot.number == number))
    if found is None:
        raise NotFound
    return found


def parcels_of(session: Session, call: Call) -> dict[int, list[LotParcel]]:
    """The parcels of every lot, by the lot's id; a parcel that has changed hands says so."""
    statement = (
        select(
            CallLotParcel.lot_id,
            Parcel.public_id,
            CallLotParcel.parcel_id,
            CallLotParcel.label,
            CallLotParcel.area_m2,
            (func.coalesce(Parcel.owner_organisation_id, 0) == call.owner_organisation_id).label("is_owners"),
        )
        .join(Parcel, Parcel.id == CallLotParcel.parcel_id)
        .where(CallLotParcel.call_id == call.id)
        .order_by(CallLotParcel.lot_id, CallLotParcel.label, CallLotParcel.parcel_id)
    )
    found: dict[int, list[LotParcel]] = {}
    for row in session.execute(statement):
        found.setdefault(row.lot_id, []).append(LotParcel(*row))
    return found


def sold_parcels(session: Session, call: Call) -> list[LotParcel]:
    """Parcels of the call that meanwhile belong to somebody else."""
    return [one for parcels in parcels_of(session, call).values() for one in parcels if not one.is_owners]


def principle_set_of(session: Session, call: Call) -> PrincipleSet | None:
    """The set that the call is to follow, as its row."""
    return None if call.principle_set_id is None else session.get_one(PrincipleSet, call.principle_set_id)


def sets_to_choose(session: Session, call: Call) -> list[PrincipleSet]:
    """The sets of the call's owner, the newest first."""
    statement = select(PrincipleSet).where(PrincipleSet.owner_organisation_id == call.owner_organisation_id)
    return list(session.scalars(statement.order_by(PrincipleSet.number.desc())))


def principles_of(call: Call) -> PrincipleDocument:
    """The principles as they were frozen with the call."""
    if call.frozen_document is None:
        raise Conflict(Text("This call has not been published yet, so its principles are not fixed."))
    return read(call.frozen_document["principles"])


def changes_of(session: Session, call: Call) -> list[CallChange]:
    """What was changed after the opening, the newest first."""
    statement = select(CallChange).where(CallChange.call_id == call.id)
    return list(session.scalars(statement.order_by(CallChange.number.desc())))


def own_calls(
    session: Session, actor: Actor, *, offset: int = 0, most: int | None = None, now: datetime
) -> list[CallLine]:
    """The calls of every owner the actor works for, those that need work first."""
    authorize(policy.may_enter, actor, None)
    lots = select(func.count(CallLot.id)).where(CallLot.call_id == Call.id).scalar_subquery()
    statement = (
        select(Call, Organisation.name, lots)
        .join(Organisation, Organisation.id == Call.owner_organisation_id)
        .where(policy.visible_calls(actor))
        .order_by(Call.is_running.desc(), Call.updated_at.desc(), Call.id.desc())
    )
    rows = session.execute(statement.offset(offset).limit(most))
    return [CallLine(call, name, state_at(call, now), count) for call, name, count in rows]


def owners_to_call_for(session: Session, actor: Actor) -> list[Organisation]:
    """For whom the actor may prepare calls, by name."""
    ids: Iterable[int] = actor.organisations_with(Duty.CALL)
    statement = select(Organisation).where(Organisation.id.in_(ids), Organisation.kind.in_(OWNER_KINDS))
    return list(session.scalars(statement.order_by(Organisation.name, Organisation.id)))


def _one(session: Session, statement: Select[Call], *, lock: bool) -> Call:
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found
