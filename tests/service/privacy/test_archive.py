"""Public bodies offer files to their archive before they are deleted."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from succession.accounts.actor import Actor
from succession.accounts.models import OrganisationKind
from succession.errors import Conflict, Forbidden, NotFound
from succession.listings.models import Listing
from succession.listings.states import ListingState
from succession.outbox.models import OutboxMail
from succession.privacy import queries_archive, service_archive
from succession.privacy.archives import ANSWER_WITHIN, FETCH_WITHIN, FILES_KEPT
from succession.privacy.models import ArchiveAnswer
from tests.factories.accounts import an_account, an_organisation
from tests.factories.listings import a_listing
from tests.factories.places import a_small_region
from tests.factories.privacy import NOON, actor_of

LATER = NOON + FILES_KEPT + timedelta(days=1)


@pytest.fixture
def parish(session):
    a_small_region(session)
    clerk = an_account(session)
    parish = an_organisation(session, OrganisationKind.PARISH, members=[clerk])
    a_listing(session, parish, title="Pfarrland", state=ListingState.WITHDRAWN, ended_at=NOON)
    a_listing(session, parish, title="Noch offen")
    return parish, actor_of(session, clerk)


def titles(session):
    return set(session.scalars(select(Listing.title)))


def offered(session, parish, actor):
    service_archive.name_archive(session, actor, parish.public_id, "Kreisarchiv", "archiv@example.org", now=NOON)
    return service_archive.offer_files(session, actor, parish.public_id, now=LATER)


def test_what_has_ended_two_years_ago_goes_on_a_list_to_the_archive(session, parish):
    organisation, actor = parish
    offer = offered(session, organisation, actor)
    assert [item["title"].endswith("Pfarrland") for item in offer.items] == [True]
    (mail,) = session.scalars(select(OutboxMail).where(OutboxMail.recipient_address == "archiv@example.org"))
    assert mail.values["number"] == 1
    assert queries_archive.page(session, actor, organisation.public_id, now=LATER).due == []


@pytest.mark.parametrize("answer", [*ArchiveAnswer])
def test_a_month_after_the_answer_they_are_deleted(session, parish, answer):
    organisation, actor = parish
    offer = offered(session, organisation, actor)
    service_archive.note_answer(session, actor, offer.public_id, answer, now=LATER)
    system = Actor.system()
    assert service_archive.delete_offered(session, system, now=LATER + FETCH_WITHIN - timedelta(seconds=1)) == 0
    assert service_archive.delete_offered(session, system, now=LATER + FETCH_WITHIN) == 1
    assert titles(session) == {"Noch offen"}
    with pytest.raises(Conflict):
        service_archive.note_answer(session, actor, offer.public_id, answer, now=LATER + FETCH_WITHIN)


def test_without_an_answer_they_stay_for_six_months(session, parish):
    offered(session, *parish)
    assert service_archive.delete_offered(session, Actor.system(), now=LATER + ANSWER_WITHIN / 2) == 0
    assert service_archive.delete_offered(session, Actor.system(), now=LATER + ANSWER_WITHIN) == 1


def test_nothing_is_offered_too_early_and_no_archive_no_offer(session, parish):
    organisation, actor = parish
    with pytest.raises(Conflict):
        service_archive.offer_files(session, actor, organisation.public_id, now=LATER)
    service_archive.name_archive(session, actor, organisation.public_id, "Archiv", "a@example.org", now=NOON)
    with pytest.raises(Conflict):
        service_archive.offer_files(session, actor, organisation.public_id, now=NOON + FILES_KEPT - timedelta(days=2))


def test_only_whoever_manages_the_organisation_settles_this_and_strangers_find_nothing(session, parish):
    organisation, actor = parish
    stranger = actor_of(session, an_account(session))
    with pytest.raises(NotFound):
        queries_archive.page(session, stranger, organisation.public_id, now=NOON)
    private = an_organisation(session, OrganisationKind.PRIVATE, members=[an_account(session)])
    with pytest.raises(NotFound):
        queries_archive.page(session, Actor.system(), private.public_id, now=NOON)
    offer = offered(session, organisation, actor)
    with pytest.raises((NotFound, Forbidden)):
        service_archive.note_answer(session, stranger, offer.public_id, ArchiveAnswer.TAKE, now=LATER)
