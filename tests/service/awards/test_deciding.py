"""From the deadline to the body's decision: who may do what, in which order, and what is refused."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from succession.accounts.actor import Role
from succession.accounts.duties import MembershipRole
from succession.applications.sealing import Sealed
from succession.applications.states import ApplicationState
from succession.awards import (
    queries,
    queries_decision,
    queries_readiness,
    service_decision,
    service_evidence,
    service_interests,
    service_preparation,
    service_runs,
)
from succession.awards.case import case_hash, evaluate_case
from succession.awards.models import Cause, ScoringRun
from succession.awards.models_decision import Outcome
from succession.awards.models_evidence import EvidenceItem, EvidenceRequest, WhyAsked
from succession.awards.readiness import Gap
from succession.calls.states import CallState
from succession.errors import Conflict, Forbidden, NotFound, Refused
from tests.factories.accounts import an_actor
from tests.factories.applicants import an_application_sent
from tests.factories.awards import (
    a_ballot,
    a_call_to_decide,
    decided,
    declared,
    evidenced,
    prepared,
    scored,
)
from tests.factories.calls import an_open_call
from tests.factories.organisations import a_member, acting

FOLDER = Path("/nowhere")


@pytest.fixture
def now():
    """The seal looks at the clock of the database."""
    return datetime.now(UTC)


def code(scene, name):
    return scene.applications[name].code


def decide(session, scene, ballot, made, now):
    return service_decision.decide(
        session, scene.clerk, scene.lot, ballot, preparation_id=made.public_id, scan=None, folder=FOLDER, now=now
    )


def items(session, scene, name):
    statement = select(EvidenceItem).join(EvidenceRequest, EvidenceRequest.id == EvidenceItem.request_id)
    mine = statement.where(EvidenceRequest.application_id == scene.applications[name].id)
    return session.scalars(mine.order_by(EvidenceItem.position)).all()


def refuse_first(session, scene, now):
    """The winner's papers are not accepted, and the lot is scored again."""
    service_evidence.ask(session, scene.clerk, scene.lot, due_on=now.date() + timedelta(days=14), now=now)
    for item in items(session, scene, "Anna Ahorn"):
        values = {"uploads": (), "note": "Kopie", "folder": FOLDER, "now": now}
        service_evidence.take_in(session, scene.clerk, item.public_id, **values)
        service_evidence.judge(
            session, scene.clerk, item.public_id, accepted=False, reason="Abgelaufen", revision=item.revision, now=now
        )
    session.commit()
    return scored(session, scene, cause=Cause.EVIDENCE)


def test_a_run_keeps_what_went_in_and_what_came_out(session, now):
    scene = a_call_to_decide(session)
    run = scored(session, scene)
    found = queries.result(run)
    assert found.ranking == tuple(code(scene, name) for name in ("Anna Ahorn", "Bernd Buche", "Carla Castanie"))
    session.expire_all()
    stored = session.scalars(select(ScoringRun)).one()
    assert case_hash(stored.document) == stored.input_hash
    assert evaluate_case(stored.document).ranking == found.ranking
    assert not {"Anna", "Ahorn"} & set(str(stored.document).split())
    assert scene.call.state is CallState.EVIDENCE


def test_nothing_is_scored_before_the_deadline_not_even_by_the_office(session, now):
    scene = an_open_call(session, now=now)
    with pytest.raises((Sealed, Conflict)):
        service_runs.run(session, scene.clerk, scene.lots[0], Cause.FIRST, now=now)


def test_strangers_and_readers_score_nothing(session, now):
    scene = a_call_to_decide(session)
    reader = acting(session, a_member(session, scene_owner(session, scene), MembershipRole.READER), now)
    for actor in (an_actor(session, Role.SEEKER), reader):
        with pytest.raises(Forbidden):
            service_runs.run(session, actor, scene.lot, Cause.FIRST, now=now)
        with pytest.raises(NotFound):
            queries.desk(session, actor, scene.call.public_id, 1)


