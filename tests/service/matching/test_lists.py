"""The lists of the composed statements equal brute force on exact rationals, in both directions."""

from fractions import Fraction
from random import Random
from uuid import UUID

import pytest
from sqlalchemy import select, text

from succession.listings.models import Listing
from succession.matching import finding
from succession.matching.criteria import CRITERIA
from succession.matching.criteria.criterion import Side
from succession.matching.pairs import Means, Pair, Requirement, kilometres
from succession.matching.statement import MOST_TIES, Wanted
from succession.places.models import PlaceArea
from succession.profiles.models import Search
from tests.factories.market import a_market
from tests.factories.places import a_small_region

MEANS = Means(
    UUID(int=7),
    {
        (side, each.key): Fraction(Random(each.key).randrange(1001), 1000)
        for side in Side
        for each in CRITERIA[side]
        if each.key != "water"
    },
)


class Market:
    """All offers and searches, and what brute force makes of them."""

    def __init__(self, session, seed, **sizes):
        self.session = session
        a_small_region(session)
        self.offers, self.searches = a_market(session, seed=seed, **sizes)
        self.public = {
            **{("o", row.id): row.public_id for row in session.execute(select(Listing.id, Listing.public_id))},
            **{("s", row.id): row.public_id for row in session.execute(select(Search.id, Search.public_id))},
        }
        points = select(PlaceArea.id, PlaceArea.reference.ST_X().label("x"), PlaceArea.reference.ST_Y().label("y"))
        self.points = {row.id: (int(row.x), int(row.y)) for row in session.execute(points)}
        gaps = text("""SELECT a.id AS offered, p.id AS searched, ST_Distance(a.geom, p.reference) AS metres
            FROM place_area a CROSS JOIN place_area p""")
        self.gaps = {(row.offered, row.searched): row.metres for row in session.execute(gaps)}

    def judged(self, search, offer):
        km = kilometres(self.points[search["place"]], self.points[offer["place"]])
        pair = Pair(search, offer, km)
        inside = self.gaps[offer["place"], search["place"]] <= search["radius_km"] * 1000
        if not search["kinds"] >> offer["kind"] & 1:
            return pair, Requirement.FAILS
        return pair, pair.requirement(is_partly_inside=inside)

    def lists(self, pairs, alias):
        """Both lists of (number, score), by exact order."""
        found = {Requirement.PASSES: [], Requirement.UNCLEAR: []}
        for row, (pair, requirement) in pairs:
            if requirement in found:
                score = pair.score(MEANS)
                key = (-score.joint, -score.low, row["published"], self.public[alias, row["id"]])
                found[requirement].append((key, row["id"], score))
        return [
            [(number, score.joint) for _, number, score in sorted(entries, key=lambda entry: entry[0])]
            for entries in found.values()
        ]

    def offers_of(self, search):
        return self.lists([(offer, self.judged(search, offer)) for offer in self.offers], "o")

    def searches_of(self, offer):
        return self.lists([(search, self.judged(search, offer)) for search in self.searches], "s")

    def found(self, candidates, alias):
        numbers = {number: public for (kind, number), public in self.public.items() if kind == alias}
        ordered = finding.in_order(candidates, numbers)
        return [
            [(each.id, each.score.joint) for each in ordered if each.is_unclear is is_unclear]
            for is_unclear in (False, True)
        ]


@pytest.fixture
def market(session):
    return Market(session, seed=1)


def test_offers_for_every_search_equal_brute_force(session, market):
    lengths = []
    for search in market.searches:
        own = finding.own_search(session, search["id"])
        brute = market.offers_of(search)
        for rows in (1, 7, 400):
            found = market.found(finding.offers(session, own, MEANS, Wanted(rows, rows)), "o")
            assert [entries[:rows] for entries in found] == [entries[:rows] for entries in brute]
        lengths.append([len(entries) for entries in brute])
    assert max(ranked for ranked, _ in lengths) > 20
    assert max(unclear for _, unclear in lengths) > 20


def test_searches_for_every_offer_equal_brute_force(session, market):
    lengths = []
    for offer in market.offers[::5]:
        own = finding.own_offer(session, offer["id"])
        brute = market.searches_of(offer)
        for rows in (2, 100):
            found = market.found(finding.searches(session, own, MEANS, Wanted(rows, rows)), "s")
            assert [entries[:rows] for entries in found] == [entries[:rows] for entries in brute]
        lengths.append([len(entries) for entries in brute])
    assert max(sum(both) for both in lengths) > 5


def test_planted_ties_are_there_and_paging_through_them_gives_each_row_once(session, market):
    joints = [joint for search in market.searches for entries in market.offers_of(search) for _, joint in entries]
    assert len(set(joints)) < len(joints)
    search = max(market.searches, key=lambda row: len(market.offers_of(row)[0]))
    own = finding.own_search(session, search["id"])
    paged = []
    for end in range(3, 400, 3):
        ranked, _ = market.found(finding.offers(session, own, MEANS, Wanted(end, 0)), "o")
        paged += ranked[end - 3 : end]
    assert paged == market.offers_of(search)[0]


def test_a_list_that_is_not_wanted_is_not_computed(session, market):
    own = finding.own_search(session, market.searches[0]["id"])
    assert all(not each.is_unclear for each in finding.offers(session, own, MEANS, Wanted(5, 0)))
    assert all(each.is_unclear for each in finding.offers(session, own, MEANS, Wanted(0, 5)))


def test_mass_ties_are_cut_to_what_a_page_can_show_and_paged_exactly(session):
    market = Market(session, seed=4, offers=500, searches=12, repeats=0.99)
    search = max(market.searches, key=lambda row: max(len(entries) for entries in market.offers_of(row)))
    own = finding.own_search(session, search["id"])
    brute = market.offers_of(search)
    assert max(len(entries) for entries in brute) > MOST_TIES + 40
    for rows in (5, 30, 120):
        found = market.found(finding.offers(session, own, MEANS, Wanted(rows, rows)), "o")
        assert [entries[:rows] for entries in found] == [entries[:rows] for entries in brute]
