"""The topics in which seekers describe themselves and their searches, one page each. Pure."""

from enum import StrEnum

from succession.facts.field import Field, Wish
from succession.facts.kinds import Kind
from succession.facts.seeker import SEEKER_FIELDS
from succession.facts.wishes import SEARCH_WISHES
from succession.i18n import Text


class ProfileTopic(StrEnum):
    """One page about the seeker; facts of the catalogue name their topic by these values."""

    INTRODUCTION = "introduction"
    SKILLS = "skills"
    MONEY = "money"
    PLAN = "plan"
    VALUES = "values"
    HOUSEHOLD = "household"

    @property
    def label(self) -> Text:
        """The heading of the page."""
        return _PROFILE_LABELS[self]

    @property
    def explanation(self) -> Text:
        """One sentence below the heading."""
        return _PROFILE_EXPLANATIONS[self]


class SearchTopic(StrEnum):
    """One page about a search; wishes of the catalogue name their topic by these values."""

    PLACE = "place"
    TERMS = "terms"
    MONEY = "money"
    LAND = "land"
    BUSINESS = "business"
    LIVING = "living"
    HANDOVER = "handover"

    @property
    def label(self) -> Text:
        """The heading of the page."""
        return _SEARCH_LABELS[self]

    @property
    def explanation(self) -> Text:
        """One sentence below the heading."""
        return _SEARCH_EXPLANATIONS[self]


def profile_fields(topic: ProfileTopic) -> tuple[Field, ...]:
    """The facts asked on this page."""
    return tuple(field for field in SEEKER_FIELDS if field.topic == topic)


def search_wishes(topic: SearchTopic, kinds: frozenset[Kind]) -> tuple[Wish, ...]:
    """The wishes asked on this page for a search of these kinds."""
    return tuple(wish for wish in SEARCH_WISHES if wish.topic == topic and (not kinds or wish.kinds & kinds))


def search_topics(kinds: frozenset[Kind]) -> tuple[SearchTopic, ...]:
    """The pages of a search of these kinds, in order."""
    return tuple(topic for topic in SearchTopic if topic is SearchTopic.PLACE or search_wishes(topic, kinds))


_PROFILE_LABELS = {
    ProfileTopic.INTRODUCTION: Text("In your own words"),
    ProfileTopic.SKILLS: Text("What you can do"),
    ProfileTopic.MONEY: Text("Money"),
    ProfileTopic.PLAN: Text("What you plan"),
    ProfileTopic.VALUES: Text("What matters to you"),
    ProfileTopic.HOUSEHOLD: Text("Who comes along"),
}

_PROFILE_EXPLANATIONS = {
    ProfileTopic.INTRODUCTION: Text("Owners read this first. Your name does not appear; please leave it out here too."),
    ProfileTopic.SKILLS: Text("Career changers are welcome. Say it as it is."),
    ProfileTopic.MONEY: Text("Owners see ranges only. Many handovers work without much money of your own."),
    ProfileTopic.PLAN: Text("A plan may be rough. It grows with the offer."),
    ProfileTopic.VALUES: Text("Many owners care more about this than about the price."),
    ProfileTopic.HOUSEHOLD: Text("Dwelling and school depend on it. Numbers are enough, no names and no ages."),
}

_SEARCH_LABELS = {
    SearchTopic.PLACE: Text("What and where"),
    SearchTopic.TERMS: Text("Form and time"),
    SearchTopic.MONEY: Text("What it may cost"),
    SearchTopic.LAND: Text("The land"),
    SearchTopic.BUSINESS: Text("How it is run"),
    SearchTopic.LIVING: Text("Living"),
    SearchTopic.HANDOVER: Text("The time together"),
}

_SEARCH_EXPLANATIONS = {
    SearchTopic.PLACE: Text("Offers outside the radius are not shown. Choose it rather too large than too small."),
    SearchTopic.TERMS: Text("Choose only what really matters to you. What does not matter stays at “does not matter”."),
    SearchTopic.MONEY: Text("“Must be” leaves out everything dearer. “Important” only moves it further down."),
    SearchTopic.LAND: Text(
        "Offers that say nothing about it are not left out. They are listed as “still to be clarified”."
    ),
    SearchTopic.BUSINESS: Text("How it is run today. Much can be changed later."),
    SearchTopic.LIVING: Text("Where would you live, and where would children go to school?"),
    SearchTopic.HANDOVER: Text("Many owners stay for a while. How do you see that?"),
}
