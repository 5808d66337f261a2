"""The pages of the demo region over HTTP: eight connections at once, and one alone."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from datetime import UTC, datetime
from http.client import HTTPConnection
from itertools import repeat
from statistics import median, quantiles

from flask.sessions import SecureCookieSessionInterface
from sqlalchemy import select
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from bench.ground import COUNTED, ground
from bench.table import Line
from succession import cluster
from succession.accounts.models import Account, AccountSession
from succession.accounts.tokens import hash_token, new_token
from succession.app import create_app
from succession.config import Settings
from succession.db import DatabaseRole, make_engine
from succession.listings.models import ListingPublication

CONNECTIONS, MOST_MS = 8, 300.0
PERSON = "seeker@example.org"


def measure(*, quick: bool) -> list[Line]:
    """Search, an offer, my matches and one match, as a seeker who has signed in reads them."""
    with ground() as settings:
        _run(settings, "demo")
        cookie, offer = _reader(settings)
        paths = {
            "search": "/search",
            "an offer": f"/offers/{offer}",
            "my matches": "/matches",
            "a match in full": f"/matches/{offer}",
        }
        with _served(settings) as port:
            lines = []
            for name, path in paths.items():
                lines += _lines(name, port, path, cookie, 5 if quick else 25)
    return lines


def _lines(name: str, port: int, path: str, cookie: str, rounds: int) -> list[Line]:
    """One reader alone, then eight at once."""
    alone = _ask(port, path, cookie, rounds)
    with ThreadPoolExecutor(CONNECTIONS) as pool:
        many = pool.map(_ask, *(repeat(one, CONNECTIONS) for one in (port, path, cookie, rounds)))
        together = [one for times in many for one in times]
    note = f"p50 {median(together):.0f} ms"
    return [
        Line(f"{name}, one reader, p50", median(alone), "ms"),
        Line(f"{name}, {CONNECTIONS} connections, p95", quantiles(together, n=20)[-1], "ms", MOST_MS, note),
    ]


def _ask(port: int, path: str, cookie: str, rounds: int) -> list[float]:
    """Milliseconds of each answer on one connection."""
    connection = HTTPConnection("127.0.0.1", port, timeout=30)
    times = []
    for _ in range(rounds):
        begin = time.perf_counter()
        connection.request("GET", path, headers={"Cookie": cookie})
        answer = connection.getresponse()
        answer.read()
        times.append((time.perf_counter() - begin) * 1000)
        if answer.status != 200:
            raise RuntimeError(f"{path} answered {answer.status}")
    connection.close()
    return times


def _reader(settings: Settings) -> tuple[str, str]:
    """The cookie of a seeker who has signed in, and an offer to look at."""
    engine = make_engine(cluster.database_url(settings, DatabaseRole.APP), DatabaseRole.APP, poolclass=NullPool)
    token, now = new_token(), datetime.now(UTC)
    with Session(engine) as session, session.begin():
        account = session.scalars(select(Account.id).where(Account.email == PERSON)).one()
        session.add(AccountSession(account_id=account, token_hash=hash_token(token), created_at=now, last_seen_at=now))
        offer = session.scalars(
            select(ListingPublication.public_id)
            .where(ListingPublication.kind == "farm", ListingPublication.state == "published")
            .order_by(ListingPublication.listing_id)
        ).first()
    app = create_app(settings)
    serializer = SecureCookieSessionInterface().get_signing_serializer(app)
    assert serializer is not None
    return f"{app.config['SESSION_COOKIE_NAME']}={serializer.dumps({'token': token})}", str(offer)


@contextmanager
def _served(settings: Settings) -> Iterator[int]:
    """The web processes as the product runs it; its port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = ["-m", "gunicorn", "--bind", f"127.0.0.1:{port}", "--workers", "2", "--threads", "4"]
    server = subprocess.Popen(
        [sys.executable, *command, "--no-control-socket", "--log-level", "error", "succession.app:create_app()"],
        env=_environment(settings),
    )
    try:
        _wait(port)
        yield port
    finally:
        server.terminate()
        try:
            server.wait(timeout=30)
        except subprocess.TimeoutExpired:
            server.kill()


def _wait(port: int) -> None:
    for _ in range(600):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise RuntimeError("the server did not start")


def _run(settings: Settings, *arguments: str) -> None:
    subprocess.run(
        [sys.executable, "-c", "from succession.cli import main; main()", *arguments],
        env=_environment(settings),
        check=True,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )


def _environment(settings: Settings) -> dict[str, str]:
    return {**os.environ, "SUCCESSION_INSTANCE": str(settings.instance), "DATABASE_URL": "", **COUNTED}
