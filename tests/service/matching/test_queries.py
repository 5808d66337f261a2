"""What the doors of matching answer, for seekers, owners and the command line."""

from fractions import Fraction

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import ProgrammingError

from succession.accounts.actor import Actor, Role
from succession.db import public_reading
from succession.errors import Forbidden, NotFound
from succession.i18n import load_translations, render
from succession.listings.states import ListingState
from succession.matching import queries, report, service
from succession.matching.criteria import CRITERIA
from succession.matching.criteria.criterion import Mark, Side
from succession.matching.models import PoolMean, PoolMeans
from succession.matching.queries import Window
from tests.factories.accounts import an_account, an_actor
from tests.factories.listings import a_published_listing
from tests.factories.market import a_market
from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_published_search

FEW = Window(0, 20)


def german(text_):
    return render(text_, load_translations("de"), "de")


@pytest.fixture
def owner(session):
    a_small_region(session)
    return an_account(session, Role.TRANSFEROR)


@pytest.fixture
def search(session, owner):
    return a_published_search(
        session,
        a_profile(session, training="vocational", equity=30_000),
        kinds=["farm"],
        radius_km=30,
        wishes={
            "distance": ("very", {"wish_km": 15}),
            "dwelling": ("must", {"dwelling_min": 2}),
            "area": ("important", {"area_min": 10, "area_max": 20}),
        },
    )


def offers(session, search, ranked=FEW, unclear=FEW):
    return queries.offers_for_search(session, search.id, ranked=ranked, unclear=unclear)


def test_an_offer_that_meets_the_must_haves_is_ranked_and_explained(session, owner, search):
    a_published_listing(
        session,
        owner,
        place="Gorleben",
        dwelling_rooms=4,
        wishes={"training": ("important", {"training_min": 2}), "labour": ("nice", {"labour_min": 1})},
    )
    found = offers(session, search)
    (match,) = found.ranked
    assert found.unclear == ()
    assert [(r.side, r.criterion.key, r.mark) for r in match.reasons] == [
        (Side.SEEKER, "dwelling", Mark.FITS),
        (Side.SEEKER, "distance", Mark.FITS),
        (Side.SEEKER, "area", Mark.FITS),
        (Side.LISTING, "training", Mark.FITS),
        (Side.LISTING, "labour", Mark.OPEN),
    ]
    sentences = [german(reason.sentence) for reason in match.reasons]
    assert sentences[1].endswith("km entfernt, Ihr Wunsch: bis 15 km")
    assert sentences[0] == "Eine Wohnung ist frei: 3 bis 4 Zimmer – Ihr Wunsch: mindestens 3 Zimmer"
    assert sentences[4].endswith("dazu haben Sie noch nichts gesagt")


def test_an_offer_that_fails_a_must_have_is_in_no_list(session, owner, search):
    a_published_listing(session, owner, dwelling_rooms=0)
    found = offers(session, search)
    assert (found.ranked, found.unclear) == ((), ())


def test_an_offer_that_is_silent_on_a_must_have_is_to_be_clarified_with_the_question(session, owner, search):
    a_published_listing(session, owner, dwelling_rooms=None)
    found = offers(session, search)
    assert found.ranked == ()
    (match,) = found.unclear
    assert match.pair.unclear() == ("dwelling",)
    assert [german(q) for q in match.questions] == [
        "Ob eine Wohnung frei ist, steht nicht dabei – fragen Sie danach",
    ]


def test_a_reserved_offer_takes_no_new_matches(session, owner, search):
    listing = a_published_listing(session, owner, dwelling_rooms=4, state=ListingState.RESERVED)
    assert offers(session, search).ranked == ()
    assert queries.searches_for_offer(session, listing.id, ranked=FEW, unclear=FEW) is None


def test_both_directions_give_one_pair_one_score(session, owner, search):
    listing = a_published_listing(session, owner, dwelling_rooms=4, wishes={"equity": ("must", {"equity_min": 2})})
    (forth,) = offers(session, search).ranked
    (back,) = queries.searches_for_offer(session, listing.id, ranked=FEW, unclear=FEW).ranked
    alone = queries.one_pair(session, search_id=search.id, offer=listing.public_id, reader_side=Side.SEEKER)
    assert forth.score == back.score == alone.score
    assert german(back.shown.title) == "Gesuch, Raum Gartow"
    assert back.own_reasons[0].criterion.key == "equity"


