"""Two principle sets on the same applicants: who would win, how close, who rises or falls by which criterion. Pure.

Totals of two sets are no common measure, so they are compared as shares of what each set can bring at most. The blend
of both (so much of the one, the rest of the other) is a line for each applicant; the places at which the uppermost line
changes are found exactly.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from succession.allocation.catalogue import Applicant, Catalogue, Mode
from succession.allocation.conditions import Facts
from succession.allocation.points import NO_FACTS, Result, compared_total, evaluate
from succession.allocation.reachable import greatest
from succession.allocation.rules import ONE, ZERO
from succession.allocation.scorecards import Scorecard


@dataclass(frozen=True, slots=True)
class Under:
    """One set and its outcome. `lead` is how far the first is ahead of the second, as a share of the greatest total."""

    catalogue: Catalogue
    result: Result
    greatest: Fraction

    @property
    def winner(self) -> str | None:
        """Who is first, if anybody."""
        return next(iter(self.result.ranking), None)

    @property
    def lead(self) -> Fraction | None:
        """None without a second, or where totals do not decide."""
        if len(self.result.ranking) < 2 or not self.by_total:
            return None
        first, second = (self.share(name) for name in self.result.ranking[:2])
        return first - second

    @property
    def by_total(self) -> bool:
        """Whether the order begins with the total."""
        plain = self.catalogue.mode is Mode.ADDITIVE and self.catalogue.virtual_bid is None and not self.catalogue.waves
        return plain and self.greatest > 0

    def place(self, name: str) -> int | None:
        """Counted from 1; None for those without a place."""
        return self.result.ranking.index(name) + 1 if name in self.result.ranking else None

    def card(self, name: str) -> Scorecard:
        """The scorecard of somebody who did not withdraw."""
        return next(card for card in self.result.cards if card.applicant.identifier == name)

    def share(self, name: str) -> Fraction:
        """The total as a share of the greatest."""
        return compared_total(self.catalogue, self.card(name)) / self.greatest

    def shares(self, name: str) -> dict[str, Fraction]:
        """Each criterion's points as a share of the greatest total, before group caps."""
        return {one: points / self.greatest for one, points in self.card(name).points.items()} if self.greatest else {}


@dataclass(frozen=True, slots=True)
class Move:
    """One applicant under both sets; `because` are the criteria by what they change, the weightiest first."""

    applicant: str
    before: int | None
    after: int | None
    because: tuple[tuple[str, Fraction], ...]


@dataclass(frozen=True, slots=True)
class Turn:
    """From this share of the second set on, somebody else is first."""

    at: Fraction
    winner: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """Both outcomes, everybody's move, and where the winner turns (None where totals do not decide)."""

    first: Under
    second: Under
    moves: tuple[Move, ...]
    turns: tuple[Turn, ...] | None


def compare(
    first: tuple[Catalogue, Sequence[Applicant]], second: tuple[Catalogue, Sequence[Applicant]], lot: Facts = NO_FACTS
) -> Comparison:
    """The same people, read by each catalogue; in the order of the first document."""
    one, other = _under(*first, lot), _under(*second, lot)
    cards = [card.applicant.identifier for card in one.result.cards]
    both = [name for name in cards if any(card.applicant.identifier == name for card in other.result.cards)]
    moves = tuple(_move(one, other, name) for name in both)
    blended = one.by_total and other.by_total
    return Comparison(one, other, moves, _turns(one, other) if blended else None)


def _under(catalogue: Catalogue, applicants: Sequence[Applicant], lot: Facts) -> Under:
    return Under(catalogue, evaluate(catalogue, applicants, lot), greatest(catalogue))


def _move(one: Under, other: Under, name: str) -> Move:
    before, after = one.shares(name), other.shares(name)
    changed = {key: after.get(key, ZERO) - before.get(key, ZERO) for key in (*before, *after)}
    because = sorted(((key, value) for key, value in changed.items() if value), key=lambda pair: -abs(pair[1]))
    return Move(name, one.place(name), other.place(name), tuple(because))


def _turns(one: Under, other: Under) -> tuple[Turn, ...]:
    """The first turn stands at 0: who is first there and just beyond. Only those ranked by both sets are blended."""
    names = [name for name in one.result.ranking if name in other.result.ranking]
    lines = {name: (one.share(name), other.share(name) - one.share(name)) for name in names}
    return tuple(upper_envelope(lines))


def upper_envelope(lines: Mapping[str, tuple[Fraction, Fraction]]) -> list[Turn]:
    """Who is uppermost from 0 to 1, of lines (start, slope); of equal lines the one named first."""
    found: list[Turn] = []
    at: Fraction | None = ZERO
    while lines and at is not None and at <= ONE:
        here = at
        uppermost = max(lines, key=lambda name: (_height(lines[name], here), lines[name][1]))
        if not found or found[-1].winner != uppermost:
            found.append(Turn(here, uppermost))
        start, slope = lines[uppermost]
        crossings = [
            crossing
            for other_start, other_slope in lines.values()
            if other_slope > slope and (crossing := (start - other_start) / (other_slope - slope)) > here
        ]
        at = min(crossings, default=None)
    return found


def _height(line: tuple[Fraction, Fraction], at: Fraction) -> Fraction:
    return line[0] + line[1] * at
