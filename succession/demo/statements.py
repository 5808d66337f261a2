"""Facts and wishes of the demo texts, written shortly, as exact values and stated wishes. Pure."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from succession.facts.coding import StatedWish
from succession.facts.field import Field, Wish, WishField
from succession.facts.importance import Importance
from succession.facts.limits import DECIMALS, ExactValue
from succession.facts.shapes import Banded, Choice, HalfYear, Several, YesNo

RANGE = ".."


def exact_facts(fields: tuple[Field, ...], written: Mapping[str, Any]) -> dict[str, ExactValue]:
    """The values as the tables keep them; a name or value that the catalogue does not know is an error of the texts."""
    by_name = {field.name: field for field in fields}
    facts = {name: _exact(by_name[name], value) for name, value in written.items()}
    for name, value in facts.items():
        by_name[name].shape.code(value)  # type: ignore[arg-type]  # raises where the value does not belong
    return facts


def stated_wishes(wishes: tuple[Wish, ...], written: Mapping[str, str]) -> tuple[StatedWish, ...]:
    """Wishes written as "important 3", "rather 10..40" or "must dairy+cattle"."""
    by_criterion = {wish.criterion: wish for wish in wishes}
    return tuple(_stated(by_criterion[criterion], phrase) for criterion, phrase in written.items())


def _exact(field: Field, value: Any) -> ExactValue:
    """Decimals where the table has them; everything else as written."""
    if isinstance(field.shape, Banded):
        return Decimal(str(value)) if DECIMALS[field.shape.unit] else int(value)
    if isinstance(field.shape, HalfYear) and isinstance(value, str):
        return date.fromisoformat(value)
    exact: ExactValue = value
    return exact


def _stated(wish: Wish, phrase: str) -> StatedWish:
    """One wish with the codes of its values."""
    word, _, rest = phrase.partition(" ")
    parts = rest.split(RANGE) if len(wish.values) > 1 else [rest]
    given = zip(wish.values, parts, strict=False)
    values = {value.name: _code(value, part) for value, part in given if part}
    return StatedWish(wish.criterion, Importance(word), values)


def _code(value: WishField, written: str) -> int:
    """The code of a wished value; "at most" names the last band that is still fine."""
    if value.name == "wish_km":
        return int(written)
    match value.shape:
        case Choice() as choice:
            code = choice.code(written)
        case Several() as several:
            code = several.code(written.split("+"))
        case HalfYear() as half_year:
            code = half_year.code(date.fromisoformat(written))
        case YesNo() as yes_no:
            code = yes_no.code(written == "yes")
        case Banded() as banded:
            number = Decimal(written)
            is_upper_end = value.name.endswith("_max") and number in banded.edges
            code = (banded.code(number) or 0) - is_upper_end
    assert code is not None
    return code
