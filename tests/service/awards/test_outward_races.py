"""Two at once after a decision: the database lets one through, or lets both through one after the other."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

from sqlalchemy import func, select
from sqlalchemy.exc import DatabaseError
from sqlalchemy.orm import Session

from succession.accounts.queries import actor_of
from succession.awards import service_contract, service_notices, service_objections
from succession.awards.models_contract import Contract
from succession.awards.models_notices import NoticeSent, Objection, Standstill
from succession.awards.notice_kinds import ObjectionWay
from succession.awards.service_contract import Signed
from succession.awards.standstill import day_of
from succession.errors import SuccessionError
from tests.factories.awards import a_call_to_decide, decided
from tests.factories.outward import after_standstill, at_of, told


def at_once(database, *acts):
    """All acts begin at the same moment, each in a transaction of its own; what became of each."""
    barrier = Barrier(len(acts))

    def run(act):
        with Session(database.engine, expire_on_commit=False) as session:
            barrier.wait(timeout=30)
            try:
                act(session)
                session.commit()
            except (SuccessionError, DatabaseError) as refusal:
                session.rollback()
                return type(refusal).__name__
        return "done"

    with ThreadPoolExecutor(len(acts)) as pool:
        return sorted(pool.map(run, acts))


def test_letters_are_recorded_once_however_often_somebody_clicks(database):
    now = datetime.now(UTC)
    with Session(database.engine, expire_on_commit=False) as session:
        scene = a_call_to_decide(session)
        decided(session, scene)
        service_notices.plan(session, scene.clerk, at_of(scene), dispatched_on=day_of(now), now=now)
        session.commit()

    def confirm(session):
        service_notices.confirm(session, scene.clerk, at_of(scene), now=now)

    outcomes = at_once(database, *[confirm] * 8)
    assert outcomes.count("done") == 1
    with Session(database.engine) as session:
        assert session.scalar(select(func.count()).select_from(NoticeSent)) == 3


def test_many_clicks_make_one_objection(database):
    now = datetime.now(UTC)
    with Session(database.engine, expire_on_commit=False) as session:
        scene, _ = told(session)
        one = scene.applications["Bernd Buche"]
        person = actor_of(session, one.applicant_account_id, now=now)

    def object_to(session):
        service_objections.raise_online(session, person, one.public_id, 1, "Zeile 2.", now=now)

    outcomes = at_once(database, *[object_to] * 8)
    assert set(outcomes) == {"done"}
    with Session(database.engine) as session:
        assert session.scalar(select(func.count()).select_from(Objection)) == 1


def test_a_paper_objection_and_a_contract_take_turns(database, tmp_path):
    with Session(database.engine, expire_on_commit=False) as session:
        scene, _ = told(session)
        standstill = session.scalars(select(Standstill)).one()
    now = after_standstill(standstill)
    day = day_of(now)

    def sign(session):
        signed = Signed(day, day, day + timedelta(days=4000), "")
        service_contract.record(session, scene.clerk, at_of(scene), signed, folder=tmp_path, now=now)

    def enter(session):
        service_objections.record_paper(
            session,
            scene.clerk,
            at_of(scene),
            code=scene.applications["Bernd Buche"].code,
            arrived_on=standstill.last_day,
            body="Lag im Kasten.",
            now=now,
        )

    outcomes = at_once(database, sign, enter)
    with Session(database.engine) as session:
        contracts = session.scalar(select(func.count()).select_from(Contract))
        found = session.scalars(select(Objection)).all()
    assert len(found) == 1
    assert found[0].way is ObjectionWay.PAPER
    assert outcomes.count("done") == 1 + contracts, "either it was signed before, or the objection holds it up"


def test_of_two_contracts_one_is_recorded(database, tmp_path):
    with Session(database.engine, expire_on_commit=False) as session:
        scene, _ = told(session)
        now = after_standstill(session.scalars(select(Standstill)).one())
    day = day_of(now)

    def sign(session):
        signed = Signed(day, day, day + timedelta(days=4000), "")
        service_contract.record(session, scene.clerk, at_of(scene), signed, folder=tmp_path, now=now)

    assert at_once(database, *[sign] * 5).count("done") == 1
