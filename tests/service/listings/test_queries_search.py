"""The list of published offers."""

from datetime import timedelta

import pytest

from succession.accounts.actor import Role
from succession.db import public_reading
from succession.facts.kinds import Kind
from succession.facts.measures import AREA
from succession.listings.filters import SearchFilters, Sort
from succession.listings.queries_search import count_published, counts_by_area, counts_by_kind, search_published
from succession.listings.states import ListingState
from tests.factories.accounts import an_account
from tests.factories.listings import NOW, a_listing, a_place_called, a_published_listing
from tests.factories.places import a_small_region


@pytest.fixture
def owner(session):
    a_small_region(session)
    return an_account(session, Role.TRANSFEROR)


@pytest.fixture
def found(session):
    def found(**values):
        with public_reading(session) as reader:
            cards = search_published(reader, SearchFilters(**values))
            assert count_published(reader, SearchFilters(**values)) == len(cards)
        return [card.title for card in cards]

    return found


@pytest.fixture
def offers(session, owner):
    def offer(title, days, **values):
        return a_published_listing(session, owner, title=title, now=NOW - timedelta(days=days), **values)

    offer("Hof am Fluss", 3, organic="organic", dwelling_rooms=4, area_ha=47)
    offer("Bäckerei im Ort", 2, kind=Kind.SHOP, takeover_models=["sale", "gradual"], area_ha=None, place="Lüchow")
    offer("Grünland am Deich", 1, kind=Kind.LAND, area_ha=11, place="Wittenberge", state=ListingState.RESERVED)
    a_listing(session, owner, title="Entwurf")
    offer("Zurückgezogen", 5, state=ListingState.WITHDRAWN)


def test_all_that_is_shown_is_listed_newest_first(offers, found):
    assert found() == ["Grünland am Deich", "Bäckerei im Ort", "Hof am Fluss"]


@pytest.mark.parametrize(
    ("filters", "titles"),
    [
        ({"kinds": {Kind.FARM, Kind.SHOP}}, ["Bäckerei im Ort", "Hof am Fluss"]),
        ({"takeover": {"gradual"}}, ["Bäckerei im Ort"]),
        ({"takeover": {"gradual", "lease"}}, ["Grünland am Deich", "Bäckerei im Ort", "Hof am Fluss"]),
        ({"with_dwelling": True}, ["Hof am Fluss"]),
        ({"organic": True}, ["Hof am Fluss"]),
        ({"area_from": AREA.code(20)}, ["Hof am Fluss"]),
        ({"area_to": AREA.code(20)}, ["Grünland am Deich"]),
        ({"text": "BÄCKEREI"}, ["Bäckerei im Ort"]),
        ({"text": "deich grün"}, ["Grünland am Deich"]),
        ({"text": "100 %_\\"}, []),
    ],
)
def test_filters_hold_at_once(offers, found, filters, titles):
    assert found(**filters) == titles


def test_nearest_first_counts_from_area_to_area(session, offers, found):
    luechow = a_place_called(session, "Lüchow").public_id
    assert found(place=luechow, sort=Sort.NEAREST) == ["Bäckerei im Ort", "Hof am Fluss", "Grünland am Deich"]


def test_a_radius_keeps_what_is_partly_inside_and_says_so(session, offers):
    """LP-4: whatever sticks out of the circle is partly inside, also where its middle is near enough."""
    luechow = a_place_called(session, "Lüchow").public_id
    with public_reading(session) as reader:
        near = search_published(reader, SearchFilters(place=luechow, radius_km=18, sort=Sort.NEAREST))
        wide = search_published(reader, SearchFilters(place=luechow, radius_km=25, sort=Sort.NEAREST))
        whole = search_published(reader, SearchFilters(place=luechow, radius_km=100, sort=Sort.NEAREST))
    assert [(card.title, card.is_partly) for card in near] == [("Bäckerei im Ort", False), ("Hof am Fluss", True)]
    assert [(card.title, card.km, card.is_partly) for card in wide][:2] == [
        ("Bäckerei im Ort", 0, False),
        ("Hof am Fluss", 22, True),
    ]
    assert {card.is_partly for card in whole} == {False}


def test_counts_by_area_and_kind(session, offers):
    with public_reading(session) as reader:
        areas = counts_by_area(reader, SearchFilters())
        kinds = counts_by_kind(reader, SearchFilters(kinds=frozenset({Kind.FARM})))
        gartow = next(area for area in areas if area.area.values["place"] == "Gartow")
        inside = search_published(reader, SearchFilters(area=gartow.area_public_id))
    assert sum(area.count for area in areas) == 3
    assert 11 < gartow.longitude < 12
    assert [card.title for card in inside] == ["Hof am Fluss"]
    assert {kind: number for kind, number in kinds.items() if number} == {Kind.LAND: 1, Kind.FARM: 1, Kind.SHOP: 1}


def test_pages_follow_each_other(session, offers):
    with public_reading(session) as reader:
        pages = [search_published(reader, SearchFilters(), offset=offset, limit=2) for offset in (0, 2)]
    assert [len(page) for page in pages] == [2, 1]


def test_an_exact_figure_never_decides(session, owner, found):
    """Two offers in one band are found or not found together, whatever the filter."""
    for area in (41, 59):
        a_published_listing(session, owner, area_ha=area)
    for code in range(1, len(AREA.edges) + 1):
        assert len(found(area_from=code)) in {0, 2}


def test_a_page_of_the_list_takes_few_statements(session, offers, statements):
    statements.clear()
    with public_reading(session) as reader:
        filters = SearchFilters(place=a_place_called(session, "Lüchow").public_id, radius_km=60)
        search_published(reader, filters)
        count_published(reader, filters)
        counts_by_area(reader, filters)
    assert len(statements) <= 9
