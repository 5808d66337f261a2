"""Answers as rows of a page, topic by topic, for who wrote them and for who reads them. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from succession.applications.queries import Details
from succession.applications.steps import Step, Topic
from succession.i18n import Text, Value
from succession.principles.document import PrincipleDocument
from succession.principles.questions import Question
from succession.principles.texts import in_language

METRES = 1000
NOT_STATED = Text("not stated")


@dataclass(frozen=True, slots=True)
class Row:
    """A question and its answer."""

    label: Text
    value: Text


@dataclass(frozen=True, slots=True)
class Group:
    """What stands on one page of the wizard."""

    step: Step
    rows: tuple[Row, ...]


def row(label: Value, value: Value) -> Row:
    """With names and figures as sentences, so that a page says both alike."""
    return Row(_as_text(label), _as_text(value))


def of_draft(details: Details) -> tuple[Group, ...]:
    """The working copy, page by page."""
    return tuple(Group(step, tuple(_rows(details, step))) for step in details.steps)


def said(question: Question, value: Any, language: str) -> Value:
    """An answer in words."""
    unit = in_language(question.unit, language) if question.unit else ""
    match value:
        case None:
            return NOT_STATED
        case bool():
            return Text("yes") if value else Text("no")
        case list():
            return ", ".join(_figure(str(one), language) for one in value)
        case dict():
            return "; ".join(
                f"{_choice(question, zone, language)}: {_figure(str(area), language)} {unit}".strip()
                for zone, area in value.items()
            )
        case _:
            known = question.choice(str(value))
            return (
                _choice(question, str(value), language) if known else f"{_figure(str(value), language)} {unit}".strip()
            )


def answers_rows(
    document: PrincipleDocument, questions: tuple[Question, ...], answers: Mapping[str, Any], language: str
) -> list[Row]:
    """Each question with what was answered."""
    assert document is not None
    return [
        row(in_language(one.question, language), said(one, answers.get(one.identifier), language)) for one in questions
    ]


def _rows(details: Details, step: Step) -> list[Row]:
    language, draft = details.terms.language, details.draft
    match step.topic:
        case Topic.PERSON:
            return _person(details)
        case Topic.LOTS:
            return [
                row(Text("Lot %(number)s", {"number": lot.number}), _lot_name(details, lot.number, lot.rank))
                for lot in sorted(draft.lots, key=lambda one: (one.rank or 0, one.number))
            ] or [row(Text("Lots"), NOT_STATED)]
        case Topic.FARMSTEAD:
            return _farmstead(details)
        case Topic.LOT:
            lot = next(one for one in draft.lots if one.number == step.number)
            bid: list[Row] = []
            if details.terms.asks_for_bids:
                bid = [row(Text("Your offer for a year"), _money(lot.bid_cents_year))]
            return [*bid, *answers_rows(details.document, step.questions, lot.answers, language)]
        case Topic.RELIGION:
            return answers_rows(details.document, step.questions, draft.special, language)
        case Topic.PAPERS:
            laid = {file.name for files in details.evidence.values() for file in files}
            return [row(Text("Proofs"), ", ".join(sorted(laid)) or Text("none now"))]
        case _:
            return answers_rows(details.document, step.questions, draft.answers, language)


def _person(details: Details) -> list[Row]:
    applicant = details.application
    pairs: list[tuple[Text, str]] = [
        (Text("Name"), applicant.name),
        (Text("Postal address"), ", ".join(applicant.address.splitlines())),
        (Text("Phone"), applicant.phone or ""),
        (Text("E-mail address"), applicant.email or ""),
        (Text("Who else applies"), ", ".join(details.members)),
        (Text("Ties to the owner"), applicant.ties),
    ]
    return [row(label, value or NOT_STATED) for label, value in pairs]


def _farmstead(details: Details) -> list[Row]:
    place = details.place
    if place is None:
        return [row(Text("Farmstead"), NOT_STATED)]
    rows = [row(place.kind.label, place.label)]
    for lot in details.draft.lots:
        if lot.distance_m is not None:
            far = Text("%(km)s km in a straight line", {"km": Decimal(lot.distance_m) / METRES})
            rows.append(row(Text("Distance to lot %(number)s", {"number": lot.number}), far))
    return rows


def _lot_name(details: Details, number: int, rank: int | None) -> Value:
    lot = details.terms.lot(number)
    name = lot.name if lot is not None else ""
    return name if rank is None else Text("%(name)s (place %(rank)s)", {"name": name, "rank": rank})


def _money(cents: int | None) -> Value:
    return NOT_STATED if cents is None else Text("%(amount)s €", {"amount": Decimal(cents) / 100})


def _choice(question: Question, identifier: str, language: str) -> str:
    found = question.choice(identifier)
    return in_language(found.label, language) if found else identifier


def _figure(value: str, language: str) -> str:
    return value.replace(".", ",") if language == "de" and value.replace(".", "", 1).lstrip("-").isdigit() else value


def _as_text(value: Value) -> Text:
    return value if isinstance(value, Text) else Text("%(words)s", {"words": value})
