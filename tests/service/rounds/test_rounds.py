"""From scored lots and wishes to a placement that everybody can check."""

from datetime import UTC, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from succession.accounts.actor import Actor, Role
from succession.awards import queries as awards
from succession.calls.states import CallState, Procedure
from succession.errors import Conflict, NotFound, Refused
from succession.rounds import certificates, jobs, queries, service
from succession.rounds.models import RoundPrice
from succession.rounds.outcome import certificate
from tests.factories.accounts import an_account, an_actor
from tests.factories.applicants import an_application_sent
from tests.factories.awards import a_call_to_decide, scored

ORGANIC = {"organic": True, "founded_years": "40"}
YOUNG = {"organic": False, "founded_years": "2"}


@pytest.fixture
def now():
    """The seal looks at the clock of the database."""
    return datetime.now(UTC)


def ranked(*numbers):
    return {number: {"rank": place} for place, number in enumerate(numbers, start=1)}


def a_round(session, now, procedure=Procedure.ONE_LOT_EACH, *, drawn=True, anna=None):
    """Anna has most points; both want lot 1 before lot 2, and Carl wants lot 1 only."""
    scene = a_call_to_decide(session, answers={}, now=now, lots=2, procedure=procedure)
    for name, said, wishes, account in (
        ("Anna", {**ORGANIC, "founded_years": "2"}, ranked(1, 2), anna),
        ("Ben", ORGANIC, ranked(1, 2), None),
        ("Carl", YOUNG, ranked(1), None),
    ):
        made = an_application_sent(session, scene.call, account, answers=said, lots=wishes, name=name)
        scene.applications[name] = made
    if drawn:
        session.execute(
            text("UPDATE call SET public_draw_result = '3 7 12 24 31 49' WHERE id = :id"), {"id": scene.call.id}
        )
        session.refresh(scene.call)
    session.commit()
    for lot in scene.lots:
        scored(session, scene, lot=lot, now=now)
    return scene


def cases(session, scene):
    return {lot.number: awards.newest_run(session, lot.id).document for lot in scene.lots}


def run(session, scene, now):
    made = service.run(session, scene.clerk, scene.call.public_id, cases(session, scene), now=now)
    session.commit()
    return made


def code(scene, name):
    return scene.applications[name].code


def test_each_lot_goes_to_whoever_stands_first_among_those_who_cannot_have_better(session, now):
    scene = a_round(session, now)
    made = run(session, scene, now)
    assert made.result["holders"] == {"1": code(scene, "Anna"), "2": code(scene, "Ben")}
    assert queries.proposed(session, scene.call) == {1: code(scene, "Anna"), 2: code(scene, "Ben")}
    assert made.result["report"]["placed"] == [2, 3]
    assert made.result["rules"]["applicant_optimal"] == {"placed": 2, "first_wishes": 1, "passed_over": 0}


def test_every_certificate_of_a_run_checks_against_what_was_kept(session, now):
    for procedure in (Procedure.ONE_LOT_EACH, Procedure.PARCELS):
        made = run(session, a_round(session, now, procedure), now)
        case = made.document["cases"][0]
        for name in case["applicants"]:
            kept = certificate(made.result, name)
            assert certificates.faults(case, name, kept, made.result["holders"]) == []


def test_many_parcels_go_in_turn_to_whoever_has_most_points_over_all_of_them(session, now):
    scene = a_round(session, now, Procedure.PARCELS)
    made = run(session, scene, now)
    assert made.document["cases"][0]["order"][0] == code(scene, "Anna")
    assert set(made.result["holders"].values()) == {code(scene, "Anna")}


def test_nobody_gets_more_than_they_asked_for_nor_parcels_that_do_not_touch(session, now):
    scene = a_call_to_decide(session, answers={}, now=now, lots=3, procedure=Procedure.PARCELS)
    for name, asked in (("Anna", {"max_area_m2": Decimal(30_000)}), ("Ben", {"is_connected": True})):
        said = ORGANIC if name == "Anna" else YOUNG
        made = an_application_sent(session, scene.call, answers=said, lots=ranked(1, 2, 3), name=name, **asked)
        scene.applications[name] = made
    session.execute(text("UPDATE call SET public_draw_result = '1 2 3' WHERE id = :id"), {"id": scene.call.id})
    session.refresh(scene.call)
    session.commit()
    for lot in scene.lots:
        scored(session, scene, lot=lot, now=now)
    made = run(session, scene, now)
    assert made.result["holders"] == {"1": code(scene, "Anna"), "2": code(scene, "Ben")}
    outcomes = {
        name: [line.outcome.value for line in certificate(made.result, code(scene, name))]
        for name in scene.applications
    }
    assert outcomes == {"Anna": ["held", "too_large", "too_large"], "Ben": ["taken", "held", "not_connected"]}


