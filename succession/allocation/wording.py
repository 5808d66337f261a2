"""Figures, points and statements of a catalogue as a sentence writes them, exact to be followed by pencil. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction

from succession.allocation.rules import ONE, Declared
from succession.i18n import Text, Value

FINEST = 1000
"""Three decimals are shown; what needs more is shown as a fraction, and about."""


@dataclass(frozen=True, slots=True)
class Wording:
    """What a criterion is called in the reader's language, the unit of its figures, and the names of its choices."""

    label: str
    unit: str = ""
    choices: Mapping[str, str] = field(default_factory=dict)


Wordings = Mapping[str, Wording]
"""By id: criteria, and where they have a name for people exclusions, groups, stages, clauses and fields."""


def named(wordings: Wordings, identifier: str) -> str:
    """The name for people; the id where there is none."""
    found = wordings.get(identifier)
    return found.label if found else identifier


def figure(value: Fraction) -> Value:
    """A decimal where three places hold it, else the exact fraction with its decimal beside it."""
    if FINEST % value.denominator == 0:
        return int(value) if value.denominator == 1 else Decimal(value.numerator) / Decimal(value.denominator)
    rounded = round(value * FINEST)
    return Text(
        "%(fraction)s (about %(rounded)s)", {"fraction": mixed(value), "rounded": Decimal(rounded) / Decimal(FINEST)}
    )


def mixed(value: Fraction) -> str:
    """Whole and rest, as one writes it by hand: 7 6/7."""
    whole, rest = divmod(abs(value.numerator), value.denominator)
    written = " ".join(part for part in (str(whole) if whole else "", f"{rest}/{value.denominator}" if rest else ""))
    return ("-" if value < 0 else "") + (written.strip() or "0")


def points(value: Fraction) -> Text:
    """So many points."""
    if value == ONE:
        return Text("1 point")
    return Text("%(figure)s points", {"figure": figure(value)})


def amount(value: Fraction, unit: str) -> Value:
    """A figure with its unit."""
    return Text("%(figure)s %(unit)s", {"figure": figure(value), "unit": unit}) if unit else figure(value)


def statement(value: Declared, wording: Wording) -> Value:
    """What somebody stated, in words."""
    match value:
        case bool():
            return Text("yes") if value else Text("no")
        case Fraction():
            return amount(value, wording.unit)
        case str():
            return wording.choices.get(value, value)
        case _:
            return listed([_part(one, wording) for one in value])


def listed(values: Sequence[Value]) -> Value:
    """One after the other, with commas."""
    if not values:
        return Text("nothing")
    found = values[-1]
    for value in reversed(values[:-1]):
        found = Text("%(first)s, %(rest)s", {"first": value, "rest": found})
    return found


def _part(one: Fraction | tuple[str, Fraction], wording: Wording) -> Value:
    if isinstance(one, Fraction):
        return amount(one, wording.unit)
    zone, area = one
    return Text("%(zone)s: %(area)s", {"zone": wording.choices.get(zone, zone), "area": amount(area, wording.unit)})
