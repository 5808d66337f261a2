"""Serial picking: one after the other walks their ranking once and takes all that can still become a fitting set. Pure.

A serial dictatorship over sets (Pápai 2001, Journal of Public Economic Theory 3(3)). The order does not depend on
rankings, and each turn ends with the best set for somebody to whom a parcel higher on the ranking is worth more than
all below it together: ranking otherwise gains them nothing.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from math import lcm

from succession.allocation.connection import smallest_connection
from succession.allocation.parcels import Division

MOST_CONNECTED = 25
"""Whoever asks for connected parcels ranks at most so many: so many are solved exactly."""


class Outcome(StrEnum):
    """What became of a ranked parcel. Each can be checked without the algorithm, from what those before hold."""

    HELD = "held"
    NOT_ELIGIBLE = "not_eligible"
    TAKEN = "taken"
    """Somebody before holds it."""
    TOO_LARGE = "too_large"
    """Together with what they like better and hold it is above the limit."""
    NOT_CONNECTED = "not_connected"
    """No connected set within the limit holds it and what they like better and hold."""


@dataclass(frozen=True, slots=True)
class Line:
    """One ranked parcel on an applicant's certificate."""

    parcel: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class Picked:
    """Who holds what, and the certificate of each applicant, a line for each ranked parcel."""

    allocation: dict[str, str]
    certificates: dict[str, tuple[Line, ...]]


def pick(division: Division, order: Sequence[str]) -> Picked:
    """Each applicant of `order` has one turn."""
    scale = lcm(*(p.area.denominator for p in division.parcels.values()))
    sizes = {name: int(parcel.area * scale) for name, parcel in division.parcels.items()}
    neighbours: dict[str, set[str]] = {name: set() for name in division.parcels}
    for one, other in division.adjacent:
        neighbours[one].add(other)
    allocation: dict[str, str] = {}
    certificates = {}
    for applicant in order:
        wish = division.applicants[applicant]
        outcomes = _shut(division, applicant, allocation)
        free = [p for p in wish.ranking if p not in outcomes]
        limit = _room(wish.limit, scale)
        if wish.contiguous:
            outcomes |= _connected_turn(free, limit, sizes, neighbours)
        else:
            outcomes |= _turn(free, limit, sizes)
        allocation |= {p: applicant for p in free if outcomes[p] is Outcome.HELD}
        certificates[applicant] = tuple(Line(p, outcomes[p]) for p in wish.ranking)
    return Picked(allocation, certificates)


def _room(limit: Fraction, scale: int) -> int:
    """A limit in the whole units of the areas, rounded down: no area lies between two of them."""
    return limit.numerator * scale // limit.denominator


def _shut(division: Division, applicant: str, allocation: Mapping[str, str]) -> dict[str, Outcome]:
    """What an applicant ranked and cannot have."""
    outcomes: dict[str, Outcome] = {}
    for parcel in division.applicants[applicant].ranking:
        if applicant not in division.parcels[parcel].priorities:
            outcomes[parcel] = Outcome.NOT_ELIGIBLE
        elif parcel in allocation:
            outcomes[parcel] = Outcome.TAKEN
    return outcomes


def _turn(free: Sequence[str], limit: int, sizes: Mapping[str, int]) -> dict[str, Outcome]:
    outcomes = {}
    for parcel in free:
        fits = sizes[parcel] <= limit
        outcomes[parcel] = Outcome.HELD if fits else Outcome.TOO_LARGE
        limit -= sizes[parcel] if fits else 0
    return outcomes


def _connected_turn(
    free: Sequence[str], limit: int, sizes: Mapping[str, int], neighbours: Mapping[str, set[str]]
) -> dict[str, Outcome]:
    """Takes a parcel if some connected set within the limit holds it and all taken so far.

    Such a set is remembered: its parcels are taken without looking again. At the end it is exactly what was taken, for
    each of its parcels had its turn, and the set itself shows that it could be taken.
    """
    places = {parcel: place for place, parcel in enumerate(free)}
    beside = [sum(1 << places[other] for other in neighbours[parcel] if other in places) for parcel in free]
    areas = [sizes[parcel] for parcel in free]
    outcomes: dict[str, Outcome] = {}
    taken, shown, used = 0, 0, 0
    for place, parcel in enumerate(free):
        wanted = taken | 1 << place
        if used + areas[place] > limit:
            outcomes[parcel] = Outcome.TOO_LARGE
            continue
        if not shown >> place & 1:
            found = smallest_connection(wanted, (1 << len(free)) - 1, beside, areas)
            if found is None or sum(area for at, area in enumerate(areas) if found >> at & 1) > limit:
                outcomes[parcel] = Outcome.NOT_CONNECTED
                continue
            shown = found
        taken, used = wanted, used + areas[place]
        outcomes[parcel] = Outcome.HELD
    return outcomes