def scene_owner(session, scene):
    from succession.accounts.models import Organisation

    return session.get(Organisation, scene.call.owner_organisation_id)


def test_a_lot_is_not_scored_twice_without_a_cause(session, now):
    scene = a_call_to_decide(session)
    scored(session, scene)
    for cause in (Cause.FIRST, Cause.EVIDENCE, Cause.AWARDED_POINTS, Cause.WITHDRAWAL, Cause.DRAW):
        with pytest.raises(Conflict):
            service_runs.run(session, scene.clerk, scene.lot, cause, now=now)


def test_runs_are_a_chain_that_the_database_keeps(session, now):
    scene = a_call_to_decide(session)
    first = scored(session, scene)
    second = refuse_first(session, scene, now)
    assert (second.number, second.previous_hash) == (2, first.result_hash)
    for statement in ("UPDATE scoring_run SET result_hash = repeat('0', 64)", "DELETE FROM scoring_run"):
        with pytest.raises(DBAPIError), session.begin_nested():
            session.execute(text(statement))


def test_a_run_can_be_emptied_and_keeps_its_hashes(session, now):
    scene = a_call_to_decide(session)
    run = scored(session, scene)
    session.execute(text("UPDATE scoring_run SET document = '{}', result = '{}'"))
    session.refresh(run)
    assert (run.document, run.result) == ({}, {})
    assert len(run.input_hash) == 64
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(text("""UPDATE scoring_run SET document = '{"a": 1}'"""))


def test_evidence_is_asked_of_the_first_placed_only(session, now):
    scene = a_call_to_decide(session)
    scored(session, scene)
    asked = service_evidence.ask(session, scene.clerk, scene.lot, due_on=now.date() + timedelta(days=14), now=now)
    assert [one.application_id for one in asked] == [scene.applications["Anna Ahorn"].id]
    assert asked[0].why is WhyAsked.FIRST_PLACED
    assert [item.criterion for item in items(session, scene, "Anna Ahorn")] == ["organic", "young"]
    again = service_evidence.ask(session, scene.clerk, scene.lot, due_on=now.date() + timedelta(days=14), now=now)
    assert again == []


def test_what_is_not_proven_earns_nothing_and_the_next_one_moves_up(session, now):
    scene = a_call_to_decide(session)
    scored(session, scene)
    run = refuse_first(session, scene, now)
    found = queries.result(run)
    assert found.ranking[0] == code(scene, "Bernd Buche")
    assert queries_readiness.readiness(session, scene.clerk, desk(session, scene)).gaps == (Gap.NOT_ASKED,)


def desk(session, scene):
    return queries.desk(session, scene.clerk, scene.call.public_id, scene.lot.number)


def test_evidence_cannot_be_refused_while_it_can_still_come(session, now):
    scene = a_call_to_decide(session)
    scored(session, scene)
    service_evidence.ask(session, scene.clerk, scene.lot, due_on=now.date() + timedelta(days=14), now=now)
    item = items(session, scene, "Anna Ahorn")[0]
    refusal = {"accepted": False, "reason": "Kam nicht", "revision": item.revision}
    with pytest.raises(Conflict):
        service_evidence.judge(session, scene.clerk, item.public_id, **refusal, now=now)
    later = now + timedelta(days=20)
    service_evidence.judge(session, scene.clerk, item.public_id, **refusal, now=later)
    with pytest.raises(Conflict):
        service_evidence.judge(session, scene.clerk, item.public_id, **refusal, now=later)


