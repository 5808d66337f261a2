"""The page on which a public body deals with its archive."""

from datetime import UTC, datetime, timedelta

import pytest

from succession.accounts.actor import Role
from succession.accounts.models import OrganisationKind
from succession.listings.states import ListingState
from tests.factories.accounts import a_browser, an_organisation
from tests.factories.listings import a_listing
from tests.factories.places import a_small_region


@pytest.fixture
def parish(app, session):
    a_small_region(session)
    client, clerk = a_browser(app, session, Role.TRANSFEROR, language="en")
    organisation = an_organisation(session, OrganisationKind.PARISH, members=[clerk])
    ended = datetime.now(UTC) - timedelta(days=800)
    a_listing(session, organisation, title="=Pfarrland", state=ListingState.WITHDRAWN, ended_at=ended)
    return client, f"/organisations/{organisation.public_id}/archive"


def test_naming_offering_and_noting_the_answer_go_through(parish):
    client, path = parish
    page = client.get(path).text
    assert "1 file ended more than two years ago" in page
    assert "Name the archive first" in page
    assert client.post(path, data={"archive_name": "", "archive_address": "x"}).status_code == 422
    named = client.post(path, data={"archive_name": "Kreisarchiv", "archive_address": "archiv@example.org"})
    assert named.status_code == 302
    assert "Send the list to Kreisarchiv" in client.get(path).text
    assert client.post(f"{path}/offers").status_code == 302
    page = client.get(path).text
    assert "No answer yet" in page
    offer = page.split("/archive/offers/")[1].split(".csv")[0].split("/")[0]
    text = client.get(f"{path}/offers/{offer}.csv").text
    assert "'=" in text or "=Pfarrland" not in text.split(";")[2][:1]
    assert client.post(f"{path}/offers/{offer}/answer", data={"answer": "nonsense"}).status_code == 400
    assert client.post(f"{path}/offers/{offer}/answer", data={"answer": "take"}).status_code == 302
    assert "The archive takes it over" in client.get(path).text


def test_strangers_and_private_owners_have_no_such_page(app, session, parish):
    stranger, account = a_browser(app, session, Role.TRANSFEROR)
    assert stranger.get(parish[1]).status_code == 404
    private = an_organisation(session, OrganisationKind.PRIVATE, members=[account])
    assert stranger.get(f"/organisations/{private.public_id}/archive").status_code == 404
