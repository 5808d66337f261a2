import json
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError

from succession.accounts.actor import Actor
from succession.awards import policy_records, queries_records, service_decision, service_records
from succession.awards.models_decision import Decision
from succession.awards.models_records import AwardRecord
from succession.awards.record_check import check
from succession.awards.record_lines import written
from succession.awards.record_own import own_lines
from succession.errors import Forbidden, NotFound
from tests.factories.awards import a_call_to_decide, decided


@pytest.fixture
def now():
    """The wall clock: what a body decided cannot lie in the future."""
    return datetime.now(UTC)


@pytest.fixture
def scene(session, now):
    return a_call_to_decide(session, now=now)


@pytest.fixture
def decision(session, scene, now):
    return decided(session, scene, now=now)


def made(session, scene, decision, now):
    record = service_records.make(session, scene.clerk, decision, now=now)
    session.commit()
    return record


def test_a_decided_lot_has_a_record_in_two_forms_and_both_hold(session, scene, decision, now):
    record = made(session, scene, decision, now)
    full, public = check(written(record.full_record)), check(written(record.public_record))
    assert full.problems == public.problems == ()
    assert full.is_rebuilt
    assert full.record.record_hash == public.record.record_hash == record.record_hash


def test_the_public_record_names_nobody(session, scene, decision, now):
    public = json.dumps(made(session, scene, decision, now).public_record, ensure_ascii=False)
    for name, application in scene.applications.items():
        assert name not in public
        assert application.code not in public


def test_making_it_again_changes_nothing(session, scene, decision, now):
    first = made(session, scene, decision, now)
    assert made(session, scene, decision, now) is first
    assert session.scalars(select(AwardRecord)).all() == [first]


def test_an_applicant_gets_the_own_values_from_the_full_record(session, scene, decision, now):
    record = made(session, scene, decision, now)
    own = own_lines(record.full_record, scene.applications["Anna Ahorn"].code)
    assert own is not None
    assert {value.field for value in own.values} >= {"organic", "founded_years"}


def test_only_who_decides_makes_it_and_a_stranger_does_not_publish_it(session, scene, decision, now):
    with pytest.raises(Forbidden):
        service_records.make(session, Actor.visitor(), decision, now=now)
    made(session, scene, decision, now)
    with pytest.raises(Forbidden):
        service_records.publish(session, Actor.visitor(), decision, now=now)


def test_nobody_outside_reads_it_before_it_is_published_and_everybody_after(session, scene, decision, now):
    record = made(session, scene, decision, now)
    with pytest.raises(NotFound):
        queries_records.shown(session, Actor.visitor(), record.public_id)
    assert queries_records.shown(session, scene.clerk, record.public_id).record is record
    service_records.publish(session, scene.clerk, decision, now=now)
    session.commit()
    found = queries_records.shown(session, Actor.visitor(), record.public_id)
    assert found.is_newest
    assert [one.public_id for one in queries_records.published(session, Actor.visitor(), limit=5)] == [record.public_id]
    with pytest.raises(NotFound):
        queries_records.full(session, Actor.visitor(), record.public_id)
    assert queries_records.full(session, scene.clerk, record.public_id)["record"] == "full"


def test_it_is_found_by_its_address(session, scene, decision, now):
    record = made(session, scene, decision, now)
    service_records.publish(session, scene.clerk, decision, now=now)
    for pasted in (str(record.public_id), f" https://example.org/awards/{record.public_id}/ "):
        assert queries_records.by_link(session, Actor.visitor(), pasted) is record
    assert queries_records.by_link(session, Actor.visitor(), "https://example.org/") is None


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE award_record SET record_hash = repeat('0', 64)",
        "UPDATE award_record SET public_record = '{}'",
        "UPDATE award_record SET full_record = '{}'",
        "UPDATE award_record SET full_record = jsonb_set(full_record, '{lines,0,title}', '\"x\"')",
        "UPDATE award_record SET published_at = published_at + interval '1 day'",
        "DELETE FROM award_record",
    ],
)
def test_a_record_is_never_changed(session, scene, decision, now, statement):
    made(session, scene, decision, now)
    service_records.publish(session, scene.clerk, decision, now=now)
    session.commit()
    with pytest.raises(DBAPIError), session.begin_nested():
        session.execute(text(statement))


def test_openings_may_be_taken_out(session, scene, decision, now):
    record = made(session, scene, decision, now)
    record.full_record = {
        **record.full_record,
        "lines": [
            {key: value for key, value in line.items() if key != "opening"} for line in record.full_record["lines"]
        ],
    }
    session.commit()
    assert check(written(record.full_record)).problems == ()


def test_letters_stay_with_those_who_have_them_when_a_lot_is_decided_again(session, scene, decision, now):
    first = made(session, scene, decision, now)
    service_decision.set_aside(session, scene.clerk, decision, "Ein Einwand war berechtigt.", now=now)
    session.commit()
    again = decided(session, scene, now=now + timedelta(hours=1))
    second = made(session, scene, again, now + timedelta(hours=1))
    for application in scene.applications.values():
        one, other = (own_lines(record.full_record, application.code) for record in (first, second))
        assert one.letter == other.letter
    service_records.publish(session, scene.clerk, decision, now=now)
    service_records.publish(session, scene.clerk, again, now=now + timedelta(hours=1))
    session.commit()
    shown = queries_records.shown(session, Actor.visitor(), first.public_id)
    assert not shown.is_newest
    assert shown.newest_id == second.public_id
    assert session.scalars(select(Decision)).all()


def test_only_the_clock_strips_records(session, scene, now):
    with pytest.raises(Forbidden):
        service_records.forget_special(session, scene.clerk, now=now)
    assert service_records.forget_special(session, Actor.system(), now=now) == 0


def test_the_rule_and_the_filter_agree(session, scene, decision, now):
    record = made(session, scene, decision, now)
    stranger = a_call_to_decide(session, now=now).clerk
    people = [scene.clerk, scene.second, stranger, Actor.visitor(), Actor.system()]
    for publish in (False, True):
        if publish:
            service_records.publish(session, scene.clerk, decision, now=now)
        for actor in people:
            listed = session.scalar(
                select(AwardRecord.id).where(AwardRecord.id == record.id, policy_records.visible_records(actor))
            )
            assert (listed is not None) == policy_records.may_read(actor, record, scene.call)