def test_the_draw_separates_equals_and_until_then_nothing_is_prepared(session, now):
    same = {"organic": True, "founded_years": "40"}
    scene = a_call_to_decide(session, answers={"Anna Ahorn": same, "Bernd Buche": same})
    scored(session, scene)
    evidenced(session, scene)
    declared(session, scene)
    assert queries_readiness.readiness(session, scene.clerk, desk(session, scene)).gaps == (Gap.TIED,)
    with pytest.raises(Conflict):
        service_preparation.prepare(session, scene.clerk, scene.lot, run_number=1, note="", now=now)
    scene.call.public_draw_result = "3 8 15 22 31 44"
    session.commit()
    run = scored(session, scene, cause=Cause.DRAW)
    assert queries.result(run).undecided == ()
    assert run.document["catalogue"]["lottery"]["public_draw"] == "3 8 15 22 31 44"


def test_who_withdraws_after_the_deadline_leaves_the_ranking(session, now):
    scene = a_call_to_decide(session)
    scored(session, scene)
    anna = scene.applications["Anna Ahorn"]
    anna.state, anna.withdrawn_at = ApplicationState.WITHDRAWN, now
    session.commit()
    run = scored(session, scene, cause=Cause.WITHDRAWAL)
    assert code(scene, "Anna Ahorn") not in queries.result(run).ranking


def test_one_prepares_another_checks_then_the_body_may_decide(session, now):
    scene = a_call_to_decide(session)
    scored(session, scene)
    evidenced(session, scene)
    with pytest.raises(Conflict):
        service_preparation.prepare(session, scene.clerk, scene.lot, run_number=1, note="", now=now)
    declared(session, scene)
    made = service_preparation.prepare(session, scene.clerk, scene.lot, run_number=1, note="", now=now)
    with pytest.raises(Conflict):
        service_preparation.check(session, scene.clerk, made.public_id, revision=made.revision, now=now)
    with pytest.raises(Conflict):
        decide(session, scene, a_ballot(code(scene, "Anna Ahorn")), made, now)
    service_preparation.check(session, scene.second, made.public_id, revision=made.revision, now=now)
    assert scene.call.state is CallState.PREPARED
    decision = decide(session, scene, a_ballot(code(scene, "Anna Ahorn")), made, now)
    assert (decision.outcome, decision.departs) == (Outcome.AWARD, False)
    assert scene.call.state is CallState.DECIDED
    assert queries_decision.waiting_list(session, scene.lot.id) == (
        code(scene, "Bernd Buche"),
        code(scene, "Carla Castanie"),
    )


def test_of_two_who_prepare_one_wins_and_the_other_is_told_who(session, now):
    scene = a_call_to_decide(session)
    scored(session, scene)
    evidenced(session, scene)
    declared(session, scene)
    service_preparation.prepare(session, scene.clerk, scene.lot, run_number=1, note="", now=now)
    with pytest.raises(Conflict) as told:
        service_preparation.prepare(session, scene.second, scene.lot, run_number=1, note="", now=now)
    assert told.value.text.values["name"] == scene.clerk.name


def test_a_newer_run_sets_aside_what_was_prepared(session, now):
    scene = a_call_to_decide(session)
    prepared(session, scene)
    anna = scene.applications["Anna Ahorn"]
    anna.state, anna.withdrawn_at = ApplicationState.WITHDRAWN, now
    session.commit()
    scored(session, scene, cause=Cause.WITHDRAWAL)
    assert queries_decision.standing_preparation(session, scene.lot.id) is None
    assert scene.call.state is CallState.EVIDENCE


def test_a_body_that_leaves_the_ranking_says_why(session, now):
    scene = a_call_to_decide(session)
    made = prepared(session, scene)
    with pytest.raises(Refused):
        decide(session, scene, a_ballot(code(scene, "Bernd Buche")), made, now)
    reasoned = a_ballot(code(scene, "Bernd Buche"), reason="Anna Ahorn kann erst in einem Jahr beginnen.")
    assert decide(session, scene, reasoned, made, now).departs


