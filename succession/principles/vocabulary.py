"""Criteria that other owners use, which the editor proposes with question, papers and points as an example. Pure.

They are read from the shipped sets; every question is offered once, from the first set that asks it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from succession.principles import shipped
from succession.principles.kinds import Kind, kind_of
from succession.principles.texts import Wording


@dataclass(frozen=True, slots=True)
class Known:
    """One criterion of a shipped set: `criterion` and `question` are parts of its document."""

    key: str
    kind: Kind
    label: Wording
    criterion: Mapping[str, Any]
    question: Mapping[str, Any]

    @property
    def is_religious(self) -> bool:
        """Whether only churches may use it."""
        return "special_category" in self.question


@dataclass(frozen=True, slots=True)
class KnownOfSet:
    """What one shipped set adds to the list."""

    key: str
    name: Wording
    criteria: tuple[Known, ...]


@dataclass(frozen=True, slots=True)
class KnownExclusion:
    """One exclusion of a shipped set, with its question."""

    key: str
    label: Wording
    exclusion: Mapping[str, Any]
    question: Mapping[str, Any]


@cache
def known_criteria() -> tuple[KnownOfSet, ...]:
    """By shipped set, in the order of the sets; each question once."""
    seen: set[str] = set()
    found = []
    for name in shipped.names():
        document = shipped.document(name)
        criteria = []
        for criterion in document.raw["catalogue"]["criteria"]:
            field = criterion.get("field", criterion["id"])
            kind = kind_of(criterion["kind"])
            question = next((one for one in document.raw["questions"] if one["id"] == field), None)
            if kind is None or question is None or field in seen:
                continue
            seen.add(field)
            plain = {key: value for key, value in criterion.items() if key not in _BOUND_TO_ITS_SET}
            criteria.append(Known(f"{name}.{criterion['id']}", kind, criterion["label"], plain, question))
        if criteria:
            found.append(KnownOfSet(name, document.name, tuple(criteria)))
    return tuple(found)


@cache
def known_exclusions() -> tuple[KnownExclusion, ...]:
    """Every exclusion of the shipped sets once."""
    found: dict[str, KnownExclusion] = {}
    for name in shipped.names():
        document = shipped.document(name)
        for exclusion in document.raw["catalogue"].get("exclusions", []):
            question = next(one for one in document.raw["questions"] if one["id"] == exclusion["field"])
            if exclusion["field"] not in found and "special_category" not in question:
                key = f"{name}.{exclusion['id']}"
                found[exclusion["field"]] = KnownExclusion(key, exclusion["label"], exclusion, question)
    return tuple(found.values())


@cache
def known_questions() -> tuple[Mapping[str, Any], ...]:
    """Every question of the shipped sets once: what the sample farms answer."""
    found: dict[str, Mapping[str, Any]] = {}
    for name in shipped.names():
        for question in shipped.document(name).raw["questions"]:
            found.setdefault(question["id"], question)
    return tuple(found.values())


def known_by_key(key: str) -> Known | None:
    """The criterion of that key."""
    return next((one for some in known_criteria() for one in some.criteria if one.key == key), None)


_BOUND_TO_ITS_SET = frozenset({"group", "weight", "equivalences", "only_if", "at_least", "equal_within"})
"""What makes sense in the set it comes from only."""
