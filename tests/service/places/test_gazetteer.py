"""Places and areas in the database: loaded once, searched, added to by operators."""

import json
from time import perf_counter

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.db import public_reading
from succession.errors import Forbidden
from succession.places import queries, service
from succession.places.gazetteer import SOURCE, place_public_id
from succession.places.models import Place, PlaceArea
from succession.places.place_file import OperatorPlace
from tests.factories.places import SMALL_REGION, a_small_region

SYSTEM = Actor.system()
HOEHBECK = OperatorPlace("Höhbeck", 53.07, 11.43, 630)


@pytest.fixture
def region(session):
    a_small_region(session)


def names(session, typed, limit=8):
    return [found.shown_name for found in queries.search(session, typed, limit=limit)]


@pytest.mark.parametrize("typed", ["Lüchow", "luechow", "luchow", "LÜCHOW"])
def test_a_town_is_found_however_it_is_written(session, region, typed):
    assert names(session, typed) == ["Lüchow", "Lüchow bei Mölln"]


def test_namesakes_are_told_apart_and_the_nearer_comes_first(session, region):
    assert names(session, "Wustrow") == ["Wustrow bei Lüchow", "Wustrow bei Neubrandenburg"]
    assert names(session, "Wustrow bei Neubrandenburg")[0] == "Wustrow bei Neubrandenburg"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Salzwedel", "Salzwedel"),
        ("arends", "Arendsee"),
        ("wilsnack", "Bad Wilsnack"),
        ("gross", "Groß Garz"),
        ("Schnakenburg", "Schnackenburg"),
        ("Stadt Wittenberge (Elbe)", "Wittenberge"),
    ],
)
def test_titles_beginnings_and_misspellings_lead_there(session, region, typed, first):
    assert names(session, typed)[0] == first


def test_of_equal_beginnings_the_larger_place_comes_first(session, region):
    assert names(session, "d") == ["Dannenberg", "Damnatz"]


@pytest.mark.parametrize("typed", ["", "  ", "%", "'; --", "\x00".strip("\x00"), "{" * 300])
def test_nothing_sensible_finds_nothing(session, region, typed):
    assert names(session, typed) == []


def test_loading_again_changes_nothing(session, region):
    before = session.execute(select(PlaceArea.public_id, PlaceArea.code, func.ST_AsText(PlaceArea.geom))).all()
    again = service.load_gazetteer(session, SYSTEM, region=SMALL_REGION, given=[])
    assert (again.new_places, again.new_areas) == (0, 0)
    assert session.execute(select(PlaceArea.public_id, PlaceArea.code, func.ST_AsText(PlaceArea.geom))).all() == before


def test_an_operators_place_is_found_and_moves_no_area(session, region):
    before = session.execute(select(PlaceArea.code, func.ST_AsText(PlaceArea.geom))).all()
    added = service.add_places(session, SYSTEM, [HOEHBECK, OperatorPlace("Gartow", 52.9, 11.2)], region=SMALL_REGION)
    assert (added.new, added.changed, added.unchanged) == (2, 0, 0)
    assert names(session, "hoehbeck") == ["Höhbeck"]
    assert names(session, "Gartow") == ["Gartow bei Wittenberge", "Gartow bei Salzwedel"]
    assert session.execute(select(PlaceArea.code, func.ST_AsText(PlaceArea.geom))).all() == before


def test_an_operators_place_is_corrected_and_keeps_its_id(session, region):
    service.add_places(session, SYSTEM, [HOEHBECK], region=SMALL_REGION)
    first = queries.search(session, "Höhbeck")[0]
    corrected = OperatorPlace("Höhbeck", 53.071, 11.431, 640)
    added = service.add_places(session, SYSTEM, [corrected], region=SMALL_REGION)
    again = service.add_places(session, SYSTEM, [corrected], region=SMALL_REGION)
    assert (added.changed, again.unchanged) == (1, 1)
    second = queries.search(session, "Höhbeck")[0]
    assert (second.public_id, second.population) == (first.public_id, 640)


def test_only_operators_change_the_gazetteer(session, region):
    with pytest.raises(Forbidden):
        service.add_places(session, Actor.visitor(), [HOEHBECK], region=SMALL_REGION)


def test_levels_nest_and_outside_is_nothing(session, region):
    gartow = session.scalars(select(Place).where(Place.name == "Gartow")).one()
    x, y = session.execute(
        select(func.ST_X(Place.location), func.ST_Y(Place.location)).where(Place.id == gartow.id)
    ).one()
    found = queries.area_at(session, x + 300, y - 200, 4)
    assert found is not None
    assert (found.shown_name, found.name, found.level) == ("Raum Gartow", "Gartow", 4)
    chain = [queries.area_at_level(session, found.id, level) for level in (4, 5, 6, 7, 8)]
    assert [area and area.id for area in chain[:4]] == [
        area and area.id for area in (queries.area_at(session, x + 300, y - 200, level) for level in (4, 5, 6, 7))
    ]
    assert chain[4] is None
    assert queries.area_at(session, 0, 0, 4) is None  # LP-13
    of_place = queries.area_of_place(session, place_public_id(SOURCE, gartow.source_id), 5)
    assert of_place is not None
    assert of_place.id == found.parent_id


def test_outlines_are_geojson_in_degrees(session, region):
    document = json.loads(queries.outlines(session, 4))
    assert document["type"] == "FeatureCollection"
    names = {feature["properties"]["name"] for feature in document["features"]}
    assert {"Raum Gartow", "Raum Lenzen"} <= names
    longitude, latitude = document["features"][0]["geometry"]["coordinates"][0][0][0]
    assert 9 < longitude < 14
    assert 52 < latitude < 54
    assert "crs" not in document["features"][0]["geometry"]


def test_the_public_role_may_read_places(session, region):
    with public_reading(session) as reader:
        assert queries.search(reader, "Gartow")
        assert queries.area_at(reader, 0, 0, 4) is None


@pytest.mark.long
def test_the_whole_gazetteer_loads_within_seconds(database):
    with Session(database.engine) as session:
        begin = perf_counter()
        service.load_gazetteer(session, SYSTEM, region=database.settings.region)
        assert perf_counter() - begin < 15


def test_the_whole_gazetteer_loads(database):
    with Session(database.engine) as session:
        loaded = service.load_gazetteer(session, SYSTEM, region=database.settings.region)
        assert loaded.new_places == 11_868
        assert names(session, "Wustrow")[0] == "Wustrow bei Lüchow"
        assert session.scalar(text("SELECT count(*) FROM place_area WHERE level = 7")) == 1
        assert session.scalar(text("SELECT bool_and(ST_X(reference) = round(ST_X(reference))) FROM place_area"))
