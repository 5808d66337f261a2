"""The pages of matching: what each person sees, and who does not see it."""

import re
from uuid import uuid4

import pytest

from succession.accounts.actor import Role
from succession.facts.kinds import Kind
from tests.factories.accounts import a_browser
from tests.factories.listings import a_listing, a_published_listing
from tests.factories.market import a_market
from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_published_search, a_search

MOST_QUERIES = 12


@pytest.fixture
def seeker(app, session):
    a_small_region(session)
    return a_browser(app, session, Role.SEEKER)


@pytest.fixture
def owner(app, session, seeker):
    return a_browser(app, session, Role.TRANSFEROR)


WISHES = {"distance": ("very", {"wish_km": 15}), "dwelling": ("must", {"dwelling_min": 2})}


def a_seekers_search(session, account, **values):
    return a_published_search(
        session,
        a_profile(session, account, training="vocational", equity=31_500),
        **{"wishes": WISHES, "radius_km": 30, **values},
    )


def text_of(response):
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", response.get_data(as_text=True)))


def test_without_a_search_the_page_says_what_to_do(seeker):
    client, _ = seeker
    assert "Sie haben noch kein Gesuch" in text_of(client.get("/matches"))


def test_a_draft_is_not_matched_and_the_page_says_so(session, seeker):
    client, account = seeker
    a_search(session, a_profile(session, account))
    assert "noch nicht veröffentlicht" in text_of(client.get("/matches"))


def test_matches_are_listed_with_reasons_and_those_to_be_clarified_apart(session, seeker, owner):
    a_seekers_search(session, seeker[1])
    a_published_listing(session, owner[1], title="Hof mit Wohnung", dwelling_rooms=4, place="Gorleben")
    a_published_listing(session, owner[1], title="Hof, Wohnung offen", dwelling_rooms=None)
    a_published_listing(session, owner[1], title="Hof ohne Wohnung", dwelling_rooms=0)
    page = text_of(seeker[0].get("/matches"))
    assert page.index("Hof mit Wohnung") < page.index("Noch zu klären") < page.index("Hof, Wohnung offen")
    assert "Hof ohne Wohnung" not in page
    assert "Ihr Wunsch: bis 15 km" in page
    assert "Ob eine Wohnung frei ist, steht nicht dabei" in page


def test_one_offer_is_explained_from_both_sides_without_their_weights(session, seeker, owner):
    search = a_seekers_search(session, seeker[1])
    wishes = {"training": ("very", {"training_min": 2}), "equity": ("nice", {"equity_min": 3})}
    listing = a_published_listing(session, owner[1], dwelling_rooms=4, price=180_000, wishes=wishes)
    response = seeker[0].get(f"/matches/{listing.public_id}?search={search.public_id}")
    page = text_of(response)
    assert "Was für Sie zählt" in page
    ours, theirs = page.split("Was den Abgebenden wichtig ist")
    assert "muss sein" in ours
    assert "Ausbildung:" in theirs
    assert "sehr wichtig" not in theirs
    assert "wäre schön" not in theirs
    assert "180" not in page


def test_an_offer_outside_the_search_is_explained_as_such(session, seeker, owner):
    a_seekers_search(session, seeker[1])
    failing = a_published_listing(session, owner[1], dwelling_rooms=0)
    other_kind = a_published_listing(session, owner[1], kind=Kind.INN, dwelling_rooms=4, area_ha=None)
    assert "Ein Muss einer Seite ist nicht erfüllt" in text_of(seeker[0].get(f"/matches/{failing.public_id}"))
    assert "eine andere Art von Angebot" in text_of(seeker[0].get(f"/matches/{other_kind.public_id}"))


def test_owners_see_who_fits_without_names_or_exact_money(session, seeker, owner):
    search = a_seekers_search(session, seeker[1])
    listing = a_published_listing(session, owner[1], dwelling_rooms=4, wishes={"equity": ("rather", {"equity_min": 2})})
    page = text_of(owner[0].get(f"/my-offers/{listing.public_id}/candidates"))
    whole = text_of(owner[0].get(f"/my-offers/{listing.public_id}/candidates/{search.public_id}"))
    for seen in (page, whole):
        assert "Gesuch, Raum Gartow" in seen
        assert seeker[1].name not in seen
        assert "31.500" not in seen
    assert "25.000 bis 50.000 Euro" in whole
    before, after = whole.split("Was den Suchenden wichtig ist")
    assert "eher wichtig" in before
    assert "sehr wichtig" not in after


def test_an_unpublished_offer_has_no_candidates_and_the_page_says_why(session, owner):
    listing = a_listing(session, owner[1])
    assert "nicht veröffentlicht" in text_of(owner[0].get(f"/my-offers/{listing.public_id}/candidates"))


def test_what_is_not_ones_own_does_not_exist(app, session, seeker, owner):
    search = a_seekers_search(session, seeker[1])
    listing = a_published_listing(session, owner[1], dwelling_rooms=4)
    other_seeker, _ = a_browser(app, session, Role.SEEKER)
    other_owner, _ = a_browser(app, session, Role.TRANSFEROR)
    a_published_search(session, a_profile(session, _))
    assert other_seeker.get(f"/matches?search_id={search.public_id}").status_code == 404
    assert other_owner.get(f"/my-offers/{listing.public_id}/candidates").status_code == 404
    assert other_owner.get(f"/my-offers/{listing.public_id}/candidates/{search.public_id}").status_code == 404
    assert owner[0].get(f"/my-offers/{listing.public_id}/candidates/{uuid4()}").status_code == 404
    assert seeker[0].get(f"/matches/{uuid4()}").status_code == 404
    assert seeker[0].get(f"/matches/{search.public_id}?search=nonsense").status_code == 404


def test_owners_and_visitors_have_no_matches(app, owner):
    assert owner[0].get("/matches").status_code == 403
    assert app.test_client().get("/matches").status_code in {302, 401}


def test_everybody_may_read_how_it_is_computed(client):
    page = text_of(client.get("/matching/how-it-is-computed"))
    assert "70 von 100" in page
    assert "So wird die Zahl berechnet" in page


def test_lists_are_paged_each_on_its_own(session, seeker, owner):
    a_seekers_search(session, seeker[1], wishes={"price": ("nice", {"price_max": 3})})
    for number in range(12):
        a_published_listing(session, owner[1], title=f"Gleicher Hof {number:02}")
    first, second = seeker[0].get("/matches"), seeker[0].get("/matches?page=2")
    shown = [set(re.findall(r"Gleicher Hof \d\d", text_of(page))) for page in (first, second)]
    assert (len(shown[0]), len(shown[1]), len(shown[0] | shown[1])) == (10, 2, 12)
    assert "page=2" in first.get_data(as_text=True)
    assert seeker[0].get("/matches?page=999999&clarify=x").status_code == 200


def test_pages_ask_the_database_no_more_than_twelve_times(session, seeker, owner, statements):
    search = a_seekers_search(session, seeker[1])
    listing = a_published_listing(session, owner[1], dwelling_rooms=4)
    a_market(session, offers=40, searches=10)
    for client, path in (
        (seeker[0], "/matches"),
        (seeker[0], f"/matches/{listing.public_id}"),
        (owner[0], f"/my-offers/{listing.public_id}/candidates"),
        (owner[0], f"/my-offers/{listing.public_id}/candidates/{search.public_id}"),
    ):
        statements.clear()
        assert client.get(path).status_code == 200
        # The composed statement goes to the driver itself and is not among those seen here.
        assert len(statements) + 1 <= MOST_QUERIES, (path, statements)
