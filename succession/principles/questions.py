"""What applicants are asked under a principle set, and where the answer comes from. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar

from succession.allocation.naming import name
from succession.allocation.points_conditions import only
from succession.allocation.points_rules import one_of
from succession.allocation.rules import Want
from succession.principles.texts import Wording, optional, wording, wordings
from succession.records.documents import DocumentError, mapping, number, required, sequence, yes_or_no

Word = TypeVar("Word", bound=StrEnum)

MOST_DECIMALS = 4


class Source(StrEnum):
    """Who says it: the applicant, a body that gives points, the map, or the offer of money."""

    DECLARED = "declared"
    AWARDED = "awarded"
    MEASURED = "measured"
    BID = "bid"


class Measure(StrEnum):
    """How a figure that nobody types is found."""

    FARMSTEAD_STRAIGHT = "distance_farmstead_straight"
    FARMSTEAD_ROAD = "distance_farmstead_road"
    BID_PER_STARTING_RENT = "bid_per_starting_rent"
    """The offer divided by the rent that the call starts from, so that a rule can speak of "twice the rent"."""


DISTANCES = frozenset({Measure.FARMSTEAD_STRAIGHT, Measure.FARMSTEAD_ROAD})


class Effort(StrEnum):
    """How much work a paper is for the applicant."""

    LIGHT = "light"
    HEAVY = "heavy"


class Hides(StrEnum):
    """What the public record leaves out: the figure (only the step is shown), or nothing."""

    STEP = "step"
    NOTHING = "nothing"


class Category(StrEnum):
    """Special categories of personal data (GDPR Art. 9) that a question may touch."""

    RELIGION = "religion"


@dataclass(frozen=True, slots=True)
class Choice:
    """One answer that can be ticked."""

    identifier: str
    label: Wording


@dataclass(frozen=True, slots=True)
class Question:
    """One question; `identifier` is the field that the catalogue reads."""

    identifier: str
    answer: Want
    source: Source
    question: Wording
    measure: Measure | None = None
    hint: Wording | None = None
    unit: Wording | None = None
    least: Fraction | None = None
    most: Fraction | None = None
    decimals: int = 0
    choices: tuple[Choice, ...] = ()
    evidence: tuple[Wording, ...] = ()
    effort: Effort = Effort.LIGHT
    per_lot: bool = False
    special_category: Category | None = None
    mandatory: bool = False
    hides: Hides = Hides.STEP

    @property
    def asked(self) -> bool:
        """Whether the applicant answers it in the form; bids and measured distances have places of their own."""
        return self.source is Source.DECLARED

    def choice(self, identifier: str) -> Choice | None:
        """The choice of that name."""
        return next((one for one in self.choices if one.identifier == identifier), None)


_ANSWERS = {
    "yes_or_no": Want.YES_OR_NO,
    "number": Want.NUMBER,
    "choice": Want.NAME,
    "numbers": Want.NUMBERS,
    "shares": Want.SHARES,
}
_WITH_CHOICES = frozenset({Want.NAME, Want.SHARES})
_KNOWN = frozenset(
    {
        *("id", "answer", "from", "measure", "question", "hint", "unit", "least", "most", "decimals", "choices"),
        *("evidence", "evidence_effort", "per_lot", "special_category", "mandatory", "hides"),
    }
)


def questions(document: Mapping[str, Any], path: str) -> tuple[Question, ...]:
    """All of them, in the order in which they are asked; each once."""
    at = f"{path}.questions"
    found: list[Question] = []
    for place, one in enumerate(sequence(required(document, "questions", path), at)):
        question = _question(mapping(one, f"{at}[{place}]"), f"{at}[{place}]")
        if any(question.identifier == other.identifier for other in found):
            raise DocumentError(f"{at}[{place}].id", f"{question.identifier} stands in this list twice")
        found.append(question)
    return tuple(found)


def _question(document: Mapping[str, Any], path: str) -> Question:
    only(document, _KNOWN, path)
    for key in ("answer", "from"):
        required(document, key, path)
    answer = one_of(_ANSWERS, document, "answer", path)
    question = Question(
        identifier=name(required(document, "id", path), f"{path}.id"),
        answer=answer,
        source=one_of({one.value: one for one in Source}, document, "from", path),
        question=wording(required(document, "question", path), f"{path}.question"),
        measure=_word(Measure, document, "measure", path),
        hint=optional(document, "hint", path),
        unit=optional(document, "unit", path),
        least=number(document["least"], f"{path}.least") if "least" in document else None,
        most=number(document["most"], f"{path}.most") if "most" in document else None,
        decimals=_decimals(document, path),
        choices=_choices(document, answer, path),
        evidence=wordings(document.get("evidence", []), f"{path}.evidence"),
        effort=one_of({one.value: one for one in Effort}, document, "evidence_effort", path),
        per_lot=yes_or_no(document.get("per_lot", False), f"{path}.per_lot"),
        special_category=_word(Category, document, "special_category", path),
        mandatory=yes_or_no(document.get("mandatory", False), f"{path}.mandatory"),
        hides=one_of({one.value: one for one in Hides}, document, "hides", path),
    )
    _check(question, path)
    return question


def _check(question: Question, path: str) -> None:
    """What does not go together."""
    if (question.source is Source.MEASURED) != (question.measure in DISTANCES):
        raise DocumentError(f"{path}.measure", "a measured answer names its distance, and no other answer does")
    if question.measure is Measure.BID_PER_STARTING_RENT and question.source is not Source.BID:
        raise DocumentError(f"{path}.measure", "only a bid can be compared with the starting rent")
    if question.source in (Source.MEASURED, Source.BID) and question.answer is not Want.NUMBER:
        raise DocumentError(f"{path}.answer", "a distance or a bid is a number")
    if question.least is not None and question.most is not None and question.most <= question.least:
        raise DocumentError(f"{path}.most", "must be greater than `least`")
    if question.special_category and question.mandatory:
        raise DocumentError(f"{path}.mandatory", "nobody has to answer a question about religion")


def _decimals(document: Mapping[str, Any], path: str) -> int:
    digits = number(document.get("decimals", 0), f"{path}.decimals")
    if digits.denominator != 1 or not 0 <= digits <= MOST_DECIMALS:
        raise DocumentError(f"{path}.decimals", f"must be a whole number from 0 to {MOST_DECIMALS}")
    return int(digits)


def _word(words: type[Word], document: Mapping[str, Any], key: str, path: str) -> Word | None:
    return one_of({one.value: one for one in words}, document, key, path) if key in document else None


def _choices(document: Mapping[str, Any], answer: Want, path: str) -> tuple[Choice, ...]:
    at = f"{path}.choices"
    listed = sequence(document.get("choices", []), at)
    if bool(listed) != (answer in _WITH_CHOICES):
        raise DocumentError(at, "an answer by choice or by shares needs choices, and no other answer has any")
    found: list[Choice] = []
    for place, one in enumerate(listed):
        here = f"{at}[{place}]"
        choice = mapping(one, here)
        only(choice, frozenset({"id"}), here)
        identifier = name(required(choice, "id", here), f"{here}.id")
        if any(identifier == other.identifier for other in found):
            raise DocumentError(f"{here}.id", f"{identifier} stands in this list twice")
        found.append(Choice(identifier, wording(required(choice, "label", here), f"{here}.label")))
    return tuple(found)
