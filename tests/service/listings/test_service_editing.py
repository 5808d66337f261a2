"""One page of an offer is saved at a time, and nobody overwrites what they have not seen (R13)."""

from datetime import date
from decimal import Decimal
from uuid import uuid4

import pytest
from sqlalchemy import select

from succession.accounts.actor import Role
from succession.accounts.queries import actor_of
from succession.errors import Conflict, NotFound, Refused
from succession.facts.coding import StatedWish
from succession.facts.importance import Importance
from succession.facts.refusals import GivesAway, Overtaken
from succession.i18n import Text
from succession.listings import queries
from succession.listings.models import ListingParcel, ListingPublication, ListingWish
from succession.listings.refusals import Incomplete
from succession.listings.service_editing import About, Facts, Whereabouts, Wishes, save_page, seen_mark
from succession.listings.states import ListingState, ServiceLevel
from succession.listings.topics import Topic
from tests.factories.accounts import an_account
from tests.factories.listings import DESCRIPTION, a_listing, a_place_called, a_published_listing
from tests.factories.places import a_small_region


@pytest.fixture
def owner(session):
    a_small_region(session)
    return an_account(session, Role.TRANSFEROR)


@pytest.fixture
def actor(session, owner):
    return actor_of(session, owner.id)


@pytest.fixture
def save(session, actor, now):
    def save(listing, page, seen=None, **options):
        if seen is None:
            seen = mark(session, listing, page)
        return save_page(session, actor, listing.public_id, page, seen=seen, now=now, **options)

    return save


def mark(session, listing, page):
    topics = {About: Topic.ABOUT, Whereabouts: Topic.PLACE, Wishes: Topic.WISHES}
    return seen_mark(queries.details(session, listing), topics.get(type(page)) or page.topic)


def about(**values):
    given = {"title": "Ein anderer Titel", "description": DESCRIPTION, "is_confidential": False}
    return About(**{"service_level": ServiceLevel.LINK, **given, **values})


def test_a_page_of_facts_is_saved_whole(session, owner, save):
    listing = a_listing(session, owner, price=5, mentoring=True)
    save(listing, Facts(Topic.TERMS, {"takeover_models": ["sale"], "available_from": date(2027, 3, 1)}))
    assert (listing.takeover_models, listing.available_from, listing.price) == (["sale"], date(2027, 3, 1), None)
    assert listing.mentoring is True
    assert listing.version == 2


def test_a_page_changes_only_its_own_fields(session, owner, save):
    """S3: extra names are not even looked at."""
    listing = a_listing(session, owner)
    before = (listing.state, listing.owner_account_id, listing.area_ha, listing.reference)
    forged = {"state": "published", "owner_account_id": 1, "area_ha": 9999, "reference": "AAA-AAA", "version": 99}
    save(listing, Facts(Topic.TERMS, {"takeover_models": ["sale"], **forged}))
    assert (listing.state, listing.owner_account_id, listing.area_ha, listing.reference) == before


@pytest.mark.parametrize(
    "values",
    [
        {"price": Decimal(-1)},
        {"price": Decimal("1e12")},
        {"takeover_models": ["theft"]},
        {"available_from": date(1900, 1, 1)},
        {"instalments": "yes"},
    ],
)
def test_values_that_cannot_be_right_are_refused(session, owner, save, values):
    with pytest.raises(Refused):
        save(a_listing(session, owner), Facts(Topic.TERMS, values))


@pytest.mark.parametrize("page", [about(title="x" * 10_000), about(description="x" * 10_000)])
def test_long_texts_are_refused_with_the_limit(session, owner, save, page):
    with pytest.raises(Refused) as refusal:
        save(a_listing(session, owner), page)
    assert refusal.value.text.values["most"] in {120, 6000}


def test_the_second_saver_is_told_and_sees_both(session, owner, save):
    listing = a_listing(session, owner, price=100_000)
    page = Facts(Topic.TERMS, {"takeover_models": ["lease"], "price": Decimal(200_000)})
    seen = mark(session, listing, page)
    save(listing, Facts(Topic.TERMS, {"takeover_models": ["lease"], "price": Decimal(150_000)}), seen)
    with pytest.raises(Overtaken) as conflict:
        save(listing, page, seen)
    (difference,) = conflict.value.differences
    assert difference.label == Text("Asking price")
    assert difference.theirs.values == {"number": Decimal(150_000)}
    assert difference.yours.values == {"number": Decimal(200_000)}
    assert save(listing, page, conflict.value.seen).price == 200_000


