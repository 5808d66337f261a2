"""The applicants of a past call as contenders under letters, without names and without religion. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from fractions import Fraction
from itertools import count
from string import ascii_uppercase
from typing import Any

from succession.applications.queries_admitted import Admitted
from succession.calls.models import CallLot
from succession.principles.answers import stated
from succession.principles.document import PrincipleDocument
from succession.principles.questions import Measure
from succession.simulation.outlook import Contender


def of_lot(people: Sequence[Admitted], lot: CallLot) -> tuple[Admitted, ...]:
    """Who applied for the lot and stayed."""
    return tuple(
        one for one in people if one.lot(lot.number) is not None and not one.is_withdrawn and not one.is_reduced
    )


def contenders(people: Sequence[Admitted]) -> tuple[Contender, ...]:
    """A letter for each, in the order of their codes, which chance has dealt."""
    return tuple(
        Contender(one.code, {"de": f"Bewerbung {letter}", "en": f"Application {letter}"}, {"de": "", "en": ""})
        for one, letter in zip(people, _letters(), strict=False)
    )


def answers(
    people: Sequence[Admitted], lot: CallLot, asked: PrincipleDocument, document: PrincipleDocument
) -> dict[str, Mapping[str, Any]]:
    """By code, what everybody stated under `asked`, as far as `document` asks for the same; never on religion."""
    private = {one.identifier for one in asked.questions if one.special_category}
    return {one.code: _stated(one, lot, document, private) for one in people}


def _stated(one: Admitted, lot: CallLot, document: PrincipleDocument, private: set[str]) -> Mapping[str, Any]:
    wanted = one.lot(lot.number)
    assert wanted is not None
    measured: dict[str, Fraction] = {}
    if wanted.distance_km is not None:
        measured[Measure.FARMSTEAD_STRAIGHT.value] = wanted.distance_km
    return stated(
        document,
        {question: value for question, value in one.answers.items() if question not in private},
        {question: value for question, value in wanted.answers.items() if question not in private},
        bid=wanted.bid_cents_year,
        starting_rent=lot.price_cents_year,
        measured=measured,
    )


def _letters() -> Iterator[str]:
    """A to Z, then A2 to Z2 and so on."""
    for round_number in count(1):
        yield from (letter if round_number == 1 else f"{letter}{round_number}" for letter in ascii_uppercase)
