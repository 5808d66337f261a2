"""Errors become pages: a plain sentence, what to do next, the right status, and never a trace."""

from errno import EDQUOT, ENOSPC

from flask import Flask, current_app, g, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, DisconnectionError, InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.exceptions import HTTPException, InternalServerError, SecurityError

from succession import security_log
from succession.accounts.actor import Actor
from succession.errors import SuccessionError
from succession.extensions import db
from succession.i18n import AnyText, Text, render
from succession.security_log import Result
from succession.web.language import current_language, current_translations
from succession.web.negotiation import wants_json

DATABASE_GONE = (OperationalError, InterfaceError, DisconnectionError, PoolTimeoutError)
NOTED = frozenset({401, 403, 404, 413, 429})
NO_ROOM = (ENOSPC, EDQUOT)
RETRY_AFTER_SECONDS = 10
PLAIN_SENTENCES = {
    400: Text("Your browser sent something we do not understand."),
    401: Text("Please sign in first."),
    403: Text("You may not do this."),
    404: Text("We could not find this page."),
    405: Text("This page cannot be called in this way."),
    410: Text("This page does not exist any more."),
    413: Text("The file is too large for us."),
    415: Text("We cannot read this kind of file."),
    429: Text("That was a little too fast. Please wait a moment."),
    500: Text("Something went wrong on our side. Nothing you wrote is to blame."),
    503: Text("We cannot reach our data at the moment."),
}
ADVICE = {
    401: Text("Sign in and try again. What you typed is still there if you go back one page."),
    403: Text("If you think that you should be able to, please speak to us."),
    404: Text("Perhaps the address has a typing mistake, or the page is not public any more."),
    409: Text("Go back, look at the newest state and try again."),
    413: Text("Make the file smaller or divide it, and try again."),
    422: Text("Go back one page, change it and try again."),
    500: Text("Please try again in a few minutes. If it happens again, please speak to us."),
    503: Text("Please try again in a minute. Nothing that was saved is lost."),
}
PLAIN_ADVICE = Text("Go back one page and try again, or begin at the start page.")


def init_app(app: Flask) -> None:
    """Every error is answered by a page of ours from now on, or by JSON where JSON was asked for."""
    app.register_error_handler(SuccessionError, _refusal)
    app.register_error_handler(CSRFError, stale_form)
    app.register_error_handler(HTTPException, _http_error)
    app.register_error_handler(DataError, _not_storable)
    app.register_error_handler(OSError, _disk_full)
    for error in DATABASE_GONE:
        app.register_error_handler(error, _database_gone)


def say(text: AnyText) -> str:
    """A sentence in the language of this request."""
    return render(text, current_translations(), current_language())


def _refusal(error: SuccessionError) -> ResponseReturnValue:
    if error.status in NOTED:
        note_refusal("request.refused", error.status)
    return _answer(error.status, error.text, error.headers)


def _http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error  # a redirect
    if isinstance(error, SecurityError):  # asked for under a foreign name: no page, because no link could be right
        note_refusal("request.foreign_host", 400)
        return say(PLAIN_SENTENCES[400]), 400, {"Content-Type": "text/plain; charset=utf-8"}
    if isinstance(error, InternalServerError):
        cause = error.original_exception
        return _database_gone(cause) if isinstance(cause, DATABASE_GONE) else _server_error()
    if error.code in NOTED and request.url_rule is not None:
        note_refusal("request.refused", error.code)
    headers = {name: value for name, value in error.get_headers() if name in {"Allow", "Retry-After", "Location"}}
    return _answer(error.code, PLAIN_SENTENCES.get(error.code, PLAIN_SENTENCES[400]), headers)


def note_refusal(what: str, status: int) -> None:
    """The pattern of the address is noted, not the address: that may hold an id or a word somebody searched for."""
    rule = request.url_rule.rule if request.url_rule is not None else None
    security_log.note(what, Result.REFUSED, status=status, method=request.method, route=rule)


def _server_error() -> ResponseReturnValue:
    """Without a look into the database: it may be what is broken."""
    g.actor = Actor.visitor()
    return _answer(500, PLAIN_SENTENCES[500], {})


def _not_storable(error: DataError) -> ResponseReturnValue:
    """A sign that no text may hold, or a number beyond all bounds: nobody types that by accident."""
    current_app.logger.warning("%s: %s", g.get("request_id"), type(error.orig).__name__)
    db.session.rollback()
    return _answer(400, PLAIN_SENTENCES[400], {})


def _disk_full(error: OSError) -> ResponseReturnValue:
    """An upload found no room; any other fault of the machine is a fault of ours."""
    if error.errno not in NO_ROOM:
        raise error
    current_app.logger.error("%s: no room left on the disk", g.get("request_id"))
    sentence = Text("We have no room left on our disk. Nothing was saved. Please try again later.")
    return _answer(503, sentence, {"Retry-After": str(RETRY_AFTER_SECONDS)})


def _database_gone(error: Exception) -> ResponseReturnValue:
    current_app.logger.warning("%s: the database does not answer (%s)", g.get("request_id"), type(error).__name__)
    db.session.remove()
    g.actor = Actor.visitor()
    return _answer(503, PLAIN_SENTENCES[503], {"Retry-After": str(RETRY_AFTER_SECONDS)})


def stale_form(error: CSRFError) -> ResponseReturnValue:  # noqa: ARG001 - the reason is for developers, not for people
    """A form whose token is missing or old: what was typed comes back, to be sent again with a fresh token.

    Only if the form was ours: otherwise another site could put words into a person's mouth.
    """
    sentence = Text("This form was open for too long, so nothing has been saved yet.")
    note_refusal("request.forged_or_old_form", 400)
    if wants_json() or not comes_from_here():
        return _answer(400, sentence, {})
    typed, had_files = typed_fields(), bool(request.files)
    return render_template("errors/form_returned.html", sentence=sentence, typed=typed, had_files=had_files), 400


def typed_fields() -> list[tuple[str, str]]:
    """What was typed into the form of this request, in its order; passwords are typed anew."""
    return [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name != "csrf_token" and "password" not in name
    ]


def comes_from_here() -> bool:
    """Whether the browser says that the request began on a page of this site."""
    origin = request.headers.get("Origin") or request.headers.get("Referer", "")
    return origin == request.host_url.rstrip("/") or origin.startswith(request.host_url)


def _answer(status: int, sentence: AnyText, headers: dict[str, str]) -> ResponseReturnValue:
    if wants_json():
        return {"status": status, "message": say(sentence)}, status, headers
    advice = ADVICE.get(status, PLAIN_ADVICE)
    return render_template("errors/error.html", status=status, sentence=sentence, advice=advice), status, headers
