"""Rules that look at the whole field: a bid by rank, against the trimmed mean, in proportion to the best. Pure.

Rule types 6, 7 and 23 of the survey of published catalogues (see `docs/decisions/0030-points.md`). They are marked as
`relative`, because somebody else's offer, or its withdrawal, can change who comes first.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import ClassVar

from succession.allocation.rounding import exact_sum
from succession.allocation.rules import ONE, ZERO, Reached, Scorer, Want
from succession.allocation.rules_measures import NO_STEP, Ladder

FEWEST_TO_TRIM = 3
"""Offers; with fewer, all of them stay in the mean."""


class AmongOffers:
    """A rule on offers, which are never negative."""

    __slots__ = ()
    wants: ClassVar[Want] = Want.NUMBER
    relative = True
    bars: ClassVar[str | None] = None

    def refuses(self, value: Fraction) -> str | None:
        """There are no negative offers."""
        return "must not be negative" if value < 0 else None


@dataclass(frozen=True, slots=True)
class RankOfBid(AmongOffers):
    """Points for the best, the second, the third …; equal bids share the better rank."""

    kind: ClassVar[str] = "rank"
    points: tuple[Fraction, ...]
    lowest_first: bool = False

    @property
    def greatest(self) -> Fraction:
        """The first rank."""
        return max(self.points[0], ZERO)

    def over(self, field: Sequence[Fraction]) -> Scorer:
        """Ranks among all offers; one's own is always among them."""
        rank: dict[Fraction, int] = {}
        for place, offer in enumerate(sorted(field, reverse=not self.lowest_first)):
            rank.setdefault(offer, place)

        def reached(value: Fraction) -> Reached:
            better = rank[value]
            points = self.points[better] if better < len(self.points) else ZERO
            return Reached(points, Fraction(better + 1))

        return reached


@dataclass(frozen=True, slots=True)
class VersusTrimmedMean(AmongOffers):
    """Steps of the offer divided by the mean of all offers without one highest and one lowest."""

    kind: ClassVar[str] = "vs_trimmed_mean"
    ladder: Ladder

    @property
    def greatest(self) -> Fraction:
        """The best step."""
        return self.ladder.greatest

    def over(self, field: Sequence[Fraction]) -> Scorer:
        """The mean is taken once. Where it is 0, an offer of 0 is as the mean and any other above every step."""
        mean = trimmed_mean(field)

        def reached(value: Fraction) -> Reached:
            if mean:
                return self.ladder.reached(value / mean)
            if not value:
                return self.ladder.reached(ONE)
            return NO_STEP if self.ladder.upper else self.ladder.steps[-1]

        return reached


@dataclass(frozen=True, slots=True)
class ProportionToBest(AmongOffers):
    """The best offer earns all points, the others in proportion; where less is better, best divided by one's own."""

    kind: ClassVar[str] = "proportion_to_best"
    points: Fraction
    lowest_first: bool = False

    @property
    def greatest(self) -> Fraction:
        """What the best earns."""
        return max(self.points, ZERO)

    def over(self, field: Sequence[Fraction]) -> Scorer:
        """The best is found once; an offer of 0 that is the best earns everything where less is better."""
        best = min(field, default=ZERO) if self.lowest_first else max(field, default=ZERO)

        def reached(value: Fraction) -> Reached:
            if value == best:
                share = ONE if self.lowest_first or best else ZERO
            else:
                share = best / value if self.lowest_first else value / best
            return Reached(self.points * share, share)

        return reached


def trimmed_mean(offers: Sequence[Fraction]) -> Fraction:
    """The mean without one highest and one lowest, of all if there are fewer than three; 0 without any."""
    kept = sorted(offers)[1:-1] if len(offers) >= FEWEST_TO_TRIM else offers
    return exact_sum(kept) / len(kept) if kept else ZERO
