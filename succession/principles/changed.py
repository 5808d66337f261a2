"""What differs between two principle documents, in sentences instead of paths. Pure."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

from succession.allocation.principles import Change, changes
from succession.facts.differences import Difference
from succession.i18n import Text
from succession.principles.places import named, place
from succession.records.documents import DocumentError, number

NOTHING = Text("nothing")
YES_OR_NO = {True: Text("yes"), False: Text("no")}
LONGEST_QUOTE = 300
WORDS: dict[str, Text] = {
    "fixed": Text("a fixed price"),
    "floor": Text("at least the asked price"),
    "bid": Text("the offer counts"),
    "any": Text("every owner"),
    "church": Text("churches only"),
    "excluded": Text("is excluded"),
    "scored_as_stated": Text("is scored with what is there"),
    "first_placed": Text("only whoever comes first"),
    "all": Text("everyone"),
    "additive": Text("the points are added up"),
    "lexicographic": Text("the criteria count one after another"),
    "frozen": Text("all offers stay in"),
    "recomputed": Text("offers of those who withdraw go out"),
    "committed": Text("by the computer, with a number fixed before"),
    "by_hand": Text("by hand, minuted"),
    "none": Text("not at all"),
    "as_usual": Text("the least sum holds as usual"),
    "without_threshold": Text("the least sum does not hold"),
    "declared": Text("stated by the applicant"),
    "awarded": Text("given by a body"),
    "measured": Text("measured on the map"),
    "light": Text("little"),
    "heavy": Text("much"),
    "highest": Text("the highest"),
    "lowest": Text("the lowest"),
    "lower": Text("from this figure on"),
    "upper": Text("up to this figure"),
}


@dataclass(frozen=True, slots=True)
class Changed:
    """One thing that differs; `before` or `after` is None where it did not exist."""

    place: Text
    before: Text | None
    after: Text | None
    is_order: bool = False

    @property
    def sentence(self) -> Text:
        """The whole in one sentence."""
        if self.is_order:
            return Text("%(place)s: now %(after)s.", {"place": self.place, "after": self.after})
        if self.before is None:
            return Text("New: %(place)s (%(after)s).", {"place": self.place, "after": self.after})
        if self.after is None:
            return Text("Taken out: %(place)s (%(before)s).", {"place": self.place, "before": self.before})
        return Text(
            "%(place)s: %(before)s before, %(after)s now.",
            {"place": self.place, "before": self.before, "after": self.after},
        )


def changed(before: Mapping[str, Any], after: Mapping[str, Any], language: str = "de") -> list[Changed]:
    """Place by place, in the order of the documents; what only the reader's other language says is left out."""
    other, own = (".en", ".de") if language == "de" else (".de", ".en")
    found = list(changes(before, after))
    paths = {change.path for change in found}
    return [
        _changed(change, before, after, language)
        for change in found
        if not (change.path.endswith(other) and change.path.removesuffix(other) + own in paths)
    ]


def differences(theirs: Mapping[str, Any], yours: Mapping[str, Any], language: str = "de") -> tuple[Difference, ...]:
    """For the second of two savers: what stands there now, and what they wrote."""
    return tuple(
        Difference(one.place, one.before or NOTHING, one.after or NOTHING) for one in changed(theirs, yours, language)
    )


def _changed(change: Change, before: Mapping[str, Any], after: Mapping[str, Any], language: str) -> Changed:
    where = place(change.path, before if change.after is None else after, language)
    if change.path.endswith("(order)"):
        holder = _at(after, change.path.removesuffix("(order)"))
        names = {one["id"]: named(one, language) or one["id"] for one in holder}
        shown = Text("%(words)s", {"words": ", ".join(str(names.get(one, one)) for one in change.after)})
        return Changed(where, NOTHING, shown, is_order=True)
    return Changed(where, value(change.before, language), value(change.after, language))


def value(said: Any, language: str = "de") -> Text | None:
    """A value of a document as people read it; None where there is none."""
    match said:
        case None:
            return None
        case bool():
            return YES_OR_NO[said]
        case str() if said in WORDS:
            return WORDS[said]
        case Mapping():
            return _mapping(said, language)
        case list():
            return _joined([_item(one, language) for one in said])
        case _:
            return _figure_or_text(said)


def _mapping(said: Mapping[str, Any], language: str) -> Text:
    if said and set(said) <= {"de", "en"}:
        return _quoted(str(said.get(language) or next(iter(said.values()))))
    if isinstance(said.get("points"), int | str) and "kind" in said:
        return Text("%(points)s points", {"points": _figure_or_text(said["points"])})
    called = named(said, language)
    if called:
        return _quoted(called)
    return _joined(
        [Text("%(key)s %(value)s", {"key": key, "value": value(one, language)}) for key, one in said.items()]
    )


def _item(one: Any, language: str) -> Text:
    """A step of a ladder, or any other member of a list."""
    if isinstance(one, list) and len(one) == 2:
        bound, points = (_figure_or_text(part) for part in one)
        return Text("%(bound)s: %(points)s points", {"bound": bound, "points": points})
    return value(one, language) or NOTHING


def _joined(texts: list[Text]) -> Text:
    if not texts:
        return NOTHING
    found = texts[0]
    for text in texts[1:]:
        found = Text("%(first)s; %(rest)s", {"first": found, "rest": text})
    return found


def _figure_or_text(said: Any) -> Text:
    try:
        figure = number(said, "")
    except DocumentError:
        return _quoted(str(said))
    shown = int(figure) if figure.denominator == 1 else float(figure) if _is_short(figure) else str(figure)
    return Text("%(number)s", {"number": shown})


def _is_short(figure: Fraction) -> bool:
    return (figure * 10_000).denominator == 1


def _quoted(words: str) -> Text:
    short = words if len(words) <= LONGEST_QUOTE else words[:LONGEST_QUOTE] + " …"
    return Text("“%(words)s”", {"words": short})


def _at(document: Any, path: str) -> Iterator[Any]:
    """The list at a path of names and ids."""
    here = document
    for key in path.split(".")[1:]:
        here = next(one for one in here if one["id"] == key) if isinstance(here, list) else here[key]
    yield from here
