"""From exact statements to published codes, the same way for offers and for seekers. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from succession.facts.field import Field, Wish, WishField
from succession.facts.importance import Importance
from succession.facts.kinds import Kind
from succession.facts.limits import ExactValue
from succession.facts.shapes import Banded, Choice, HalfYear, Several, YesNo
from succession.facts.wishes import wish_column


@dataclass(frozen=True, slots=True)
class StatedWish:
    """What somebody asks of the other side: how much it counts, and the codes of its values."""

    criterion: str
    importance: Importance
    values: Mapping[str, int] = field(default_factory=dict)


def code(shape: Choice | Several | YesNo | Banded | HalfYear, value: Any) -> int | None:
    """The published code of one exact value; ValueError if it does not belong to the shape."""
    return None if value is None else shape.code(value)


def fact_codes(fields: Iterable[Field], exact: Mapping[str, ExactValue], kinds: frozenset[Kind]) -> dict[str, int]:
    """The codes of all facts that are stated and make sense for one of `kinds`; the others are left out."""
    codes = ((each.name, code(each.shape, exact.get(each.name))) for each in fields if each.kinds & kinds)
    return {name: value for name, value in codes if value is not None}


def counting(wishes: tuple[Wish, ...], stated: Iterable[StatedWish], kinds: frozenset[Kind]) -> dict[str, StatedWish]:
    """The wishes that count, by criterion: with importance, for one of `kinds`, and with a value if one is needed."""
    by_criterion = {each.criterion: each for each in stated}
    found = {}
    for wish in wishes:
        one = by_criterion.get(wish.criterion)
        if one is None or not one.importance.weight or not wish.kinds & kinds:
            continue
        values = {
            value.name: one.values[value.name]
            for value in wish.values
            if value.name in one.values and not _asks_nothing(value, one.values[value.name])
        }
        if values or not wish.values:
            found[wish.criterion] = StatedWish(wish.criterion, one.importance, values)
    return found


def _asks_nothing(value: WishField, number: int) -> bool:
    """Whether everybody meets it: "at least" the least."""
    return number == 0 and value.name.endswith("_min") and not isinstance(value.shape, Several)


def wish_codes(wishes: tuple[Wish, ...], counting_wishes: Mapping[str, StatedWish]) -> dict[str, int | None]:
    """The wish columns of a narrow table: values, weights, must-haves as bits, and the sum of weights."""
    row: dict[str, int | None] = {}
    must = 0
    weight_sum = 0
    for place, wish in enumerate(wishes):
        stated = counting_wishes.get(wish.criterion)
        weight = stated.importance.weight if stated else 0
        row |= {wish_column(value.name): stated.values.get(value.name) if stated else None for value in wish.values}
        row[f"weight_{wish.criterion}"] = weight
        weight_sum += weight
        if stated and stated.importance.is_must:
            must |= 1 << place
    return row | {"must": must, "weight_sum": weight_sum}


def shown_wishes(counting_wishes: Mapping[str, StatedWish]) -> dict[str, Any]:
    """What others read of the wishes: what is asked and whether it must be, never how much it weighs."""
    return {
        criterion: {"must": stated.importance.is_must, "values": dict(stated.values)}
        for criterion, stated in counting_wishes.items()
    }


def is_code(value: Field | WishField, number: int) -> bool:
    """Whether `number` is a code that this field or value can have."""
    match value.shape:
        case Choice(terms=terms):
            return 0 <= number < len(terms)
        case Several(terms=terms):
            return 0 <= number < 1 << len(terms)
        case YesNo():
            return number in {0, 1}
        case Banded() as shape:
            return 0 <= number <= 100 if value.name == "wish_km" else number in shape.codes()
        case HalfYear():
            return 4000 <= number <= 4201


def are_known(wishes: tuple[Wish, ...], stated: Iterable[StatedWish]) -> bool:
    """Whether every stated wish exists and every value is a code it can have."""
    known = {(wish.criterion, value.name): value for wish in wishes for value in wish.values}
    criteria = {wish.criterion for wish in wishes}
    return all(
        one.criterion in criteria
        and all(
            (one.criterion, name) in known and is_code(known[one.criterion, name], number)
            for name, number in one.values.items()
        )
        for one in stated
    )


def comparable(stated: Iterable[StatedWish]) -> dict[str, Any]:
    """Wishes by criterion, in a form in which two states of a page can be compared."""
    return {one.criterion: (one.importance.value, dict(one.values)) for one in stated}
