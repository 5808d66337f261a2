"""What is missing before an application can be sent, by the rule of its set; and what only earns nothing. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from succession.applications.content import Applicant, SentLot
from succession.applications.steps import Topic, exclusion_fields
from succession.calls.states import PriceKind, Procedure
from succession.i18n import Text
from succession.principles.document import Incomplete, PrincipleDocument
from succession.principles.questions import Question, Source
from succession.principles.texts import in_language

MOST_CONNECTED = 25
"""With more, the best connected set cannot be found exactly in reasonable time."""


@dataclass(frozen=True, slots=True)
class LotOffered:
    """A lot of the call, as an applicant knows it."""

    number: int
    name: str
    price_cents_year: int | None
    facts: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Terms:
    """What the call asks for beside its principles."""

    document: PrincipleDocument
    lots: tuple[LotOffered, ...]
    price_kind: PriceKind
    procedure: Procedure
    language: str = "de"

    @property
    def asks_for_ranks(self) -> bool:
        """Whether the order of wishes decides anything."""
        return self.procedure is not Procedure.SINGLE_LOTS and len(self.lots) > 1

    @property
    def is_round(self) -> bool:
        """Whether many parcels are shared out, so that a largest area counts."""
        return self.procedure is Procedure.PARCELS

    @property
    def asks_for_bids(self) -> bool:
        """Whether applicants name a price."""
        return self.price_kind.asks_for_bids

    def lot(self, number: int) -> LotOffered | None:
        """One lot of the call."""
        return next((lot for lot in self.lots if lot.number == number), None)


@dataclass(frozen=True, slots=True)
class Draft:
    """The working copy, as far as its rules look at it."""

    applicant: Applicant
    lots: tuple[SentLot, ...] = ()
    answers: Mapping[str, Any] = field(default_factory=dict)
    special: Mapping[str, Any] = field(default_factory=dict)
    has_farmstead: bool = False
    is_connected: bool = False


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that is not there: on which page, and what to do about it."""

    topic: Topic
    text: Text
    question: str | None = None
    lot: int | None = None


def demanded(terms: Terms, draft: Draft) -> tuple[Gap, ...]:
    """What must be there before it can be sent."""
    found = [*_person(draft), *_lots(terms, draft)]
    is_strict = terms.document.incomplete is Incomplete.EXCLUDED
    excluding = exclusion_fields(terms.document)
    for gap in unanswered(terms, draft):
        question = terms.document.question(gap.question or "")
        if gap.question in excluding or (is_strict and question is not None and question.mandatory):
            found.append(gap)
    return tuple(found)


def earning_nothing(terms: Terms, draft: Draft) -> tuple[Gap, ...]:
    """What may stay open, and then earns no points."""
    needed = demanded(terms, draft)
    return tuple(gap for gap in unanswered(terms, draft) if gap not in needed)


def unanswered(terms: Terms, draft: Draft) -> tuple[Gap, ...]:
    """Every question without an answer; those on religion are nobody's business."""
    found = []
    for question in terms.document.questions:
        if question.special_category is not None:
            continue
        if question.source is Source.MEASURED and not draft.has_farmstead:
            found.append(Gap(Topic.FARMSTEAD, Text("Say where your farmstead is or will be."), question.identifier))
        if not question.asked:
            continue
        if question.per_lot:
            found += [
                _gap(terms, Topic.LOT, question, lot.number)
                for lot in draft.lots
                if lot.answers.get(question.identifier) is None
            ]
        elif draft.answers.get(question.identifier) is None:
            is_condition = question.identifier in exclusion_fields(terms.document)
            found.append(_gap(terms, Topic.CONDITIONS if is_condition else Topic.ANSWERS, question, None))
    return tuple(found)


def _gap(terms: Terms, topic: Topic, question: Question, lot: int | None) -> Gap:
    values = {"question": in_language(question.question, terms.language)}
    return Gap(topic, Text("Not answered yet: %(question)s", values), question.identifier, lot)


def _person(draft: Draft) -> list[Gap]:
    found = []
    if not draft.applicant.name.strip():
        found.append(Gap(Topic.PERSON, Text("Please enter your name.")))
    if not draft.applicant.address.strip():
        found.append(Gap(Topic.PERSON, Text("Please enter your postal address.")))
    return found


def _lots(terms: Terms, draft: Draft) -> list[Gap]:
    if not draft.lots:
        return [Gap(Topic.LOTS, Text("Choose at least one lot."))]
    found = []
    if terms.asks_for_ranks and sorted(lot.rank or 0 for lot in draft.lots) != list(range(1, len(draft.lots) + 1)):
        found.append(Gap(Topic.LOTS, Text("Say which lot you want most: each place from 1 on, once.")))
    if draft.is_connected and len(draft.lots) > MOST_CONNECTED:
        most = {"most": MOST_CONNECTED}
        found.append(Gap(Topic.LOTS, Text("If they must lie together, choose at most %(most)s lots.", most)))
    if terms.asks_for_bids:
        found += [gap for lot in draft.lots for gap in _bid(terms, lot)]
    return found


def _bid(terms: Terms, lot: SentLot) -> list[Gap]:
    offered = terms.lot(lot.number)
    if lot.bid_cents_year is None:
        text = Text("Say what you offer for lot %(number)s.", {"number": lot.number})
        return [Gap(Topic.LOT, text, lot=lot.number)]
    floor = offered.price_cents_year if offered and terms.price_kind is PriceKind.FLOOR else None
    if floor is not None and lot.bid_cents_year < floor:
        text = Text("Your offer for lot %(number)s is below the least that the owner asks.", {"number": lot.number})
        return [Gap(Topic.LOT, text, lot=lot.number)]
    return []
