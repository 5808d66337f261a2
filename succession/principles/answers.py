"""From what somebody answered to what the engine reads, and what is wrong with an answer before it is handed in. Pure.

An answer is kept as plain JSON by the id of its question: true or false, a number as text ("12.5"), the id of a choice,
a list of numbers as texts, or areas by zone.
"""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from succession.allocation.rules import Want
from succession.i18n import Text
from succession.principles.document import PrincipleDocument
from succession.principles.questions import Measure, Question, Source
from succession.records.documents import DocumentError, number, rational

ABSURD = Fraction(10_000_000)
"""No count, area, distance or number of years of a farm is greater; where the set knows better it says `most`."""

MOST_NUMBERS = 50

Answers = Mapping[str, Any]

NO_ANSWERS: Answers = {}


def stated(
    document: PrincipleDocument,
    answers: Answers,
    lot_answers: Answers = NO_ANSWERS,
    *,
    bid: int | None = None,
    starting_rent: int | None = None,
    measured: Mapping[str, Fraction] | None = None,
    awarded: Answers = NO_ANSWERS,
) -> dict[str, Any]:
    """The `values` of an applicant of a `points-1` case; what is not stated is left out.

    Bid and starting rent are cents a year (the rules read euros), `measured` is kilometres by the name of the
    measure, and `awarded` holds what a body gave, by question id: a number, a list of marks, or `{"points", "reason"}`.
    """
    found: dict[str, Any] = {}
    for question in document.questions:
        match question.source:
            case Source.DECLARED:
                value = (lot_answers if question.per_lot else answers).get(question.identifier)
            case Source.AWARDED:
                value = awarded.get(question.identifier)
            case Source.MEASURED:
                value = rational((measured or {}).get(question.measure or ""))
            case Source.BID:
                value = _bid(question, bid, starting_rent)
        if value is not None:
            found[question.identifier] = value
    return found


def check(
    document: PrincipleDocument, answers: Answers, *, per_lot: bool = False, complete: bool = True
) -> dict[str, Text]:
    """What is wrong, by question id: with the answers given once, or with those given for one lot.

    With `complete=False`, as for a draft, a mandatory answer may still be missing.
    """
    found: dict[str, Text] = {}
    for question in asked(document, per_lot=per_lot):
        value = answers.get(question.identifier)
        if value is None:
            if complete and question.mandatory:
                found[question.identifier] = Text("Please answer this question.")
            continue
        wrong = fault(question, value)
        if wrong is not None:
            found[question.identifier] = wrong
    return found


def missing(document: PrincipleDocument, answers: Answers, *, per_lot: bool = False) -> tuple[str, ...]:
    """The mandatory questions without an answer, in the order in which they are asked."""
    return tuple(
        question.identifier
        for question in asked(document, per_lot=per_lot)
        if question.mandatory and answers.get(question.identifier) is None
    )


def asked(document: PrincipleDocument, *, per_lot: bool) -> tuple[Question, ...]:
    """The questions of the form: those answered once, or those answered for every lot."""
    return tuple(question for question in document.questions if question.asked and question.per_lot == per_lot)


def fault(question: Question, value: Any) -> Text | None:
    """Why an answer cannot be meant; None if it can."""
    match question.answer:
        case Want.YES_OR_NO:
            return None if isinstance(value, bool) else Text("Please say yes or no.")
        case Want.NAME:
            known = isinstance(value, str) and question.choice(value) is not None
            return None if known else Text("Please choose one of the answers.")
        case Want.NUMBER:
            return _number_fault(question, value)
        case Want.NUMBERS:
            return _list_fault(question, value)
        case Want.SHARES:
            return _shares_fault(question, value)


def _number_fault(question: Question, value: Any) -> Text | None:
    try:
        figure = number(value, "")
    except DocumentError:
        return Text("Please write a number.")
    least, most = question.least or Fraction(0), question.most
    if figure < 0 <= least:
        return Text("This number cannot be negative.")
    if figure < least:
        return Text("The least possible here is %(least)s.", {"least": _shown(least)})
    if most is not None and figure > most:
        return Text("The most possible here is %(most)s.", {"most": _shown(most)})
    if abs(figure) > ABSURD:
        return Text("This number is too large to be meant.")
    if (figure * 10**question.decimals).denominator != 1:
        return _too_exact(question.decimals)
    return None


def _too_exact(decimals: int) -> Text:
    if decimals == 0:
        return Text("Please write a whole number.")
    if decimals == 1:
        return Text("Please write one digit after the decimal point at most.")
    return Text("Please write %(count)s digits after the decimal point at most.", {"count": decimals})


def _list_fault(question: Question, value: Any) -> Text | None:
    if not isinstance(value, list):
        return Text("Please write one number per line.")
    if len(value) > MOST_NUMBERS:
        return Text("More than %(most)s entries cannot be meant.", {"most": MOST_NUMBERS})
    return next((wrong for wrong in (_number_fault(question, one) for one in value) if wrong), None)


def _shares_fault(question: Question, value: Any) -> Text | None:
    if not isinstance(value, dict) or any(question.choice(zone) is None for zone in value):
        return Text("Please write an area for each of the zones named here.")
    wrong = next((wrong for wrong in (_number_fault(question, one) for one in value.values()) if wrong), None)
    if wrong is not None:
        return wrong
    return None if any(number(one, "") for one in value.values()) else Text("At least one area must be more than 0.")


def _shown(figure: Fraction) -> int | float:
    """A bound as it is read aloud."""
    return int(figure) if figure.denominator == 1 else float(figure)


def _bid(question: Question, bid: int | None, starting_rent: int | None) -> str | None:
    """The offer in euros, or how many times the starting rent it is."""
    if bid is None:
        return None
    if question.measure is not Measure.BID_PER_STARTING_RENT:
        return rational(Fraction(bid, 100))
    return rational(Fraction(bid, starting_rent)) if starting_rent else None
