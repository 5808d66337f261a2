"""Whom an owner does not want to know finds nothing, through whatever door (LP-1): neither a page nor a count."""

import re

import pytest
from sqlalchemy import text, update

from succession.accounts.actor import Role
from succession.accounts.models import OrganisationKind
from succession.listings import publication
from succession.listings.models import ListingPublication
from succession.listings.states import ListingState
from tests.factories.accounts import a_browser, an_account, an_organisation, sign_in
from tests.factories.exclusions import keeps_from
from tests.factories.listings import a_place_called, a_published_listing
from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_published_search


@pytest.fixture
def scene(app, session):
    """An offer, somebody who must not learn of it, somebody who may, and an offer for everybody beside it."""
    a_small_region(session)
    owner = an_account(session, Role.TRANSFEROR, name="Otto Abgeber")
    secret = a_published_listing(session, owner, title="Milchhof mit Scheune", area_ha=83)
    other = a_published_listing(session, an_account(session, Role.TRANSFEROR), title="Ein anderer Hof", area_ha=83)
    excluded, excluded_account = a_browser(app, session, Role.SEEKER, Role.TRANSFEROR, name="Anna Müller")
    welcome, welcome_account = a_browser(app, session, Role.SEEKER, name="Bert Meier")
    searches = [a_published_search(session, a_profile(session, who)) for who in (excluded_account, welcome_account)]
    keeps_from(session, owner, "Anna Mueller")
    return {
        "owner": owner,
        "secret": secret,
        "other": other,
        "excluded": excluded,
        "excluded_account": excluded_account,
        "welcome": welcome,
        "welcome_account": welcome_account,
        "searches": searches,
    }


def doors(session, scene):
    """Every address under which an offer can show itself to a seeker."""
    offer, gartow = scene["secret"].public_id, a_place_called(session, "Gartow").public_id
    return [
        "/",
        "/?farm=1",
        "/search",
        "/search?kind=farm",
        "/search?text=Scheune",
        f"/search?place={gartow}&radius=25&sort=nearest",
        "/search?box=10.9,52.8,11.9,53.2",
        "/search?area_from=1",
        "/search?page=2",
        f"/offers/{offer}",
        "/matches",
        f"/matches?search_id={scene['searches'][0].public_id}",
        f"/matches/{offer}",
        f"/matches/{offer}?search={scene['searches'][0].public_id}",
        f"/my-offers/{offer}",
        f"/my-offers/{offer}/candidates",
        f"/my-offers/{offer}/preview",
        f"/report?about=offer:{offer}",
    ]


def test_no_door_tells_the_excluded_person_anything(session, scene):
    for address in doors(session, scene):
        page = scene["excluded"].get(address, follow_redirects=True)
        assert "Milchhof" not in page.text, address
        assert scene["secret"].reference not in page.text, address
        assert str(scene["secret"].public_id) not in page.text or page.status_code == 404, address
        if str(scene["secret"].public_id) in address:
            assert page.status_code == 404, address


def test_everybody_else_finds_it(session, scene, client):
    assert "Milchhof" in scene["welcome"].get("/search").text
    assert "Milchhof" in client.get("/search").text
    assert "Milchhof" in scene["welcome"].get("/matches").text
    for browser in (scene["welcome"], client):
        assert browser.get(f"/offers/{scene['secret'].public_id}").status_code == 200


def counts(page):
    return re.findall(r">(\d+)<|(\d+) Angebote?", page)


def test_counts_are_those_of_a_region_without_the_offer(session, scene, app):
    """What the excluded person reads is, byte for byte but for the token, what they would read without the offer."""
    with_offer = [tokenless(scene["excluded"].get(address).text) for address in ("/search", "/search?kind=farm", "/")]
    session.delete(scene["secret"])
    session.commit()
    without = [tokenless(scene["excluded"].get(address).text) for address in ("/search", "/search?kind=farm", "/")]
    assert with_offer == without
    assert counts(without[0])


def seen_by(browser, offers):
    """The list of matches, and whether the page of each pair is there."""
    return tokenless(browser.get("/matches").text), [
        browser.get(f"/matches/{one.public_id}").status_code for one in offers
    ]


def tokenless(page):
    return re.sub(r'name="csrf_token" value="[^"]+"', "", page)


