"""Writing doors of the lots of a draft: which parcels, what they cost, what is usual."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.calls import policy, queries
from succession.calls.limits import MOST_LOTS, MOST_PARCELS_IN_A_LOT
from succession.calls.models import Call, CallLot, CallLotParcel
from succession.calls.service import draft_for
from succession.errors import Refused
from succession.i18n import Text
from succession.land import queries as land_queries
from succession.land.models import Parcel
from succession.land.queries import ParcelLine

LONGEST_NAME = 120
LONGEST_REMARK = 1_000
LARGEST_CENTS = 10**12


@dataclass(frozen=True, slots=True)
class LotValues:
    """A lot as it is entered: its name and its parcels."""

    name: str
    parcels: tuple[UUID, ...]
    remark: str = ""


@dataclass(frozen=True, slots=True)
class LotPrice:
    """What a lot costs and what is usual for it; in cents, per year, for a sale once."""

    price: int | None
    reference: int | None = None
    source: str = ""
    reference_on: date | None = None


def add_lot(session: Session, actor: Actor, public_id: UUID, values: LotValues, *, now: datetime) -> CallLot:
    """The draft has one lot more, with the next number."""
    call = draft_for(session, actor, public_id)
    authorize(policy.may_prepare, actor, call)
    present = queries.lots_of(session, call)
    if len(present) >= MOST_LOTS:
        raise Refused(Text("A call has at most %(most)s lots.", {"most": MOST_LOTS}))
    number = max((lot.number for lot in present), default=0) + 1
    lot = CallLot(call_id=call.id, number=number, name=_name(values.name, number), remark=_remark(values.remark))
    session.add(lot)
    session.flush()
    _put_in(session, actor, call, lot, values.parcels)
    call.updated_at = now
    return lot


def change_lot(
    session: Session, actor: Actor, public_id: UUID, number: int, values: LotValues, *, now: datetime
) -> CallLot:
    """The lot is called so and consists of these parcels."""
    call = draft_for(session, actor, public_id)
    authorize(policy.may_prepare, actor, call)
    lot = queries.lot_of(session, call, number)
    lot.name, lot.remark = _name(values.name, number), _remark(values.remark)
    session.execute(delete(CallLotParcel).where(CallLotParcel.lot_id == lot.id))
    _put_in(session, actor, call, lot, values.parcels)
    call.updated_at = now
    return lot


def remove_lot(session: Session, actor: Actor, public_id: UUID, number: int, *, now: datetime) -> None:
    """The lot is gone, and the later ones move up."""
    call = draft_for(session, actor, public_id)
    authorize(policy.may_prepare, actor, call)
    session.delete(queries.lot_of(session, call, number))
    session.flush()
    for place, lot in enumerate(queries.lots_of(session, call), start=1):
        lot.number = place
        session.flush()
    call.updated_at = now


def price_lot(
    session: Session, actor: Actor, public_id: UUID, number: int, price: LotPrice, *, now: datetime
) -> CallLot:
    """The lot costs this, and this is usual, from that source."""
    call = draft_for(session, actor, public_id)
    authorize(policy.may_prepare, actor, call)
    lot = queries.lot_of(session, call, number)
    for cents in (price.price, price.reference):
        if cents is not None and not 0 <= cents <= LARGEST_CENTS:
            raise Refused(Text("A price is never negative, and not as high as this."))
    if price.reference is not None and (not price.source.strip() or price.reference_on is None):
        raise Refused(Text("Say from which source and of which day the usual price is."))
    if price.reference_on is not None and price.reference_on > now.date():
        raise Refused(Text("The day of the source lies in the future."))
    lot.price_cents_year = price.price
    lot.reference_rent_cents_year = price.reference
    lot.reference_source, lot.reference_on = price.source.strip()[:200], price.reference_on
    call.updated_at = now
    session.flush()
    return lot


def state_facts(
    session: Session, actor: Actor, public_id: UUID, number: int, stated: Mapping[str, bool], *, now: datetime
) -> CallLot:
    """What conditions of the principles ask of the lot is answered so."""
    call = draft_for(session, actor, public_id)
    authorize(policy.may_prepare, actor, call)
    lot = queries.lot_of(session, call, number)
    lot.facts = {**lot.facts, **stated}
    call.updated_at = now
    session.flush()
    return lot


def _put_in(session: Session, actor: Actor, call: Call, lot: CallLot, public_ids: Sequence[UUID]) -> None:
    """Only parcels of the owner, each in one lot of the call; the lot knows what conditions may ask of it."""
    if len(public_ids) > MOST_PARCELS_IN_A_LOT:
        raise Refused(Text("A lot has at most %(most)s parcels.", {"most": MOST_PARCELS_IN_A_LOT}))
    lines = _lines(session, actor, call, public_ids)
    if len(lines) != len(set(public_ids)):
        raise Refused(Text("One of the parcels does not belong to the owner. Please choose again."))
    taken = set(
        session.scalars(
            select(CallLotParcel.parcel_id).where(CallLotParcel.call_id == call.id, CallLotParcel.lot_id != lot.id)
        )
    )
    for line in lines:
        if line.id in taken:
            raise Refused(Text("The parcel “%(parcel)s” is already in another lot.", {"parcel": line.label}))
    session.add_all(
        CallLotParcel(lot_id=lot.id, call_id=call.id, parcel_id=line.id, area_m2=_area(line), label=line.label[:200])
        for line in lines
    )
    answered = {name: value for name, value in (lot.facts or {}).items() if isinstance(value, bool)}
    kept = {name: value for name, value in answered.items() if not name.startswith("has_")}
    lot.facts = {**kept, **_facts(session, [line.id for line in lines])}
    session.flush()


def _lines(session: Session, actor: Actor, call: Call, public_ids: Sequence[UUID]) -> list[ParcelLine]:
    wanted = set(public_ids)
    lines = land_queries.parcels_of(session, actor, owner_organisation_id=call.owner_organisation_id)
    return [line for line in lines if line.public_id in wanted]


def _area(line: ParcelLine) -> Decimal:
    """The official area where it is known."""
    return line.official_area_m2 or Decimal(str(line.area_m2)).quantize(Decimal("0.01"))


def _facts(session: Session, parcel_ids: Sequence[int]) -> dict[str, Any]:
    """What conditions of principles may ask of a lot."""
    if not parcel_ids:
        return {}
    summary = land_queries.parcel_summary(session, parcel_ids)
    facts: dict[str, Any] = {"area_ha": str(summary.area_ha)}
    if summary.soil_points is not None:
        facts["soil_points"] = str(summary.soil_points)
    for use in summary.land_uses:
        facts[f"has_{use.value}"] = True
    rows = session.execute(
        select(Parcel.land_use, func.count()).where(Parcel.id.in_(parcel_ids)).group_by(Parcel.land_use)
    ).all()
    if len(rows) == 1 and rows[0][0] is not None:
        facts["land_use"] = rows[0][0].value
    return facts


def _name(words: str, number: int) -> str:
    name = " ".join(words.split())
    if len(name) > LONGEST_NAME:
        raise Refused(Text("This text is too long: at most %(most)s characters.", {"most": LONGEST_NAME}))
    return name or str(number)


def _remark(words: str) -> str:
    text = words.strip()
    if len(text) > LONGEST_REMARK:
        raise Refused(Text("This text is too long: at most %(most)s characters.", {"most": LONGEST_REMARK}))
    return text
