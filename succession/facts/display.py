"""Codes in words: "40 to 60 hectares", "at most 300 euros per hectare and year", "first half of 2027". Pure.

Everybody who shows a fact or a wish takes the words from here, so that page, mail and command line say the same.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from succession.facts.field import WishField
from succession.facts.limits import ExactValue
from succession.facts.shapes import Banded, Choice, HalfYear, Several, Shape, Unit, YesNo
from succession.i18n import Text

LAND_USES_WANTED = "land_uses"
"""The one list of which a wish means all, not any."""

WHOLE_UNITS = frozenset({Unit.ROOMS, Unit.MONTHS, Unit.YEARS, Unit.PEOPLE})
"""Counted in whole numbers, so that a band shows its greatest value, not the next band's smallest."""


def stated(shape: Shape, code: int) -> Text:
    """What a published fact says."""
    match shape:
        case Choice():
            return shape.shown(code)
        case Several():
            return listed([term.label for term in shape.chosen(code)])
        case YesNo():
            return Text("yes") if code else Text("no")
        case HalfYear():
            return half_year(code)
        case Banded():
            return band(shape, code)


def exactly(shape: Shape, value: ExactValue) -> Text:
    """What the owner of a fact reads of it: the exact figure; nobody else gets this."""
    match shape, value:
        case _, None:
            return Text("not stated")
        case Banded(unit=unit), int() | Decimal():
            return amount(unit, Decimal(value))
        case HalfYear(), date():
            return Text("%(day)s", {"day": value})
        case _:
            code = shape.code(value)  # type: ignore[arg-type]  # closed lists and yes or no: code and fact say the same
            return stated(shape, code or 0)


def wished(value: WishField, code: int) -> Text:
    """What a wish asks for, with its "at least" or "at most" where it has one."""
    match value.shape:
        case Choice(terms=terms) as shape:
            if value.name.endswith("_min") and code < len(terms) - 1:
                return Text("at least %(least)s", {"least": shape.shown(code)})
            return shape.shown(code)
        case Several() as shape:
            terms = shape.chosen(code)
            return listed([term.label for term in terms], all_of_them=value.name == LAND_USES_WANTED)
        case HalfYear():
            edge = {"half_year": half_year(code)}
            if value.name.endswith("_latest"):
                return Text("not after the %(half_year)s", edge)
            return Text("not before the %(half_year)s", edge)
        case YesNo():
            return Text("yes") if code else Text("no")
        case Banded() as shape:
            return _wished_number(value.name, shape, code)


def band(shape: Banded, code: int) -> Text:
    """A band in words."""
    low, high = shape.interval(code)
    if code == 0 and shape.zero_apart:
        return _ZERO.get(shape.unit, Text("none"))
    if high is None:
        if shape.unit is Unit.PERCENT:
            return amount(shape.unit, low)
        if shape.unit in WHOLE_UNITS:
            last = _full_months(low - 1) if shape.unit is Unit.MONTHS else amount(shape.unit, low - 1)
            return Text("more than %(amount)s", {"amount": last})
        return Text("%(amount)s or more", {"amount": amount(shape.unit, low)})
    if shape.unit in WHOLE_UNITS:
        return _whole_band(shape.unit, low, high - 1)
    if code == 0:
        return Text("under %(amount)s", {"amount": amount(shape.unit, high)})
    return _from_to(shape.unit, low, high)


def at_least(shape: Banded, code: int) -> Text:
    """A wish for the band `code` or more; from the second year on, months are said in years."""
    low = shape.interval(code)[0]
    if shape.unit is Unit.MONTHS and low > 12:
        return Text("more than %(amount)s", {"amount": _full_months(low - 1)})
    return Text("at least %(amount)s", {"amount": amount(shape.unit, low)})


def at_most(shape: Banded, code: int) -> Text:
    """A wish for the band `code` or less; the last band sets no limit."""
    high = shape.interval(code)[1]
    if high is None:
        return Text("no upper limit")
    if shape.unit in WHOLE_UNITS:
        high -= 1
    return Text("at most %(amount)s", {"amount": amount(shape.unit, high)})


def kilometres_at_most(number: int) -> Text:
    """A wish for a distance, in whole kilometres."""
    return Text("at most %(amount)s", {"amount": amount(Unit.KILOMETRES, Decimal(number))})


