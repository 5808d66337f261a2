from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts import service
from succession.accounts.actor import Actor
from succession.accounts.models import Organisation, OrganisationKind
from succession.accounts.service import Credentials
from succession.errors import TooMany

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def at_once(count, act):
    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(act, range(count)))


def test_many_guesses_at_once_cannot_outrun_the_brake(database):  # S6
    def guess(_):
        with Session(database.engine) as session, session.begin():
            try:
                service.reserve_try(session, Actor.visitor(), Credentials("a@b.c", "x", "192.0.2.1"), now=NOW)
            except TooMany:
                return False
        return True

    assert sum(at_once(16, guess)) == 5


def test_an_organisation_asked_for_by_many_at_once_exists_once(database):
    def ask(_):
        with Session(database.engine) as session, session.begin():
            return service.find_or_create_organisation(
                session, Actor.system(), "Gemeinde", OrganisationKind.MUNICIPALITY, now=NOW
            ).id

    assert len(set(at_once(8, ask))) == 1
    with Session(database.engine) as session:
        assert session.scalar(select(func.count()).select_from(Organisation)) == 1
