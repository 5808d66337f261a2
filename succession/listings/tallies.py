"""How counts by area are told: small ones never as a number, and none that follows from the others (LP-10). Pure."""

from collections.abc import Hashable, Mapping
from typing import TypeVar

LEAST_OBJECTS = 5
LEAST_OWNERS = 3
Key = TypeVar("Key", bound=Hashable)


def told(count: int) -> int | None:
    """The number as pages say it: None for "fewer than five"; nothing at all is said as 0."""
    return count if count == 0 or count >= LEAST_OBJECTS else None


def parts_told(counts: Mapping[Key, int], owners: Mapping[Key, int] | None = None) -> dict[Key, int | None]:
    """The parts of a sum, each as a number or None. One hidden part alone would be the sum less the others, so the
    smallest of the others is hidden with it.

    `owners` says how many different owners are behind each part; under three the part is hidden too.
    """
    few = {key for key, count in counts.items() if owners is not None and owners.get(key, 0) < LEAST_OWNERS and count}
    shown = {key: None if key in few else told(count) for key, count in counts.items()}
    hidden = [key for key, count in shown.items() if count is None]
    others = [key for key, count in shown.items() if count]
    if len(hidden) == 1 and others:
        shown[min(others, key=lambda key: counts[key])] = None
    return shown
