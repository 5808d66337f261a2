"""Many parcels divided in one round: who ranks which, who may hold how much, which allocations keep to it. Pure.

Stability with sizes is that of McDermid and Manlove (2010), Journal of Combinatorial Optimization 19(3): a pair blocks
if the applicant comes before the holder and the parcel fits once the parcels they like less are given back. Allocations
without such a pair need not exist, so rounds are decided by picking in turn (`picking`), and the rest is comparison.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

Allocation = Mapping[str, str]
"""Parcel → applicant; free parcels are left out."""


@dataclass(frozen=True, slots=True)
class Applicant:
    """What one applicant asks for: at most so much, in this order, and whether it must be connected."""

    limit: Fraction
    ranking: tuple[str, ...]
    contiguous: bool = False


@dataclass(frozen=True, slots=True)
class Parcel:
    """Its area, and who is eligible, the first in line first."""

    area: Fraction
    priorities: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Division:
    """All who take part and all that is given out; `adjacent` holds both directions of each pair."""

    applicants: Mapping[str, Applicant]
    parcels: Mapping[str, Parcel]
    adjacent: frozenset[tuple[str, str]]

    def wished(self, applicant: str) -> list[str]:
        """What this applicant ranked and is eligible for, the most liked first."""
        return [p for p in self.applicants[applicant].ranking if applicant in self.parcels[p].priorities]

    def area(self, parcels: Iterable[str]) -> Fraction:
        """The area of some parcels together."""
        return sum((self.parcels[p].area for p in parcels), Fraction(0))

    def connected(self, parcels: Iterable[str]) -> bool:
        """Whether one can walk from each to each without leaving them; nothing and a single parcel are connected."""
        waiting = set(parcels)
        border = [waiting.pop()] if waiting else []
        while border:
            parcel = border.pop()
            beside = {other for other in waiting if (parcel, other) in self.adjacent}
            waiting -= beside
            border += beside
        return not waiting

    def fits(self, applicant: str, parcels: Sequence[str]) -> bool:
        """Whether this applicant may hold these: within the limit, and connected if they asked for it."""
        wish = self.applicants[applicant]
        return self.area(parcels) <= wish.limit and (not wish.contiguous or self.connected(parcels))


def holdings(allocation: Allocation) -> dict[str, list[str]]:
    """What each applicant holds; those who hold nothing are left out."""
    held: dict[str, list[str]] = {}
    for parcel, applicant in allocation.items():
        held.setdefault(applicant, []).append(parcel)
    return held


def faults(division: Division, allocation: Allocation) -> list[str]:
    """Everybody whose holding is not allowed: not ranked, not eligible, above the limit, or not connected as asked."""
    return sorted(
        applicant
        for applicant, parcels in holdings(allocation).items()
        if not set(parcels) <= set(division.wished(applicant)) or not division.fits(applicant, parcels)
    )


def blocking_pairs(division: Division, allocation: Allocation) -> list[tuple[str, str]]:
    """Each applicant with each parcel that they were passed over at, although it would have fitted."""
    return [
        (applicant, parcel)
        for applicant in division.applicants
        for parcel in division.wished(applicant)
        if blocks(division, allocation, applicant, parcel)
    ]


def blocks(division: Division, allocation: Allocation, applicant: str, parcel: str) -> bool:
    """Whether the applicant comes before the parcel's holder, and it fits beside what they like better and hold."""
    priorities = division.parcels[parcel].priorities
    holder = allocation.get(parcel)
    if holder is not None and priorities.index(holder) <= priorities.index(applicant):
        return False
    wished = division.wished(applicant)
    better = [p for p in wished[: wished.index(parcel)] if allocation.get(p) == applicant]
    return division.fits(applicant, [*better, parcel])


def picking_order(
    areas: Mapping[str, Fraction], points: Mapping[str, Mapping[str, Fraction]], tickets: Mapping[str, str]
) -> list[str]:
    """Who picks first: the greatest mean of points, weighted by area; of equal means the smaller lottery ticket.

    `points` holds for each applicant exactly the parcels they are eligible for, ranked or not: leaving parcels off
    one's ranking changes nobody's place. Who is eligible for nothing comes last.
    """

    def mean(applicant: str) -> Fraction | None:
        area = sum((areas[p] for p in points[applicant]), Fraction(0))
        return sum((areas[p] * value for p, value in points[applicant].items()), Fraction(0)) / area if area else None

    def place(applicant: str) -> tuple[bool, Fraction, str, str]:
        found = mean(applicant)
        return found is None, -(found or Fraction(0)), tickets[applicant], applicant

    return sorted(points, key=place)
