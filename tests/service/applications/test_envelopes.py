from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update
from sqlalchemy.exc import DatabaseError

from succession.accounts.duties import MembershipRole
from succession.applications import (
    pages,
    queries,
    queries_admitted,
    queries_envelopes,
    service,
    service_envelopes,
    stored,
)
from succession.applications.models import Application, Envelope
from succession.applications.pages import LotsPage, PersonPage
from succession.applications.sealing import Sealed
from succession.applications.service_envelopes import Arrival
from succession.applications.states import ApplicationState, Way
from succession.applications.steps import step_of
from succession.errors import Conflict, Forbidden, NotFound, Refused
from tests.factories.applicants import a_call_closing, an_applicant
from tests.factories.calls import an_open_call
from tests.factories.files import a_document
from tests.factories.organisations import a_member, acting


@pytest.fixture
def now():
    return datetime.now(UTC)


def a_colleague(session, scene, now):
    return acting(session, a_member(session, scene.owner, MembershipRole.CLERK), now)


def taken_in(session, scene, actor, at, now, key=None):
    arrival = Arrival(at, "AB")
    envelope = service_envelopes.record(session, actor, scene.call.public_id, arrival, key=key or uuid4(), now=now)
    session.commit()
    return envelope


def typed(session, actor, application, key, page, now):
    details = queries.details(session, actor, application)
    seen = pages.mark(stored.page_of(details, step_of(details.steps, key)))
    service.save_page(session, actor, application.public_id, key, page, seen=seen, now=now)


def entered(session, scene, actor, now, tmp_path, **person):
    """An envelope that came in time, opened and typed, with its scan."""
    envelope = taken_in(session, scene, actor, scene.call.closes_at - timedelta(hours=2), now)
    call_id = scene.call.public_id
    application = service_envelopes.open_envelope(session, actor, call_id, envelope.number, now=now)
    given = {"name": "Otto Acker", "address": "Hof 1", **person}
    typed(session, actor, application, "person", PersonPage(**given), now)
    typed(session, actor, application, "lots", LotsPage({1: None}), now)
    scan = ("brief.pdf", a_document())
    service_envelopes.attach_scan(session, actor, call_id, envelope.number, scan, folder=tmp_path, now=now)
    session.commit()
    return envelope, application


def confirm(session, scene, actor, envelope, application, now):
    return service_envelopes.confirm(
        session,
        actor,
        scene.call.public_id,
        envelope.number,
        seen=application.revision,
        key=uuid4(),
        now=now,
    )


def test_an_envelope_is_taken_in_once_and_stays_shut_until_the_deadline(session, now):
    scene, key = an_open_call(session, now=now), uuid4()
    first = taken_in(session, scene, scene.clerk, now - timedelta(minutes=5), now, key)
    assert taken_in(session, scene, scene.clerk, now - timedelta(minutes=5), now, key).id == first.id
    assert taken_in(session, scene, scene.clerk, now - timedelta(minutes=4), now).number == 2
    with pytest.raises(Sealed):
        service_envelopes.open_envelope(session, scene.clerk, scene.call.public_id, 1, now=now)
    opened = update(Envelope).values(opened_at=now)
    with pytest.raises(DatabaseError, match="shut before the deadline"), session.begin_nested():
        session.execute(opened)


@pytest.mark.parametrize(
    ("ago", "initials"), [(timedelta(minutes=-10), "AB"), (timedelta(days=400), "AB"), (timedelta(0), " ")]
)
def test_a_time_that_cannot_be_meant_and_missing_initials_are_refused(session, now, ago, initials):
    scene = an_open_call(session, now=now)
    arrival = Arrival(now - ago, initials)
    with pytest.raises(Refused):
        service_envelopes.record(session, scene.clerk, scene.call.public_id, arrival, key=uuid4(), now=now)


def test_one_that_came_too_late_is_kept_marked_and_never_opened(session, now):
    scene = a_call_closing(session, now - timedelta(days=1))
    envelope = taken_in(session, scene, scene.clerk, now - timedelta(hours=1), now)
    (line,) = queries_envelopes.envelopes(session, scene.clerk, scene.call)
    assert line.is_late
    with pytest.raises(Conflict):
        service_envelopes.open_envelope(session, scene.clerk, scene.call.public_id, envelope.number, now=now)
    opened = update(Envelope).values(opened_at=now)
    with pytest.raises(DatabaseError), session.begin_nested():
        session.execute(opened)


