"""`succession match` on a database of its own."""

import json
from fractions import Fraction

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from succession.accounts.actor import Role
from succession.cli import main
from tests.factories.accounts import an_account
from tests.factories.listings import a_published_listing
from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_published_search


@pytest.fixture
def run(database, monkeypatch):
    monkeypatch.setenv("DATABASE_URL", database.admin_url)
    return lambda *arguments: CliRunner().invoke(main, ["match", *map(str, arguments)])


@pytest.fixture
def market(database):
    with Session(database.engine, expire_on_commit=False) as session:
        a_small_region(session)
        owner = an_account(session, Role.TRANSFEROR)
        wishes = {"distance": ("very", {"wish_km": 15}), "dwelling": ("must", {"dwelling_min": 2})}
        search = a_published_search(session, a_profile(session, training="vocational"), wishes=wishes)
        listing = a_published_listing(
            session, owner, title="Hof am Deich", dwelling_rooms=4, wishes={"training": ("very", {"training_min": 2})}
        )
        a_published_listing(session, owner, title="Hof mit Frage", dwelling_rooms=None)
        return search, listing


def test_matches_of_a_search_as_json_have_the_agreed_keys_and_exact_figures(run, market):
    search, listing = market
    result = run("--search", search.public_id, "--json", "--language", "en")
    document = json.loads(result.stdout)
    assert (result.exit_code, set(document)) == (0, {"pool_means_id", "matches", "to_be_clarified"})
    (match,) = document["matches"]
    keys = {"id", "title", "score", "low", "high", "you_to_them", "them_to_you", "coverage", "reasons"}
    assert (set(match), match["id"], match["title"]) == (keys, str(listing.public_id), "Hof am Deich")
    assert Fraction(match["score"]) == 1
    (unclear,) = document["to_be_clarified"]
    assert (set(unclear), unclear["unclear"]) == (keys | {"unclear"}, ["dwelling"])
    reason = {"side", "criterion", "stated", "wanted", "satisfaction", "weight", "contribution", "sentence"}
    assert all(set(each) == reason for each in match["reasons"])


def test_candidates_of_an_offer_are_found_by_id_and_by_reference(run, market):
    search, listing = market
    by_id = json.loads(run("--listing", listing.public_id, "--json").stdout)
    by_reference = json.loads(run("--listing", listing.reference, "--json").stdout)
    assert by_id == by_reference
    assert [each["id"] for each in by_id["matches"]] == [str(search.public_id)]


def test_for_people_the_answer_is_lines_in_their_language(run, market):
    search, _ = market
    german, english = (run("--search", search.public_id, "--language", each).stdout for each in ("de", "en"))
    assert "Hof am Deich" in german
    assert "Noch zu klären" in german
    assert "To be clarified" in english


def test_wrong_use_ends_with_2_and_what_is_not_published_with_1(run, market):
    search, listing = market
    assert run().exit_code == 2
    assert run("--search", search.public_id, "--listing", listing.public_id).exit_code == 2
    assert run("--search", "nonsense").exit_code == 2
    assert run("--search", search.public_id, "--limit", "0").exit_code == 2
    unknown = run("--search", listing.public_id, "--json")
    assert (unknown.exit_code, unknown.stdout) == (1, "")
    assert unknown.stderr
