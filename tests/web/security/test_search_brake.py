import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from succession import security_log
from succession.accounts import service_search_brake
from succession.accounts.actor import Role
from succession.accounts.limits import OFFERS_OF_A_PERSON, a_minute
from succession.accounts.models_second_factor import SearchCentre
from succession.accounts.sealing import Keys
from succession.accounts.service_search_brake import Searcher
from succession.errors import TooMany
from succession.web.search_brake import ATTRIBUTE
from tests.factories.accounts import an_account, sign_in
from tests.factories.security_log import noted  # noqa: F401 - a fixture

MOST = 5
NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
ENGLISH = {"Accept-Language": "en"}


@pytest.fixture
def braked_app(database):
    """The application with a low limit and real commits."""
    from succession.app import create_app
    from succession.extensions import db

    app = create_app(replace(database.settings, searches_per_minute=MOST))
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    yield app
    with app.app_context():
        db.engine.dispose()


def test_every_search_and_every_map_is_counted(whole_app):  # LP-12
    views = whole_app.view_functions
    rules = [rule for rule in whole_app.url_map.iter_rules() if rule.rule.startswith(("/search", "/map", "/tiles"))]
    rules += [
        rule
        for rule in whole_app.url_map.iter_rules()
        if rule.rule in {"/matches", "/my-offers/<uuid:offer_id>/candidates"}
    ]
    assert len(rules) >= 6
    assert [rule.rule for rule in rules if not hasattr(views[rule.endpoint], ATTRIBUTE)] == []


def test_whoever_asks_too_often_is_told_how_long_to_wait_and_others_are_not(braked_app):  # LP-12
    client = braked_app.test_client()
    answers = [client.get("/search").status_code for _ in range(MOST + 2)]
    assert answers == [200] * MOST + [429] * 2
    braked = client.get("/search", headers=ENGLISH)
    assert 1 <= int(braked.headers["Retry-After"]) <= 60
    assert "<h1>" in braked.text
    assert "very often" in braked.text
    assert client.get("/map/river.json").status_code == 200  # maps have a count of their own
    assert client.get("/search", environ_base={"REMOTE_ADDR": "192.0.2.9"}).status_code == 200
    assert client.get("/", headers=ENGLISH).status_code == 200


def test_a_person_is_counted_whatever_their_address(braked_app, database):  # LP-12
    with Session(database.engine, expire_on_commit=False) as session:
        client = braked_app.test_client()
        sign_in(client, session, an_account(session, Role.SEEKER))
    answers = [client.get("/search", environ_base={"REMOTE_ADDR": f"192.0.2.{n}"}).status_code for n in range(MOST + 1)]
    assert answers == [200] * MOST + [429]


def test_an_ipv6_neighbour_is_the_same_address(braked_app):
    client = braked_app.test_client()
    answers = [
        client.get("/search", environ_base={"REMOTE_ADDR": f"2001:db8::{n:x}"}).status_code for n in range(MOST + 1)
    ]
    assert answers[-1] == 429


def test_the_count_begins_anew_after_a_minute(session):
    searcher, limit = Searcher(Keys("x" * 40), None, "192.0.2.1"), a_minute("searches", 1)
    service_search_brake.count(session, searcher, limit, now=NOW)
    with pytest.raises(TooMany):
        service_search_brake.count(session, searcher, limit, now=NOW + timedelta(seconds=59))
    service_search_brake.count(session, searcher, limit, now=NOW + timedelta(seconds=61))


def test_fifty_different_centres_in_ten_minutes_are_a_security_event(session, noted):  # noqa: F811  # LP-12
    searcher = Searcher(Keys("x" * 40), None, "192.0.2.1")
    for number in range(49):
        service_search_brake.note_centre(session, searcher, f"box={number}", now=NOW)
        service_search_brake.note_centre(session, searcher, f"box={number}", now=NOW)  # the same again is none
    assert noted() == []
    service_search_brake.note_centre(session, searcher, "box=49", now=NOW + timedelta(minutes=9))
    assert [(line["what"], line["centres"]) for line in noted()] == [("search.many_centres", 50)]


def test_the_same_fifty_over_an_hour_are_none(session, noted):  # noqa: F811
    searcher = Searcher(Keys("x" * 40), 7, "192.0.2.1")
    for number in range(60):
        service_search_brake.note_centre(session, searcher, f"box={number}", now=NOW + timedelta(minutes=number))
    assert noted() == []


def test_where_somebody_searched_is_kept_as_a_hash_only(session):
    searcher = Searcher(Keys("x" * 40), None, "192.0.2.1")
    service_search_brake.note_centre(session, searcher, "where=Gartow", now=NOW)
    row = session.scalars(select(SearchCentre)).one()
    assert b"Gartow" not in row.centre_hash
    assert len(row.centre_hash) == len(row.key_hash) == 32


def test_how_many_offers_a_person_may_begin_in_a_day_is_stated_and_held(session):  # S17
    from succession.accounts import service_limits

    assert OFFERS_OF_A_PERSON.most == 30
    for _ in range(30):
        service_limits.count(session, OFFERS_OF_A_PERSON, 1, now=NOW)
    with pytest.raises(TooMany):
        service_limits.count(session, OFFERS_OF_A_PERSON, 1, now=NOW)
    service_limits.count(session, OFFERS_OF_A_PERSON, 2, now=NOW)


def test_a_line_of_the_log_is_json(noted):  # noqa: F811
    security_log.note("account.signed_in", security_log.Result.OK)
    assert json.dumps(noted())