def test_a_pair_with_something_unpublished_does_not_exist(session, owner, search):
    with pytest.raises(NotFound):
        queries.one_pair(session, search_id=search.id, offer=search.public_id, reader_side=Side.SEEKER)


def test_the_report_has_exact_figures_that_add_up(session, owner, search):
    a_published_listing(
        session, owner, dwelling_rooms=4, area_ha=None, wishes={"training": ("nice", {"training_min": 3})}
    )
    document = report.document(offers(session, search), 20, german)
    assert set(document) == {"pool_means_id", "matches", "to_be_clarified"}
    (match,) = document["matches"]
    you, them = Fraction(match["you_to_them"]), Fraction(match["them_to_you"])
    assert Fraction(match["score"]) == 2 * you * them / (you + them)
    for side, total in (("seeker", them), ("listing", you)):
        assert sum(Fraction(r["contribution"]) for r in match["reasons"] if r["side"] == side) == total
    silent = next(reason for reason in match["reasons"] if reason["criterion"] == "area")
    assert (silent["stated"], silent["satisfaction"]) == (None, None)
    assert match["coverage"] == "11/14"


def test_pages_of_a_list_follow_each_other(session, owner):
    a_market(session, offers=120, searches=6, seed=3)
    number = session.scalar(
        text("SELECT id FROM published_search ORDER BY radius_km DESC, bit_count(must::bit(32)), id LIMIT 1")
    )
    whole = queries.offers_for_search(session, number, ranked=Window(0, 200), unclear=Window(0, 200))
    for name in ("ranked", "unclear"):
        expected = [match.shown.public_id for match in getattr(whole, name)]
        paged = []
        for offset in range(0, len(expected), 4):
            windows = {"ranked": Window(0, 0), "unclear": Window(0, 0), name: Window(offset, 4)}
            page = getattr(queries.offers_for_search(session, number, **windows), name)
            assert len(page) <= 5
            paged += [match.shown.public_id for match in page[:4]]
        assert paged == expected


def test_reading_for_matches_happens_under_the_public_role(session, owner, search, statements):
    a_published_listing(session, owner, dwelling_rooms=4)
    statements.clear()
    offers(session, search)
    assert "SET LOCAL ROLE succession_public" in statements
    with pytest.raises(ProgrammingError, match="permission denied"), public_reading(session) as reader:
        reader.execute(text("SELECT 1 FROM site_location"))


def test_every_answer_names_its_means_from_the_first_day(session, owner, search):
    assert offers(session, search).pool_means_id == session.scalar(select(PoolMeans.public_id))


def test_new_means_are_the_same_for_the_same_seed_and_count_from_now_on(session, owner, search, now):
    a_market(session, offers=90, searches=20, seed=5)
    first = service.renew_means(session, Actor.system(), seed=11, now=now)
    second = service.renew_means(session, Actor.system(), seed=11, now=now)
    rows = session.execute(
        select(PoolMeans.public_id, PoolMean.side, PoolMean.criterion, PoolMean.mean, PoolMean.statements).join(
            PoolMean, PoolMean.pool_means_id == PoolMeans.id
        )
    ).all()
    by_id = {key: sorted(tuple(row[1:]) for row in rows if row[0] == key) for key in (first, second)}
    assert by_id[first] == by_id[second]
    assert len(by_id[first]) == sum(len(criteria) for criteria in CRITERIA.values())
    assert any(mean != Fraction(1, 2) for _, _, mean, _ in by_id[first])
    assert all(mean == Fraction(1, 2) for _, _, mean, statements in by_id[first] if statements < 20)
    assert offers(session, search).pool_means_id == second


def test_only_operators_renew_the_means(session, now):
    with pytest.raises(Forbidden):
        service.renew_means(session, an_actor(session, Role.SEEKER), seed=1, now=now)
