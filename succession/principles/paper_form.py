"""The application form on paper, made from a set: every question with room for its answer, in the order asked. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

from succession.allocation.rules import Want
from succession.i18n import Text
from succession.principles.document import EvidenceFrom, PriceKind, PrincipleDocument
from succession.principles.questions import Question, Source
from succession.principles.texts import in_language


class Room(StrEnum):
    """What the applicant writes into."""

    TICKS = "ticks"
    LINE = "line"
    LINES = "lines"


@dataclass(frozen=True, slots=True)
class PaperQuestion:
    """One question as it is printed; the papers are those asked for if it comes to that."""

    number: int
    question: str
    hint: str
    room: Room
    ticks: tuple[str | Text, ...]
    labels: tuple[str, ...]
    """What stands before each line; empty where one line is enough."""
    unit: str
    papers: tuple[str, ...]
    is_mandatory: bool
    is_voluntary: bool
    """It is about religion: nobody has to answer."""


@dataclass(frozen=True, slots=True)
class PaperForm:
    """The whole form: questions asked once, and those asked for each lot; and whether places and offers are asked."""

    name: str
    identifier: str
    questions: tuple[PaperQuestion, ...]
    per_lot: tuple[PaperQuestion, ...]
    asks_place: bool
    asks_offer: bool
    promises: tuple[str, ...]
    asks_papers_now: bool


def paper_form(document: PrincipleDocument, language: str) -> PaperForm:
    """The form in the reader's language."""
    asked = [one for one in document.questions if one.asked]
    numbers = {one.identifier: number for number, one in enumerate(_in_order(asked), start=1)}
    return PaperForm(
        name=in_language(document.name, language),
        identifier=document.identifier,
        questions=tuple(_printed(one, numbers, language) for one in asked if not one.per_lot),
        per_lot=tuple(_printed(one, numbers, language) for one in asked if one.per_lot),
        asks_place=any(one.source is Source.MEASURED for one in document.questions),
        asks_offer=document.price is not PriceKind.FIXED,
        promises=tuple(in_language(one.text, language) for one in document.promises),
        asks_papers_now=document.evidence_from is EvidenceFrom.ALL,
    )


def _in_order(asked: Sequence[Question]) -> list[Question]:
    return [one for one in asked if not one.per_lot] + [one for one in asked if one.per_lot]


def _printed(question: Question, numbers: Mapping[str, int], language: str) -> PaperQuestion:
    choices = tuple(in_language(one.label, language) for one in question.choices)
    ticks: tuple[str | Text, ...] = ()
    labels: tuple[str, ...] = ()
    room = Room.LINE
    match question.answer:
        case Want.YES_OR_NO:
            room, ticks = Room.TICKS, (Text("yes"), Text("no"))
        case Want.NAME:
            room, ticks = Room.TICKS, choices
        case Want.SHARES:
            room, labels = Room.LINES, choices
        case Want.NUMBERS:
            room, labels = Room.LINES, ("1.", "2.", "3.", "4.", "5.", "6.")
        case _:
            pass
    return PaperQuestion(
        number=numbers[question.identifier],
        question=in_language(question.question, language),
        hint=in_language(question.hint, language) if question.hint else "",
        room=room,
        ticks=ticks,
        labels=labels,
        unit=in_language(question.unit, language) if question.unit else "",
        papers=tuple(in_language(one, language) for one in question.evidence),
        is_mandatory=question.mandatory,
        is_voluntary=question.special_category is not None,
    )
