"""Coordinates of the charts: a line for each contender from place to place, ranges of weights, and shares. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from succession.allocation.wording import points
from succession.i18n import Text
from succession.principles.document import PrincipleDocument
from succession.principles.texts import in_language
from succession.simulation.firmness import Firmness, firmness
from succession.simulation.outlook import Outlook
from succession.simulation.shown import Mover, percent

ROW = 26
TOP = 18
WIDTH = 100
TWICE = 2


@dataclass(frozen=True, slots=True)
class Slope:
    """A line from a place on the left to a place on the right."""

    name: str
    before: int
    after: int
    start: int
    end: int
    direction: str


@dataclass(frozen=True, slots=True)
class RangeRow:
    """A weight and its range, with where they stand on a scale of 100."""

    label: str
    weight: Text
    lower: Text
    upper: Text | None
    left: int
    width: int
    at: int


@dataclass(frozen=True, slots=True)
class ShareRow:
    """How often somebody would be first, and within the first three, in percent."""

    name: str
    first: int
    first_three: int


@dataclass(frozen=True, slots=True)
class Expert:
    """The tables and charts of one set; `ranges` empty: no sum decides."""

    title: str
    ranges: tuple[RangeRow, ...]
    shares: tuple[ShareRow, ...]
    error: int | None
    """In percent; None: the shares are exact."""


def slopes(movers: Sequence[Mover]) -> tuple[Slope, ...]:
    """Whoever has a place under both sets."""
    both = [
        (one.name, one.before, one.after, one.direction)
        for one in movers
        if one.before is not None and one.after is not None
    ]
    starts, ends = _rows([before for _, before, _, _ in both]), _rows([after for _, _, after, _ in both])
    return tuple(
        Slope(name, before, after, _height(start), _height(end), direction)
        for (name, before, after, direction), start, end in zip(both, starts, ends, strict=True)
    )


def _rows(places: Sequence[int]) -> list[int]:
    """One row each: who shares a place stands below one another, in the rows that the shared place leaves free."""
    return [place + places[:at].count(place) for at, place in enumerate(places)]


def height(lines: Sequence[Slope]) -> int:
    """Of the whole chart."""
    return max((max(one.start, one.end) for one in lines), default=0) + ROW


def experts(found: Outlook, language: str) -> tuple[Expert, ...]:
    """One for each set; the seed of drawn weights is the set's identifier, so that everybody draws the same."""
    comparisons = found.comparisons
    unders = [comparisons[0].first, *(one.second for one in comparisons)]
    names = {one.identifier: in_language(one.name, language) for one in found.contenders}
    return tuple(
        _expert(
            outcome.document,
            in_language(outcome.title, language),
            firmness(under, outcome.document.identifier),
            names,
            language,
        )
        for outcome, under in zip(found.outcomes, unders, strict=True)
    )


def _expert(
    document: PrincipleDocument, title: str, firm: Firmness | None, names: Mapping[str, str], language: str
) -> Expert:
    if firm is None:
        return Expert(title, (), (), None)
    ends = [one.upper or one.weight * TWICE for one in firm.ranges]
    scale = max([*ends, *(one.weight for one in firm.ranges)], default=Fraction(1)) or Fraction(1)
    rows = []
    for one in firm.ranges:
        left, right = one.lower / scale, (one.upper if one.upper is not None else scale) / scale
        rows.append(
            RangeRow(
                label=in_language(document.words[one.criterion].label, language),
                weight=points(one.weight),
                lower=points(one.lower),
                upper=None if one.upper is None else points(one.upper),
                left=round(left * WIDTH),
                width=max(round((right - left) * WIDTH), 1),
                at=round(one.weight / scale * WIDTH),
            )
        )
    shares = tuple(
        ShareRow(names[one.name], percent(one.first), percent(one.first_three)) for one in firm.acceptability
    )
    return Expert(title, tuple(rows), shares, None if firm.error is None else max(percent(firm.error), 1))


def _height(place: int) -> int:
    return TOP + ROW * (place - 1)
