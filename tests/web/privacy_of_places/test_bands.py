"""Bisection over published bands through the pages: filters of the search, and the reader's own wishes.

`tests/service/matching/test_privacy.py` asks the same of the score itself.
"""

from decimal import Decimal

import pytest
from sqlalchemy import text

from succession.accounts.actor import Role
from succession.facts.measures import AREA, PRICE
from succession.listings import stub
from succession.profiles import publication
from succession.profiles.models import SearchWish
from tests.factories.accounts import a_browser, an_account
from tests.factories.listings import a_published_listing
from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_published_search
from tests.factories.secret_places import named
from tests.web.privacy_of_places.comparing import as_bytes

GERMAN = {"Accept-Language": "de"}
SECRETS = (Decimal("40.1"), Decimal(47), Decimal("59.9"))


@pytest.fixture
def owner(session):
    a_small_region(session)
    return an_account(session, Role.TRANSFEROR)


def told(app, session, owner, seeker, **facts):
    """All that the pages say about one offer while somebody moves every filter and wish they have."""
    browser, search = seeker
    given = {"public_id": named("banded"), "title": "Hof am Fluss sucht Nachfolge", **facts}
    listing = a_published_listing(session, owner, **given)
    session.execute(text("UPDATE listing_publication SET reference = 'AAA-BBB'"))
    session.commit()
    answers = [asked(browser, f"/search?area_from={code}") for code in range(1, len(AREA.edges) + 1)]
    answers += [asked(browser, f"/search?area_to={code}") for code in range(len(AREA.edges))]
    for criterion, value, shape in (("area", "area_min", AREA), ("price", "price_max", PRICE)):
        for code in list(shape.codes())[::3]:
            wish(session, search, criterion, {value: code})
            answers.append(asked(browser, "/matches"))
            answers.append(asked(browser, f"/matches/{listing.public_id}"))
    for table, column in (("published_offer", "id"), ("listing_publication", "listing_id"), ("listing", "id")):
        session.execute(text(f"DELETE FROM {table} WHERE {column} = :id"), {"id": listing.id})
    session.commit()
    session.expunge_all()
    return answers


def asked(browser, address):
    """The answer without the tokens that differ from one request to the next."""
    return as_bytes(browser.get(address, headers=GERMAN))


def wish(session, search, criterion, values):
    search = session.get(type(search), search.id)
    for row in session.query(SearchWish).filter_by(search_id=search.id):
        session.delete(row)
    session.flush()
    session.add(SearchWish(search_id=search.id, criterion=criterion, importance="very", values=values))
    session.flush()
    publication.refresh(session, search)
    session.commit()


@pytest.fixture
def seeker(app, session, owner):
    browser, account = a_browser(app, session, Role.SEEKER)
    return browser, a_published_search(session, a_profile(session, account), kinds=["farm"])


def test_no_page_tells_two_areas_of_one_band_apart(app, session, owner, seeker):
    first, second, third = (told(app, session, owner, seeker, area_ha=secret) for secret in SECRETS)
    assert len({AREA.code(secret) for secret in SECRETS}) == 1
    assert first == second == third
    assert len(set(first)) > 3, "moving a filter does tell the band"


def test_no_page_tells_two_prices_of_one_band_apart(app, session, owner, seeker):
    assert told(app, session, owner, seeker, price=151_000) == told(app, session, owner, seeker, price=249_999)


def test_the_comparison_sees_a_code_that_is_finer_than_its_band(app, session, owner, seeker, monkeypatch):
    """The test of the test: the guard that makes codes of figures is out."""
    published = stub.published_facts

    def finer(statements):
        exact = statements.facts.get("area_ha")
        return {**published(statements), "area_ha": int(exact) if exact is not None else 0}

    monkeypatch.setattr(stub, "published_facts", lambda statements: capped(finer(statements)))
    assert told(app, session, owner, seeker, area_ha=SECRETS[0]) != told(
        app, session, owner, seeker, area_ha=SECRETS[2]
    )


def capped(facts):
    """Codes must be bands that exist; one further band is enough for the leak."""
    return {**facts, "area_ha": min(facts["area_ha"] // 3, len(AREA.edges))}