def test_a_body_may_award_to_nobody_with_a_reason(session, now):
    scene = a_call_to_decide(session)
    made = prepared(session, scene)
    with pytest.raises(Refused):
        decide(session, scene, a_ballot(None), made, now)
    decision = decide(session, scene, a_ballot(None, reason="Der Deich wird gebaut."), made, now)
    assert decision.outcome is Outcome.NO_AWARD
    assert queries_decision.waiting_list(session, scene.lot.id) == ()


@pytest.mark.parametrize(
    "wrong",
    [
        {"votes_for": 2, "votes_against": 2},
        {"votes_against": -1},
        {"decided_on": datetime.now(UTC).date() + timedelta(days=2)},
        {"decided_on": datetime.now(UTC).date() - timedelta(days=3)},
        {"body": " "},
    ],
    ids=["no majority", "negative votes", "in the future", "before it was checked", "no body"],
)
def test_a_decision_that_cannot_be_is_refused(session, now, wrong):
    scene = a_call_to_decide(session)
    made = prepared(session, scene)
    with pytest.raises(Refused):
        decide(session, scene, a_ballot(code(scene, "Anna Ahorn"), **wrong), made, now)


def test_a_member_who_applies_is_found_and_must_have_withdrawn(session, now):
    scene = a_call_to_decide(session)
    member = {"name": "Castanie, Dr. Carla", "note": ""}
    with pytest.raises(Refused):
        service_interests.note_member(session, scene.clerk, scene.call, has_interest=False, **member, now=now)
    noted = service_interests.note_member(
        session, scene.clerk, scene.call, name="Carla Castanie", has_interest=True, note="bewirbt sich", now=now
    )
    assert noted.was_detected
    made = prepared(session, scene)
    with pytest.raises(Refused):
        decide(session, scene, a_ballot(code(scene, "Anna Ahorn")), made, now)
    assert decide(session, scene, a_ballot(code(scene, "Anna Ahorn"), withdrew=["carla castanie"]), made, now)


def test_an_applicant_of_the_office_does_nothing_in_this_call(session, now):
    scene = a_call_to_decide(session)
    account = a_member(session, scene_owner(session, scene), MembershipRole.CLERK, name="Dora Distel")
    an_application_sent(session, scene.call, account, answers={"organic": False}, name="Dora Distel")
    dora = acting(session, account, now)
    with pytest.raises(Conflict):
        service_runs.run(session, dora, scene.lot, Cause.FIRST, now=now)
    with pytest.raises(Refused):
        service_interests.declare_own(session, dora, scene.call, has_interest=False, note="", now=now)


def test_a_decision_that_is_set_aside_stays_and_the_body_decides_again(session, now):
    scene = a_call_to_decide(session)
    old = decided(session, scene)
    service_decision.set_aside(session, scene.clerk, old, "Einwand war begründet", now=now)
    session.commit()
    assert scene.call.state is CallState.EVIDENCE
    service_runs.run(session, scene.clerk, scene.lot, Cause.OBJECTION, note="Ladung fehlte", now=now)
    made = prepared(session, scene)
    new = decide(session, scene, a_ballot(code(scene, "Anna Ahorn")), made, now)
    assert queries_decision.standing_decision(session, scene.lot.id) is new
    assert {row.id for row in queries_decision.decisions_of(session, scene.lot.id)} == {old.id, new.id}


def test_the_call_goes_as_far_as_its_last_lot(session, now):
    scene = a_call_to_decide(session, lots=2)
    decided(session, scene)
    assert scene.call.state is CallState.EVIDENCE
    decided(session, scene, lot=scene.lots[1])
    assert scene.call.state is CallState.DECIDED


def test_a_lot_that_nobody_wants_is_prepared_with_nobody(session, now):
    scene = a_call_to_decide(session, answers={})
    made = prepared(session, scene)
    assert made.application_id is None
    ballot = a_ballot(None, reason="Niemand hat sich beworben.")
    assert decide(session, scene, ballot, made, now).outcome is Outcome.NO_AWARD
