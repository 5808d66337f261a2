"""The brake on searching: so many searches and maps a minute for a person and for a network address.

Whoever wants to find a hidden place by questions needs many (LP-12); 120 a minute hinder nobody who looks at offers.
"""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar, cast

from flask import request

from succession.accounts import service_search_brake
from succession.accounts.limits import a_minute
from succession.accounts.service_search_brake import Searcher
from succession.extensions import own_transaction
from succession.web.context import settings
from succession.web.gate import current_actor
from succession.web.keys import keys

View = TypeVar("View", bound=Callable[..., Any])
ATTRIBUTE = "search_brake"
WHERE = ("place", "where", "area", "box")
"""What a question may be centred on; the values never leave this module but as a hash."""


def braked(what: str) -> Callable[[View], View]:
    """Counts each request of the view as one of `what`; stands below the gate's mark, directly above the view."""

    def mark(view: View) -> View:
        @wraps(view)
        def counted(*arguments: Any, **values: Any) -> Any:
            _count(what)
            return view(*arguments, **values)

        setattr(counted, ATTRIBUTE, what)
        return cast("View", counted)

    return mark


def _count(what: str) -> None:
    most = settings().searches_per_minute
    if most == 0:
        return  # the operator has another brake in front
    searcher = Searcher(keys(), current_actor().account_id, request.remote_addr or "")
    now, centre = datetime.now(UTC), _centre()
    with own_transaction() as work:
        service_search_brake.count(work, searcher, a_minute(what, most), now=now)
        if centre:
            service_search_brake.note_centre(work, searcher, centre, now=now)


def _centre() -> str:
    return "&".join(f"{name}={request.args[name]}" for name in WHERE if request.args.get(name))
