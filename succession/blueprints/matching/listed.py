"""Both lists of a page with the addresses of their neighbours."""

from dataclasses import dataclass
from typing import Any

from flask import request, url_for

from succession.blueprints.matching.blueprint import RANKED, UNCLEAR
from succession.matching.queries import Match, Matches, Window


@dataclass(frozen=True, slots=True)
class Stretch:
    """A page of one list."""

    matches: tuple[Match, ...]
    first: int
    previous_url: str | None
    next_url: str | None

    @property
    def is_empty(self) -> bool:
        """Nothing here, and nothing before it."""
        return not self.matches and self.previous_url is None


def stretches(found: Matches, ranked: Window, unclear: Window) -> tuple[Stretch, Stretch]:
    """The ranked list and the one to be clarified; each keeps its place while the other is paged."""
    return (
        _stretch(found.ranked, ranked, RANKED, "ranked"),
        _stretch(found.unclear, unclear, UNCLEAR, "to-be-clarified"),
    )


def _stretch(matches: tuple[Match, ...], window: Window, argument: str, anchor: str) -> Stretch:
    number = window.offset // window.limit + 1
    return Stretch(
        matches=matches[: window.limit],
        first=window.offset + 1,
        previous_url=_address(argument, number - 1, anchor) if number > 1 else None,
        next_url=_address(argument, number + 1, anchor) if len(matches) > window.limit else None,
    )


def _address(argument: str, number: int, anchor: str) -> str:
    arguments: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict(flat=False)}
    arguments.pop(argument, None)
    if number > 1:
        arguments[argument] = number
    return url_for(str(request.endpoint), _anchor=anchor, **arguments)
