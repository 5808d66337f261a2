"""What two people wrote into the same fields at the same time. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from succession.facts.display import exactly, listed, wished
from succession.facts.field import Field, Wish
from succession.facts.importance import Importance
from succession.i18n import Text

LONGEST_QUOTE = 400


@dataclass(frozen=True, slots=True)
class Difference:
    """One field with what stands there now and what the second person wrote."""

    label: Text
    theirs: Text
    yours: Text


def of_facts(fields: tuple[Field, ...], theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> list[Difference]:
    """The facts in which both differ."""
    return [
        Difference(
            field.label,
            exactly(field.shape, theirs.get(field.name)),
            exactly(field.shape, yours.get(field.name)),
        )
        for field in fields
        if theirs.get(field.name) != yours.get(field.name)
    ]


def of_text(label: Text, theirs: str, yours: str) -> list[Difference]:
    """A text in which both differ; long ones are cut, because the page shows yours in full anyway."""
    return [] if theirs == yours else [Difference(label, _quoted(theirs), _quoted(yours))]


def of_wishes(wishes: tuple[Wish, ...], theirs: Mapping[str, Any], yours: Mapping[str, Any]) -> list[Difference]:
    """The wishes in which both differ; each is a pair of importance and values, or missing."""
    return [
        Difference(wish.label, _wish(wish, theirs.get(wish.criterion)), _wish(wish, yours.get(wish.criterion)))
        for wish in wishes
        if theirs.get(wish.criterion) != yours.get(wish.criterion)
    ]


def _wish(wish: Wish, stated: Any) -> Text:
    if stated is None:
        return Importance.NONE.label
    importance, values = stated
    said = [wished(value, values[value.name]) for value in wish.values if value.name in values]
    return listed([Importance(importance).label, *said])


def _quoted(words: str) -> Text:
    short = words if len(words) <= LONGEST_QUOTE else words[:LONGEST_QUOTE] + " …"
    return Text("“%(words)s”", {"words": short}) if words else Text("not stated")
