import itertools
from dataclasses import replace
from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from succession.allocation.connection import by_joining, by_trying, connected, parts, smallest_connection
from succession.allocation.parcels import Applicant, Division, Parcel, blocking_pairs, faults, holdings, picking_order
from succession.allocation.parcels_search import fewest_blocking, max_area
from succession.allocation.picking import Outcome, pick
from tests.factories.divisions import all_allocations, divisions


def best_set(division, applicant, free):
    """What a turn must end with: of all fitting sets the one whose parcels come first on the ranking."""
    wished = [p for p in division.wished(applicant) if p in free]
    fitting = [
        held
        for count in range(len(wished) + 1)
        for held in itertools.combinations(wished, count)
        if division.fits(applicant, held)
    ]
    return max(fitting, key=lambda held: [p in held for p in wished])


def strip(*areas):
    """Parcels p1, p2 … side by side in a row."""
    names = [f"p{n}" for n in range(1, len(areas) + 1)]
    pairs = set(itertools.pairwise(names))
    parcels = {name: Parcel(Fraction(area), ("a", "b")) for name, area in zip(names, areas, strict=True)}
    return parcels, frozenset(pairs | {(other, one) for one, other in pairs})


def certificate(limit, ranking, contiguous, *areas):
    parcels, adjacent = strip(*areas)
    division = Division({"a": Applicant(Fraction(limit), tuple(ranking.split()), contiguous)}, parcels, adjacent)
    return {line.parcel: line.outcome.value for line in pick(division, ["a"]).certificates["a"]}


def test_who_does_not_ask_for_connected_parcels_takes_what_still_fits():
    expected = {"p1": "held", "p3": "too_large", "p2": "held"}
    assert certificate(5, "p1 p3 p2", False, 2, 3, 4) == expected


def test_a_parcel_is_taken_for_the_sake_of_the_way_to_a_better_one():
    # p1 and p3 are liked best, and p2 joins them within the limit.
    assert certificate(6, "p1 p3 p2", True, 2, 2, 2) == {"p1": "held", "p3": "held", "p2": "held"}
    # Within 5 they cannot be joined, so p3 is left for p2.
    assert certificate(5, "p1 p3 p2", True, 2, 2, 2) == {"p1": "held", "p3": "not_connected", "p2": "held"}


def test_a_way_leads_only_through_parcels_that_one_ranked():
    assert certificate(9, "p1 p3", True, 2, 2, 2) == {"p1": "held", "p3": "not_connected"}


def test_the_certificate_says_what_was_taken_before_and_what_one_is_not_eligible_for():
    parcels, adjacent = strip(1, 1)
    parcels["p2"] = Parcel(Fraction(1), ("a",))
    both = Applicant(Fraction(5), ("p1", "p2"))
    found = pick(Division({"a": both, "b": both}, parcels, adjacent), ["b", "a"])
    assert found.allocation == {"p1": "b", "p2": "a"}
    assert [line.outcome for line in found.certificates["b"]] == [Outcome.HELD, Outcome.NOT_ELIGIBLE]
    assert [line.outcome for line in found.certificates["a"]] == [Outcome.TAKEN, Outcome.HELD]


@given(divisions(parcels=6), st.randoms(use_true_random=False))
def test_serial_picking_gives_each_in_turn_the_best_set_there_is(division, random):
    order = random.sample(sorted(division.applicants), len(division.applicants))
    held = holdings(pick(division, order).allocation)
    free = set(division.parcels)
    for applicant in order:
        best = best_set(division, applicant, free)
        assert set(held.get(applicant, [])) == set(best)
        free -= set(best)


@given(divisions(parcels=8, applicants=4))
def test_nobody_is_above_the_limit_or_holds_what_they_did_not_rank_or_not_connected_as_asked(division):
    assert faults(division, pick(division, sorted(division.applicants)).allocation) == []


@given(divisions(parcels=6), st.randoms(use_true_random=False))
def test_the_order_in_which_a_document_names_things_changes_nothing(division, random):
    def shuffled(things):
        return dict(random.sample(sorted(things.items()), len(things)))

    other = replace(division, applicants=shuffled(division.applicants), parcels=shuffled(division.parcels))
    order = sorted(division.applicants)
    assert pick(other, order) == pick(division, order)
    assert max_area(other) == max_area(division)
    assert fewest_blocking(other) == fewest_blocking(division)


@settings(max_examples=30)
@given(divisions(parcels=4, applicants=2))
def test_no_other_ranking_gains_a_set_that_comes_first_on_the_true_one(division):
    """Exhaustively: every ranking of every subset, for the one who picks second as well as for the first."""
    order = sorted(division.applicants)
    for liar in order:
        true = division.applicants[liar].ranking

        def worth(held, true=true, liar=liar):
            return [p in held.get(liar, []) for p in true]

        honest = worth(holdings(pick(division, order).allocation))
        for count in range(len(true) + 1):
            for ranking in itertools.permutations(true, count):
                told = {**division.applicants, liar: replace(division.applicants[liar], ranking=ranking)}
                assert worth(holdings(pick(replace(division, applicants=told), order).allocation)) <= honest


@settings(deadline=None)
@given(divisions(parcels=5))
def test_the_search_finds_what_looking_at_every_allocation_finds(division):
    allocations = list(all_allocations(division))
    assert max_area(division) == max(division.area(a) for a in allocations)
    everybody = {name: replace(wish, contiguous=True) for name, wish in division.applicants.items()}
    connected_only = [a for a in allocations if not faults(replace(division, applicants=everybody), a)]
    assert max_area(division, all_contiguous=True) == max(division.area(a) for a in connected_only)
    counts = [(len(blocking_pairs(division, a)), -division.area(a)) for a in allocations]
    fewest, area = min(counts)
    assert fewest_blocking(division) == (fewest, -area)


@st.composite
def nets(draw):
    count = draw(st.integers(2, 9))
    neighbours = [0] * count
    for one, other in itertools.combinations(range(count), 2):
        if draw(st.booleans()):
            neighbours[one] |= 1 << other
            neighbours[other] |= 1 << one
    return (
        neighbours,
        draw(st.lists(st.integers(1, 6), min_size=count, max_size=count)),
        draw(st.integers(1, 2**count - 1)),
    )


@given(nets())
def test_both_ways_to_the_smallest_connection_agree_with_trying_everything(net):
    neighbours, sizes, wanted = net
    everything = 2 ** len(sizes) - 1

    def size(mask):
        return sum(sizes[place] for place in range(len(sizes)) if mask >> place & 1)

    possible = [m for m in range(1, everything + 1) if m & wanted == wanted and connected(m, m, neighbours)]
    found = smallest_connection(wanted, everything, neighbours, sizes)
    if not possible:
        assert found is None
        return
    least = min(map(size, possible))
    between = max(possible, key=int.bit_count) & ~wanted
    for way in (found, by_trying(wanted, between, neighbours, sizes)):
        assert way in possible
        assert size(way) == least
    joined = by_joining(parts(wanted, neighbours), between, neighbours, sizes)
    assert joined in possible
    assert size(joined) == least


def test_who_picks_first_is_told_by_points_weighted_by_area_then_by_the_ticket():
    areas = {"large": Fraction(9), "small": Fraction(1)}
    points = {
        "one": {"large": Fraction(10), "small": Fraction(90)},
        "two": {"large": Fraction(18)},
        "three": {"small": Fraction(60)},
        "none": {},
    }
    tickets = {"one": "b", "two": "a", "three": "c", "none": "0"}
    assert picking_order(areas, points, tickets) == ["three", "two", "one", "none"]
