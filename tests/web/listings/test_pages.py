"""The pages on which offers are made and read."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from succession.accounts.actor import Role
from succession.accounts.models import OrganisationKind
from succession.facts.kinds import Kind
from succession.facts.wishes import OFFER_WISHES
from succession.land.models import LandUse
from succession.land.owner import Owner
from succession.listings.models import Listing, ListingPublication, ListingWish
from succession.listings.states import ListingState
from succession.listings.topics import Topic
from tests.factories.accounts import a_browser, an_account, an_organisation
from tests.factories.land import parcels
from tests.factories.listings import DESCRIPTION, a_listing, a_place_called, a_published_listing
from tests.factories.places import a_small_region

PAYLOAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>{{ 7*7 }}"


@pytest.fixture
def region(session):
    a_small_region(session)


@pytest.fixture
def owner(app, session):
    return a_browser(app, session, Role.TRANSFEROR)


def hidden(page, name):
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page.get_data(as_text=True))
    return found and found.group(1)


def said(page):
    return re.sub(r"\s+", " ", page.get_data(as_text=True))


def english(client):
    client.get("/language/en")
    return client


def save(client, listing, topic, **values):
    address = f"/my-offers/{listing.public_id}/{topic}"
    seen = hidden(client.get(address), "seen")
    return client.post(address, data={"seen": seen, **values})


def test_from_nothing_to_a_published_offer_and_back(region, session, owner):
    client, account = owner
    english(client)
    assert "You have no offers yet" in said(client.get("/my-offers"))
    key = hidden(client.get("/my-offers/new"), "key")
    made = client.post("/my-offers/new", data={"key": key, "kind": "farm", "title": "Milchviehhof sucht Nachfolge"})
    listing = session.scalars(select(Listing)).one()
    assert made.location == f"/my-offers/{listing.public_id}/about"

    about = {"title": "Milchviehhof sucht Nachfolge", "description": DESCRIPTION, "service_level": "facilitated"}
    assert save(client, listing, "about", **about).location.endswith("/place")
    found = save(client, listing, "place", place_name="Gartow")
    assert found.location.endswith("/terms")
    terms = {"takeover_models": ["lease", "gradual"], "price": "123.456,50", "instalments": "yes"}
    assert save(client, listing, "terms", **terms).location.endswith("/land")
    land = {"area_ha": "47.5", "land_uses": ["arable", "grassland"], "contiguity": ""}
    assert save(client, listing, "land", **land, then="overview").location == f"/my-offers/{listing.public_id}"
    wishes = {"training-importance": "must", "training-training_min": "2", "direct_sale-importance": "nice"}
    others = {f"{name}-importance": "none" for name in WISHES if f"{name}-importance" not in wishes}
    assert save(client, listing, "wishes", **wishes, **others).status_code == 302

    assert "40 to 60 hectares" in said(client.get(f"/my-offers/{listing.public_id}/preview"))
    assert "Publish now" in said(client.get(f"/my-offers/{listing.public_id}/publish"))
    assert client.post(f"/my-offers/{listing.public_id}/publish").status_code == 302

    visitor = english(client.application.test_client())
    page = said(visitor.get(f"/offers/{listing.public_id}"))
    assert "near Gartow" in page
    assert "Possible: lease or joint business first, then handover" in page
    assert "at least completed vocational training" in page
    shown = page.replace(str(listing.public_id), "")  # which may hold any figure
    assert re.findall(r"\b(?:123|47)\b", shown) == []
    assert account.name not in page

    assert client.post(f"/my-offers/{listing.public_id}/reserve").status_code == 302
    assert "Reserved." in said(visitor.get(f"/offers/{listing.public_id}"))
    assert client.post(f"/my-offers/{listing.public_id}/withdraw").status_code == 302
    gone = visitor.get(f"/offers/{listing.public_id}")
    assert (gone.status_code, "no longer there" in said(gone)) == (410, True)


WISHES = [wish.criterion for wish in OFFER_WISHES]


@pytest.mark.parametrize("kind", Kind)
@pytest.mark.parametrize("topic", Topic)
def test_every_topic_of_every_kind_can_be_opened(region, session, owner, kind, topic):
    client, account = owner
    listing = a_listing(session, account, kind=kind)
    page = client.get(f"/my-offers/{listing.public_id}/{topic}")
    assert page.status_code == 200
    assert "%(" not in said(page)


@pytest.mark.parametrize("state", ListingState)
def test_the_overview_shows_every_state(region, session, owner, state):
    client, account = owner
    listing = a_published_listing(session, account, state=state)
    for address in (f"/my-offers/{listing.public_id}", "/my-offers"):
        assert client.get(address).status_code == 200


def test_publishing_too_early_says_what_is_missing_with_links(session, owner):
    client, account = owner
    listing = a_listing(session, account, description="", place=None)
    refused = client.post(f"/my-offers/{listing.public_id}/publish")
    assert refused.status_code == 422
    assert f"/my-offers/{listing.public_id}/place" in refused.get_data(as_text=True)


def test_a_text_that_gives_the_owner_away_is_asked_about(region, session, owner):
    client, account = owner
    listing = a_listing(session, account, description=DESCRIPTION + " Telefon 05841 12345")
    asked = client.post(f"/my-offers/{listing.public_id}/publish")
    assert (asked.status_code, "05841 12345" in said(asked)) == (422, True)
    assert client.post(f"/my-offers/{listing.public_id}/publish", data={"is_confirmed": "yes"}).status_code == 302


def test_the_second_of_two_tabs_sees_both_and_decides(region, session, owner):
    client, account = owner
    english(client)
    listing = a_listing(session, account)
    address = f"/my-offers/{listing.public_id}/terms"
    seen = hidden(client.get(address), "seen")
    first = {"takeover_models": "lease", "price": "150000"}
    second = {"takeover_models": "lease", "price": "200000"}
    assert client.post(address, data={"seen": seen, **first}).status_code == 302
    conflict = client.post(address, data={"seen": seen, **second})
    assert conflict.status_code == 409
    assert "Saved now: 150,000 euros<br>Yours: 200,000 euros" in said(conflict)
    assert 'value="200000"' in said(conflict)
    again = client.post(address, data={"seen": hidden(conflict, "seen"), **second})
    assert again.status_code == 302
    session.expire_all()
    assert session.get(Listing, listing.id).price == 200_000


def test_a_double_click_makes_one_offer(session, owner):
    client, _ = owner
    form = {"key": str(uuid4()), "kind": "shop", "title": "Laden sucht Nachfolge"}
    assert client.post("/my-offers/new", data=form).location == client.post("/my-offers/new", data=form).location
    assert session.scalar(select(func.count()).select_from(Listing)) == 1


@pytest.mark.parametrize("key", ["", "nonsense", "x" * 5000])
def test_a_broken_key_is_replaced(session, owner, key):
    client, _ = owner
    assert client.post("/my-offers/new", data={"key": key, "kind": "shop", "title": "Laden"}).status_code == 302


def test_forged_fields_change_nothing(region, session, owner):
    """S3: what a form does not have cannot be sent."""
    client, account = owner
    stranger = an_account(session, Role.TRANSFEROR)
    listing = a_listing(session, account)
    forged = {
        "state": "published",
        "owner_account_id": str(stranger.id),
        "version": "99",
        "reference": "AAA-AAA",
        "published_level": "4",
        "price": "5",
    }
    assert save(client, listing, "handover", mentoring="yes", **forged).status_code == 302
    session.expire_all()
    stored = session.get(Listing, listing.id)
    assert (stored.state, stored.owner_account_id, stored.version) == (ListingState.DRAFT, account.id, 2)
    assert (stored.reference, stored.published_level, stored.price, stored.mentoring) == (
        listing.reference,
        None,
        None,
        True,
    )


def test_choices_that_do_not_exist_are_refused(region, session, owner):
    client, account = owner
    listing = a_listing(session, account)
    for topic, values in {
        "terms": {"takeover_models": "theft"},
        "place": {"parcels": str(uuid4())},
        "about": {"title": "Hof", "service_level": "gold"},
        "wishes": {"training-importance": "extreme"},
    }.items():
        assert save(client, listing, topic, **values).status_code == 422
    assert session.scalar(select(func.count()).select_from(ListingWish)) == 0


@pytest.mark.parametrize("field", ["title", "description"])
def test_long_texts_are_refused_with_the_limit(session, owner, field):
    client, account = owner
    listing = a_listing(session, account, place=None)
    values = {"title": "Hof", "description": DESCRIPTION, "service_level": "link", field: "x" * 10_000}
    refused = save(client, listing, "about", **values)
    assert refused.status_code == 422
    assert str({"title": 120, "description": "6.000"}[field]) in said(refused)
    assert "x" * 10_000 in said(refused), "what was typed is still there"


def test_what_is_typed_is_text_and_nothing_else(region, session, owner):
    client, account = owner
    listing = a_listing(session, account)
    values = {"title": PAYLOAD, "description": PAYLOAD * 2, "service_level": "link"}
    save(client, listing, "about", **values)
    client.post(f"/my-offers/{listing.public_id}/publish", data={"is_confirmed": "yes"})
    visitor = client.application.test_client()
    addresses = [f"/offers/{listing.public_id}"]
    own = ["", "/about", "/preview", "/publish", "/reserve", "/withdraw"]
    pages = [visitor.get(address) for address in addresses]
    pages += [client.get(f"/my-offers/{listing.public_id}{part}") for part in own] + [client.get("/my-offers")]
    for page in pages:
        assert page.status_code in {200, 302, 409}
        assert "<script>alert" not in page.get_data(as_text=True)
        assert "<img src=x" not in page.get_data(as_text=True)
        assert "49" not in re.sub(r"\d{3,}|v=\w+|[0-9a-f-]{20,}", "", said(page)).replace("{{ 7*7 }}", "")


def test_a_wish_without_a_value_is_asked_about(session, owner):
    client, account = owner
    english(client)
    listing = a_listing(session, account, place=None)
    values = {f"{name}-importance": "none" for name in WISHES} | {"training-importance": "must"}
    refused = save(client, listing, "wishes", **values)
    assert refused.status_code == 422
    assert "Please say what you wish for" in said(refused)
    assert 'href="#training-training_min"' in said(refused)


def test_an_unclear_place_is_offered_for_choice(region, session, owner):
    client, account = owner
    listing = a_listing(session, account, place=None)
    asked = save(client, listing, "place", place_name="Wustrow")
    assert asked.status_code == 422
    offered = re.findall(r'name="place"[^>]*value="([0-9a-f-]{36})"', said(asked))
    assert len(offered) == 2
    assert save(client, listing, "place", place_name="Wustrow", place=offered[0]).status_code == 302
    session.expire_all()
    assert session.get(Listing, listing.id).place_id is not None


def test_the_place_that_was_set_is_not_asked_about_again_when_another_name_is_unclear(region, session, owner):
    client, account = owner
    listing = a_listing(session, account)
    gartow = str(a_place_called(session, "Gartow").public_id)
    asked = save(english(client), listing, "place", place_name="Wustrow", place=gartow)
    assert asked.status_code == 422
    assert gartow not in re.findall(r'name="place"[^>]*value="([0-9a-f-]{36})"', said(asked))
    assert "empty the field with the name" in said(asked)
    assert save(client, listing, "place", place_name="", place=gartow).status_code == 302


@pytest.mark.parametrize(("state", "step"), [("withdrawn", "withdraw"), ("published", "publish")])
def test_the_back_button_to_a_step_that_was_taken_leads_to_the_overview(region, session, owner, state, step):
    client, account = owner
    listing = a_listing(session, account)
    client.post(f"/my-offers/{listing.public_id}/publish", data={"is_confirmed": "yes"})
    if state == "withdrawn":
        client.post(f"/my-offers/{listing.public_id}/withdraw")
    page = english(client).get(f"/my-offers/{listing.public_id}/{step}", follow_redirects=True)
    assert (page.status_code, page.request.path) == (200, f"/my-offers/{listing.public_id}")
    assert f"Your offer is now: {state.capitalize()}" in said(page)


def test_a_new_name_counts_more_than_the_place_that_was_set(region, session, owner):
    client, account = owner
    listing = a_listing(session, account)
    gartow = a_place_called(session, "Gartow")
    assert save(client, listing, "place", place_name="Trebel", place=str(gartow.public_id)).status_code == 302
    session.expire_all()
    assert session.get(Listing, listing.id).place_id == a_place_called(session, "Trebel").id


def test_strangers_find_nothing_of_a_draft(app, region, session, owner):
    """S2: a foreign private thing does not exist."""
    _, account = owner
    listing = a_listing(session, account)
    stranger, _ = a_browser(app, session, Role.TRANSFEROR, Role.LANDOWNER)
    own = ["", "/about", "/place", "/wishes", "/preview", "/publish", "/reserve", "/withdraw", "/delete"]
    for part in own:
        assert stranger.get(f"/my-offers/{listing.public_id}{part}").status_code == 404
    for part in [*own[1:4], "/publish", "/reserve", "/withdraw", "/delete", "/confirm"]:
        assert stranger.post(f"/my-offers/{listing.public_id}{part}").status_code == 404
    assert stranger.get(f"/offers/{listing.public_id}").status_code == 404
    assert session.get(Listing, listing.id) is not None


@pytest.mark.parametrize("address", ["/my-offers", "/my-offers/new", "/my-offers/00000000-0000-4000-8000-000000000001"])
def test_visitors_and_seekers_have_no_offers(app, session, client, address):
    assert client.get(address).status_code == 302
    seeker, _ = a_browser(app, session, Role.SEEKER)
    assert seeker.get(address).status_code == 403


def test_an_organisation_can_offer(app, region, session):
    client, account = a_browser(app, session, Role.LANDOWNER)
    parish = an_organisation(session, OrganisationKind.PARISH, members=[account])
    form = {"key": str(uuid4()), "kind": "land", "title": "Wiese", "organisation": str(parish.public_id)}
    assert client.post("/my-offers/new", data=form).status_code == 302
    assert session.scalars(select(Listing)).one().owner_organisation_id == parish.id


def test_a_draft_is_deleted_only_after_a_question(session, owner):
    client, account = owner
    listing = a_listing(session, account, place=None)
    assert client.get(f"/my-offers/{listing.public_id}/delete").status_code == 200
    assert session.get(Listing, listing.id) is not None
    assert client.post(f"/my-offers/{listing.public_id}/delete").location == "/my-offers"
    session.expire_all()
    assert session.scalar(select(func.count()).select_from(Listing)) == 0


def test_an_impossible_step_is_refused(region, session, owner):
    client, account = owner
    listing = a_listing(session, account)
    assert client.get(f"/my-offers/{listing.public_id}/reserve").location == f"/my-offers/{listing.public_id}"
    assert client.post(f"/my-offers/{listing.public_id}/reserve").status_code == 409
    assert client.post(f"/my-offers/{listing.public_id}/revise").status_code == 302, "it is a draft already"
    assert client.get(f"/my-offers/{listing.public_id}/explode").status_code == 404


def test_the_public_page_takes_few_statements(region, session, owner, statements):
    client, account = owner
    listing = a_published_listing(session, account)
    visitor = client.application.test_client()
    visitor.get(f"/offers/{listing.public_id}")
    statements.clear()
    visitor.get(f"/offers/{listing.public_id}")
    assert len(statements) <= 4


def test_a_published_offer_can_be_edited_and_confirmed(region, session, owner):
    client, account = owner
    listing = a_published_listing(session, account)
    assert save(client, listing, "handover", mentoring="yes").status_code == 302
    assert client.post(f"/my-offers/{listing.public_id}/confirm").status_code == 302
    session.expire_all()
    assert session.get(ListingPublication, listing.id).facts["mentoring"] == 1


def test_what_the_parcels_say_is_proposed(region, session, owner):
    client, account = owner
    own = parcels(session, Owner(account_id=account.id), land_use=LandUse.GRASSLAND)
    listing = a_listing(session, account, kind=Kind.LAND, area_ha=None, place=None)
    chosen = [str(parcel.public_id) for parcel in own]
    assert "Schlag 2" in said(client.get(f"/my-offers/{listing.public_id}/place"))
    assert save(client, listing, "place", parcels=chosen).status_code == 302
    page = said(english(client).get(f"/my-offers/{listing.public_id}/land"))
    assert "proposed from your parcels" in page
    assert re.search(r'name="area_ha"[^>]*value="3', page) or re.search(r'value="3[^"]*"[^>]*name="area_ha"', page)
    assert re.search(r"checked[^>]*value=\"grassland\"", page) or re.search(r"value=\"grassland\"[^>]*checked", page)


def test_who_works_for_one_organisation_is_asked_with_it_chosen(app, session):
    client, clerk = a_browser(app, session, Role.LANDOWNER)
    office = an_organisation(session, members=[clerk])
    page = said(client.get("/my-offers/new?kind=land"))
    assert re.search(rf'<input[^>]*checked[^>]*name="organisation"[^>]*value="{office.public_id}"', page)
