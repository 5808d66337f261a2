"""The two-sided score on exact rationals: what is known, what may still become of it, and the order. Pure.

One side has criteria with weights; each is satisfied from 0 to 1 or unknown. Silence neither pays nor punishes: in the
rank score an unknown satisfaction counts as the mean of the pool. See `docs/formats.md` for the open format `score-1`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from functools import cached_property
from uuid import UUID

ZERO, ONE = Fraction(0), Fraction(1)
NO_MEAN = Fraction(1, 2)
"""What an unknown counts as long as there are too few statements for a mean."""


@dataclass(frozen=True, slots=True)
class Line:
    """One criterion that counts: its weight, how far it is met (None: unknown), and what an unknown counts."""

    criterion: str
    weight: Fraction
    satisfaction: Fraction | None
    mean: Fraction = NO_MEAN

    @property
    def counted(self) -> Fraction:
        """The satisfaction, or the mean in its place."""
        return self.mean if self.satisfaction is None else self.satisfaction


@dataclass(frozen=True)
class SideScore:
    """How one side is served by the other. Who asks for nothing is content with everything."""

    lines: tuple[Line, ...]

    @cached_property
    def weight(self) -> Fraction:
        """W: the sum of all weights."""
        return sum((line.weight for line in self.lines), ZERO)

    @cached_property
    def _known_weight(self) -> Fraction:
        return sum((line.weight for line in self.lines if line.satisfaction is not None), ZERO)

    @cached_property
    def _known_sum(self) -> Fraction:
        return sum((line.weight * line.satisfaction for line in self.lines if line.satisfaction is not None), ZERO)

    @cached_property
    def known(self) -> Fraction | None:
        """The weighted mean over what is known; None while nothing is."""
        if not self.weight:
            return ONE
        return self._known_sum / self._known_weight if self._known_weight else None

    @cached_property
    def coverage(self) -> Fraction:
        """The share of the weight that is known."""
        return self._known_weight / self.weight if self.weight else ONE

    @cached_property
    def low(self) -> Fraction:
        """With 0 for all that is unknown."""
        return self._known_sum / self.weight if self.weight else ONE

    @cached_property
    def high(self) -> Fraction:
        """With 1 for all that is unknown."""
        return self.low + (1 - self.coverage)

    @cached_property
    def rank(self) -> Fraction:
        """r: with the mean of the pool for all that is unknown."""
        return sum(self.contributions, ZERO) if self.weight else ONE

    @cached_property
    def contributions(self) -> tuple[Fraction, ...]:
        """What each line adds to the rank score; they add up to it exactly."""
        weight = self.weight
        return tuple(line.weight * line.counted / weight for line in self.lines) if weight else ()


@dataclass(frozen=True)
class PairScore:
    """Both sides of a match."""

    seeker: SideScore
    listing: SideScore

    @cached_property
    def joint(self) -> Fraction:
        """H of both rank scores: the figure that is shown and ranks first."""
        return harmonic(self.seeker.rank, self.listing.rank)

    @cached_property
    def low(self) -> Fraction:
        """The least that can become of it."""
        return harmonic(self.seeker.low, self.listing.low)

    @cached_property
    def high(self) -> Fraction:
        """The most that can become of it."""
        return harmonic(self.seeker.high, self.listing.high)


@dataclass(frozen=True, slots=True)
class Place:
    """What the order of a list looks at: H, H(low), the earlier publication, the public id."""

    joint: Fraction
    low: Fraction
    published: datetime
    public_id: UUID

    @property
    def key(self) -> tuple[Fraction, Fraction, datetime, UUID]:
        """Sorts the better match first."""
        return (-self.joint, -self.low, self.published, self.public_id)


def harmonic(first: Fraction, second: Fraction) -> Fraction:
    """H(a, b) = 2ab / (a + b); 0 when both are 0."""
    return 2 * first * second / (first + second) if first + second else ZERO


def score(seeker: Sequence[Line], listing: Sequence[Line]) -> PairScore:
    """The score of one pair; lines without weight do not count and are left out."""
    return PairScore(
        SideScore(tuple(line for line in seeker if line.weight)),
        SideScore(tuple(line for line in listing if line.weight)),
    )
