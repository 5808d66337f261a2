"""How exactly an offer's place is shown: the page, the warning, and what three audiences see."""

import re

import pytest
from sqlalchemy import select

from succession.accounts.actor import Role
from succession.accounts.models import Membership, MembershipRole, OrganisationKind
from succession.audit.models import AuditEntry
from succession.facts.kinds import Kind
from succession.land.owner import Owner
from succession.listings.models import ListingParcel, ListingPublication
from succession.listings.models_published import listing_public_outline
from tests.factories.accounts import a_browser, an_account, an_organisation
from tests.factories.land import parcels
from tests.factories.listings import a_listing, a_published_listing, publish_as
from tests.factories.places import a_small_region

GERMAN = {"Accept-Language": "de"}


@pytest.fixture
def browser(app, session):
    a_small_region(session)
    client, account = a_browser(app, session, Role.TRANSFEROR, Role.LANDOWNER)
    client.account = account
    return client


def on_own_land(session, listing, *, organisation=None):
    owner = Owner(organisation_id=organisation.id) if organisation else Owner(account_id=listing.owner_account_id)
    session.add_all(ListingParcel(listing_id=listing.id, parcel_id=parcel.id) for parcel in parcels(session, owner, 2))
    session.commit()
    return listing


def outlines(session):
    return session.scalars(select(listing_public_outline.c.listing_id)).all()


def level_of(session, listing):
    session.expire_all()
    return session.get(type(listing), listing.id).published_level


def test_each_level_is_offered_with_what_would_be_shown(browser, session):
    listing = on_own_land(session, a_listing(session, browser.account))
    page = browser.get(f"/my-offers/{listing.public_id}/how-exactly", headers=GERMAN).text
    assert re.findall(r'name="level" value="(\d)"', page) == ["0", "1", "4", "5", "6", "7"]
    assert re.search(r'name="level" value="4" checked', page)
    assert "(geschätzt)" in page, "an estimate is called one wherever it is shown"
    assert "Wer sieht das?" in page
    assert page.count('<svg class="level-sketch"') == 6


def test_a_square_that_nobody_counted_is_shown_as_the_village(browser, session):
    listing = on_own_land(session, a_listing(session, browser.account, place=None))
    browser.post(f"/my-offers/{listing.public_id}/how-exactly", data={"level": "1", "seen": ""})
    session.expire_all()
    assert session.get(type(listing), listing.id).wanted_level == 1
    assert "Hier gibt es zu wenige" in browser.get(f"/my-offers/{listing.public_id}/how-exactly", headers=GERMAN).text


def test_a_wider_area_is_shown_at_once_and_never_a_nearer_one_again(browser, session):
    """LP-3"""
    listing = a_published_listing(session, browser.account)
    where = f"/my-offers/{listing.public_id}/how-exactly"
    assert level_of(session, listing) == 4
    assert browser.post(where, data={"level": "6", "seen": ""}).status_code == 302
    assert level_of(session, listing) == 6
    assert browser.post(where, data={"level": "4", "seen": "6"}).status_code == 422
    assert level_of(session, listing) == 6
    assert 'value="4"' not in browser.get(where).text


def test_the_place_itself_is_shown_only_after_the_warning_and_it_is_on_record(browser, session):
    listing = on_own_land(session, a_published_listing(session, browser.account, kind=Kind.LAND))
    where = f"/my-offers/{listing.public_id}/how-exactly"
    warned = browser.post(where, data={"level": "0", "seen": ""})
    assert warned.location.split("?")[0].endswith("/place-itself")
    assert outlines(session) == []
    assert browser.post(f"{where}/place-itself", data={"seen": ""}).status_code == 422
    assert outlines(session) == []


def test_a_draft_whose_owner_chose_the_place_itself_shows_its_outline_to_everybody(browser, session, app):
    listing = on_own_land(session, a_listing(session, browser.account, kind=Kind.LAND, place=None))
    where = f"/my-offers/{listing.public_id}"
    assert (
        browser.post(f"{where}/how-exactly/place-itself", data={"seen": "", "is_understood": "yes"}).status_code == 302
    )
    assert app.test_client().get(f"/offers/{listing.public_id}/outline.json").status_code == 404
    browser.post(f"{where}/publish", data={"is_confirmed": "yes"})
    assert outlines(session) == [listing.id]
    shape = app.test_client().get(f"/offers/{listing.public_id}/outline.json")
    assert shape.json["features"][0]["geometry"]["type"] == "MultiPolygon"
    assert shape.headers["Cache-Control"] == "private, no-store"
    assert (
        "Die Eigentümer:innen zeigen die Stelle selbst."
        in app.test_client().get(f"/offers/{listing.public_id}", headers=GERMAN).text
    )
    assert "listing.shown_exactly" in session.scalars(select(AuditEntry.action)).all()
    browser.post(f"{where}/how-exactly", data={"level": "4", "seen": "0"})
    assert outlines(session) == []
    assert app.test_client().get(f"/offers/{listing.public_id}/outline.json").status_code == 404


