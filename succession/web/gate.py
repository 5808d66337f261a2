"""Deny by default: who acts, and whether an endpoint lets them in."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, TypeVar

from flask import Flask, current_app, g, redirect, request, session, url_for
from flask.typing import ResponseReturnValue

from succession import security_log
from succession.accounts import queries, service
from succession.accounts.actor import Actor, Role
from succession.accounts.queries import SignedIn
from succession.accounts.sessions import is_worth_noting
from succession.accounts.tokens import hash_token
from succession.errors import Forbidden, SuccessionError
from succession.extensions import own_transaction, reading
from succession.i18n import Text
from succession.web.negotiation import wants_json

View = TypeVar("View", bound=Callable[..., Any])

TOKEN = "token"  # noqa: S105 - the name of the cookie's entry
PUBLIC = "public"
SIGNED_IN = "signed-in"
HALF_SIGNED = "half-signed"
UNSTATED = "unstated"
ATTRIBUTE = "gate_decision"
WHILE_ACTING = "open_while_acting"


class SignInNeeded(SuccessionError):
    """A visitor asked for what only people who have signed in may see, and a redirect would not help."""

    status = 401


def public(view: View) -> View:
    """Open to everybody. Stands directly above the view, below its route."""
    setattr(view, ATTRIBUTE, PUBLIC)
    return view


def half_signed(view: View) -> View:
    """Open to who has entered the right password and not yet passed the second step; to nobody else."""
    setattr(view, ATTRIBUTE, HALF_SIGNED)
    return view


def requires(*roles: Role) -> Callable[[View], View]:
    """Open to people who have signed in and hold at least one of `roles`; without roles to all who have signed in."""
    decision = frozenset(roles) or SIGNED_IN

    def mark(view: View) -> View:
        setattr(view, ATTRIBUTE, decision)
        return view

    return mark


def also_while_acting(view: View) -> View:
    """Open, too, to who acts for somebody at the moment; stands below `requires` or `public`."""
    setattr(view, WHILE_ACTING, True)
    return view


def is_open_while_acting(app: Flask, endpoint: str, *, is_reading: bool) -> bool:
    """What can be reached in somebody's name: the rooms of the person's roles, and what everybody may read.

    The account itself (password, address, sessions, second step, closing, export, other helpers) needs no role, so it
    is shut: no view opens by being forgotten.
    """
    decision = _decision(app, endpoint)
    if endpoint.endswith("static") or getattr(app.view_functions[endpoint], WHILE_ACTING, False):
        return True
    return is_reading if decision == PUBLIC else isinstance(decision, frozenset)


def decisions(app: Flask) -> dict[str, str]:
    """Endpoint → "public", "signed-in", "half-signed", "coordinator|operator" or "unstated": refused to everybody."""
    return {endpoint: _spelled(_decision(app, endpoint)) for endpoint in sorted(app.view_functions)}


def is_own_room(app: Flask, endpoint: str) -> bool:
    """Whether a page is made for people of certain roles: what it shows is somebody's own."""
    return isinstance(_decision(app, endpoint), frozenset)


def init_app(app: Flask) -> None:
    """From now on every request passes the gate before its view."""
    app.before_request(_gate)


def current_actor() -> Actor:
    """Who acts in this request; read from the database once, for a visitor not at all."""
    if "actor" not in g:
        g.actor = _load_actor()
    actor: Actor = g.actor
    return actor


def half_person() -> Actor | None:
    """Who has entered the right password in this browser and not yet passed the second step: a name, no rights."""
    current_actor()
    found: SignedIn | None = g.get("signed_in")
    return found.actor if found is not None and found.is_half else None


def own_session() -> SignedIn | None:
    """What is known of this browser's session, whole or half; None for a visitor."""
    current_actor()
    found: SignedIn | None = g.get("signed_in")
    return found


def start_session(token: str) -> None:
    """The browser gets a fresh session that holds `token`; only the chosen language is carried over."""
    language = session.get("language")
    session.clear()
    session[TOKEN] = token
    if language is not None:
        session["language"] = language
    g.pop("actor", None)
    g.pop("signed_in", None)


