"""The pages of the wizard: only what the principles of this call ask, one topic on each. Pure."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from succession.i18n import Text
from succession.principles.document import PrincipleDocument
from succession.principles.questions import Question, Source

QUESTIONS_ON_A_PAGE = 3


class Topic(StrEnum):
    """What a page is about."""

    PERSON = "person"
    LOTS = "lots"
    FARMSTEAD = "farmstead"
    CONDITIONS = "conditions"
    ANSWERS = "answers"
    LOT = "lot"
    RELIGION = "religion"
    PAPERS = "papers"


@dataclass(frozen=True, slots=True)
class Step:
    """One page; `number` counts the pages of a topic, or names the lot."""

    topic: Topic
    number: int | None = None
    questions: tuple[Question, ...] = ()
    of: int = 1
    """How many pages the topic has."""

    @property
    def key(self) -> str:
        """What stands in the address."""
        return self.topic.value if self.number is None else f"{self.topic.value}-{self.number}"

    @property
    def label(self) -> Text:
        """The heading."""
        match self.topic:
            case Topic.LOT:
                return Text("Lot %(number)s", {"number": self.number or 0})
            case Topic.ANSWERS if self.of > 1:
                return Text("Questions, part %(number)s of %(all)s", {"number": self.number or 1, "all": self.of})
            case _:
                return _LABELS[self.topic]

    @property
    def explanation(self) -> Text:
        """What to do here, in a sentence or two."""
        return _EXPLANATIONS[self.topic]


_LABELS = {
    Topic.PERSON: Text("Who applies?"),
    Topic.LOTS: Text("Which land do you want?"),
    Topic.FARMSTEAD: Text("Where is your farmstead?"),
    Topic.CONDITIONS: Text("May you take part?"),
    Topic.ANSWERS: Text("Questions about your farm"),
    Topic.RELIGION: Text("Membership in a church"),
    Topic.PAPERS: Text("Papers, if you like"),
}
_EXPLANATIONS = {
    Topic.PERSON: Text("This is how the office reaches you. Nobody in the office can read it before the deadline."),
    Topic.LOTS: Text("Choose one or more lots. Each lot is given out by itself."),
    Topic.FARMSTEAD: Text(
        "From here to each lot we measure the distance in a straight line. The office sees the distance and the name, "
        "never the point itself."
    ),
    Topic.CONDITIONS: Text(
        "The principles name reasons that exclude somebody. So each of these questions needs an answer."
    ),
    Topic.ANSWERS: Text(
        "Say how it is today, or what you promise. What you leave open earns no points. You only have to prove it if "
        "you come first."
    ),
    Topic.LOT: Text("This is asked for each lot by itself."),
    Topic.RELIGION: Text(
        "You may leave this page empty. No answer gives no points and has no other consequence. Only those who score "
        "the applications see your answer, and it is deleted first."
    ),
    Topic.PAPERS: Text(
        "Nothing has to be handed in now. You are asked for papers only if you come first. What you have ready you can "
        "lay beside your answers today."
    ),
}


def exclusion_fields(document: PrincipleDocument) -> frozenset[str]:
    """The statements that can exclude somebody: the wizard demands every one of them."""
    return frozenset(exclusion.condition.field for exclusion in document.catalogue.exclusions)


def measures(document: PrincipleDocument) -> bool:
    """Whether a distance is measured, so that a farmstead is asked for."""
    return any(question.source is Source.MEASURED for question in document.questions)


def steps(document: PrincipleDocument, chosen: Sequence[int], *, takes_bids: bool) -> tuple[Step, ...]:
    """The pages for who wants these lots, in their order."""
    asked = [question for question in document.questions if question.asked]
    excluding = exclusion_fields(document)
    plain = [one for one in asked if not one.per_lot and one.special_category is None]
    conditions = tuple(one for one in plain if one.identifier in excluding)
    of_lot = tuple(one for one in asked if one.per_lot and one.special_category is None)
    religion = tuple(one for one in asked if one.special_category is not None)
    found = [Step(Topic.PERSON), Step(Topic.LOTS)]
    if takes_bids or of_lot:
        found += [Step(Topic.LOT, number, of_lot) for number in sorted(chosen)]
    if measures(document):
        found.append(Step(Topic.FARMSTEAD))
    if conditions:
        found.append(Step(Topic.CONDITIONS, None, conditions))
    found += _pages([one for one in plain if one.identifier not in excluding])
    if religion:
        found.append(Step(Topic.RELIGION, None, religion))
    if any(question.evidence for question in asked):
        found.append(Step(Topic.PAPERS))
    return tuple(found)


def step_of(found: Iterable[Step], key: str) -> Step | None:
    """The page with this address."""
    return next((step for step in found if step.key == key), None)


def _pages(questions: Sequence[Question]) -> list[Step]:
    """As few pages as possible, filled evenly: nobody likes one question alone on the last page."""
    if not questions:
        return []
    count = -(-len(questions) // QUESTIONS_ON_A_PAGE)
    pages, taken = [], 0
    for number in range(1, count + 1):
        until = len(questions) * number // count
        pages.append(Step(Topic.ANSWERS, number, tuple(questions[taken:until]), count))
        taken = until
    return pages
