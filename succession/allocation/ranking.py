"""Ranking by a chain of comparisons, each splitting only what the ones before left equal. Pure.

An order by classes rather than by one sort key, because "differences below d count as equal" is no order of its own:
from the best of a block downwards, whoever is less than d behind the first of a class belongs to it.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

from succession.allocation.rules import ZERO
from succession.allocation.scorecards import Scorecard

Block = list[Scorecard]


class Comparison(Protocol):
    """One step of the chain."""

    @property
    def name(self) -> str:
        """What is compared."""

    def split(self, block: Block) -> list[Block]:
        """The block in classes, the better first."""


@dataclass(frozen=True, slots=True)
class ByFigure:
    """The greater figure first; who has none comes last; smaller differences than `equal_within` do not count."""

    name: str
    figure: Callable[[Scorecard], Fraction | None]
    equal_within: Fraction = ZERO

    def split(self, block: Block) -> list[Block]:
        """Classes from the top."""
        figures = [(self.figure(card), card) for card in block]
        stated = sorted(((figure, card) for figure, card in figures if figure is not None), key=_figure, reverse=True)
        classes: list[Block] = []
        top = ZERO
        for figure, card in stated:
            if classes and (figure == top or top - figure < self.equal_within):
                classes[-1].append(card)
            else:
                classes.append([card])
                top = figure
        silent = [card for figure, card in figures if figure is None]
        return [*classes, silent] if silent else classes


@dataclass(frozen=True, slots=True)
class ByTicket:
    """The smaller ticket first."""

    name: str
    ticket: Callable[[Scorecard], str]

    def split(self, block: Block) -> list[Block]:
        """No two tickets are the same."""
        return [[card] for card in sorted(block, key=self.ticket)]


@dataclass(frozen=True, slots=True)
class ByDraw:
    """The order of a draw held by hand, which must have held everyone who is still equal."""

    name: str
    drawn: tuple[str, ...]

    def split(self, block: Block) -> list[Block]:
        """A block of which somebody was not in the draw stays undecided."""
        places = {name: place for place, name in enumerate(self.drawn)}
        if not all(card.applicant.identifier in places for card in block):
            return [block]
        return [[card] for card in sorted(block, key=lambda card: places[card.applicant.identifier])]


@dataclass(frozen=True, slots=True)
class Ranking:
    """The order; `separated_by[k]` is the comparison that put place k behind place k − 1. The still equal are named."""

    order: tuple[Scorecard, ...]
    separated_by: tuple[str | None, ...]
    undecided: tuple[tuple[str, ...], ...]


def ranking(cards: Sequence[Scorecard], comparisons: Sequence[Comparison]) -> Ranking:
    """Everyone in order."""
    blocks: list[tuple[str | None, Block]] = [(None, list(cards))] if cards else []
    for comparison in comparisons:
        split: list[tuple[str | None, Block]] = []
        for separated_by, block in blocks:
            if len(block) == 1:
                split.append((separated_by, block))
                continue
            first, *later = comparison.split(block)
            split.append((separated_by, first))
            split += [(comparison.name, one) for one in later]
        blocks = split
    order: list[Scorecard] = []
    reasons: list[str | None] = []
    for separated_by, block in blocks:
        order += sorted(block, key=lambda card: card.applicant.identifier)
        reasons += [separated_by] + [None] * (len(block) - 1)
    undecided = tuple(tuple(card.applicant.identifier for card in block) for _, block in blocks if len(block) > 1)
    return Ranking(tuple(order), tuple(reasons), undecided)


def _figure(pair: tuple[Fraction, Scorecard]) -> Fraction:
    return pair[0]
