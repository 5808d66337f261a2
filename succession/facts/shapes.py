"""How a fact is kept exactly, and in which coarse form it is published: a small whole number, its code. Pure.

The published form is what everybody but the owner works with, matching included (LP-8): a place in a closed list, a set
of such places as bits, a band of money, area or years, or a half-year. `None` means: not stated.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum

from succession.i18n import Text


@dataclass(frozen=True, slots=True)
class Term:
    """One entry of a closed list: what the database holds and what a person reads."""

    key: str
    label: Text


@dataclass(frozen=True, slots=True)
class Choice:
    """One of an ordered list; the code is the place in it, from 0 (least) upwards."""

    terms: tuple[Term, ...]

    def code(self, key: str | None) -> int | None:
        """The place of `key`; raises ValueError for an unknown one."""
        return None if key is None else self.keys().index(key)

    def keys(self) -> list[str]:
        """The keys in order."""
        return [term.key for term in self.terms]

    def shown(self, code: int) -> Text:
        """The label at this place."""
        return self.terms[code].label


@dataclass(frozen=True, slots=True)
class Several:
    """Any number of a list of at most 14; the code has one bit for each."""

    terms: tuple[Term, ...]

    def code(self, keys: Iterable[str] | None) -> int | None:
        """The bits of `keys`; an empty collection is a statement (0: none of these), None is not."""
        if keys is None:
            return None
        order = [term.key for term in self.terms]
        return sum(1 << order.index(key) for key in set(keys))

    def chosen(self, code: int) -> tuple[Term, ...]:
        """The terms whose bit is set."""
        return tuple(term for place, term in enumerate(self.terms) if code >> place & 1)


@dataclass(frozen=True, slots=True)
class YesNo:
    """A plain yes (1) or no (0)."""

    def code(self, value: bool | None) -> int | None:
        """1, 0 or not stated."""
        return None if value is None else int(value)


class Unit(StrEnum):
    """What a number counts."""

    EURO = "euro"
    EURO_PER_HECTARE_YEAR = "euro_per_hectare_year"
    EURO_PER_MONTH = "euro_per_month"
    HECTARE = "hectare"
    SOIL_POINTS = "soil_points"
    ROOMS = "rooms"
    MONTHS = "months"
    YEARS = "years"
    KILOMETRES = "kilometres"
    PEOPLE = "people"
    PERCENT = "percent"


@dataclass(frozen=True, slots=True)
class Banded:
    """An exact number, published as the band it lies in.

    `edges` are the lower ends of all bands but the first, which begins at 0. Band k holds
    edges[k-1] <= value < edges[k].
    With `zero_apart` the value 0 has band 0 to itself and the first edge is the smallest positive value.
    """

    unit: Unit
    edges: tuple[Decimal, ...]
    zero_apart: bool = False

    def code(self, value: Decimal | int | None) -> int | None:
        """The band of `value`; raises ValueError below 0."""
        if value is None:
            return None
        if value < 0:
            raise ValueError("a banded value is never negative")
        return sum(value >= edge for edge in self.edges)

    def interval(self, code: int) -> tuple[Decimal, Decimal | None]:
        """Lower end (included) and upper end (excluded; None: open) of a band."""
        low = self.edges[code - 1] if code else Decimal(0)
        high = self.edges[code] if code < len(self.edges) else None
        return low, high

    def codes(self) -> range:
        """All bands."""
        return range(len(self.edges) + 1)


@dataclass(frozen=True, slots=True)
class HalfYear:
    """A day, published as its half-year; the code is twice the year, plus one from July on."""

    def code(self, day: date | None) -> int | None:
        """The half-year of `day`."""
        return None if day is None else day.year * 2 + (day.month > 6)

    def first_day(self, code: int) -> date:
        """The day on which the half-year begins."""
        return date(code // 2, 7 if code % 2 else 1, 1)


Shape = Choice | Several | YesNo | Banded | HalfYear


def bands(unit: Unit, *edges: int | str, zero_apart: bool = False) -> Banded:
    """A shape with these edges."""
    return Banded(unit, tuple(Decimal(edge) for edge in edges), zero_apart)
