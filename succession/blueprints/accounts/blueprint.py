"""The blueprint, and what its views share."""

from datetime import UTC, datetime

from flask import Blueprint, request

from succession.accounts.service_recovery import NewPassword
from succession.accounts.sessions import Browser, browser_of
from succession.web.context import settings

bp = Blueprint("accounts", __name__)


def moment() -> datetime:
    """The time of this request."""
    return datetime.now(UTC)


def network_address() -> str:
    """Where the request comes from, as far as the trusted proxies say."""
    return request.remote_addr or ""


def this_browser(*, is_lasting: bool = False) -> Browser:
    """What is kept of the browser that signs in."""
    return browser_of(request.user_agent.string, network_address(), is_lasting=is_lasting)


def new_password(text: str | None) -> NewPassword:
    """A password that was typed to be set."""
    return NewPassword(text or "", settings().site_name)
