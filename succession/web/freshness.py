"""Pages that change how a person signs in ask for the password once more, unless it was entered just now."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from flask import redirect, request, url_for

from succession.accounts.second_factor import is_fresh
from succession.web import gate
from succession.web.own_paths import own_path

View = TypeVar("View", bound=Callable[..., Any])


def fresh_password(view: View) -> View:
    """Only with a password entered within the last ten minutes; stands below the gate's mark, directly above the view.

    Who sends a form later than that enters the password and finds the page of the form again.
    """

    @wraps(view)
    def guarded(*arguments: Any, **values: Any) -> Any:
        if is_password_fresh():
            return view(*arguments, **values)
        return redirect(url_for("second_factor.password_check", next=_page()))

    return cast("View", guarded)


def is_password_fresh() -> bool:
    """Whether the person in this browser has entered the password within the last ten minutes."""
    browser = gate.own_session()
    return browser is not None and is_fresh(browser.password_entered_at, datetime.now(UTC))


def _page() -> str:
    """The page that was asked for, or the one on which the form stood."""
    if request.method in {"GET", "HEAD"}:
        return request.script_root + request.full_path.rstrip("?")
    before = urlsplit(request.referrer or "")
    return own_path(before.path) or ""