def test_what_was_recorded_of_a_shut_envelope_never_changes(session, now):
    scene = an_open_call(session, now=now)
    taken_in(session, scene, scene.clerk, now - timedelta(minutes=5), now)
    for values in ({"arrived_at": now - timedelta(days=3)}, {"initials": "XY"}, {"number": 7}):
        changed = update(Envelope).values(**values)
        with pytest.raises(DatabaseError, match="never changes"), session.begin_nested():
            session.execute(changed)


def test_two_people_make_it_count_as_if_it_had_come_in_with_the_envelope(session, now, tmp_path):
    scene = a_call_closing(session, now - timedelta(days=1))
    colleague = a_colleague(session, scene, now)
    envelope, application = entered(session, scene, scene.clerk, now, tmp_path)
    assert queries_admitted.admitted(session, scene.clerk, scene.call) == ()
    row = confirm(session, scene, colleague, envelope, application, now)
    assert row.arrived_at == envelope.arrived_at
    (one,) = queries_admitted.admitted(session, scene.clerk, scene.call)
    assert (one.way, one.name, one.account_id) == (Way.PAPER, "Otto Acker", None)
    assert row.content["envelope"] == envelope.number
    assert row.content["way"] == "paper"
    assert confirm(session, scene, colleague, envelope, application, now).id == row.id


def test_nobody_confirms_what_they_typed_themselves(session, now, tmp_path):
    scene = a_call_closing(session, now - timedelta(days=1))
    envelope, application = entered(session, scene, scene.clerk, now, tmp_path)
    with pytest.raises(Conflict):
        confirm(session, scene, scene.clerk, envelope, application, now)


def test_four_eyes_are_held_by_the_database_itself(session, now, tmp_path):
    scene = a_call_closing(session, now - timedelta(days=1))
    entered(session, scene, scene.clerk, now, tmp_path)
    me = scene.clerk.account_id
    counts = {"state": ApplicationState.SUBMITTED, "arrived_at": now, "receipt_hash": "0" * 64}
    for statement in (
        update(Envelope).values(confirmed_by_account_id=me, confirmed_at=now),
        update(Application).values(checked_by_account_id=me, **counts),
        update(Application).values(**counts),
    ):
        with pytest.raises(DatabaseError), session.begin_nested():
            session.execute(statement)


def test_what_was_changed_after_it_was_compared_is_compared_once_more(session, now, tmp_path):
    scene = a_call_closing(session, now - timedelta(days=1))
    colleague = a_colleague(session, scene, now)
    envelope, application = entered(session, scene, scene.clerk, now, tmp_path)
    seen = application.revision
    typed(session, scene.clerk, application, "person", PersonPage("Otto Anders", "Hof 1"), now)
    with pytest.raises(Conflict):
        service_envelopes.confirm(
            session, colleague, scene.call.public_id, envelope.number, seen=seen, key=uuid4(), now=now
        )


def test_without_a_scan_or_a_name_it_is_not_confirmed(session, now, tmp_path):
    scene = a_call_closing(session, now - timedelta(days=1))
    colleague = a_colleague(session, scene, now)
    envelope, application = entered(session, scene, scene.clerk, now, tmp_path, name="")
    with pytest.raises(Refused):
        confirm(session, scene, colleague, envelope, application, now)
    typed(session, scene.clerk, application, "person", PersonPage("Otto", "Hof 1"), now)
    envelope.scan_file_id = None
    session.commit()
    with pytest.raises(Refused):
        confirm(session, scene, colleague, envelope, application, now)


def test_once_confirmed_the_typist_cannot_change_it(session, now, tmp_path):
    scene = a_call_closing(session, now - timedelta(days=1))
    colleague = a_colleague(session, scene, now)
    envelope, application = entered(session, scene, scene.clerk, now, tmp_path)
    confirm(session, scene, colleague, envelope, application, now)
    with pytest.raises(NotFound):
        typed(session, scene.clerk, application, "person", PersonPage("Otto", "Hof 1"), now)


def test_readers_of_the_owner_and_strangers_take_in_nothing(session, now):
    scene = an_open_call(session, now=now)
    reader = acting(session, a_member(session, scene.owner, MembershipRole.READER), now)
    arrival = Arrival(now - timedelta(minutes=5), "AB")
    with pytest.raises(Forbidden):
        service_envelopes.record(session, reader, scene.call.public_id, arrival, key=uuid4(), now=now)
    with pytest.raises(NotFound):
        service_envelopes.record(session, an_applicant(session), scene.call.public_id, arrival, key=uuid4(), now=now)
