"""Whole requests for a seeker's matches, against the statement alone on the same searches."""

import time
from datetime import UTC, datetime
from statistics import median
from uuid import uuid4

from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import Engine, insert, text
from sqlalchemy.orm import Session

from bench.table import Line
from succession.accounts.actor import Role
from succession.accounts.models import Account, AccountRole, AccountSession
from succession.accounts.tokens import hash_token, new_token
from succession.app import create_app
from succession.config import Settings
from succession.db import public_reading
from succession.facts.kinds import Kind
from succession.listings.models import ListingPublication
from succession.listings.states import ListingState, OwnerKind, ServiceLevel
from succession.matching import finding
from succession.matching.statement import Wanted, offers_for
from succession.profiles.models import Search, SearchPublication, SeekerProfile
from succession.profiles.states import SearchState

SHOWN = Wanted(11, 6)
ROUNDS = 5


def whole_requests(settings: Settings, admin: Engine, numbers: list[int], limit_ms: float) -> list[Line]:
    """What a request takes on top of its statement, for a seeker who has signed in."""
    with Session(admin) as session, session.begin():
        visitors = [(number, _prepare(session, number)) for number in numbers]
    app = create_app(settings)
    with Session(admin) as session:
        timed = [_time(app, session, number, visitor) for number, visitor in visitors]
    extra = median(whole - statement for whole, statement in timed)
    note = f"{median(whole for whole, _ in timed):.1f} / {median(statement for _, statement in timed):.1f} ms"
    return [Line("whole request for my matches, on top of the statement, p50", extra, "ms", limit_ms, note)]


def _prepare(session: Session, number: int) -> str:
    """The search belongs to somebody who has signed in, and what it finds can be shown; returns the token."""
    now = datetime.now(UTC)
    own = finding.own_search(session, number)
    assert own is not None
    account = Account(email=f"{uuid4()}@example.org", name="Bench", password_hash="none", confirmed_at=now)
    session.add(account)
    session.flush()
    token = new_token()
    profile = SeekerProfile(account_id=account.id)
    session.add_all(
        [
            AccountRole(account_id=account.id, role=Role.SEEKER),
            AccountSession(account_id=account.id, token_hash=hash_token(token), created_at=now, last_seen_at=now),
            profile,
        ]
    )
    session.flush()
    kinds = [kind.value for kind in Kind if own.row["kinds"] >> kind.code & 1]
    search = Search(
        id=number, profile_id=profile.id, state=SearchState.PUBLISHED, kinds=kinds, published_at=now, public_id=uuid4()
    )
    session.add(search)
    session.flush()
    shown = {"kinds": kinds, "radius_km": own.row["radius_km"], "published_at": now, "facts": {}, "wishes": {}}
    session.add(
        SearchPublication(
            search_id=number, public_id=search.public_id, introduction="", place_area_id=own.here.place, **shown
        )
    )
    means = finding.current_means(session)
    _publish(session, [each.pair.offer for each in finding.offers(session, own, means, SHOWN)])
    return token


def _publish(session: Session, rows: list) -> None:  # type: ignore[type-arg]
    """These offers have a title."""
    known = set(session.scalars(text("SELECT listing_id FROM listing_publication")))
    values = [
        {
            "listing_id": row["id"],
            "public_id": uuid4(),
            "reference": f"B{row['id']}"[:8],
            "title": f"Angebot {row['id']}",
            "description": "",
            "kind": list(Kind)[row["kind"]],
            "state": ListingState.PUBLISHED,
            "service_level": ServiceLevel.LINK,
            "owner_kind": OwnerKind.PRIVATE,
            "place_area_id": row["place"],
            "facts": {},
            "wishes": {},
            "published_at": row["published"],
            "confirmed_at": row["published"],
        }
        for row in {row["id"]: row for row in rows}.values()
        if row["id"] not in known
    ]
    if values:
        session.execute(insert(ListingPublication), values)


def _time(app: Flask, session: Session, number: int, token: str) -> tuple[float, float]:
    """Milliseconds of the whole request and of its statement, alternately."""
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["token"] = token
    own = finding.own_search(session, number)
    assert own is not None
    statement = offers_for(own.row, own.here, finding.current_means(session), SHOWN)
    _ask(client)
    whole, alone = [], []
    with public_reading(session) as reader:
        for _ in range(ROUNDS):
            begin = time.perf_counter()
            _ask(client)
            whole.append((time.perf_counter() - begin) * 1000)
            begin = time.perf_counter()
            finding.run(reader, statement)
            alone.append((time.perf_counter() - begin) * 1000)
    return min(whole), min(alone)


def _ask(client: FlaskClient) -> None:
    response = client.get("/matches")
    if response.status_code != 200:
        raise RuntimeError(f"the matches page answered {response.status_code}")
