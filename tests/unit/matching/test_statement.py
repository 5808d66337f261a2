"""One composed statement is kept in a file, so that a reviewer sees the whole.

`SUCCESSION_WRITE_STATEMENT=1 pytest tests/unit/matching/test_statement.py` writes the file anew.
"""

import os
from pathlib import Path
from uuid import UUID

import pytest

from succession.facts.coding import StatedWish
from succession.facts.importance import Importance
from succession.facts.kinds import Kind
from succession.listings.publishing import OfferStatements, publish_offer
from succession.matching.pairs import Means
from succession.matching.statement import Here, Wanted, offers_for, searches_for
from succession.profiles.publishing import SearchStatements, publish_search

KEPT = Path(__file__).with_name("statements")
SEARCH = publish_search(
    SearchStatements(
        kinds=frozenset({Kind.LAND, Kind.FARM}),
        radius_km=25,
        facts={"training": "vocational", "equity": 40_000, "trial_ready": True},
        wishes=(
            StatedWish("distance", Importance.VERY, {"wish_km": 10}),
            StatedWish("area", Importance.IMPORTANT, {"area_min": 9}),
            StatedWish("dwelling", Importance.MUST, {"dwelling_min": 2}),
            StatedWish("mentoring", Importance.NICE),
        ),
    )
)
OFFER = publish_offer(
    OfferStatements(
        kind=Kind.FARM,
        facts={"area_ha": 40, "dwelling_rooms": 4},
        wishes=(
            StatedWish("training", Importance.MUST, {"training_min": 2}),
            StatedWish("equity", Importance.NICE, {"equity_min": 2}),
        ),
    )
)
HERE = Here(17, 660_000, 5_880_000)
MEANS = Means(UUID(int=1))
STATEMENTS = {
    "offers_for_a_search": lambda: offers_for(SEARCH, HERE, MEANS, Wanted(20, 20)),
    "offers_for_a_search_with_all_ties": lambda: offers_for(SEARCH, HERE, MEANS, Wanted(20, 20, with_all_ties=True)),
    "searches_for_an_offer": lambda: searches_for(OFFER, HERE, MEANS, Wanted(20, 20)),
}


@pytest.mark.parametrize("name", STATEMENTS)
def test_the_composed_statement_is_as_kept(name):
    statement = STATEMENTS[name]()
    parameters = "\n".join(f"-- {key} = {value}" for key, value in statement.parameters.items())
    written = f"{statement.sql}\n\n{parameters}\n"
    file = KEPT / f"{name}.sql"
    if os.environ.get("SUCCESSION_WRITE_STATEMENT"):
        KEPT.mkdir(exist_ok=True)
        file.write_text(written, encoding="utf-8")
    assert written == file.read_text(encoding="utf-8")


def test_only_what_the_person_weighs_is_computed():
    sql = STATEMENTS["offers_for_a_search"]().sql
    own = sql[: sql.index(" AS a,")]
    assert "o.area_ha" in own
    assert "o.soil_points" not in own
    assert "o.price" not in own


def test_every_value_is_a_parameter():
    for made in STATEMENTS.values():
        statement = made()
        assert "660000" not in statement.sql
