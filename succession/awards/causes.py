"""A lot is scored again only for a cause, and the cause must explain everything that differs. Pure."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from succession.awards.models import Cause
from succession.i18n import Text


class Difference(StrEnum):
    """What can differ between the inputs of two runs."""

    UNPROVEN = "unproven"
    AWARDED = "awarded"
    WITHDRAWN = "withdrawn"
    LOTTERY = "lottery"
    VALUES = "values"
    APPLICANTS = "applicants"
    FROZEN = "frozen"


_EXPLAINS = {
    Cause.EVIDENCE: Difference.UNPROVEN,
    Cause.AWARDED_POINTS: Difference.AWARDED,
    Cause.WITHDRAWAL: Difference.WITHDRAWN,
    Cause.DRAW: Difference.LOTTERY,
}
BY_NOBODYS_CHOICE = frozenset(_EXPLAINS.values())
"""What may differ without anybody having changed a statement."""


def differences(before: Mapping[str, Any], after: Mapping[str, Any], awarded: frozenset[str]) -> frozenset[Difference]:
    """What differs; `awarded` are the fields whose values a body gives."""
    return frozenset(_differences(before, after, awarded))


def refusal(cause: Cause, found: frozenset[Difference]) -> Text | None:
    """Why there is no run for that cause; None where there may be one."""
    if Difference.FROZEN in found:
        return Text("The principles or the lot are not those that were frozen. Nothing can be scored with them.")
    if cause is Cause.OBJECTION:
        return None
    if not found:
        return Text("Nothing has changed since the last run, so there is nothing to score again.")
    if not found <= BY_NOBODYS_CHOICE:
        return Text("Statements differ from those of the last run. Only a justified objection can change them.")
    if cause is Cause.FIRST or _EXPLAINS[cause] not in found:
        return Text("Something has changed since the last run, but not what you name as the cause.")
    return None


def causes_for(found: frozenset[Difference]) -> tuple[Cause, ...]:
    """The causes that a person can choose from, given what differs."""
    return tuple(cause for cause in _EXPLAINS if refusal(cause, found) is None)


def _differences(before: Mapping[str, Any], after: Mapping[str, Any], awarded: frozenset[str]) -> Iterator[Difference]:
    if before.get("lot", {}) != after.get("lot", {}) or _rules(before) != _rules(after):
        yield Difference.FROZEN
    if before["catalogue"].get("lottery") != after["catalogue"].get("lottery"):
        yield Difference.LOTTERY
    earlier = {one["id"]: one for one in before["applicants"]}
    later = {one["id"]: one for one in after["applicants"]}
    if earlier.keys() != later.keys():
        yield Difference.APPLICANTS
    for code in earlier.keys() & later.keys():
        one, other = earlier[code], later[code]
        if one.get("unproven", []) != other.get("unproven", []):
            yield Difference.UNPROVEN
        if one.get("withdrawn", False) != other.get("withdrawn", False):
            yield Difference.WITHDRAWN
        fields = one["values"].keys() | other["values"].keys()
        for field in fields:
            if one["values"].get(field) != other["values"].get(field):
                yield Difference.AWARDED if field in awarded else Difference.VALUES


def _rules(document: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in document["catalogue"].items() if key != "lottery"}
