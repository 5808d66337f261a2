"""The search page: everything is in the address, works without a script, and says only what is published."""

import json
import re
from datetime import timedelta

import pytest

from succession.accounts.actor import Role
from succession.facts.kinds import Kind
from succession.listings.models import ListingPublication
from succession.places.models import PlaceArea
from tests.factories.accounts import a_browser, an_account
from tests.factories.listings import NOW, a_place_called, a_published_listing
from tests.factories.places import a_small_region

GERMAN = {"Accept-Language": "de"}
MOST_STATEMENTS = 12


@pytest.fixture
def offers(session):
    a_small_region(session)
    owner = an_account(session, Role.TRANSFEROR)
    for days, title, values in (
        (3, "Hof am Fluss", {"dwelling_rooms": 4}),
        (2, "Bäckerei im Ort", {"kind": Kind.SHOP, "takeover_models": ["sale"], "area_ha": None, "place": "Lüchow"}),
        (1, "Grünland am Deich", {"kind": Kind.LAND, "area_ha": 11, "place": "Wittenberge"}),
    ):
        a_published_listing(session, owner, title=title, now=NOW - timedelta(days=days), **values)


def titles(answer):
    return re.findall(r"<h3><a [^>]*>([^<]*)</a></h3>", answer.text)


def counts(answer):
    return json.loads(re.search(r"data-counts>(.*?)</script>", answer.text, re.DOTALL)[1])


def test_a_visitor_sees_all_offers_with_area_and_bands(client, offers):
    answer = client.get("/search", headers=GERMAN)
    assert titles(answer) == ["Grünland am Deich", "Bäckerei im Ort", "Hof am Fluss"]
    assert "Weniger als 5 Angebote" in answer.text
    assert "Raum Gartow" in answer.text
    assert "40 bis 60 Hektar" in answer.text


def test_filters_are_the_address_and_the_form_shows_them(client, offers):
    answer = client.get("/search?kind=farm&kind=land&dwelling=yes")
    assert titles(answer) == ["Hof am Fluss"]
    assert re.search(r'value="farm" checked', answer.text)
    assert re.search(r'name="dwelling" value="yes" checked', answer.text)
    assert not re.search(r'value="shop" checked', answer.text)


def test_a_typed_place_becomes_part_of_the_address(client, offers, session):
    place = a_place_called(session, "Gartow")
    answer = client.get("/search?where=gartow&radius=10&kind=farm")
    assert answer.status_code == 302
    assert answer.location == f"/search?kind=farm&place={place.public_id}&radius=10"
    shown = client.get(answer.location, headers=GERMAN)
    assert titles(shown) == ["Hof am Fluss"]
    assert 'value="Gartow"' in shown.text
    assert "bis 10 km um Gartow" in shown.text


def test_a_name_that_several_places_share_is_a_question(client, offers):
    answer = client.get("/search?where=Wustrow", headers=GERMAN)
    assert answer.status_code == 200
    assert "Welchen meinen Sie?" in answer.text
    assert len(re.findall(r'href="/search\?place=[^"]*"', answer.text)) >= 2


def test_an_unknown_place_is_said_plainly(client, offers):
    assert "kennen wir nicht" in client.get("/search?where=Xyzzyq", headers=GERMAN).text


def test_an_emptied_place_field_takes_the_place_away(client, offers, session):
    place = a_place_called(session, "Gartow").public_id
    answer = client.get(f"/search?where=&place={place}&radius=10&sort=nearest")
    assert (answer.status_code, answer.location) == (302, "/search")


def test_near_a_place_one_may_sort_by_distance(client, offers, session):
    place = a_place_called(session, "Gartow").public_id
    answer = client.get(f"/search?place={place}&radius=100&sort=nearest", headers=GERMAN)
    assert titles(answer)[0] == "Hof am Fluss"
    assert "nächste zuerst" in answer.text.lower()


def test_the_frame_of_the_map_narrows_the_list_but_not_the_counts_by_area(client, offers):
    answer = client.get("/search?box=11.3,52.95,11.6,53.1")
    assert titles(answer) == ["Hof am Fluss"]
    assert len(counts(answer)) == 3