def held_token() -> str | None:
    """The token that this browser holds, alive or not."""
    token: str | None = session.get(TOKEN)
    return token


def end_session() -> str | None:
    """The browser's session is empty but for the language; returns the token it held."""
    token = held_token()
    language = session.get("language")
    session.clear()
    if language is not None:
        session["language"] = language
    g.actor = Actor.visitor()
    g.pop("signed_in", None)
    return token


def _gate() -> ResponseReturnValue | None:
    """Lets the request pass, sends a visitor to the sign-in page, or refuses."""
    if request.endpoint is None:
        return None  # no such page: Flask answers 404
    decision = _decision(current_app, request.endpoint)
    _check_acting(request.endpoint)
    if decision == PUBLIC:
        return None
    if decision == UNSTATED:
        raise Forbidden
    actor = current_actor()
    if decision == HALF_SIGNED:
        return None if half_person() is not None else _to_sign_in()
    if not actor.is_known:
        return _to_sign_in()
    if decision != SIGNED_IN and not actor.has(*decision):
        if actor.withheld & decision:
            return _to_second_factor()
        raise Forbidden(Text("This page is not for your role."))
    return None


def _check_acting(endpoint: str) -> None:
    """Who acts for somebody reaches that person's rooms only, and changes things there only with that right."""
    is_reading = request.method in {"GET", "HEAD", "OPTIONS"}
    if is_reading and _decision(current_app, endpoint) == PUBLIC:
        return  # for everybody: nothing to look up, not even the cookie
    if TOKEN not in session:
        return
    actor = current_actor()
    if actor.acting_for is None:
        return
    if not is_open_while_acting(current_app, endpoint, is_reading=is_reading):
        name = {"name": actor.acting_for.name}
        raise Forbidden(Text("You act for %(name)s at the moment. Stop that first, then you can do this.", name))
    is_marked = getattr(current_app.view_functions[endpoint], WHILE_ACTING, False)
    if not (is_reading or is_marked or actor.may_write):
        raise Forbidden(Text("You may read for %(name)s, but change nothing.", {"name": actor.acting_for.name}))


def _to_second_factor() -> ResponseReturnValue:
    """The role would open the page, if it counted: it does once the second step is set up."""
    if request.method in {"GET", "HEAD"} and not wants_json():
        return redirect(url_for("second_factor.index"))
    raise Forbidden(Text("Please set up the second step for signing in first. Then you may do this."))


def _to_sign_in() -> ResponseReturnValue:
    if half_person() is not None and request.method in {"GET", "HEAD"} and not wants_json():
        return redirect(url_for("second_factor.step", next=request.script_root + request.full_path.rstrip("?")))
    if request.method in {"GET", "HEAD"} and not wants_json():
        return redirect(url_for("accounts.sign_in", next=request.script_root + request.full_path.rstrip("?")))
    raise SignInNeeded(Text("Please sign in first. Your session may have ended in the meantime."))


def _decision(app: Flask, endpoint: str) -> Any:
    if endpoint == "static" or endpoint.endswith(".static"):
        return PUBLIC
    return getattr(app.view_functions[endpoint], ATTRIBUTE, UNSTATED)


def _spelled(decision: str | frozenset[Role]) -> str:
    return decision if isinstance(decision, str) else "|".join(sorted(decision))


def _load_actor() -> Actor:
    token = session.get(TOKEN)
    if token is None:
        return Actor.visitor()
    now = datetime.now(UTC)
    spares_demo = not current_app.extensions["settings"].is_production
    found = queries.signed_in(reading(), hash_token(token), now=now, spares_demo=spares_demo)
    if found is None:
        g.session_has_ended = True
        session.pop(TOKEN)
        return Actor.visitor()
    if is_worth_noting(last_seen_at=found.last_seen_at, now=now):
        with own_transaction() as own:
            service.note_seen(own, found.actor, token, now=now)
    g.signed_in = found
    around = security_log.circumstances.get()
    if around is not None:
        security_log.circumstances.set(replace(around, who=found.actor.account_public_id))
    return Actor.visitor() if found.is_half else found.actor
