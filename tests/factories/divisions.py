"""Small divisions of parcels, drawn at random, and every allocation they allow, found without any cleverness."""

from collections.abc import Iterator
from fractions import Fraction
from itertools import combinations, product

from hypothesis import strategies as st

from succession.allocation.parcels import Applicant, Division, Parcel, faults


@st.composite
def divisions(draw, parcels=5, applicants=3, contiguous=None):
    """A division with areas in halves, any adjacency, and anybody eligible for anything or not."""
    names = [f"p{n}" for n in range(draw(st.integers(1, parcels)))]
    people = [f"a{n}" for n in range(draw(st.integers(1, applicants)))]
    halves = st.integers(1, 8).map(lambda n: Fraction(n, 2))
    pairs = [pair for pair in combinations(names, 2) if draw(st.booleans())]

    def some(of):
        return tuple(draw(st.permutations(of))[: draw(st.integers(0, len(of)))])

    asks = st.booleans() if contiguous is None else st.just(contiguous)
    return Division(
        applicants={a: Applicant(draw(halves) * 2, some(names), draw(asks)) for a in people},
        parcels={p: Parcel(draw(halves), some(people)) for p in names},
        adjacent=frozenset(pairs) | {(b, a) for a, b in pairs},
    )


def all_allocations(division: Division) -> Iterator[dict[str, str]]:
    """Every allocation without a fault."""
    names = list(division.parcels)
    takers = [[None, *(a for a in division.applicants if p in division.wished(a))] for p in names]
    for holders in product(*takers):
        allocation = {p: a for p, a in zip(names, holders, strict=True) if a is not None}
        if not faults(division, allocation):
            yield allocation
