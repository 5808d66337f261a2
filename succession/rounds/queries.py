"""Reading doors of rounds: runs for the office, the certificate for its applicant, the proposal for the rooms above."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.applications import queries as applications
from succession.applications.models import Application
from succession.calls import queries as calls
from succession.calls.models import Call
from succession.calls.states import state_at
from succession.errors import NotFound
from succession.land.queries_adjacent import adjacent_groups
from succession.rounds import policy
from succession.rounds.models import RoundPrice, RoundRun
from succession.rounds.round_document import Land


def runs_of(session: Session, actor: Actor, call: Call) -> Sequence[RoundRun]:
    """Every run of the round, the newest first."""
    authorize(policy.may_see, actor, call, hidden=True)
    return session.scalars(select(RoundRun).where(RoundRun.call_id == call.id).order_by(RoundRun.number.desc())).all()


def newest_run(session: Session, call_id: int) -> RoundRun | None:
    """The run that counts; the caller has asked for permission."""
    statement = select(RoundRun).where(RoundRun.call_id == call_id).order_by(RoundRun.number.desc())
    return session.scalar(statement.limit(1))


def price_of(session: Session, run: RoundRun) -> RoundPrice | None:
    """What the rule costs, once the worker has found out; the caller has asked for permission."""
    return session.get(RoundPrice, run.id)


def proposed(session: Session, call: Call) -> Mapping[int, str]:
    """By the number of the lot, the code of whoever the newest run puts there; the caller has asked for permission."""
    run = newest_run(session, call.id)
    return {} if run is None else {int(lot): code for lot, code in run.result.get("holders", {}).items()}


def certificate_of(
    session: Session, actor: Actor, application_id: UUID, *, now: datetime
) -> tuple[Application, Call, RoundRun | None]:
    """One's own application with the run, if there was one; nothing for others, nor before the body has decided."""
    application = applications.kept(session, actor, application_id)
    call = session.get_one(Call, application.call_id)
    run = newest_run(session, call.id)
    if state_at(call, now) not in policy.TOLD:
        raise NotFound
    is_in = run is not None and application.code in run.result.get("certificates", {})
    return application, call, run if is_in else None


def land_of(session: Session, call: Call) -> Land:
    """Areas as published, and which lots lie side by side; the caller has asked for permission."""
    lots = calls.lots_of(session, call)
    parcels = calls.parcels_of(session, call)
    areas = {str(lot.number): sum((Fraction(one.area_m2) for one in parcels[lot.id]), Fraction(0)) for lot in lots}
    groups = {lot.number: [one.parcel_id for one in parcels[lot.id]] for lot in lots}
    return Land(areas, [(str(one), str(other)) for one, other in adjacent_groups(session, groups)])
