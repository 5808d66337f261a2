"""Nobody learns from matches more than what is published, however often they ask."""

from datetime import date
from decimal import Decimal

import pytest
from sqlalchemy import func, text

from succession.accounts.actor import Role
from succession.facts.coding import StatedWish
from succession.facts.importance import Importance
from succession.facts.measures import AREA, MONEY_OWN, PRICE
from succession.facts.shapes import HalfYear
from succession.land.exact import SiteLocation
from succession.land.models import Site
from succession.matching import queries, report
from succession.matching.queries import Window
from succession.profiles import publication
from succession.profiles.models import SearchWish
from tests.factories.accounts import an_account
from tests.factories.listings import a_place_called, a_published_listing
from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_published_search

FEW = Window(0, 50)


@pytest.fixture
def owner(session):
    a_small_region(session)
    return an_account(session, Role.TRANSFEROR)


def seen(session, search):
    """All that matching says to a seeker, every figure included; the public ids apart."""
    found = queries.offers_for_search(session, search.id, ranked=FEW, unclear=FEW)
    document = report.document(found, 50, repr)
    for entry in (*document["matches"], *document["to_be_clarified"]):
        del entry["id"], entry["title"]
    return document


def wish_again(session, search, criterion, importance, values):
    """The seeker moves a slider: the wish is another one from now on."""
    for row in session.query(SearchWish).filter_by(search_id=search.id):
        session.delete(row)
    session.flush()
    session.add(SearchWish(search_id=search.id, criterion=criterion, importance=importance, values=values))
    session.flush()
    publication.refresh(session, search)
    session.commit()


OFFERED = [
    ("price", "price", "price_max", PRICE, [Decimal(151_000), Decimal(180_000), Decimal(249_999)]),
    ("area", "area_ha", "area_min", AREA, [Decimal("40.1"), Decimal(47), Decimal("59.9")]),
]


@pytest.mark.parametrize(("criterion", "field", "value", "shape", "secrets"), OFFERED)
def test_moving_ones_own_wish_tells_no_more_than_the_published_band(
    session, owner, criterion, field, value, shape, secrets
):
    search = a_published_search(session, kinds=["farm"], wishes={criterion: ("must", {value: 3})})
    told = []
    for secret in secrets:
        listing = a_published_listing(session, owner, **{field: secret})
        answers = []
        for code in shape.codes():
            for importance in (Importance.MUST, Importance.NICE):
                wish_again(session, search, criterion, importance, {value: code})
                answers.append(seen(session, search))
        told.append(answers)
        forget(session, listing)
    assert len({shape.code(secret) for secret in secrets}) == 1
    assert told[0] == told[1] == told[2]
    assert any(answer != told[0][0] for answer in told[0]), "a wish does tell the band"


def test_moving_ones_own_date_tells_no_more_than_the_half_year(session, owner):
    shape = HalfYear()
    search = a_published_search(session, kinds=["farm"])
    told = []
    for day in (date(2027, 1, 2), date(2027, 6, 29)):
        listing = a_published_listing(session, owner, available_from=day)
        answers = []
        for code in range(4050, 4060):
            wish_again(session, search, "start", Importance.MUST, {"start_earliest": code})
            answers.append(seen(session, search))
        told.append(answers)
        forget(session, listing)
    assert shape.first_day(4054).isoformat() == "2027-01-01"
    assert told[0] == told[1]


def test_an_owner_learns_no_more_of_money_than_the_published_band(session, owner):
    told = []
    for equity in (26_000, 49_000):
        profile = a_profile(session, equity=equity)
        search = a_published_search(session, profile, kinds=["farm"])
        answers = []
        for code in MONEY_OWN.codes():
            listing = a_published_listing(session, owner, wishes={"equity": ("must", {"equity_min": code})})
            found = queries.searches_for_offer(session, listing.id, ranked=FEW, unclear=FEW)
            answers.append([(repr(match.reasons), match.score) for match in (*found.ranked, *found.unclear)])
        told.append(answers)
        for table, column in (("published_search", "id"), ("search_publication", "search_id")):
            session.execute(text(f"DELETE FROM {table} WHERE {column} = :id"), {"id": search.id})
        session.commit()
    assert told[0] == told[1]


def test_matches_do_not_change_when_an_exact_place_moves_inside_its_area(session, owner):
    wishes = {"distance": ("very", {"wish_km": 5})}
    search = a_published_search(session, kinds=["farm"], wishes=wishes, radius_km=20, place="Gorleben")
    gartow = a_place_called(session, "Gartow")
    told = []
    for shift_m in (0, 700, -900):
        site = Site(name="Hof", owner_account_id=owner.id)
        session.add(site)
        session.flush()
        session.add(SiteLocation(site_id=site.id, geom=func.ST_Translate(gartow.location, shift_m, shift_m / 3)))
        session.flush()
        listing = a_published_listing(session, owner, place=None, site_id=site.id)
        told.append((seen(session, search), published_area(session, listing)))
        forget(session, listing)
    assert told[0] == told[1] == told[2]
    assert told[0][0]["matches"]


def published_area(session, listing):
    query = text("SELECT place FROM published_offer WHERE id = :id")
    return session.scalar(query, {"id": listing.id})


def forget(session, listing):
    session.execute(text("DELETE FROM published_offer WHERE id = :id"), {"id": listing.id})
    session.execute(text("DELETE FROM listing_publication WHERE listing_id = :id"), {"id": listing.id})
    session.commit()


def test_matching_reads_no_exact_column(statements, session, owner):
    search = a_published_search(session, kinds=["farm"], wishes={"price": ("must", {"price_max": 3})})
    a_published_listing(session, owner, price=180_000)
    statements.clear()
    seen(session, search)
    read = " ".join(statements)
    for table in ("parcel_location", "site_location", " listing ", " seeker_profile", " search ", "listing_wish"):
        assert table not in read


def test_a_stated_wish_without_importance_never_reaches_the_score():
    assert StatedWish("price", Importance.NONE, {}).importance.weight == 0
