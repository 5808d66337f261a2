import inspect
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import true

from succession.accounts.actor import Actor
from succession.accounts.duties import Duty, Grant, MembershipRole
from succession.applications import queries, queries_admitted, queries_envelopes, sealing, service_reading
from succession.applications.sealing import Sealed
from succession.applications.states import ApplicationState
from succession.errors import NotFound
from tests.factories.applicants import a_call_closing, an_applicant, an_application_sent
from tests.factories.calls import an_open_call
from tests.factories.organisations import a_member, acting


@pytest.fixture
def now():
    return datetime.now(UTC)


def everybody(session, scene, now):
    """Who might want to look, up to an actor that nobody is."""
    owner = scene.owner.id
    forged = Actor(account_id=1, grants=frozenset(Grant(owner, duty) for duty in Duty), is_system=True)
    clerk = acting(session, a_member(session, scene.owner, MembershipRole.CLERK), now)
    return [scene.clerk, clerk, Actor.system(), forged]


def leaks(session, scene, application, now):
    """What anybody gets to see before the deadline."""
    found = []
    for actor in everybody(session, scene, now):
        for look in (
            lambda who=actor: queries_admitted.admitted(session, who, scene.call),
            lambda who=actor: queries_admitted.count(session, who, scene.call),
            lambda who=actor: service_reading.look(session, who, scene.call, application.public_id, now=now),
            lambda who=actor: queries.kept(session, who, application.public_id),
        ):
            try:
                found.append(look())
            except (Sealed, NotFound):
                continue
    return found


def test_before_the_deadline_nobody_reads_anything_not_even_a_forged_actor(session, now):
    scene = an_open_call(session, now=now)
    application = an_application_sent(session, scene.call, name="Grete Wiese")
    assert leaks(session, scene, application, now) == []


def test_the_tests_notice_when_the_seal_is_taken_out(session, now, monkeypatch):
    scene = an_open_call(session, now=now)
    application = an_application_sent(session, scene.call)
    monkeypatch.setattr(sealing, "is_open", true)
    assert len(leaks(session, scene, application, now)) >= 8


def test_the_statement_itself_is_sealed_too_not_only_the_question_before_it(session, now, monkeypatch):
    scene = an_open_call(session, now=now)
    an_application_sent(session, scene.call)
    monkeypatch.setattr(sealing, "refuse_sealed", lambda *_: None)
    assert queries_admitted.admitted(session, scene.clerk, scene.call) == ()
    assert queries_admitted.count(session, scene.clerk, scene.call) == 0


@pytest.mark.parametrize(("ago", "is_open"), [(-5, False), (1, False), (55, False), (70, True)])
def test_the_seal_breaks_a_minute_after_the_deadline_by_the_clock_of_the_database(session, now, ago, is_open):
    scene = a_call_closing(session, now - timedelta(seconds=ago))
    an_application_sent(session, scene.call, arrived_at=now - timedelta(days=1))
    if is_open:
        assert len(queries_admitted.admitted(session, scene.clerk, scene.call)) == 1
    else:
        with pytest.raises(Sealed):
            queries_admitted.admitted(session, scene.clerk, scene.call)


def test_what_was_sent_is_read_and_not_what_was_typed_afterwards(session, now):
    scene = a_call_closing(session, now - timedelta(days=1))
    row = an_application_sent(session, scene.call, answers={"organic": True}, lots={1: {"distance_m": 3210}})
    row.answers = {"organic": False}
    session.commit()
    (one,) = queries_admitted.admitted(session, scene.clerk, scene.call)
    assert one.answers == {"organic": True}
    assert one.lots[0].distance_km * 1000 == 3210


def test_withdrawn_before_the_deadline_was_never_there_and_after_it_is_marked(session, now):
    scene = a_call_closing(session, now - timedelta(days=1))
    withdrawn = {"state": ApplicationState.WITHDRAWN}
    an_application_sent(session, scene.call, **withdrawn, withdrawn_at=scene.call.closes_at - timedelta(hours=1))
    an_application_sent(session, scene.call, code="AFTER234", **withdrawn, withdrawn_at=now)
    (one,) = queries_admitted.admitted(session, scene.clerk, scene.call)
    assert (one.code, one.is_withdrawn) == ("AFTER234", True)


def test_answers_on_religion_are_for_who_scores_alone(session, now):
    scene = a_call_closing(session, now - timedelta(days=1))
    an_application_sent(session, scene.call, answers={"organic": True}, special={"member": True})
    letters = Actor(account_id=1, grants=frozenset({Grant(scene.owner.id, Duty.LETTERS)}))
    (one,) = queries_admitted.admitted(session, letters, scene.call)
    assert one.answers == {"organic": True}
    (one,) = queries_admitted.admitted(session, scene.clerk, scene.call)
    assert one.answers == {"organic": True, "member": True}


def test_strangers_readers_and_other_owners_find_no_applications(session, now):
    scene, other = a_call_closing(session, now - timedelta(days=1)), an_open_call(session, now=now)
    an_application_sent(session, scene.call)
    reader = acting(session, a_member(session, scene.owner, MembershipRole.READER), now)
    for actor in (an_applicant(session), other.clerk, reader, Actor.visitor()):
        for look in (queries_admitted.admitted, queries_envelopes.envelopes):
            with pytest.raises(NotFound):
                look(session, actor, scene.call)


def test_only_few_modules_read_what_was_sent():
    """Whatever selects submissions or answers apart stands behind the seal, or is the applicant's own door."""
    folder = Path(inspect.getfile(sealing)).parents[1]
    allowed = {
        "applications/queries_admitted.py",
        "applications/queries.py",
        "applications/models.py",
        "applications/personal_data.py",
        "applications/sending.py",
        "applications/service_sending.py",
        "applications/service_envelopes.py",
        "applications/service_keeping.py",
        "applications/stored.py",
        "applications/mails.py",
        "blueprints/applications/sending.py",
        "blueprints/applications/papers_made.py",
        "demo/applications.py",
    }
    naming = {
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        if "migrations" not in path.parts
        and any(
            word in path.read_text() for word in ("ApplicationSubmission", "ApplicationSpecial", "application_special")
        )
    }
    assert naming - allowed == set()
