"""What became of each wish, so that it can be checked by eye: only from published orders and holdings. Pure.

The checker knows no algorithm. For connected parcels it takes the word of the certificate that no connected set fits
where there are too many to try.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from itertools import combinations
from typing import Any

from succession.records.documents import number

MOST_TRIED = 12
"""Free parcels up to which every set is tried."""


class Outcome(StrEnum):
    """What became of one wish."""

    HELD = "held"
    BETTER_PLACED = "better_placed"
    """One lot each: whoever holds it stands before, by the points."""
    TAKEN = "taken"
    """Many parcels: somebody whose turn came before holds it."""
    LIKED_LESS = "liked_less"
    """One lot each: a lot higher among the wishes is held."""
    NOT_ELIGIBLE = "not_eligible"
    TOO_LARGE = "too_large"
    NOT_CONNECTED = "not_connected"


@dataclass(frozen=True, slots=True)
class Line:
    """One wish: the outcome, one's own place in the order that counts there, and that of whoever holds it."""

    lot: str
    outcome: Outcome
    place: int | None = None
    holders_place: int | None = None


Certificate = tuple[Line, ...]
Case = Mapping[str, Any]


def of_one_lot_each(case: Case, placement: Mapping[str, str]) -> dict[str, Certificate]:
    """For everybody who wished something, from a placement applicant → lot."""
    holders = {lot: code for code, lot in placement.items()}
    return {code: tuple(_lines(case, code, wishes, holders)) for code, wishes in case["applicants"].items()}


def _lines(case: Case, code: str, wishes: Sequence[str], holders: Mapping[str, str]) -> Iterator[Line]:
    held = False
    for lot in wishes:
        order = case["objects"][lot]["priorities"]
        place = order.index(code) + 1 if code in order else None
        holder = holders.get(lot)
        holders_place = order.index(holder) + 1 if holder in order else None
        if holder == code:
            held = True
            yield Line(lot, Outcome.HELD, place, holders_place)
        elif place is None:
            yield Line(lot, Outcome.NOT_ELIGIBLE, None, holders_place)
        else:
            yield Line(lot, Outcome.LIKED_LESS if held else Outcome.BETTER_PLACED, place, holders_place)


def of_parcels(
    case: Case, picked: Mapping[str, Mapping[str, str]], serial: Mapping[str, str]
) -> dict[str, Certificate]:
    """From the certificates of serial picking; places are turns."""
    turn = {code: place for place, code in enumerate(case["order"], start=1)}
    return {
        code: tuple(
            Line(lot, Outcome(outcome), turn[code], turn.get(serial.get(lot, "")))
            for lot, outcome in picked[code].items()
        )
        for code in case["applicants"]
    }


def faults(case: Case, code: str, certificate: Certificate, holders: Mapping[str, str]) -> list[str]:
    """The lots whose line is not true of what is published: the case, and who holds which lot."""
    wishes = case["applicants"][code]
    ranking = wishes["ranking"] if isinstance(wishes, Mapping) else wishes
    if [line.lot for line in certificate] != list(ranking):
        return list(ranking)
    check = _true_of_parcels if "parcels" in case else _true_of_one_lot
    return [line.lot for line in certificate if not check(case, code, line, holders)]


def _true_of_one_lot(case: Case, code: str, line: Line, holders: Mapping[str, str]) -> bool:
    order = case["objects"][line.lot]["priorities"]
    holder = holders.get(line.lot)
    match line.outcome:
        case Outcome.HELD:
            return holder == code and code in order
        case Outcome.NOT_ELIGIBLE:
            return code not in order
        case Outcome.BETTER_PLACED:
            return holder in order and code in order and order.index(holder) < order.index(code)
        case Outcome.LIKED_LESS:
            wishes = case["applicants"][code]
            return any(holders.get(better) == code for better in wishes[: wishes.index(line.lot)])
        case _:
            return False


def _true_of_parcels(case: Case, code: str, line: Line, holders: Mapping[str, str]) -> bool:
    eligible = code in case["parcels"][line.lot]["priorities"]
    holder, order = holders.get(line.lot), case["order"]
    match line.outcome:
        case Outcome.HELD:
            return holder == code and eligible
        case Outcome.NOT_ELIGIBLE:
            return not eligible
        case Outcome.TAKEN:
            return holder is not None and order.index(holder) < order.index(code)
        case Outcome.TOO_LARGE:
            return _with_better(case, code, line.lot, holders) > number(case["applicants"][code]["max_area"], "$")
        case Outcome.NOT_CONNECTED:
            return not _could_connect(case, code, line.lot, holders)
        case _:
            return False


def _better(case: Case, code: str, lot: str, holders: Mapping[str, str]) -> list[str]:
    ranking = case["applicants"][code]["ranking"]
    return [one for one in ranking[: ranking.index(lot)] if holders.get(one) == code]


def _area(case: Case, lots: Sequence[str]) -> Fraction:
    return sum((number(case["parcels"][one]["area"], "$") for one in lots), Fraction(0))


def _with_better(case: Case, code: str, lot: str, holders: Mapping[str, str]) -> Fraction:
    return _area(case, [lot, *_better(case, code, lot, holders)])


def _could_connect(case: Case, code: str, lot: str, holders: Mapping[str, str]) -> bool:
    """Whether some connected set of what was free at one's turn holds the lot and all one likes better and holds."""
    needed = [lot, *_better(case, code, lot, holders)]
    order = case["order"]
    free = [
        one
        for one in case["applicants"][code]["ranking"]
        if one not in needed
        and code in case["parcels"][one]["priorities"]
        and (one not in holders or order.index(holders[one]) >= order.index(code))
    ]
    if len(free) > MOST_TRIED:
        return False
    limit = number(case["applicants"][code]["max_area"], "$")
    beside = {frozenset(pair) for pair in case["adjacent"]}
    sets = ([*needed, *more] for count in range(len(free) + 1) for more in combinations(free, count))
    return any(_area(case, one) <= limit and _is_connected(one, beside) for one in sets)


def _is_connected(lots: Sequence[str], beside: set[frozenset[str]]) -> bool:
    waiting = set(lots)
    border = [waiting.pop()]
    while border:
        here = border.pop()
        reached = {other for other in waiting if frozenset((here, other)) in beside}
        waiting -= reached
        border += reached
    return not waiting