def half_year(code: int) -> Text:
    """A half-year by its code; the year is text, because it takes no thousands separator."""
    year = {"year": str(code // 2)}
    return Text("second half of %(year)s", year) if code % 2 else Text("first half of %(year)s", year)


def listed(parts: Sequence[Text], *, all_of_them: bool = True) -> Text:
    """As people list things: "a, b and c" or "a, b or c"; nothing at all gives "none of these"."""
    if not parts:
        return Text("none of these")
    if len(parts) == 1:
        return parts[0]
    first = parts[0]
    for part in parts[1:-1]:
        first = Text("%(first)s, %(next)s", {"first": first, "next": part})
    both = {"first": first, "last": parts[-1]}
    return Text("%(first)s and %(last)s", both) if all_of_them else Text("%(first)s or %(last)s", both)


def amount(unit: Unit, number: Decimal) -> Text:
    """A number with its unit."""
    if number == 1 and unit in _ONE:
        return _ONE[unit]
    return replace(_AMOUNTS[unit], values={"number": number})


def _full_months(number: Decimal) -> Text:
    """Whole years of months as years, as people say it."""
    return amount(Unit.YEARS, number / 12) if number % 12 == 0 else amount(Unit.MONTHS, number)


_AMOUNTS = {
    # People are counted without a word: the label says who ("Children: 2").
    Unit.EURO: Text("%(number)s euros"),
    Unit.EURO_PER_HECTARE_YEAR: Text("%(number)s euros per hectare and year"),
    Unit.EURO_PER_MONTH: Text("%(number)s euros per month"),
    Unit.HECTARE: Text("%(number)s hectares"),
    Unit.SOIL_POINTS: Text("%(number)s soil points"),
    Unit.ROOMS: Text("%(number)s rooms"),
    Unit.MONTHS: Text("%(number)s months"),
    Unit.YEARS: Text("%(number)s years"),
    Unit.KILOMETRES: Text("%(number)s km"),
    Unit.PEOPLE: Text("%(number)s"),
    Unit.PERCENT: Text("%(number)s percent"),
}


def unit_label(unit: Unit) -> Text:
    """What stands behind a field in which the number is typed."""
    return _UNIT_LABELS[unit]


_UNIT_LABELS = {
    Unit.EURO: Text("euros"),
    Unit.EURO_PER_HECTARE_YEAR: Text("euros per hectare and year"),
    Unit.EURO_PER_MONTH: Text("euros per month"),
    Unit.HECTARE: Text("hectares"),
    Unit.SOIL_POINTS: Text("soil points"),
    Unit.ROOMS: Text("rooms"),
    Unit.MONTHS: Text("months"),
    Unit.YEARS: Text("years"),
    Unit.KILOMETRES: Text("km"),
    Unit.PEOPLE: Text("people"),
    Unit.PERCENT: Text("percent"),
}

_ONE = {
    Unit.HECTARE: Text("1 hectare"),
    Unit.ROOMS: Text("1 room"),
    Unit.MONTHS: Text("1 month"),
    Unit.YEARS: Text("1 year"),
}

_ZERO = {
    Unit.YEARS: Text("less than a year"),
    Unit.PEOPLE: Text("nobody"),
    Unit.MONTHS: Text("not at all"),
    Unit.ROOMS: Text("no rooms"),
}


def _wished_number(name: str, shape: Banded, code: int) -> Text:
    """A number that is wished: kilometres of the wish for distance are kept as they are, all else as bands."""
    if name == "wish_km":
        return kilometres_at_most(code)
    return at_least(shape, code) if name.endswith("_min") else at_most(shape, code)


def _whole_band(unit: Unit, low: Decimal, last: Decimal) -> Text:
    """A band of whole numbers, its greatest one included; months in years where that is what people say."""
    if low == last:
        return amount(unit, low)
    if unit is Unit.MONTHS and low > 12 and last % 12 == 0:
        return _from_to(Unit.YEARS, (low - 1) / 12, last / 12)
    return _from_to(unit, low, last)


def _from_to(unit: Unit, low: Decimal, high: Decimal) -> Text:
    """Both ends with one unit."""
    return Text("%(low)s to %(amount)s", {"low": low, "amount": amount(unit, high)})
