"""Results that are too long to be written down are refused; an exact sum of crafted figures can grow so long. Pure."""

from collections.abc import Sequence
from fractions import Fraction

from succession.allocation.scorecards import Scorecard
from succession.records.documents import DocumentError

MOST_BITS = 12_000
"""Some 3,600 digits. From 4,300 on Python writes no number, and no decision needs a figure of a hundred."""


def refuse_too_long(cards: Sequence[Scorecard]) -> None:
    """`DocumentError` if a step, its points or a sum could not be written out."""
    for card in cards:
        figures = [card.total, *(one for group in card.groups for one in (group.sum, group.counted))]
        figures += [line.points for line in card.lines]
        figures += [line.step for line in card.lines if isinstance(line.step, Fraction)]
        for one in figures:
            if one.denominator.bit_length() > MOST_BITS or one.numerator.bit_length() > MOST_BITS:
                raise DocumentError("$", "the figures in it give results of more than 3,600 digits")
