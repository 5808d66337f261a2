"""Reading doors of awards: the desk of a lot, its runs, and who applied for it by name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Account
from succession.allocation.points import Result
from succession.applications.models import Application
from succession.applications.queries_admitted import Admitted, admitted
from succession.awards import policy
from succession.awards.models import AwardedPoints, ScoringRun
from succession.awards.models_decision import Decision
from succession.awards.models_notices import Standstill
from succession.awards.working import result_of
from succession.calls import queries as calls
from succession.calls.models import Call, CallLot
from succession.errors import Conflict, NotFound
from succession.i18n import Text
from succession.principles.document import PrincipleDocument


@dataclass(frozen=True)
class Desk:
    """One lot of a call, as those see it who work on it."""

    call: Call
    lot: CallLot

    @cached_property
    def principles(self) -> PrincipleDocument:
        """As they were frozen."""
        return calls.principles_of(self.call)


def desk(session: Session, actor: Actor, call_id: UUID, number: int, *, lock: bool = False) -> Desk:
    """A lot for whoever works on it; for everybody else it does not exist. Locked, nothing else of the call moves."""
    call = calls.call_for(session, actor, call_id, lock=lock)
    authorize(policy.may_see, actor, call, hidden=True)
    return Desk(call, calls.lot_of(session, call, number))


def desk_of_lot(session: Session, lot_id: int, *, lock: bool = False) -> Desk:
    """The same for a writing door that has the lot and asks for permission itself."""
    lot = session.get_one(CallLot, lot_id)
    statement = select(Call).where(Call.id == lot.call_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    return Desk(session.scalars(statement).one(), lot)


def runs_of(session: Session, actor: Actor, lot: CallLot) -> Sequence[ScoringRun]:
    """Every run of a lot, the newest first."""
    statement = select(ScoringRun).where(ScoringRun.lot_id == lot.id, policy.visible_runs(actor))
    return session.scalars(statement.order_by(ScoringRun.number.desc())).all()


def run_of(session: Session, actor: Actor, lot: CallLot, number: int) -> ScoringRun:
    """One run of a lot by its number."""
    statement = select(ScoringRun).where(
        ScoringRun.lot_id == lot.id, ScoringRun.number == number, policy.visible_runs(actor)
    )
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def newest_run(session: Session, lot_id: int) -> ScoringRun | None:
    """The run that counts; the caller has asked for permission."""
    statement = select(ScoringRun).where(ScoringRun.lot_id == lot_id)
    return session.scalar(statement.order_by(ScoringRun.number.desc()).limit(1))


def result(run: ScoringRun) -> Result:
    """What the run found, with its working as it was computed then; `Conflict` once its time was over."""
    if not run.result:
        raise Conflict(Text("The time for keeping this run is over. Its seal stays."))
    return result_of(run.result)


def applicants(session: Session, actor: Actor, found: Desk) -> Mapping[str, Admitted]:
    """Everybody who applied for the lot in time, by code; who withdrew or did not sign is marked."""
    everybody = admitted(session, actor, found.call)
    out = _did_not_sign(session, found.lot.id)
    return {
        one.code: replace(one, is_withdrawn=True) if one.application_id in out else one
        for one in everybody
        if one.lot(found.lot.number) is not None
    }


def _did_not_sign(session: Session, lot_id: int) -> frozenset[int]:
    """Who was chosen for the lot and did not sign: for this lot that is as if they had withdrawn."""
    statement = (
        select(Decision.application_id)
        .join(Standstill, Standstill.decision_id == Decision.id)
        .where(Decision.lot_id == lot_id, Standstill.not_signed.is_not(None))
    )
    return frozenset(one for one in session.scalars(statement) if one is not None)


def application_by_code(session: Session, call: Call, code: str) -> Application:
    """The application behind a code; the caller has asked for permission."""
    found = session.scalar(select(Application).where(Application.call_id == call.id, Application.code == code))
    if found is None:
        raise NotFound
    return found


def codes_of(session: Session, call_id: int) -> Mapping[int, str]:
    """The code of every application of a call."""
    rows = session.execute(select(Application.id, Application.code).where(Application.call_id == call_id))
    return {row.id: row.code for row in rows}


def awarded_points(session: Session, lot_id: int) -> Sequence[AwardedPoints]:
    """The points that bodies gave on a lot; the caller has asked for permission."""
    statement = select(AwardedPoints).where(AwardedPoints.lot_id == lot_id)
    return session.scalars(statement.order_by(AwardedPoints.question, AwardedPoints.application_id)).all()


def people(session: Session, account_ids: Iterable[int | None]) -> Mapping[int, str]:
    """The names of people of the office; whoever is gone is left out."""
    wanted = {one for one in account_ids if one is not None}
    rows = session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {row.id: row.name for row in rows}
