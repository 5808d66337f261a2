"""Whether the web process may begin, however it was started.

In production not with open legal texts or demo accounts; elsewhere demo accounts answer this machine only.
"""

import ipaddress

from flask import Flask, current_app, request
from flask.typing import ResponseReturnValue
from sqlalchemy import exists, select
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from succession import cluster
from succession.accounts.models import Account
from succession.config import Settings
from succession.db import DatabaseRole, make_engine
from succession.extensions import reading
from succession.legal import queries

SEEN = "starting.seen"


class NotReadyError(RuntimeError):
    """The installation may not be public like this; the sentence says what to do."""


def init_app(app: Flask, settings: Settings) -> None:
    """Refuses now, or, if the database is away at this moment, with the first request after it is back."""
    if not settings.is_production:
        app.before_request(_only_this_machine)
        return
    try:
        refuse_unready(settings)
    except OperationalError:
        app.logger.warning("The database does not answer: whether this installation is ready is asked again later.")
        app.before_request(_ask_again)


def refuse_unready(settings: Settings) -> None:
    """Raise `NotReadyError` unless the legal texts are complete and no account has the demo's password."""
    engine = make_engine(cluster.database_url(settings, DatabaseRole.APP), DatabaseRole.APP, poolclass=NullPool)
    with Session(engine) as session:
        sentence = what_is_wrong(session)
    if sentence is not None:
        raise NotReadyError(sentence)


def what_is_wrong(session: Session) -> str | None:
    """Why this must not be public, in a sentence for the operator."""
    if session.scalar(select(exists().where(Account.is_demo))):
        return (
            "This installation has demo accounts, whose password everybody knows: it cannot be public. "
            "Start with an empty one (succession db reset, then succession serve --no-demo)."
        )
    missing = queries.missing(session)
    if not missing:
        return None
    listed = ", ".join(sorted({f"{one.page} ({one.language})" for one in missing}))
    return (
        f"The legal texts are not complete: {listed}. Fill them in without SUCCESSION_ENV=production under /legal, "
        "or with: succession legal set, succession legal take-on. succession check says what is missing."
    )


def _ask_again() -> ResponseReturnValue | None:
    """Until it has been answered once, no page but the sign of life is given out."""
    if request.endpoint == "operations.healthz" or current_app.extensions.get(SEEN):
        return None
    sentence = what_is_wrong(reading())
    if sentence is not None:
        current_app.logger.error(sentence)
        return "Not ready.", 503, {"Content-Type": "text/plain; charset=utf-8"}
    current_app.extensions[SEEN] = True
    return None


def _only_this_machine() -> ResponseReturnValue | None:
    """Demo accounts are for whoever sits at this machine, even if somebody has opened its port to others."""
    if is_this_machine(request.remote_addr) or not reading().scalar(select(exists().where(Account.is_demo))):
        return None
    sentence = "This installation has demo accounts with a known password: it only answers this machine."
    return sentence, 403, {"Content-Type": "text/plain; charset=utf-8"}


def is_this_machine(address: str | None) -> bool:
    """Whether a request comes from here; a socket file has no address."""
    if not address:
        return True
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False
