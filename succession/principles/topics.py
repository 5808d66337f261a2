"""The rules of a set as a whole, a page each, and what each is called. Pure."""

from dataclasses import dataclass
from enum import StrEnum

from succession.i18n import Text


class Topic(StrEnum):
    """One page of rules; the value stands in its address."""

    ABOUT = "about"
    PRICE = "price"
    COUNTING = "counting"
    GROUPS = "groups"
    EQUAL = "equal-points"
    LOTS = "lots"


@dataclass(frozen=True, slots=True)
class TopicWords:
    """Its title and one sentence."""

    label: Text
    explanation: Text


TOPICS: dict[Topic, TopicWords] = {
    Topic.ABOUT: TopicWords(Text("Name and body"), Text("What the principles are called, and who decides by them.")),
    Topic.PRICE: TopicWords(Text("Price"), Text("Whether the rent is fixed, has a lower limit, or is offered.")),
    Topic.COUNTING: TopicWords(
        Text("Counting and papers"), Text("How points become a ranking, and who has to prove what.")
    ),
    Topic.GROUPS: TopicWords(
        Text("Groups with an upper limit"),
        Text("Criteria that belong together count up to a limit, so that no topic decides alone."),
    ),
    Topic.EQUAL: TopicWords(Text("Equal points"), Text("What decides if two have the same sum.")),
    Topic.LOTS: TopicWords(
        Text("For which lots"), Text("Small or special lots can be left out; then nothing is scored there.")
    ),
}
