"""An application as the office reads it after the deadline: from what was sent, never from the working copy. Pure."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from succession.applications.answers_shown import METRES, Row, row, said
from succession.applications.queries_admitted import Admitted, AdmittedLot
from succession.i18n import AnyText, Text
from succession.principles.document import PrincipleDocument
from succession.principles.questions import Question
from succession.principles.texts import in_language


@dataclass(frozen=True, slots=True)
class OfficeGroup:
    """A heading with its rows."""

    label: AnyText
    rows: tuple[Row, ...]


def groups(document: PrincipleDocument, one: Admitted, language: str) -> tuple[OfficeGroup, ...]:
    """The person, each lot, the common answers, and apart those on religion."""
    asked = [question for question in document.questions if question.asked]
    common = [question for question in asked if not question.per_lot and question.special_category is None]
    of_lot = [question for question in asked if question.per_lot]
    religion = [question for question in asked if question.special_category is not None]
    found = [OfficeGroup(Text("Who applies?"), tuple(_person(one)))]
    found += [
        OfficeGroup(Text("Lot %(number)s", {"number": lot.number}), tuple(_lot(lot, of_lot, language)))
        for lot in one.lots
    ]
    found.append(OfficeGroup(Text("Answers"), tuple(_answered(common, one.answers, language))))
    if any(question.identifier in one.answers for question in religion):
        rows = tuple(_answered(religion, one.answers, language))
        found.append(OfficeGroup(Text("Membership in a church"), rows))
    return tuple(found)


def _person(one: Admitted) -> list[Row]:
    pairs = [
        (Text("Name"), one.name),
        (Text("Postal address"), ", ".join(one.address.splitlines())),
        (Text("Phone"), one.phone or ""),
        (Text("E-mail address"), one.email or ""),
        (Text("Who else applies"), ", ".join(one.members)),
        (Text("Ties to the owner"), one.ties),
    ]
    return [row(label, value) for label, value in pairs if value]


def _lot(lot: AdmittedLot, questions: list[Question], language: str) -> list[Row]:
    rows = []
    if lot.rank is not None:
        rows.append(row(Text("Place in the order of wishes"), lot.rank))
    if lot.bid_cents_year is not None:
        rows.append(row(Text("Offer for a year"), Text("%(amount)s €", {"amount": Decimal(lot.bid_cents_year) / 100})))
    if lot.distance_km is not None:
        metres = Decimal(lot.distance_km.numerator * METRES) / Decimal(lot.distance_km.denominator)
        far = Text("%(km)s km in a straight line", {"km": metres / METRES})
        rows.append(row(Text("Distance of the farmstead"), far))
    return [*rows, *_answered(questions, lot.answers, language)] or [row(Text("Wanted"), Text("yes"))]


def _answered(questions: list[Question], answers: Any, language: str) -> list[Row]:
    return [
        row(in_language(one.question, language), said(one, answers.get(one.identifier), language)) for one in questions
    ]
