from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from succession.accounts.actor import Actor, Role
from succession.accounts.duties import MembershipRole
from succession.accounts.models import Organisation
from succession.accounts.queries import actor_of
from succession.applications.models import Application
from succession.awards import policy_outward as policy
from succession.awards import queries_sheets, service_inspection
from succession.calls.queries import principles_of
from succession.errors import Forbidden, NotFound
from tests.factories.accounts import an_account
from tests.factories.organisations import a_member, acting
from tests.factories.outward import at_of, told


@pytest.fixture
def scene(session):
    return told(session)[0]


def everybody(session, scene):
    """The system, the office, a reader of the owner, applicants, a stranger, a visitor."""
    now = datetime.now(UTC)
    owner = scene.call.owner_organisation_id
    yield Actor.visitor()
    yield scene.clerk
    yield acting(session, a_member(session, session.get(Organisation, owner), MembershipRole.READER), now)
    for application in scene.applications.values():
        yield actor_of(session, application.applicant_account_id, now=now)
    yield actor_of(session, an_account(session, Role.LANDOWNER).id, now=now)


def test_the_page_and_the_list_agree_on_who_is_told(session, scene):
    for actor in everybody(session, scene):
        listed = set(session.scalars(select(Application.id).where(policy.told_applications(actor))))
        for application in scene.applications.values():
            assert (application.id in listed) == policy.may_be_told(actor, application)


def test_a_reader_of_the_owner_writes_nothing_and_sees_nothing(session, scene):
    now = datetime.now(UTC)
    owner = session.get(Organisation, scene.call.owner_organisation_id)
    reader = acting(session, a_member(session, owner, MembershipRole.READER), now)
    assert not policy.may_see(reader, scene.call)
    assert not policy.may_write(reader, scene.call)
    with pytest.raises(NotFound):
        service_inspection.show_file(session, reader, at_of(scene), scene.applications["Bernd Buche"].code, now=now)


def test_where_religion_was_asked_only_who_scores_prints_statements(session, scene):
    now = datetime.now(UTC)
    owner = session.get(Organisation, scene.call.owner_organisation_id)
    checker = acting(session, a_member(session, owner, MembershipRole.CHECKER), now)
    assert policy.may_print(checker, scene.call, holds_religion=True)
    assert policy.may_print(scene.clerk, scene.call, holds_religion=True)
    assert not policy.may_write(checker, scene.call)
    assert not queries_sheets.holds_religion(principles_of(scene.call))


def test_an_applicant_makes_no_file_of_the_lot(session, scene):
    now = datetime.now(UTC)
    person = actor_of(session, scene.applications["Bernd Buche"].applicant_account_id, now=now)
    with pytest.raises((NotFound, Forbidden)):
        service_inspection.show_file(session, person, at_of(scene), scene.applications["Bernd Buche"].code, now=now)
