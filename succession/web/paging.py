"""A page of a list, and the links to its neighbours."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from flask import request, url_for

Row = TypeVar("Row")
LAST_PAGE = 10_000


@dataclass(frozen=True, slots=True)
class Page(Generic[Row]):
    """Some rows of a longer list; `total` is None where counting would cost too much."""

    rows: Sequence[Row]
    number: int
    size: int
    has_more: bool
    total: int | None = None

    @property
    def offset(self) -> int:
        """How many rows come before this page."""
        return (self.number - 1) * self.size

    @property
    def page_count(self) -> int | None:
        """How many pages there are, if known."""
        return None if self.total is None else max(1, -(-self.total // self.size))

    @property
    def previous_url(self) -> str | None:
        """The page before, with all filters kept."""
        return _page_url(self.number - 1) if self.number > 1 else None

    @property
    def next_url(self) -> str | None:
        """The page after, with all filters kept."""
        return _page_url(self.number + 1) if self.has_more else None


def page_number(argument: str = "page") -> int:
    """The page asked for; nonsense is the first one."""
    return min(max(request.args.get(argument, 1, type=int), 1), LAST_PAGE)


def page_of(rows: Sequence[Row], *, number: int, size: int, total: int | None = None) -> Page[Row]:
    """A page from `size + 1` rows: the one too many only says that there are more."""
    return Page(rows[:size], number, size, len(rows) > size, total)


def _page_url(number: int) -> str:
    arguments: dict[str, Any] = {**(request.view_args or {}), **request.args.to_dict(flat=False)}
    arguments.pop("page", None)
    if number > 1:
        arguments["page"] = number
    return url_for(str(request.endpoint), **arguments)
