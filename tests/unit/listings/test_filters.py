"""Filters in the address of the page."""

from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from succession.facts.kinds import Kind
from succession.facts.measures import AREA
from succession.listings.filters import LONGEST_TEXT, TAKEOVER_KEYS, SearchFilters, Sort, parse, serialise

PLACE = "7c9e6679-7425-40de-944b-e07fc1f90ae7"


@given(st.lists(st.tuples(st.text(max_size=12), st.text(max_size=200)), max_size=20))
def test_any_address_is_understood(pairs):
    assert parse(serialise(parse(pairs))) == parse(pairs)


NAMES = (
    "kind",
    "takeover",
    "place",
    "radius",
    "area",
    "area_from",
    "area_to",
    "box",
    "dwelling",
    "organic",
    "text",
    "sort",
)
VALUES = (
    "land",
    "farm",
    "lease",
    PLACE,
    "25",
    "0",
    "-1",
    "999",
    "yes",
    "nearest",
    " Hof  am\0Deich ",
    "",
    "10.9,52.95,11.5,53.2",
)


@given(st.lists(st.tuples(st.sampled_from(NAMES), st.sampled_from(VALUES)), max_size=12))
def test_what_is_written_is_read_back(pairs):
    filters = parse(pairs)
    assert parse(serialise(filters)) == filters
    assert len(filters.text) <= LONGEST_TEXT


def test_everything_at_once():
    filters = SearchFilters(
        kinds=frozenset({Kind.FARM, Kind.LAND}),
        takeover=frozenset({"sale", "lease"}),
        place=UUID(PLACE),
        radius_km=25,
        area=UUID(PLACE),
        box=(10.9, 52.95, 11.5, 53.2),
        area_from=3,
        area_to=20,
        with_dwelling=True,
        organic=True,
        text="bio hof",
        sort=Sort.NEAREST,
    )
    assert parse(serialise(filters)) == filters
    assert serialise(filters)[:4] == [("kind", "land"), ("kind", "farm"), ("takeover", "lease"), ("takeover", "sale")]


def test_nonsense_is_no_filter():
    pairs = [
        ("kind", "castle"),
        ("radius", "12"),
        ("area_from", "-3"),
        ("place", "x"),
        ("box", "12,1,11,2"),
        ("box", "a,b"),
        ("sort", "nearest"),
    ]
    assert parse(pairs) == SearchFilters()


def test_an_order_is_no_filter():
    assert parse([("place", PLACE), ("sort", "nearest")]).is_empty is False
    assert SearchFilters(sort=Sort.NEAREST).is_empty


def test_the_last_bands_need_no_limit():
    assert parse([("area_to", str(len(AREA.edges)))]).area_to is None
    assert parse([("area_from", "0")]).area_from is None
    assert len(TAKEOVER_KEYS) == 10