def test_a_second_run_needs_a_change_and_carries_the_seal_of_the_first(session, now):
    scene = a_round(session, now)
    first = run(session, scene, now)
    with pytest.raises(Conflict):
        service.run(session, scene.clerk, scene.call.public_id, cases(session, scene), now=now)
    session.rollback()
    leaving = scene.applications["Ben"]
    session.execute(
        text("UPDATE application SET state = 'withdrawn', withdrawn_at = :now WHERE id = :id"),
        {"id": leaving.id, "now": now},
    )
    session.commit()
    session.expire_all()
    second = run(session, scene, now)
    assert (second.number, second.previous_hash) == (2, first.result_hash)
    assert second.result["holders"] == {"1": code(scene, "Anna")}


def test_a_round_waits_for_the_draw_and_for_every_lot(session, now):
    undrawn = a_round(session, now, drawn=False)
    with pytest.raises(Conflict, match="public draw"):
        service.run(session, undrawn.clerk, undrawn.call.public_id, cases(session, undrawn), now=now)
    session.rollback()
    scene = a_round(session, now)
    few = {1: cases(session, scene)[1]}
    with pytest.raises(Conflict, match="not been scored"):
        service.run(session, scene.clerk, scene.call.public_id, few, now=now)


def test_lots_scored_by_other_rules_than_the_frozen_ones_are_refused(session, now):
    scene = a_round(session, now)
    foreign = cases(session, scene)
    foreign[1] = {**foreign[1], "catalogue": {**foreign[1]["catalogue"], "threshold": 1}}
    with pytest.raises(Refused):
        service.run(session, scene.clerk, scene.call.public_id, foreign, now=now)


def test_single_lots_have_no_round_and_strangers_see_none(session, now):
    single = a_round(session, now, Procedure.SINGLE_LOTS)
    with pytest.raises(Conflict):
        service.run(session, single.clerk, single.call.public_id, cases(session, single), now=now)
    session.rollback()
    scene = a_round(session, now)
    with pytest.raises(NotFound):
        service.run(session, an_actor(session, Role.LANDOWNER), scene.call.public_id, cases(session, scene), now=now)


def test_the_database_keeps_a_run_as_it_was(session, now):
    made = run(session, a_round(session, now), now)
    with pytest.raises(DBAPIError, match="never changed"):
        session.execute(text("UPDATE round_run SET result = '{\"holders\": {}}' WHERE id = :id"), {"id": made.id})


def test_an_applicant_reads_the_own_certificate_once_the_body_has_decided(session, now):
    account = an_account(session, Role.SEEKER)
    scene = a_round(session, now, anna=account)
    run(session, scene, now)
    own, anna = scene.applications["Anna"], Actor(account_id=account.id)
    with pytest.raises(NotFound):
        queries.certificate_of(session, anna, own.public_id, now=now)
    session.execute(
        text("UPDATE call SET state = :state WHERE id = :id"), {"state": CallState.DECIDED.value, "id": scene.call.id}
    )
    session.expire_all()
    _, _, found = queries.certificate_of(session, anna, own.public_id, now=now)
    assert certificate(found.result, own.code)[0].outcome.value == "held"
    with pytest.raises(NotFound):
        queries.certificate_of(session, anna, scene.applications["Ben"].public_id, now=now)


def test_the_worker_finds_what_the_rule_costs_once(session, now):
    for procedure, figures in (
        (Procedure.ONE_LOT_EACH, {"most_placed": {"found": "2", "bound": "2"}}),
        (Procedure.PARCELS, None),
    ):
        made = run(session, a_round(session, now, procedure), now)
        for _ in range(2):
            jobs.price(session, run_id=str(made.public_id), now=now)
        session.flush()
        priced = session.scalars(select(RoundPrice).where(RoundPrice.run_id == made.id)).one()
        assert figures is None or priced.figures == figures