def test_a_missing_page_looks_like_one_that_never_was(scene):
    hidden = scene["excluded"].get(f"/offers/{scene['secret'].public_id}")
    never = scene["excluded"].get("/offers/00000000-0000-4000-8000-000000000000")
    assert hidden.status_code == never.status_code == 404
    assert tokenless(hidden.text).replace(str(scene["secret"].public_id), "") == tokenless(never.text).replace(
        "00000000-0000-4000-8000-000000000000", ""
    )


def test_an_owner_cannot_find_out_by_their_list_who_a_seeker_is(app, session, scene):
    """Names on one's own list change nothing in what one sees: else one could try them out (LP-1)."""
    browser = app.test_client()
    sign_in(browser, session, scene["owner"])
    address = f"/my-offers/{scene['secret'].public_id}/candidates"
    assert all(str(search.public_id) in browser.get(address).text for search in scene["searches"])
    for search in scene["searches"]:
        assert browser.get(f"{address}/{search.public_id}").status_code == 200


def test_a_seeker_cannot_find_out_by_their_list_whose_an_offer_is(session, scene):
    """Neither name, address, firm nor village: whatever is written down, the same pages are there (LP-1)."""
    a_firm = an_organisation(session, OrganisationKind.PRIVATE, name="Landhandel Meyer GmbH")
    offers = [scene["secret"], scene["other"], a_published_listing(session, a_firm, title="Lagerhaus")]
    scene["owner"].postal_address = "Am Deich 1, 29471 Gartow"
    session.commit()
    before = seen_by(scene["welcome"], offers)
    seeker = scene["welcome_account"]
    keeps_from(session, seeker, scene["owner"].name)
    keeps_from(session, seeker, "", scene["owner"].email)
    keeps_from(session, seeker, "Landhandel Meyer", kind="firm")
    keeps_from(session, seeker, kind="place", place=a_place_called(session, "Gartow"))
    assert seen_by(scene["welcome"], offers) == before
    assert set(before[1]) == {200}


def test_a_seeker_can_hide_from_an_employer(app, session, scene):
    """The firm's people do not meet the search."""
    employer, clerk = a_browser(app, session, Role.LANDOWNER)
    firm = an_organisation(session, OrganisationKind.PRIVATE, name="Landhandel Meyer GmbH", members=[clerk])
    offer = a_published_listing(session, firm, title="Lagerhaus")
    keeps_from(session, scene["excluded_account"], "Landhandel Meyer", kind="firm")
    page = employer.get(f"/my-offers/{offer.public_id}/candidates").text
    first, second = (str(search.public_id) for search in scene["searches"])
    assert second in page
    assert first not in page
    assert employer.get(f"/my-offers/{offer.public_id}/candidates/{first}").status_code == 404


def test_a_withdrawn_offer_is_not_even_gone_for_who_must_not_know(session, scene, client):
    scene["secret"].state = ListingState.WITHDRAWN
    publication.refresh(session, scene["secret"])
    session.commit()
    assert client.get(f"/offers/{scene['secret'].public_id}").status_code == 410
    assert scene["excluded"].get(f"/offers/{scene['secret'].public_id}").status_code == 404


def test_nobody_pays_for_lists_that_do_not_mean_them(session, scene, statements):
    """Three small questions on the list of offers, whatever others have written on theirs."""
    scene["welcome"].get("/search")
    statements.clear()
    scene["welcome"].get("/search")
    assert len([one for one in statements if "exclusion" in one]) <= 2


def test_the_map_draws_no_square_for_an_offer_that_hides(session, scene, client):
    """A square is drawn only where an offer is shown in it: one too many would tell."""
    made = session.execute(
        text("""
            INSERT INTO place_area (public_id, level, code, name, shown_name, parent_id, geom, reference)
            SELECT gen_random_uuid(), 1, 'CRS3035RES1000mN1E1', '', '', id, geom, reference FROM place_area LIMIT 1
            RETURNING id
        """)
    ).scalar_one()
    session.execute(update(ListingPublication).values(place_area_id=made))
    session.delete(scene["other"])
    session.commit()
    drawn = [len(browser.get("/map/areas-1.json").json["features"]) for browser in (client, scene["excluded"])]
    assert drawn == [1, 0]
