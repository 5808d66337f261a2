"""The reading door for the rooms above: who is admitted to a call, after the deadline and never before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from fractions import Fraction
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.applications import policy, sealing
from succession.applications.models import Application, ApplicationSpecial, ApplicationSubmission
from succession.applications.states import ApplicationState, Way
from succession.calls.models import Call, CallLot

METRES = 1000


@dataclass(frozen=True, slots=True)
class AdmittedLot:
    """One lot that an applicant wants."""

    lot_id: int
    number: int
    rank: int | None
    bid_cents_year: int | None
    answers: Mapping[str, Any]
    distance_km: Fraction | None
    """From the farmstead to the nearest boundary of the lot, in a straight line; null where none was named."""


@dataclass(frozen=True, slots=True)
class Admitted:
    """One application as it was sent last before the deadline.

    `answers` are the raw answers by question id, those on religion only for who scores. Nothing here comes from the
    working copy, which its applicant may go on changing.
    """

    application_id: int
    public_id: UUID
    code: str
    way: Way
    account_id: int | None
    name: str
    address: str
    email: str | None
    phone: str | None
    members: tuple[str, ...]
    ties: str
    is_of_owner: bool
    answers: Mapping[str, Any]
    lots: tuple[AdmittedLot, ...]
    evidence: Mapping[str, tuple[UUID, ...]]
    """Public ids of the files laid beside each question."""
    is_withdrawn: bool
    arrived_at: datetime
    receipt_hash: str
    max_area_m2: Decimal | None = None
    """In a round over many parcels; null is no limit of their own."""
    is_connected: bool = False
    is_reduced: bool = False

    def lot(self, number: int) -> AdmittedLot | None:
        """What was said about one lot; null where it is not wanted."""
        return next((one for one in self.lots if one.number == number), None)


def admitted(session: Session, actor: Actor, call: Call) -> tuple[Admitted, ...]:
    """Everybody who applied in time, by code; those who withdrew after the deadline are marked. `Sealed` before."""
    authorize(policy.may_read_admitted, actor, call, hidden=True)
    sealing.refuse_sealed(session, call.id)
    lots = {lot.number: lot.id for lot in session.scalars(select(CallLot).where(CallLot.call_id == call.id))}
    religion = _religion(session, call) if policy.may_read_religion(actor, call) else {}
    return tuple(
        _admitted(application, sent, lots, religion.get(application.id, {}))
        for application, sent in session.execute(_opened(call.id))
    )


def count(session: Session, actor: Actor, call: Call) -> int:
    """How many applied in time; `Sealed` before the deadline."""
    authorize(policy.may_read_admitted, actor, call, hidden=True)
    sealing.refuse_sealed(session, call.id)
    return int(session.scalar(select(func.count()).select_from(_opened(call.id).subquery())) or 0)


def _opened(call_id: int) -> Select[Application, ApplicationSubmission]:
    """The applications that count with what was sent last; nothing while the seal holds."""
    last = (
        select(func.max(ApplicationSubmission.number))
        .where(ApplicationSubmission.application_id == Application.id)
        .correlate(Application)
        .scalar_subquery()
    )
    return (
        select(Application, ApplicationSubmission)
        .join(Call, Call.id == Application.call_id)
        .join(ApplicationSubmission, ApplicationSubmission.application_id == Application.id)
        .where(Call.id == call_id, sealing.is_open(), sealing.counts(), ApplicationSubmission.number == last)
        .order_by(Application.code)
    )


def _religion(session: Session, call: Call) -> dict[int, dict[str, Any]]:
    """The answers on religion that were sent, by application."""
    statement = (
        select(ApplicationSpecial)
        .join(Application, Application.id == ApplicationSpecial.application_id)
        .join(Call, Call.id == Application.call_id)
        .where(Call.id == call.id, sealing.is_open(), sealing.counts(), ApplicationSpecial.is_sent)
    )
    return {found.application_id: found.answers for found in session.scalars(statement)}


def _admitted(
    application: Application, sent: ApplicationSubmission, lots: Mapping[int, int], religion: Mapping[str, Any]
) -> Admitted:
    content = sent.content or {}
    who, wish = content.get("applicant", {}), content.get("round", {})
    most = wish.get("max_area_m2")
    return Admitted(
        application_id=application.id,
        public_id=application.public_id,
        code=application.code,
        way=application.way,
        account_id=application.applicant_account_id,
        name=who.get("name", ""),
        address=who.get("address", ""),
        email=who.get("email"),
        phone=who.get("phone"),
        members=tuple(who.get("members", ())),
        ties=who.get("ties", ""),
        is_of_owner=bool(who.get("is_of_owner")),
        answers={**content.get("answers", {}), **religion},
        lots=tuple(_lot(lot, lots[lot["number"]]) for lot in content.get("lots", ()) if lot["number"] in lots),
        evidence={question: tuple(map(UUID, files)) for question, files in content.get("evidence", {}).items()},
        is_withdrawn=application.state is ApplicationState.WITHDRAWN,
        arrived_at=sent.arrived_at,
        receipt_hash=sent.hash,
        max_area_m2=None if most is None else Decimal(most),
        is_connected=bool(wish.get("is_connected")),
        is_reduced=sent.content is None,
    )


def _lot(lot: Mapping[str, Any], lot_id: int) -> AdmittedLot:
    metres = lot.get("distance_m")
    return AdmittedLot(
        lot_id=lot_id,
        number=lot["number"],
        rank=lot.get("rank"),
        bid_cents_year=lot.get("bid_cents_year"),
        answers=lot.get("answers", {}),
        distance_km=None if metres is None else Fraction(metres, METRES),
    )
