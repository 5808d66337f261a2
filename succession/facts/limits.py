"""How exactly a fact is kept, and how large it may be: the same limits for forms, services and the database. Pure."""

from datetime import date
from decimal import Decimal

from succession.facts.field import Field
from succession.facts.shapes import Banded, Choice, HalfYear, Several, Unit, YesNo

GREATEST: dict[Unit, int] = {
    Unit.EURO: 100_000_000,
    Unit.EURO_PER_HECTARE_YEAR: 20_000,
    Unit.EURO_PER_MONTH: 1_000_000,
    Unit.HECTARE: 20_000,
    Unit.SOIL_POINTS: 120,
    Unit.ROOMS: 100,
    Unit.MONTHS: 240,
    Unit.YEARS: 70,
    Unit.KILOMETRES: 500,
    Unit.PEOPLE: 10_000,
    Unit.PERCENT: 100,
}
"""Beyond these a figure is a slip of the pen."""

DECIMALS: dict[Unit, int] = {
    Unit.EURO: 2,
    Unit.EURO_PER_HECTARE_YEAR: 2,
    Unit.EURO_PER_MONTH: 2,
    Unit.HECTARE: 4,
    Unit.SOIL_POINTS: 2,
    Unit.ROOMS: 0,
    Unit.MONTHS: 0,
    Unit.YEARS: 0,
    Unit.KILOMETRES: 1,
    Unit.PEOPLE: 0,
    Unit.PERCENT: 0,
}
"""Decimal places that are kept; 0 means whole numbers."""

FIRST_DAY = date(2000, 1, 1)
LAST_DAY = date(2100, 12, 31)

ExactValue = Decimal | int | str | bool | date | list[str] | None
"""What a column of the exact tables holds."""


def condition(field: Field) -> str | None:
    """The rule that the database holds a column to, None where the type is rule enough; an unknown (null) passes."""
    match field.shape:
        case Choice():
            return f"{field.name} IN ({_quoted(field.shape.keys())})"
        case Several():
            return f"{field.name} <@ ARRAY[{_quoted([term.key for term in field.shape.terms])}]::varchar[]"
        case Banded():
            return f"{field.name} BETWEEN 0 AND {GREATEST[field.shape.unit]}"
        case HalfYear():
            return f"{field.name} BETWEEN DATE '{FIRST_DAY}' AND DATE '{LAST_DAY}'"
        case YesNo():
            return None


def conditions(fields: tuple[Field, ...]) -> dict[str, str]:
    """The rules by the name of the field, where there is one."""
    rules = {field.name: condition(field) for field in fields}
    return {name: rule for name, rule in rules.items() if rule is not None}


def is_allowed(field: Field, value: ExactValue) -> bool:
    """The same rule for a value of the column's own type, plus the decimals that are kept."""
    if value is None:
        return True
    match field.shape, value:
        case Choice() as shape, str():
            return shape.keys().count(value) == 1
        case Several() as shape, list():
            return set(value) <= {term.key for term in shape.terms}
        case YesNo(), bool():
            return True
        case Banded() as shape, (int() | Decimal()) if not isinstance(value, bool):
            return is_kept(shape.unit, Decimal(value))
        case HalfYear(), date():
            return FIRST_DAY <= value <= LAST_DAY
        case _:
            return False


def is_kept(unit: Unit, value: Decimal) -> bool:
    """Whether a number is finite, within the limits and has no more decimals than are kept."""
    if not value.is_finite() or not 0 <= value <= GREATEST[unit]:
        return False
    return value == value.quantize(Decimal(1).scaleb(-DECIMALS[unit]))


def _quoted(words: list[str]) -> str:
    return ", ".join(f"'{word}'" for word in words)
