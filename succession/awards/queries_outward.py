"""Reading doors of what follows a decision: the Wartefrist, what was written, objections, approvals, the contract."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.applications.models import Application
from succession.awards import policy_outward as policy
from succession.awards.models_contract import ApprovalStep, Contract
from succession.awards.models_decision import Decision
from succession.awards.models_notices import NoticeSent, Objection, Standstill
from succession.awards.notice_kinds import NoticeKind
from succession.awards.standing import standing_decision
from succession.awards.standstill import Span
from succession.calls.models import Call, CallLot
from succession.errors import NotFound

TELLS_RESULT = tuple(kind for kind in NoticeKind if kind.tells_result)


@dataclass(frozen=True, slots=True)
class Course:
    """Where a decided lot stands: everything that has followed its decision so far."""

    decision: Decision
    standstill: Standstill | None
    notices: Sequence[NoticeSent]
    objections: Sequence[Objection]
    steps: Sequence[ApprovalStep]
    contract: Contract | None

    @property
    def span(self) -> Span | None:
        """The Wartefrist, once its day of dispatch is chosen."""
        return None if self.standstill is None else span_of(self.standstill)

    @property
    def is_running(self) -> bool:
        """Whether the letters have left."""
        return self.standstill is not None and self.standstill.confirmed_at is not None

    @property
    def waiting(self) -> Sequence[Objection]:
        """Objections without an answer."""
        return [one for one in self.objections if one.answered_on is None]


def span_of(row: Standstill) -> Span:
    """The days of a Wartefrist."""
    return Span(row.dispatched_on, row.last_day, row.ends_at)


def course_of(session: Session, decision: Decision) -> Course:
    """Everything that followed a decision; the caller has asked for permission."""
    found = session.scalar(select(Standstill).where(Standstill.decision_id == decision.id))
    steps = select(ApprovalStep).where(ApprovalStep.decision_id == decision.id).order_by(ApprovalStep.number)
    if found is None:
        return Course(decision, None, (), (), session.scalars(steps).all(), None)
    notices = select(NoticeSent).where(NoticeSent.standstill_id == found.id).order_by(NoticeSent.id)
    objections = select(Objection).where(Objection.standstill_id == found.id).order_by(Objection.id)
    contract = select(Contract).where(Contract.standstill_id == found.id)
    return Course(
        decision,
        found,
        session.scalars(notices).all(),
        session.scalars(objections).all(),
        session.scalars(steps).all(),
        session.scalar(contract),
    )


def standing_course(session: Session, lot: CallLot) -> Course:
    """The same of the decision that stands; NotFound while nothing is decided."""
    decision = standing_decision(session, lot.id)
    if decision is None:
        raise NotFound
    return course_of(session, decision)


def locked_standstill(session: Session, decision: Decision) -> Standstill | None:
    """The Wartefrist of a decision for a writing door: objections and contracts take turns on it."""
    statement = select(Standstill).where(Standstill.decision_id == decision.id).with_for_update()
    return session.scalar(statement.execution_options(populate_existing=True))


def told_application(session: Session, actor: Actor, public_id: UUID) -> Application:
    """One's own application; for everybody else it does not exist."""
    statement = select(Application).where(Application.public_id == public_id, policy.told_applications(actor))
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def call_and_lot(session: Session, application: Application, number: int) -> tuple[Call, CallLot]:
    """The call and one of its lots, for an applicant."""
    call = session.get_one(Call, application.call_id)
    lot = session.scalar(select(CallLot).where(CallLot.call_id == call.id, CallLot.number == number))
    if lot is None:
        raise NotFound
    return call, lot


def told_decision(session: Session, application: Application, lot: CallLot) -> tuple[Decision, Standstill]:
    """The newest decision of which the applicant was told, also one that was set aside since; NotFound before."""
    statement = (
        select(Decision, Standstill)
        .join(Standstill, Standstill.decision_id == Decision.id)
        .join(NoticeSent, NoticeSent.standstill_id == Standstill.id)
        .where(
            Decision.lot_id == lot.id,
            Standstill.confirmed_at.is_not(None),
            NoticeSent.application_id == application.id,
        )
        .order_by(Decision.id.desc())
        .limit(1)
    )
    found = session.execute(statement).first()
    if found is None:
        raise NotFound
    return found.Decision, found.Standstill


