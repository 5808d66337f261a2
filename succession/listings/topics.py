"""The topics an offer is described in, one page each, and what belongs to which. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from succession.facts.coding import counting
from succession.facts.field import Field, Wish
from succession.facts.kinds import Kind
from succession.facts.offer import OFFER_FIELDS
from succession.facts.wishes import OFFER_WISHES, applicable
from succession.i18n import Text, Texts
from succession.listings.publishing import OfferStatements


class Topic(StrEnum):
    """One page of the form; facts of the catalogue name their topic by these values."""

    ABOUT = "about"
    PLACE = "place"
    TERMS = "terms"
    LAND = "land"
    BUILDINGS = "buildings"
    BUSINESS = "business"
    HANDOVER = "handover"
    WISHES = "wishes"

    @property
    def label(self) -> Text:
        """The heading of the page."""
        return _LABELS[self]

    @property
    def explanation(self) -> Text:
        """One sentence below the heading."""
        return _EXPLANATIONS[self]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a topic is."""

    topic: Topic
    stated: int
    asked: int

    @property
    def words(self) -> Text | Texts:
        """The same in words: open questions are fine, so there is no percentage."""
        if not self.stated:
            return Text("not begun")
        if self.stated >= self.asked:
            return Text("complete")
        return Texts("%(num)s answer of %(asked)s", "%(num)s answers of %(asked)s", self.stated, {"asked": self.asked})


def fields_of(topic: Topic, kind: Kind) -> tuple[Field, ...]:
    """The facts asked on this page for this kind of offer."""
    return tuple(field for field in OFFER_FIELDS if field.topic == topic and kind in field.kinds)


def wishes_for(kind: Kind) -> tuple[Wish, ...]:
    """The wishes towards a successor that make sense for this kind of offer."""
    return applicable(OFFER_WISHES, kind)


def topics_for(kind: Kind) -> tuple[Topic, ...]:
    """The pages for this kind of offer, in order."""
    always = {Topic.ABOUT, Topic.PLACE, Topic.WISHES}
    return tuple(topic for topic in Topic if topic in always or fields_of(topic, kind))


def progress(statements: OfferStatements, *, title: str, description: str, has_place: bool) -> tuple[Progress, ...]:
    """How far each topic is."""
    kind = statements.kind
    counted = counting(OFFER_WISHES, statements.wishes, frozenset({kind}))
    special: Mapping[Topic, tuple[int, int]] = {
        Topic.ABOUT: (bool(title) + bool(description), 2),
        Topic.PLACE: (int(has_place), 1),
        Topic.WISHES: (len(counted), min(1, len(counted)) or 1),
    }
    return tuple(
        Progress(topic, *(special.get(topic) or _stated(fields_of(topic, kind), statements.facts)))
        for topic in topics_for(kind)
    )


def _stated(fields: Iterable[Field], facts: Mapping[str, Any]) -> tuple[int, int]:
    """How many of the facts are stated, and how many are asked."""
    known = [facts.get(field.name) is not None for field in fields]
    return sum(known), len(known)


_LABELS = {
    Topic.ABOUT: Text("What you offer"),
    Topic.PLACE: Text("Where it is"),
    Topic.TERMS: Text("Handover and money"),
    Topic.LAND: Text("The land"),
    Topic.BUILDINGS: Text("Buildings and living"),
    Topic.BUSINESS: Text("How it is run"),
    Topic.HANDOVER: Text("The time together"),
    Topic.WISHES: Text("Who would suit you"),
}

_EXPLANATIONS = {
    Topic.ABOUT: Text("Title and description are what people read first. Write as you would tell it to a neighbour."),
    Topic.PLACE: Text("Others see only an area with several such businesses. How wide it is, you choose yourself."),
    Topic.TERMS: Text("You bind yourself to nothing. Leave open what you do not know yet."),
    Topic.LAND: Text("What you know is enough. Others see figures only as ranges."),
    Topic.BUILDINGS: Text("For many, a dwelling decides. Who stays living there should be clear early."),
    Topic.BUSINESS: Text("Figures are shown only as ranges, and only if you give them."),
    Topic.HANDOVER: Text("A shared time makes many handovers possible. Say what you can imagine."),
    Topic.WISHES: Text("Seekers who meet your wishes come first. Choose only what really matters to you."),
}