def test_few_offers_of_an_area_or_a_kind_are_never_told_as_a_number(client, offers):
    """LP-10"""
    answer = client.get("/search")
    assert {count["count"] for count in counts(answer)} == {None}
    assert set(re.findall(r'<span class="count">([^<]*)</span>', answer.text)) == {"&lt; 5"}
    assert set(re.findall(r'<span class="soft num">([^<]*)</span>', answer.text)) == {"&lt; 5"}


def test_many_offers_of_few_owners_are_not_told_as_a_number_either(client, session):
    """LP-10: six offers of two owners in one area; with a third owner they are counted."""
    a_small_region(session)
    owners = [an_account(session, Role.TRANSFEROR) for _ in range(3)]
    for number in range(6):
        a_published_listing(session, owners[number % 2])
    assert [count["count"] for count in counts(client.get("/search"))] == [None]
    a_published_listing(session, owners[2])
    assert [count["count"] for count in counts(client.get("/search"))] == [7]


def test_an_area_that_sticks_out_of_the_radius_or_the_frame_is_said_to(client, offers, session):
    """LP-4"""
    place = a_place_called(session, "Gartow").public_id
    partly = "Nur ein Teil dieses Raums"
    assert partly in client.get(f"/search?place={place}&radius=5", headers=GERMAN).text
    assert partly not in client.get(f"/search?place={place}&radius=100&kind=farm", headers=GERMAN).text
    assert partly in client.get("/search?box=11.44,53.0,11.5,53.04", headers=GERMAN).text
    assert partly not in client.get("/search?box=8,50,14,55", headers=GERMAN).text


def test_the_map_is_told_areas_and_counts_and_no_place(client, offers, session):
    told = counts(client.get("/search"))
    areas = {
        str(public_id)
        for public_id in session.scalars(PlaceArea.__table__.select().with_only_columns(PlaceArea.public_id))
    }
    assert {frozenset(count) for count in told} == {frozenset({"id", "level", "count", "point"})}
    assert {count["id"] for count in told} <= areas


def test_an_empty_list_says_what_to_do_next(client, offers):
    answer = client.get("/search?text=raumschiff", headers=GERMAN)
    assert titles(answer) == []
    assert "Überall suchen" in answer.text
    assert "Alle Angebote zeigen" in answer.text


def test_pages_keep_the_filters(client, session):
    a_small_region(session)
    owner = an_account(session, Role.TRANSFEROR)
    for _ in range(21):
        a_published_listing(session, owner)
    first = client.get("/search?kind=farm", headers=GERMAN)
    assert len(titles(first)) == 20
    following = re.search(r'rel="next" href="([^"]*)"', first.text)[1].replace("&amp;", "&")
    assert following == "/search?kind=farm&page=2"
    assert len(titles(client.get(following))) == 1
    assert len(titles(client.get("/search?page=999"))) == 1


def test_nonsense_in_the_address_is_no_error(client, offers):
    answer = client.get("/search?kind=x&place=y&radius=z&box=1,2&page=-1&area_from=999&where=%00%27&sort=1")
    assert answer.status_code in {200, 302}


@pytest.mark.parametrize("path", ["/search?kind=farm", "/search?where=Gartow&radius=25", "everything"])
def test_the_page_asks_the_database_twelve_times_at_most(app, offers, session, statements, path):
    browser, _ = a_browser(app, session, Role.SEEKER)
    if path == "everything":
        area = session.scalars(
            PlaceArea.__table__.select()
            .with_only_columns(PlaceArea.public_id)
            .join(ListingPublication, ListingPublication.place_area_id == PlaceArea.id)
        ).first()
        place = a_place_called(session, "Gartow").public_id
        path = f"/search?place={place}&radius=100&area={area}&sort=nearest&dwelling=yes"
    browser.get("/search")
    statements.clear()
    assert browser.get(path).status_code in {200, 302}
    assert len(statements) <= MOST_STATEMENTS, statements


def test_map_layers_are_geojson_and_may_be_kept(client, offers):
    for path in ("/map/areas-4.json", "/map/areas-6.json", "/map/places.json", "/map/river.json"):
        answer = client.get(path)
        assert answer.mimetype == "application/geo+json"
        assert answer.json["type"] == "FeatureCollection"
        assert answer.json["features"]
        assert client.get(path, headers={"If-None-Match": answer.headers["ETag"]}).status_code == 304
    assert client.get("/map/areas-3.json").json["features"] == []
    assert client.get("/map/areas-8.json").status_code == 404