def objection_of(session: Session, lot: CallLot, public_id: UUID, *, lock: bool = False) -> Objection:
    """One objection on a lot; the caller has asked for permission."""
    statement: Select[Objection] = (
        select(Objection)
        .join(Standstill, Standstill.id == Objection.standstill_id)
        .join(Decision, Decision.id == Standstill.decision_id)
        .where(Objection.public_id == public_id, Decision.lot_id == lot.id)
    )
    if lock:
        statement = statement.with_for_update(of=Objection).execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def own_objections(session: Session, application: Application, standstill: Standstill) -> Sequence[Objection]:
    """What the applicant has objected; the caller has asked for permission."""
    statement = select(Objection).where(
        Objection.application_id == application.id, Objection.standstill_id == standstill.id
    )
    return session.scalars(statement.order_by(Objection.id)).all()


def names_of(session: Session, call_id: int) -> Mapping[int, str]:
    """The names of those who applied, by the application's number; the caller has asked for permission."""
    rows = session.execute(select(Application.id, Application.name).where(Application.call_id == call_id))
    return {row.id: row.name for row in rows}


def courses(session: Session, call: Call) -> Mapping[int, Course]:
    """Where each decided lot of a call stands, by the lot's id; the caller has asked for permission."""
    statement = (
        select(Decision)
        .join(CallLot, CallLot.id == Decision.lot_id)
        .where(CallLot.call_id == call.id, Decision.set_aside_at.is_(None))
    )
    return {decision.lot_id: course_of(session, decision) for decision in session.scalars(statement)}


def objections_on(session: Session, standstill: Standstill) -> Sequence[Objection]:
    """All objections within one Wartefrist; the caller has asked for permission."""
    statement = select(Objection).where(Objection.standstill_id == standstill.id)
    return session.scalars(statement.order_by(Objection.id)).all()


def objections_of_lot(session: Session, lot: CallLot) -> Sequence[Objection]:
    """All objections on a lot, the newest first, also on decisions set aside; the caller has asked for permission."""
    statement = (
        select(Objection)
        .join(Standstill, Standstill.id == Objection.standstill_id)
        .join(Decision, Decision.id == Standstill.decision_id)
        .where(Decision.lot_id == lot.id)
    )
    return session.scalars(statement.order_by(Objection.id.desc())).all()


def answered(session: Session, lot: CallLot, public_id: UUID) -> Objection:
    """An objection with its answer; NotFound while there is none. The caller has asked for permission."""
    found = objection_of(session, lot, public_id)
    if found.answered_on is None:
        raise NotFound
    return found


def decision_of(session: Session, objection: Objection) -> Decision:
    """The decision that an objection is about; the caller has asked for permission."""
    statement = select(Decision).join(Standstill, Standstill.decision_id == Decision.id)
    return session.scalars(statement.where(Standstill.id == objection.standstill_id)).one()


@dataclass(frozen=True, slots=True)
class ResultThere:
    """One lot on which the applicant was told a result."""

    number: int
    name: str
    last_day: date
    stands: bool


def own_results(session: Session, actor: Actor, application_id: UUID) -> Sequence[ResultThere]:
    """The lots on which somebody was told a result, by number, with the newest decision of each."""
    application = told_application(session, actor, application_id)
    statement = (
        select(CallLot, Standstill, Decision)
        .join(Decision, Decision.lot_id == CallLot.id)
        .join(Standstill, Standstill.decision_id == Decision.id)
        .join(NoticeSent, NoticeSent.standstill_id == Standstill.id)
        .where(NoticeSent.application_id == application.id, NoticeSent.kind.in_(TELLS_RESULT))
        .order_by(CallLot.number, Decision.id)
    )
    newest = {
        row.CallLot.number: ResultThere(
            row.CallLot.number, row.CallLot.name, row.Standstill.last_day, row.Decision.set_aside_at is None
        )
        for row in session.execute(statement)
    }
    return tuple(newest.values())
