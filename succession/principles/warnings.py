"""What a council should know about a principle set before it adopts it. Pure.

A warning forbids nothing: it says in a sentence what a rule does, and where there is one, what to take instead.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from succession.allocation.catalogue import Criterion, Mode
from succession.allocation.points import evaluate
from succession.allocation.points_values import applicants
from succession.allocation.rules import ZERO
from succession.allocation.rules_measures import Linear, Steps
from succession.allocation.rules_statements import Awarded, PanelMean
from succession.i18n import Text
from succession.principles.document import Draw, Owners, PrincipleDocument
from succession.principles.fields import criteria_reading
from succession.principles.questions import DISTANCES, Effort, Question, Source
from succession.principles.sample_farms import Farm, sample_lot, values

PRICE_SHARE = Fraction(1, 3)
JUDGED_SHARE = Fraction(2, 5)
"""In Hungary one vague criterion of this share decided everything and ended in court."""

COARSE_KM = 5

HUNDRED = 100


class Kind(StrEnum):
    """What a warning is about."""

    UNSCORED = "unscored"
    FIELD_RELATIVE = "field_relative"
    DECISIVE_ALONE = "decisive_alone"
    PRICE_DOMINATES = "price_dominates"
    JUDGED = "judged"
    NO_EVIDENCE = "no_evidence"
    EVIDENCE_HEAVY = "evidence_heavy"
    SEAT = "seat"
    RELIGION = "religion"
    UNREACHABLE = "unreachable"
    SEPARATES_NOBODY = "separates_nobody"
    EXACT_DISTANCE = "exact_distance"
    NO_DRAW = "no_draw"


@dataclass(frozen=True, slots=True)
class Caution:
    """One warning; `criterion` is None where it is about the whole set."""

    kind: Kind
    criterion: str | None
    text: Text


def warnings(document: PrincipleDocument, farms: Sequence[Farm]) -> tuple[Caution, ...]:
    """All warnings, those about the whole set first, then in the order of the criteria."""
    whole = [*_about_the_whole(document)]
    each = [one for criterion in document.catalogue.criteria for check in _CHECKS for one in check(document, criterion)]
    unseen = _separating_nobody(document, farms)
    return (*whole, *each, *unseen)


def _about_the_whole(document: PrincipleDocument) -> Iterator[Caution]:
    for one in document.unscored:
        said = Text("A criterion is named here without points. Before a call you give it points or leave it out.")
        yield Caution(Kind.UNSCORED, one.identifier, said)
    if document.draw is Draw.NONE and not document.catalogue.tie_breaks:
        yield Caution(
            Kind.NO_DRAW, None, Text("Nothing is said for equal points. Without a draw nobody can be placed.")
        )
    yield from _price(document)
    for question in document.questions:
        yield from _seat(document, question)
        yield from _religion(document, question)


def _price(document: PrincipleDocument) -> Iterator[Caution]:
    catalogue = document.catalogue
    bids = {question.identifier for question in document.questions if question.source is Source.BID}
    if catalogue.mode is Mode.LEXICOGRAPHIC:
        first = catalogue.criteria[0]
        if first.reads in bids:
            yield Caution(Kind.PRICE_DOMINATES, first.identifier, Text("The offer of rent decides before all else."))
        return
    whole = _sum(catalogue.criteria)
    priced = _sum([criterion for criterion in catalogue.criteria if criterion.reads in bids])
    if whole and priced / whole > PRICE_SHARE:
        said = Text(
            "%(percent)s percent of all points are for the offer of rent. It decides, whatever the rest says.",
            {"percent": _percent(priced / whole)},
        )
        yield Caution(Kind.PRICE_DOMINATES, None, said)


_SEAT_WORDS = re.compile(
    r"wohnsitz|wohnort|wohnhaft|wohnung|hauptwohnung|gemeldet|ortsansässig|einheimisch|betriebssitz|\bsitz\b|am ort\b",
    re.IGNORECASE,
)


def _seat(document: PrincipleDocument, question: Question) -> Iterator[Caution]:
    """Residence or seat as such, not a distance from a farmstead."""
    labels = [
        document.words[one.identifier].label["de"] for one in criteria_reading(document.catalogue, question.identifier)
    ]
    choices = [one.label["de"] for one in question.choices]
    said = " ".join([question.question["de"], *labels, *choices])
    if question.measure in DISTANCES or not _SEAT_WORDS.search(said):
        return
    readers = criteria_reading(document.catalogue, question.identifier)
    text = Text(
        "Residence or seat as such can be challenged in law. "
        "Take the distance to the farmstead or planned farmstead instead: it serves the same end."
    )
    yield Caution(Kind.SEAT, readers[0].identifier if readers else None, text)


_RELIGION_WORDS = re.compile(r"kirche|konfession|religion|glaube|getauft|evangelisch|katholisch", re.IGNORECASE)


def _religion(document: PrincipleDocument, question: Question) -> Iterator[Caution]:
    """Asked by an owner that is no church, or asked without saying that it is religion."""
    if not _RELIGION_WORDS.search(question.question["de"]) or question.special_category:
        return
    readers = criteria_reading(document.catalogue, question.identifier)
    if document.owners is Owners.CHURCH:
        text = Text("This asks about religion. Mark it so: then answering is voluntary and it is deleted first.")
    else:
        text = Text("Only a church may ask about religion. Leave this question out.")
    yield Caution(Kind.RELIGION, readers[0].identifier if readers else None, text)


def _relative(document: PrincipleDocument, criterion: Criterion) -> Iterator[Caution]:
    if criterion.rule.relative and len(document.catalogue.criteria) > 1:
        said = Text(
            "These points depend on the other applicants. Nobody can work them out alone, "
            "and someone who withdraws can change who comes first."
        )
        yield Caution(Kind.FIELD_RELATIVE, criterion.identifier, said)


def _decisive(document: PrincipleDocument, criterion: Criterion) -> Iterator[Caution]:
    """More points than all others together."""
    catalogue = document.catalogue
    others = [one for one in catalogue.criteria if one is not criterion]
    if catalogue.mode is Mode.LEXICOGRAPHIC or not others or not _most(criterion):
        return
    if _most(criterion) > _sum(others):
        said = Text("This criterion alone weighs more than all others together.")
        yield Caution(Kind.DECISIVE_ALONE, criterion.identifier, said)


def _judged(document: PrincipleDocument, criterion: Criterion) -> Iterator[Caution]:
    """A large share at the discretion of a body."""
    if not isinstance(criterion.rule, Awarded | PanelMean) or document.catalogue.mode is Mode.LEXICOGRAPHIC:
        return
    share = _most(criterion) / _sum(document.catalogue.criteria)
    if share >= JUDGED_SHARE:
        said = Text(
            "%(percent)s percent of all points are judged by a body. "
            "Say beforehand which marks stand for what, or nobody can check it.",
            {"percent": _percent(share)},
        )
        yield Caution(Kind.JUDGED, criterion.identifier, said)


def _evidence(document: PrincipleDocument, criterion: Criterion) -> Iterator[Caution]:
    """A statement that nothing proves, or that is a lot of work to prove."""
    question = document.question(criterion.reads)
    if question is None or not question.asked or not _most(criterion):
        return
    if not question.evidence:
        said = Text("No evidence is named. Nobody can check this statement.")
        yield Caution(Kind.NO_EVIDENCE, criterion.identifier, said)
    elif question.effort is Effort.HEAVY:
        said = Text("This evidence is much work. Small farms may not apply because of it.")
        yield Caution(Kind.EVIDENCE_HEAVY, criterion.identifier, said)


def _unreachable(document: PrincipleDocument, criterion: Criterion) -> Iterator[Caution]:
    """Points that nobody can get: through the bounds of the question, or through the cap of the group."""
    question = document.question(criterion.reads)
    cap = document.catalogue.group_caps.get(criterion.group or "")
    if cap is not None and cap < _most(criterion):
        said = Text(
            "The group counts at most %(cap)s points, so this criterion is never worth all of its own.",
            {"cap": _plain(cap)},
        )
        yield Caution(Kind.UNREACHABLE, criterion.identifier, said)
    if question is None or question.most is None or not isinstance(criterion.rule, Steps):
        return
    ladder = criterion.rule.ladder
    beyond = [bound for bound in ladder.bounds[:-1] if Fraction(bound, ladder.scale) > question.most]
    if not ladder.upper:
        beyond = [bound for bound in ladder.bounds if Fraction(bound, ladder.scale) > question.most]
    if beyond:
        said = Text("Not every step can be reached: the answer is at most %(most)s.", {"most": _plain(question.most)})
        yield Caution(Kind.UNREACHABLE, criterion.identifier, said)


def _exact_distance(document: PrincipleDocument, criterion: Criterion) -> Iterator[Caution]:
    """A measured distance that the published points would give away."""
    question = document.question(criterion.reads)
    if question is None or question.measure not in DISTANCES or not isinstance(criterion.rule, Linear):
        return
    rounding = criterion.rule.rounding
    if rounding is None or rounding.to < COARSE_KM:
        said = Text("Published points would show where a farm lies. Round the distance to 5 kilometres or more.")
        yield Caution(Kind.EXACT_DISTANCE, criterion.identifier, said)


def _separating_nobody(document: PrincipleDocument, farms: Sequence[Farm]) -> Iterator[Caution]:
    """Criteria under which all sample farms earn the same."""
    if len(farms) <= 1:
        return
    case = {"applicants": [{"id": farm.key, "values": values(document, farm)} for farm in farms]}
    catalogue = document.catalogue
    result = evaluate(catalogue, applicants(case, catalogue, "$"), sample_lot(catalogue))
    for criterion in catalogue.criteria:
        earned = {card.points.get(criterion.identifier) for card in result.cards}
        if len(earned) == 1 and _most(criterion):
            said = Text("All sample farms earn the same here, so this criterion separates none of them.")
            yield Caution(Kind.SEPARATES_NOBODY, criterion.identifier, said)


_CHECKS: tuple[Callable[[PrincipleDocument, Criterion], Iterator[Caution]], ...] = (
    _relative,
    _decisive,
    _judged,
    _evidence,
    _unreachable,
    _exact_distance,
)


def _most(criterion: Criterion) -> Fraction:
    return criterion.rule.greatest if criterion.weight is None else criterion.weight


def _sum(criteria: Sequence[Criterion]) -> Fraction:
    return sum((_most(criterion) for criterion in criteria), ZERO)


def _percent(share: Fraction) -> int:
    return round(share * HUNDRED)


def _plain(figure: Fraction) -> int | float:
    return int(figure) if figure.denominator == 1 else float(figure)
