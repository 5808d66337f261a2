"""The pages on which seekers describe themselves and their searches."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from succession.accounts.actor import Role
from succession.facts.kinds import Kind
from succession.profiles.models import Search, SearchPublication, SeekerProfile
from succession.profiles.states import SearchState
from succession.profiles.topics import ProfileTopic, SearchTopic, search_wishes
from tests.factories.accounts import a_browser
from tests.factories.listings import a_place_called
from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_published_search, a_search

PAYLOAD = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"


@pytest.fixture
def seeker(app, session):
    a_small_region(session)
    client, account = a_browser(app, session, Role.SEEKER)
    client.get("/language/en")
    return client, account


def hidden(page, name):
    found = re.search(rf'name="{name}"[^>]*value="([^"]*)"', page.get_data(as_text=True))
    return found and found.group(1)


def said(page):
    return re.sub(r"\s+", " ", page.get_data(as_text=True))


def save(client, address, **values):
    return client.post(address, data={"seen": hidden(client.get(address), "seen"), **values})


def no_wishes(topic, kinds=frozenset(Kind)):
    return {f"{wish.criterion}-importance": "none" for wish in search_wishes(topic, kinds)}


def test_from_nothing_to_a_published_search_and_back(session, seeker):
    client, account = seeker
    assert "You have no search yet" in said(client.get("/my-searches"))
    assert save(client, "/my-profile/introduction", words="Wir suchen einen Hof.").location == "/my-profile/skills"
    assert save(client, "/my-profile/money", equity="61,234").location == "/my-profile/plan"
    assert save(client, "/my-profile/household", children="2", then="overview").location == "/my-profile"
    profile = said(client.get("/my-profile"))
    assert "Own money: 50,000 to 100,000 euros" in profile
    assert "61" not in profile

    form = {"key": hidden(client.get("/my-searches/new"), "key"), "kinds": ["farm", "land"], "radius_km": "40"}
    made = client.post("/my-searches/new", data={**form, "place_name": "Gartow", "title": "Hof an der Elbe"})
    search = session.scalars(select(Search)).one()
    mine = f"/my-searches/{search.public_id}"
    assert made.location == f"{mine}/terms"
    land = {**no_wishes(SearchTopic.LAND), "area-importance": "important", "area-area_min": "13", "area-area_max": "18"}
    assert save(client, f"{mine}/land", **land).status_code == 302
    assert "at least 12 hectares and at most 60 hectares" in said(client.get(mine))
    check = said(client.get(f"{mine}/publish"))
    assert "up to 40 km around Gartow" in check
    assert account.name not in check
    assert client.post(f"{mine}/publish").location == mine
    assert session.get(SearchPublication, search.id).facts == {"equity": 3, "children": 1}

    assert client.post(f"{mine}/withdraw").location == mine
    assert session.scalar(select(func.count()).select_from(SearchPublication)) == 0
    assert client.get(f"{mine}/delete").status_code == 200
    assert client.post(f"{mine}/delete").location == "/my-searches"
    assert session.scalar(select(func.count()).select_from(Search)) == 0


@pytest.mark.parametrize("topic", ProfileTopic)
def test_every_topic_of_the_profile_can_be_opened(seeker, topic):
    client, _ = seeker
    page = client.get(f"/my-profile/{topic}")
    assert page.status_code == 200
    assert "%(" not in said(page)


@pytest.mark.parametrize("topic", SearchTopic)
@pytest.mark.parametrize("state", SearchState)
def test_every_topic_of_a_search_can_be_opened(session, seeker, topic, state):
    client, account = seeker
    search = a_published_search(session, a_profile(session, account), kinds=[kind.value for kind in Kind])
    search.state = state
    session.commit()
    for part in ("", f"/{topic}", "/publish", "/delete"):
        assert client.get(f"/my-searches/{search.public_id}{part}").status_code == 200


def test_the_second_of_two_tabs_sees_both(session, seeker):
    client, _ = seeker
    address = "/my-profile/money"
    seen = hidden(client.get(address), "seen")
    assert client.post(address, data={"seen": seen, "equity": "1000"}).status_code == 302
    conflict = client.post(address, data={"seen": seen, "equity": "2000"})
    assert conflict.status_code == 409
    assert "Saved now: 1,000 euros<br>Yours: 2,000 euros" in said(conflict)
    again = client.post(address, data={"seen": hidden(conflict, "seen"), "equity": "2000"})
    assert again.status_code == 302
    assert session.scalars(select(SeekerProfile)).one().equity == 2000


def test_two_tabs_on_a_search(session, seeker):
    client, account = seeker
    search = a_search(session, a_profile(session, account))
    address = f"/my-searches/{search.public_id}/money"
    seen = hidden(client.get(address), "seen")
    first = {**no_wishes(SearchTopic.MONEY), "price-importance": "must", "price-price_max": "3"}
    second = {**first, "price-price_max": "5"}
    assert client.post(address, data={"seen": seen, **first}).status_code == 302
    conflict = client.post(address, data={"seen": seen, **second})
    assert (conflict.status_code, "Yours: must be" in said(conflict)) == (409, True)


def test_a_double_click_makes_one_search(session, seeker):
    client, _ = seeker
    gartow = str(a_place_called(session, "Gartow").public_id)
    form = {"key": str(uuid4()), "kinds": "farm", "radius_km": "25", "place": gartow}
    assert client.post("/my-searches/new", data=form).location == client.post("/my-searches/new", data=form).location
    assert session.scalar(select(func.count()).select_from(Search)) == 1


def test_a_search_without_kind_or_place_is_not_published(session, seeker):
    client, account = seeker
    search = a_search(session, a_profile(session, account), place=None)
    refused = client.post(f"/my-searches/{search.public_id}/publish")
    assert refused.status_code == 422
    assert f"/my-searches/{search.public_id}/place" in said(refused)


def test_an_introduction_that_gives_away_is_asked_about(session, seeker):
    client, account = seeker
    search = a_search(session, a_profile(session, account, introduction="Ruft an: 0171 2345678"))
    asked = client.post(f"/my-searches/{search.public_id}/publish")
    assert (asked.status_code, "0171 2345678" in said(asked)) == (422, True)
    address = f"/my-searches/{search.public_id}/publish"
    assert client.post(address, data={"is_confirmed": "yes"}).status_code == 302
    asked = save(client, "/my-profile/introduction", words="Schreibt an wir@example.org")
    assert (asked.status_code, "wir@example.org" in said(asked)) == (422, True)
    confirmed = {"words": "Schreibt an wir@example.org", "is_confirmed": "y"}
    assert save(client, "/my-profile/introduction", **confirmed).status_code == 302


def test_forged_fields_change_nothing(session, seeker):
    """S3: what a form does not have cannot be sent."""
    client, account = seeker
    profile = a_profile(session, account)
    other = a_profile(session)
    forged = {"account_id": str(other.account_id), "version": "99", "training": "master"}
    assert save(client, "/my-profile/money", equity="5", **forged).status_code == 302
    session.expire_all()
    assert (profile.account_id, profile.version, profile.training) == (account.id, 2, None)


def test_what_is_typed_is_text_and_nothing_else(session, seeker):
    client, account = seeker
    search = a_search(session, a_profile(session, account, introduction=PAYLOAD), title=PAYLOAD[:80])
    mine = f"/my-searches/{search.public_id}"
    for address in (
        "/my-profile",
        "/my-profile/introduction",
        "/my-searches",
        mine,
        f"{mine}/place",
        f"{mine}/publish",
    ):
        page = client.get(address).get_data(as_text=True)
        assert "<script>alert" not in page
        assert "<img src=x" not in page


@pytest.mark.parametrize("values", [{"radius_km": "0"}, {"radius_km": "101"}, {"kinds": "castle"}, {"place": "x"}])
def test_what_cannot_be_right_is_refused_and_kept(session, seeker, values):
    client, _ = seeker
    form = {"key": str(uuid4()), "kinds": "farm", "radius_km": "25", "title": "Mein Traum", **values}
    refused = client.post("/my-searches/new", data=form)
    assert (refused.status_code, "Mein Traum" in said(refused)) == (422, True)
    assert session.scalar(select(func.count()).select_from(Search)) == 0


def test_a_foreign_search_does_not_exist(session, seeker):
    client, _ = seeker
    search = a_published_search(session)
    for part in ("", "/place", "/publish", "/delete"):
        assert client.get(f"/my-searches/{search.public_id}{part}").status_code == 404
    for part in ("/place", "/publish", "/withdraw", "/delete"):
        assert client.post(f"/my-searches/{search.public_id}{part}").status_code == 404


@pytest.mark.parametrize("address", ["/my-profile", "/my-profile/skills", "/my-searches", "/my-searches/new"])
def test_visitors_and_owners_have_no_searches(app, session, client, address):
    assert client.get(address).status_code == 302
    owner, _ = a_browser(app, session, Role.TRANSFEROR)
    assert owner.get(address).status_code == 403


def test_a_search_that_says_nothing_yet_leads_to_what_is_missing(session, seeker):
    client, _account = seeker
    made = client.post(
        "/my-searches/new", data={"key": hidden(client.get("/my-searches/new"), "key"), "radius_km": "25"}
    )
    overview = "/".join(made.location.split("/")[:3])
    page = said(client.get(overview))
    assert "Say first what you are looking for" in page
    assert f'href="{overview}/place"' in page
    assert "Look over and publish" not in page
