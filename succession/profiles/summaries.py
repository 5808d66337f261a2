"""What is said of a seeker and a search: for their own overview, and for owners as published. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from succession.facts.coding import StatedWish
from succession.facts.kinds import Kind
from succession.facts.phrases import phrase, wish_phrase
from succession.facts.wishes import SEARCH_WISHES
from succession.i18n import Text, Texts
from succession.profiles.topics import ProfileTopic, SearchTopic, profile_fields, search_topics, search_wishes


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a topic of the profile is."""

    topic: ProfileTopic
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


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one topic as phrases."""

    topic: ProfileTopic
    phrases: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class OwnWish:
    """One wish as its seeker reads it, with its importance."""

    text: Text
    importance: Text


@dataclass(frozen=True, slots=True)
class WishLine:
    """One wish as owners read it, without its weight."""

    text: Text
    is_must: bool


def progress(introduction: str, facts: Mapping[str, Any]) -> tuple[Progress, ...]:
    """How far each topic of the profile is."""
    found = [Progress(ProfileTopic.INTRODUCTION, int(bool(introduction)), 1)]
    for topic in ProfileTopic:
        fields = profile_fields(topic)
        if fields:
            found.append(Progress(topic, sum(facts.get(field.name) is not None for field in fields), len(fields)))
    return tuple(found)


def groups(codes: Mapping[str, int]) -> tuple[Group, ...]:
    """Everything that is published of the seeker, by topic; topics without a fact are left out."""
    found = []
    for topic in ProfileTopic:
        stated = [field for field in profile_fields(topic) if field.name in codes]
        if stated:
            found.append(Group(topic, tuple(phrase(field, codes[field.name]) for field in stated)))
    return tuple(found)


def wishes_by_topic(
    counted: Mapping[str, StatedWish], kinds: frozenset[Kind]
) -> dict[SearchTopic, tuple[OwnWish, ...]]:
    """The wishes that count, for the seeker's own overview."""
    return {
        topic: tuple(
            OwnWish(wish_phrase(wish, counted[wish.criterion].values), counted[wish.criterion].importance.label)
            for wish in search_wishes(topic, kinds)
            if wish.criterion in counted
        )
        for topic in search_topics(kinds)
    }


def wish_lines(wishes: Mapping[str, Any]) -> tuple[WishLine, ...]:
    """The published wishes in words: first what must be, then the others, each in the order of the form."""
    lines = [
        WishLine(wish_phrase(wish, wishes[wish.criterion]["values"]), wishes[wish.criterion]["must"])
        for wish in SEARCH_WISHES
        if wish.criterion in wishes
    ]
    return tuple(sorted(lines, key=lambda line: not line.is_must))