def test_two_tabs_with_different_pages_do_not_hinder_each_other(session, owner, save):
    listing = a_listing(session, owner)
    terms, land = Facts(Topic.TERMS, {"takeover_models": ["sale"]}), Facts(Topic.LAND, {"area_ha": Decimal(12)})
    marks = mark(session, listing, terms), mark(session, listing, land)
    save(listing, terms, marks[0])
    save(listing, land, marks[1])
    assert (listing.takeover_models, listing.area_ha) == (["sale"], 12)


def test_saving_the_same_twice_is_no_conflict(session, owner, save):
    listing = a_listing(session, owner)
    page = Facts(Topic.TERMS, {"takeover_models": ["sale"]})
    seen = mark(session, listing, page)
    save(listing, page, seen)
    save(listing, page, seen)
    assert listing.takeover_models == ["sale"]


def test_wishes_without_importance_or_value_have_no_row(session, owner, save):
    listing = a_listing(session, owner, wishes={"equity": ("nice", {"equity_min": 2})})
    stated = (
        StatedWish("training", Importance.MUST, {"training_min": 2}),
        StatedWish("experience", Importance.IMPORTANT),
        StatedWish("equity", Importance.NONE, {"equity_min": 2}),
        StatedWish("direct_sale", Importance.NICE),
    )
    save(listing, Wishes(stated))
    rows = session.scalars(select(ListingWish).where(ListingWish.listing_id == listing.id)).all()
    assert {row.criterion: row.importance for row in rows} == {
        "training": Importance.MUST,
        "direct_sale": Importance.NICE,
    }


@pytest.mark.parametrize("wish", [("training", {"training_min": 9}), ("training", {"equity_min": 1}), ("magic", {})])
def test_unknown_wishes_are_refused(session, owner, save, wish):
    criterion, values = wish
    with pytest.raises(Refused):
        save(a_listing(session, owner), Wishes((StatedWish(criterion, Importance.MUST, values),)))


def test_what_others_read_follows_at_once(session, owner, save):
    listing = a_published_listing(session, owner, price=30_000)
    save(listing, Facts(Topic.TERMS, {"takeover_models": ["sale"], "price": Decimal(700_000)}))
    session.expire_all()
    assert session.get(ListingPublication, listing.id).facts["price"] == 7


def test_a_published_offer_stays_complete(session, owner, save):
    listing = a_published_listing(session, owner)
    with pytest.raises(Incomplete):
        save(listing, Facts(Topic.TERMS, {"takeover_models": None}))


def test_a_published_text_that_gives_the_owner_away_must_be_confirmed(session, owner, save):
    listing = a_published_listing(session, owner)
    page = about(description=DESCRIPTION + " Tel. 05841 12345")
    with pytest.raises(GivesAway):
        save(listing, page)
    session.rollback()
    save(listing, page, is_confirmed=True)


def test_an_ended_offer_cannot_be_edited(session, owner, save):
    listing = a_published_listing(session, owner, state=ListingState.WITHDRAWN)
    with pytest.raises(Conflict):
        save(listing, about())


def test_a_stranger_cannot_save(session, owner, now):
    listing = a_listing(session, owner)
    stranger = actor_of(session, an_account(session, Role.TRANSFEROR).id)
    with pytest.raises(NotFound):
        save_page(session, stranger, listing.public_id, about(), seen="", now=now)


def test_the_place_can_be_named(session, owner, save):
    listing = a_listing(session, owner, place=None)
    trebel = a_place_called(session, "Trebel")
    save(listing, Whereabouts(frozenset(), None, trebel.public_id))
    assert listing.place_id == trebel.id


@pytest.mark.parametrize("part", ["parcels", "site", "place"])
def test_foreign_and_made_up_ids_are_refused(session, owner, save, part):
    value = frozenset({uuid4()}) if part == "parcels" else uuid4()
    page = Whereabouts(**{"parcels": frozenset(), "site": None, "place": None, part: value})
    listing = a_listing(session, owner)
    with pytest.raises(Refused):
        save(listing, page)
    assert session.scalars(select(ListingParcel).where(ListingParcel.listing_id == listing.id)).all() == []
