"""What an applicant promises under a principle set, and when somebody looks whether it was kept. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from succession.allocation.naming import name
from succession.allocation.points_conditions import only
from succession.principles.texts import Wording, wording
from succession.records.documents import DocumentError, mapping, number, required, sequence, text

LONGEST_TERM_MONTHS = 1200


@dataclass(frozen=True, slots=True)
class Promise:
    """A promise: what is promised, how it is looked at, when, and what follows if it is not kept."""

    identifier: str
    text: Wording
    check: Wording
    consequence: Wording
    first_due_months: int
    """Months after the lease begins."""
    every_months: int | None = None
    times: int | None = None
    """How often at most; without it until the lease ends."""
    criterion: str | None = None
    """Only those promise it who earned points here; without it everyone does."""


_KNOWN = frozenset({"id", "criterion", "text", "check", "first_due_months", "every_months", "times", "consequence"})


def promises(document: Mapping[str, Any], criteria: frozenset[str], path: str) -> tuple[Promise, ...]:
    """All of them; each once, and about a criterion that exists."""
    at = f"{path}.promises"
    found: list[Promise] = []
    for place, one in enumerate(sequence(document.get("promises", []), at)):
        here = f"{at}[{place}]"
        promise = _promise(mapping(one, here), here)
        if promise.criterion is not None and promise.criterion not in criteria:
            raise DocumentError(f"{here}.criterion", f"there is no criterion {promise.criterion}")
        if any(promise.identifier == other.identifier for other in found):
            raise DocumentError(f"{here}.id", f"{promise.identifier} stands in this list twice")
        found.append(promise)
    return tuple(found)


def _promise(document: Mapping[str, Any], path: str) -> Promise:
    only(document, _KNOWN, path)
    every = whole(document, "every_months", path, least=1)
    times = whole(document, "times", path, least=1)
    if times is not None and times > 1 and every is None:
        raise DocumentError(f"{path}.times", "more than one look needs `every_months`")
    due = whole(document, "first_due_months", path, least=0)
    if due is None:
        raise DocumentError(f"{path}.first_due_months", "this field is missing")
    return Promise(
        identifier=name(required(document, "id", path), f"{path}.id"),
        text=wording(required(document, "text", path), f"{path}.text"),
        check=wording(required(document, "check", path), f"{path}.check"),
        consequence=wording(required(document, "consequence", path), f"{path}.consequence"),
        first_due_months=due,
        every_months=every,
        times=times,
        criterion=text(document["criterion"], f"{path}.criterion") if document.get("criterion") is not None else None,
    )


def whole(
    document: Mapping[str, Any], key: str, path: str, *, least: int, most: int = LONGEST_TERM_MONTHS
) -> int | None:
    """A whole number within bounds; None where it is left out."""
    if document.get(key) is None:
        return None
    value = number(document[key], f"{path}.{key}")
    if value.denominator != 1 or not least <= value <= most:
        raise DocumentError(f"{path}.{key}", f"must be a whole number from {least} to {most}")
    return int(value)