@pytest.mark.parametrize(
    ("kind", "confidential", "level"),
    [
        (OrganisationKind.MUNICIPALITY, False, 0),
        (OrganisationKind.PARISH, False, 0),
        (OrganisationKind.FOUNDATION, False, 4),
        (OrganisationKind.MUNICIPALITY, True, 6),
    ],
)
def test_land_of_public_owners_is_shown_as_it_is_unless_confidential(session, kind, confidential, level):
    a_small_region(session)
    body = an_organisation(session, kind)
    listing = a_listing(session, body, kind=Kind.LAND, place=None, is_confidential=confidential)
    on_own_land(session, listing, organisation=body)
    clerk = an_account(session, Role.LANDOWNER)
    session.add(Membership(organisation_id=body.id, account_id=clerk.id, role=MembershipRole.ADMINISTRATOR))
    session.commit()
    publish_as(session, clerk, listing)
    assert level_of(session, listing) == level
    assert outlines(session) == ([listing.id] if level == 0 else [])


def test_what_is_confidential_can_never_be_shown_exactly(browser, session):
    listing = on_own_land(session, a_listing(session, browser.account, is_confidential=True))
    answer = browser.post(
        f"/my-offers/{listing.public_id}/how-exactly/place-itself", data={"seen": "", "is_understood": "yes"}
    )
    assert answer.status_code == 422
    assert re.findall(r'name="level" value="(\d)"', answer.text) == ["6", "7"]


def test_a_choice_made_meanwhile_is_not_overwritten(browser, session):
    listing = a_listing(session, browser.account)
    where = f"/my-offers/{listing.public_id}/how-exactly"
    browser.post(where, data={"level": "5", "seen": ""})
    assert browser.post(where, data={"level": "7", "seen": ""}).status_code == 409


def test_nobody_else_reaches_the_pages(app, browser, session):
    listing = a_listing(session, browser.account)
    stranger, _ = a_browser(app, session, Role.TRANSFEROR)
    for path in ("how-exactly", "how-exactly/place-itself", "preview"):
        assert stranger.get(f"/my-offers/{listing.public_id}/{path}").status_code == 404
    data = {"level": "7", "seen": "", "is_understood": "yes"}
    for path in ("how-exactly", "how-exactly/place-itself"):
        assert stranger.post(f"/my-offers/{listing.public_id}/{path}", data=data).status_code in {404, 302}
    session.expire_all()
    assert session.get(type(listing), listing.id).wanted_level is None


def test_the_preview_shows_three_audiences(browser, session):
    listing = a_listing(session, browser.account, price=200_000)
    seen = {
        name: browser.get(f"/my-offers/{listing.public_id}/preview?as={name}", headers=GERMAN).text
        for name in ("public", "seeker", "released", "nonsense")
    }
    assert "Das sehen alle, auch ohne Konto." in seen["public"]
    assert "Das sehen Suchende, die angemeldet sind." in seen["seeker"]
    assert "Das sieht, wem Sie mehr freigegeben haben." in seen["released"]
    assert "Das sehen alle, auch ohne Konto." in seen["nonsense"]
    for page in seen.values():
        assert "200.000" not in page.replace("150.000 bis 250.000", "")


def test_a_trade_that_is_left_out_is_said_to_its_owner_only(browser, session, app):
    listing = a_published_listing(
        session, browser.account, kind=Kind.CRAFT, trades=["ceramics_art"], area_ha=None, takeover_models=["sale"]
    )
    assert "trades" not in session.get(ListingPublication, listing.id).facts
    assert (
        "Das Gewerk wird nicht genannt" in browser.get(f"/my-offers/{listing.public_id}/preview", headers=GERMAN).text
    )
    page = app.test_client().get(f"/offers/{listing.public_id}", headers=GERMAN).text
    assert "Gewerk wird nicht genannt" not in page
    assert "Keramik" not in page
