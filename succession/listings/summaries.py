"""What is said of an offer in short, and in groups on its own page. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from succession.facts.kinds import Kind
from succession.facts.offer import OFFER_FIELDS
from succession.facts.phrases import phrase, wish_phrase
from succession.facts.wishes import OFFER_WISHES
from succession.i18n import Text
from succession.listings.topics import Topic

FIELDS = {field.name: field for field in OFFER_FIELDS}
_FIRST_FOR_LAND = ("area_ha", "land_uses", "takeover_models", "land_rent", "price", "available_from", "soil_points")
_FIRST_FOR_GROWING = ("area_ha", "takeover_models", "livestock", "organic", "dwelling_rooms", "available_from", "price")
_FIRST_FOR_OTHERS = (
    "trades",
    "takeover_models",
    "price",
    "premises_rent",
    "dwelling_rooms",
    "transition_months",
    "staff",
)
_GROWING = frozenset({Kind.FARM, Kind.HORTICULTURE, Kind.FORESTRY})


@dataclass(frozen=True, slots=True)
class Group:
    """The facts of one topic as phrases."""

    topic: Topic
    phrases: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class WishLine:
    """One wish of the owner, without its weight."""

    text: Text
    is_must: bool


def wish_lines(wishes: Mapping[str, Any]) -> tuple[WishLine, ...]:
    """The published wishes in words: first what must be, then the others, each in the order of the form."""
    lines = [
        WishLine(wish_phrase(wish, wishes[wish.criterion]["values"]), wishes[wish.criterion]["must"])
        for wish in OFFER_WISHES
        if wish.criterion in wishes
    ]
    return tuple(sorted(lines, key=lambda line: not line.is_must))


def highlights(kind: Kind, facts: Mapping[str, int], count: int = 4) -> tuple[Text, ...]:
    """The few phrases that tell most about this kind of offer."""
    order: tuple[str, ...]
    if kind is Kind.LAND:
        order = _FIRST_FOR_LAND
    elif kind in _GROWING:
        order = _FIRST_FOR_GROWING
    else:
        order = _FIRST_FOR_OTHERS
    stated = [name for name in order if name in facts and not _says_little(name, facts[name])]
    return tuple(phrase(FIELDS[name], facts[name]) for name in stated[:count])


def groups(kind: Kind, facts: Mapping[str, int]) -> tuple[Group, ...]:
    """Everything that is published, by topic; topics without a fact are left out."""
    found = []
    for topic in Topic:
        fields = [field for field in OFFER_FIELDS if field.topic == topic and kind in field.kinds]
        phrases = tuple(phrase(field, facts[field.name]) for field in fields if field.name in facts)
        if phrases:
            found.append(Group(topic, phrases))
    return tuple(found)


def open_questions(kind: Kind, facts: Mapping[str, int]) -> tuple[Text, ...]:
    """What the owner has left open, of the facts that most people ask for."""
    asked = {name: text for name, text in _ASKED.items() if kind in FIELDS[name].kinds and name not in facts}
    if asked.keys() & {"price", "land_rent", "premises_rent"} and _has_money(facts):
        asked = {name: text for name, text in asked.items() if name not in {"price", "land_rent", "premises_rent"}}
    return tuple(asked.values())


def _has_money(facts: Mapping[str, int]) -> bool:
    return bool({"price", "land_rent", "premises_rent"} & facts.keys())


def _says_little(name: str, code: int) -> bool:
    """Phrases that say that something is not there do not belong on a card."""
    return code == 0 and name in {"livestock", "dwelling_rooms", "transition_months", "staff", "land_uses", "organic"}


_ASKED = {
    "takeover_models": Text("The form of the handover"),
    "available_from": Text("The time of the handover"),
    "price": Text("The price"),
    "land_rent": Text("The rent for the land"),
    "premises_rent": Text("The rent for the buildings"),
    "area_ha": Text("The size of the land"),
    "dwelling_rooms": Text("Whether there is a dwelling"),
    "transition_months": Text("How long the work would be shared"),
}
