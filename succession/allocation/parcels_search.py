"""What any allocation could reach, found by exact search: the largest area, and the fewest blocking pairs. Pure.

The yardsticks beside a division ("the price of the rule"). Branch and bound over the parcels, with a limit on steps and
not on time, so that the answer is the same every time; where the limit is reached there is no answer.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from math import lcm

from succession.allocation.connection import bits, connected
from succession.allocation.parcels import Division

MOST_STEPS = 200_000
"""A choice tried or a pair looked at; seconds on a usual machine."""

MOST_PARCELS = 200
"""The search goes one level deeper for each parcel."""

NOBODY = -1


class TooManyError(Exception):
    """The search did not end within its steps."""


@dataclass(slots=True)
class Search:
    """One search: a division in whole numbers, and the holder of each parcel decided so far, in order."""

    division: Division
    all_contiguous: bool = False
    """Whether everybody's holding must be connected, or only that of those who ask for it."""
    most_steps: int = MOST_STEPS
    parcels: list[str] = field(init=False)
    applicants: list[str] = field(init=False)
    sizes: list[int] = field(init=False)
    scale: int = field(init=False)
    takers: list[list[int]] = field(init=False)
    """For each parcel who may take it, the first in line first."""
    wished: list[list[int]] = field(init=False)
    wished_bits: list[int] = field(init=False)
    better: list[dict[int, int]] = field(init=False)
    """For each applicant and parcel what they like better, as bits."""
    neighbours: list[int] = field(init=False)
    holders: list[int] = field(init=False)
    room: list[int] = field(init=False)
    held: list[int] = field(init=False)
    area: int = field(init=False, default=0)
    steps: int = field(init=False, default=0)

    def __post_init__(self) -> None:
        if len(self.division.parcels) > MOST_PARCELS:
            raise TooManyError
        given = self.division.parcels
        self.scale = lcm(*(p.area.denominator for p in given.values()))
        self.parcels = sorted(given, key=lambda name: (-given[name].area, name))
        self.applicants = sorted(self.division.applicants)
        places = {name: place for place, name in enumerate(self.parcels)}
        numbers = {name: number for number, name in enumerate(self.applicants)}
        self.sizes = [int(given[name].area * self.scale) for name in self.parcels]
        self.wished = [[places[p] for p in self.division.wished(name)] for name in self.applicants]
        self.wished_bits = [sum(1 << p for p in wished) for wished in self.wished]
        self.better = [
            {parcel: sum(1 << p for p in wished[:place]) for place, parcel in enumerate(wished)}
            for wished in self.wished
        ]
        self.takers = [
            [numbers[a] for a in given[name].priorities if places[name] in self.wished[numbers[a]]]
            for name in self.parcels
        ]
        self.neighbours = [
            sum(1 << places[other] for other in self.parcels if (name, other) in self.division.adjacent)
            for name in self.parcels
        ]
        self.holders = []
        self.held = [0] * len(self.applicants)
        limits = (self.division.applicants[name].limit for name in self.applicants)
        self.room = [limit.numerator * self.scale // limit.denominator for limit in limits]

    def choices(self) -> Iterator[int]:
        """Gives the next parcel to each who may have it, and last to nobody; takes it back after each."""
        parcel = len(self.holders)
        for taker in self.takers[parcel]:
            if self.sizes[parcel] <= self.room[taker]:
                self._give(parcel, taker)
                if self._can_still_connect():
                    yield taker
                self._take_back(parcel, taker)
        self._step()
        self.holders.append(NOBODY)
        if self._can_still_connect():
            yield NOBODY
        self.holders.pop()

    def reachable(self) -> int:
        """No allocation from here on has more area: all parcels left that fit somewhere, and all room left."""
        start = len(self.holders)
        roomiest = max(self.room, default=0)
        left = sum(s for s, t in zip(self.sizes[start:], self.takers[start:], strict=True) if t and s <= roomiest)
        return self.area + min(left, sum(self.room))

    def blocks(self, applicant: int, parcel: int) -> bool:
        """As `parcels.blocks`, in whole numbers; everything it looks at is decided."""
        holder = self.holders[parcel]
        line = self.takers[parcel]
        if holder == applicant or (holder != NOBODY and line.index(holder) < line.index(applicant)):
            return False
        self._step()
        better = self.held[applicant] & self.better[applicant][parcel]
        mask = better | 1 << parcel
        given_back = sum(self.sizes[p] for p in bits(self.held[applicant] & ~better))
        fits = self.sizes[parcel] <= self.room[applicant] + given_back
        return fits and (not self._asks(applicant) or connected(mask, mask, self.neighbours))

    def _asks(self, applicant: int) -> bool:
        return self.division.applicants[self.applicants[applicant]].contiguous

    def _can_still_connect(self) -> bool:
        """Whether each who must hold a connected set can still get one from what is not decided."""
        undecided = ((1 << len(self.parcels)) - 1) & ~((1 << len(self.holders)) - 1)
        for number, held in enumerate(self.held):
            if held & (held - 1) and (self.all_contiguous or self._asks(number)):
                may_have = self.wished_bits[number] & undecided
                if not connected(held, held | may_have, self.neighbours):
                    return False
        return True

    def _give(self, parcel: int, taker: int) -> None:
        self._step()
        self.holders.append(taker)
        self.room[taker] -= self.sizes[parcel]
        self.held[taker] |= 1 << parcel
        self.area += self.sizes[parcel]

    def _take_back(self, parcel: int, taker: int) -> None:
        self.holders.pop()
        self.room[taker] += self.sizes[parcel]
        self.held[taker] ^= 1 << parcel
        self.area -= self.sizes[parcel]

    def _step(self) -> None:
        self.steps += 1
        if self.steps > self.most_steps:
            raise TooManyError


def max_area(division: Division, *, all_contiguous: bool = False, most_steps: int = MOST_STEPS) -> Fraction:
    """The greatest area that any allocation gives out."""
    search = Search(division, all_contiguous, most_steps)
    best = -1

    def go() -> None:
        nonlocal best
        if search.reachable() <= best:
            return
        if len(search.holders) == len(search.parcels):
            best = search.area
            return
        for _ in search.choices():
            go()

    go()
    return Fraction(best, search.scale)


def fewest_blocking(division: Division, *, most_steps: int = MOST_STEPS) -> tuple[int, Fraction]:
    """The fewest blocking pairs that any allocation has, and the greatest area among those that have so few."""
    search = Search(division, most_steps=most_steps)
    settled = _settled(search)
    best: tuple[int, int] | None = None

    def go(blocking: int) -> None:
        nonlocal best
        if best is not None and (blocking, -search.reachable()) >= best:
            return
        if len(search.holders) == len(search.parcels):
            best = (blocking, -search.area)
            return
        pairs = settled[len(search.holders)]
        for _ in search.choices():
            go(blocking + sum(search.blocks(applicant, parcel) for applicant, parcel in pairs))

    go(0)
    fewest, area = best or (0, 0)
    return fewest, Fraction(-area, search.scale)


def _settled(search: Search) -> Sequence[list[tuple[int, int]]]:
    """For each parcel the pairs of which one knows whether they block as soon as it is decided."""
    settled: list[list[tuple[int, int]]] = [[] for _ in search.parcels]
    for applicant, wished in enumerate(search.wished):
        for place, parcel in enumerate(wished):
            settled[max(wished[: place + 1])].append((applicant, parcel))
    return settled
