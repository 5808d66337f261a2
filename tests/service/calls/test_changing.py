"""Changes after the opening, the public draw, and what two people do at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.allocation import lottery
from succession.calls import (
    queries,
    queries_public,
    service_draw,
    service_publishing,
    service_reopening,
    service_states,
)
from succession.calls.queries_public import Wanted, When
from succession.calls.refusals import NotReady
from succession.calls.requirements import Page
from succession.calls.service_lots import LotValues, add_lot, change_lot, state_facts
from succession.calls.service_reopening import Reopening
from succession.calls.states import CallState
from succession.errors import Conflict, NotFound, Refused
from succession.land.models import Parcel
from tests.factories.accounts import an_actor, an_organisation
from tests.factories.calls import a_clerk, a_closed_call, a_draft_call, a_published_call, an_open_call, principles


def test_a_change_after_the_opening_is_public_and_gives_time(session, now):
    scene = an_open_call(session, now=now, lots=3)
    before = scene.call.frozen_hash
    later = scene.call.closes_at + timedelta(days=3)
    wanted = Reopening("Der Weg wird gesperrt.", later, prices=((1, 50_000),), removed_lots=(3,))
    call = service_reopening.reopen(session, scene.clerk, scene.call.public_id, wanted, now=now)
    session.commit()
    assert (call.state, call.revision, call.closes_at) == (CallState.OPEN, 2, later)
    assert call.frozen_hash != before
    (line,) = queries.changes_of(session, call)
    assert (line.hash_before, line.hash_after) == (before, call.frozen_hash)
    assert {one["path"].split(".")[1] for one in line.changes} >= {"closes_at", "lots"}
    page = queries_public.published_call(session, call.public_id, now=now)
    assert page.document["changes"][0]["reason"] == "Der Weg wird gesperrt."
    assert [lot["number"] for lot in page.document["lots"]] == [1, 2]


@pytest.mark.parametrize(("days", "reason"), [(-1, "Grund"), (3, "")])
def test_a_change_never_takes_time_away_and_has_a_reason(session, now, days, reason):
    scene = an_open_call(session, now=now)
    wanted = Reopening(reason, scene.call.closes_at + timedelta(days=days))
    with pytest.raises(Refused):
        service_reopening.reopen(session, scene.clerk, scene.call.public_id, wanted, now=now)


def test_once_evidence_is_checked_a_call_is_not_changed_any_more(session, now):
    scene = a_closed_call(session, now=now)
    service_states.move(session, scene.clerk, scene.call, CallState.EVIDENCE, now=now)
    later = Reopening("Grund", now + timedelta(days=30))
    with pytest.raises(Conflict):
        service_reopening.reopen(session, scene.clerk, scene.call.public_id, later, now=now)


def test_after_the_deadline_nothing_is_changed_for_what_was_offered_can_have_been_read(session, now):
    scene = an_open_call(session, now=now)
    after = scene.call.closes_at + timedelta(minutes=5)
    with pytest.raises(Conflict):
        service_reopening.reopen(
            session, scene.clerk, scene.call.public_id, Reopening("Grund", after + timedelta(days=30)), now=after
        )


def test_how_many_were_told_of_a_change_is_public_only_after_the_deadline(session, now):
    scene = an_open_call(session, now=now)
    later = scene.call.closes_at + timedelta(days=3)
    service_reopening.reopen(session, scene.clerk, scene.call.public_id, Reopening("Grund", later), now=now)
    service_reopening.told(session, Actor.system(), scene.call.public_id, 2, 7, now=now)
    session.commit()
    page = queries_public.published_call(session, scene.call.public_id, now=now)
    assert page.document["changes"][0]["told"] is None
    service_states.record_turns(session, Actor.system(), now=later)
    session.commit()
    page = queries_public.published_call(session, scene.call.public_id, now=later)
    assert page.document["changes"][0]["told"] == 7


def test_steps_are_taken_in_order_and_by_the_clock_first(session, now):
    scene = an_open_call(session, now=now)
    for to in (CallState.DECIDED, CallState.PREPARED, CallState.CLOSED, CallState.CONTRACT):
        with pytest.raises(Conflict):
            service_states.move(session, scene.clerk, scene.call, to, now=now)
    after = scene.call.closes_at + timedelta(minutes=1)
    states = ("EVIDENCE", "PREPARED", "DECIDED", "STANDSTILL", "PREPARED", "DECIDED", "STANDSTILL", "APPROVALS")
    for name in (*states, "CONTRACT", "MONITORED"):
        service_states.move(session, scene.clerk, scene.call, CallState[name], now=after)
    assert scene.call.state is CallState.MONITORED


def test_the_draw_is_entered_once_after_its_day_and_gives_the_seed(session, now):
    scene = a_closed_call(session, now=now)
    call = scene.call
    with pytest.raises(Conflict):
        service_draw.enter_draw(session, scene.clerk, call.public_id, "1 2 3", now=now)
    after = now + timedelta(days=6)
    service_draw.enter_draw(session, scene.clerk, call.public_id, " 1 2  3 ", now=after)
    session.commit()
    told = service_draw.lottery_of(call)
    assert told["seed"] == lottery.seed_from(call.lottery_secret, "1 2 3")
    assert lottery.keeps(told["secret"], told["secret_commitment"])
    page = queries_public.published_call(session, call.public_id, now=after)
    assert page.document["lottery"]["secret"] == call.lottery_secret
    with pytest.raises(Conflict):
        service_draw.enter_draw(session, scene.clerk, call.public_id, "3 2 1", now=after)


def test_before_the_opening_a_call_can_be_taken_back_and_afterwards_only_cancelled(session):
    now = datetime.now(UTC)  # the database looks at its own clock
    scene = a_published_call(session, now=now)
    service_publishing.take_back(session, scene.clerk, scene.call.public_id, now=now)
    session.commit()
    with pytest.raises(NotFound):
        queries_public.published_call(session, scene.call.public_id, now=now)
    opened = an_open_call(session, now=now)
    with pytest.raises(Conflict):
        service_publishing.take_back(session, opened.clerk, opened.call.public_id, now=now)
    service_publishing.cancel(session, opened.clerk, opened.call.public_id, "Neu beraten.", now=now)
    assert queries_public.calls(session, Wanted(When.PAST), now=now)[0].state is CallState.CANCELLED


def test_a_parcel_stands_in_one_running_call_only(session, now):
    scene = an_open_call(session, now=now)
    second = a_draft_call(session, now=now, owner=scene.owner, clerk=scene.clerk)
    values = LotValues("doppelt", (scene.parcels[0].public_id,))
    change_lot(session, scene.clerk, second.call.public_id, 1, values, now=now)
    with pytest.raises(Conflict):
        service_publishing.publish(session, scene.clerk, second.call.public_id, now=now)
    service_publishing.cancel(session, scene.clerk, scene.call.public_id, "Neu beraten.", now=now)
    service_publishing.publish(session, scene.clerk, second.call.public_id, now=now)


def test_a_parcel_that_was_sold_meanwhile_is_noticed(session, now):
    scene = a_draft_call(session, now=now)
    buyer = an_organisation(session)
    session.get_one(Parcel, scene.parcels[0].id).owner_organisation_id = buyer.id
    session.commit()
    with pytest.raises(NotReady):
        service_publishing.publish(session, scene.clerk, scene.call.public_id, now=now)
    assert [one.label for one in queries.sold_parcels(session, scene.call)] == [scene.parcels[0].name]


def test_strangers_and_foreign_parcels_stay_out(session, now):
    scene = a_draft_call(session, now=now)
    with pytest.raises(NotFound):
        service_publishing.publish(session, an_actor(session), scene.call.public_id, now=now)
    foreign = a_draft_call(session, now=now)
    values = LotValues("fremd", (foreign.parcels[0].public_id,))
    with pytest.raises(Refused):
        add_lot(session, scene.clerk, scene.call.public_id, values, now=now)


def test_of_fifty_attempts_to_publish_calls_with_the_same_parcel_one_succeeds(database):  # S16
    now = datetime.now(UTC)
    with Session(database.engine, expire_on_commit=False) as session:
        scene = a_draft_call(session, now=now)
        ids = [scene.call.public_id]
        for _ in range(9):
            other = a_draft_call(session, now=now, owner=scene.owner, clerk=scene.clerk)
            values = LotValues("dasselbe", (scene.parcels[0].public_id,))
            change_lot(session, scene.clerk, other.call.public_id, 1, values, now=now)
            session.commit()
            ids.append(other.call.public_id)

    def attempt(call_id):
        with Session(database.engine) as session:
            try:
                service_publishing.publish(session, scene.clerk, call_id, now=now)
                session.commit()
            except Conflict:
                return False
            return True

    with ThreadPoolExecutor(10) as pool:
        outcomes = list(pool.map(attempt, [call_id for call_id in ids for _ in range(5)]))
    assert outcomes.count(True) == 1


def test_the_owners_list_and_the_single_call_agree_on_who_sees_it(session, now):
    scene = a_draft_call(session, now=now)
    stranger = a_clerk(session, an_organisation(session))
    for actor, sees in ((scene.clerk, True), (stranger, False), (Actor.system(), True)):
        listed = scene.call.id in {one.call.id for one in queries.own_calls(session, actor, now=now)}
        try:
            queries.call_for(session, actor, scene.call.public_id)
            found = True
        except NotFound:
            found = False
        assert listed == found == sees


def test_what_conditions_ask_of_a_lot_has_to_be_answered(session, now):
    document = principles()
    document["catalogue"]["criteria"][0]["only_if"] = [{"field": "in_nature_network", "equals": True}]
    scene = a_draft_call(session, now=now, document=document)
    with pytest.raises(NotReady) as refused:
        service_publishing.publish(session, scene.clerk, scene.call.public_id, now=now)
    assert [one.page for one in refused.value.missing] == [Page.PRINCIPLES]
    state_facts(session, scene.clerk, scene.call.public_id, 1, {"in_nature_network": False}, now=now)
    service_publishing.publish(session, scene.clerk, scene.call.public_id, now=now)
    assert scene.call.frozen_document["lots"][0]["facts"]["in_nature_network"] is False
