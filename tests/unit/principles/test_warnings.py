"""A council is told what a rule does before it adopts it."""

from typing import Any

import pytest

from succession.principles import shipped
from succession.principles.document import read
from succession.principles.sample_farms import farms
from succession.principles.warnings import Kind, warnings
from tests.unit.principles.documents import a_criterion, said, small


def kinds(document: dict[str, Any], criterion: str | None = None) -> set[Kind]:
    found = warnings(read(document), ())
    return {one.kind for one in found if criterion is None or one.criterion == criterion}


def with_question(place: int, **changed: Any) -> dict[str, Any]:
    document = small()
    document["questions"][place].update(changed)
    return document


def test_our_recommendation_gives_no_cause():
    assert warnings(shipped.document("recommended"), farms()) == ()


def test_points_that_depend_on_others_are_named():
    assert Kind.FIELD_RELATIVE in kinds(small(), "offer")


def test_a_statement_without_evidence_is_named_and_a_heavy_one_too():
    assert Kind.NO_EVIDENCE in kinds(small(), "organic")
    proven = with_question(0, evidence=[said("certificate")])
    assert Kind.NO_EVIDENCE not in kinds(proven, "organic")
    proven["questions"][0]["evidence_effort"] = "heavy"
    assert Kind.EVIDENCE_HEAVY in kinds(proven, "organic")


def test_a_criterion_that_outweighs_all_others_is_named():
    assert Kind.DECISIVE_ALONE not in kinds(small(), "organic")
    assert Kind.DECISIVE_ALONE in kinds(small("catalogue.criteria.0.points", 50), "organic")


def test_the_price_is_named_when_it_has_more_than_a_third():
    assert Kind.PRICE_DOMINATES not in kinds(small())
    assert Kind.PRICE_DOMINATES in kinds(small("catalogue.criteria.3.points", [30, 2]))


@pytest.mark.parametrize(
    "question",
    [
        "Wo ist Ihr Wohnsitz?",
        "Liegt Ihr Betriebssitz im Pachtgebiet?",
        "Sind Sie ortsansässig?",
        "Wirtschaften Sie am Ort?",
    ],
)
def test_residence_or_seat_as_such_is_named_with_something_better(question):
    document = with_question(0, question={"de": question, "en": "?"})
    found = [one for one in warnings(read(document), ()) if one.kind is Kind.SEAT]
    assert [one.criterion for one in found] == ["organic"]
    assert "farmstead or planned farmstead" in found[0].text.msgid


def test_a_distance_from_the_farmstead_is_no_residence():
    assert Kind.SEAT not in kinds(with_question(2, question={"de": "Wie weit ist Ihr Betriebssitz?", "en": "?"}))


def test_religion_is_named_for_every_owner_that_does_not_mark_it():
    question = {"de": "Gehören Sie der Kirche an?", "en": "?"}
    assert Kind.RELIGION in kinds(with_question(0, question=question))
    marked = with_question(0, question=question, mandatory=False, special_category="religion")
    marked["owners"] = "church"
    assert Kind.RELIGION not in kinds(marked)


def test_points_that_nobody_can_reach_are_named():
    assert Kind.UNREACHABLE in kinds(with_question(1, most=2), "jobs")
    capped = small("catalogue.criteria.0.group", "green")
    capped["catalogue"]["group_caps"] = {"green": 3}
    assert Kind.UNREACHABLE in kinds(capped, "organic")


def test_a_distance_that_published_points_would_give_away_is_named():
    assert Kind.EXACT_DISTANCE not in kinds(small())
    assert Kind.EXACT_DISTANCE in kinds(small("catalogue.criteria.2.round_to", 1), "distance")


def test_a_large_share_at_the_discretion_of_a_body_is_named():
    document = small("catalogue.criteria.0", a_criterion("organic", kind="awarded", by="Rat", most=20))
    document["questions"][0].update({"answer": "number", "from": "awarded"})
    assert Kind.JUDGED in kinds(document, "organic")


def test_criteria_without_points_are_named_and_so_is_a_missing_draw():
    document = small("unscored", [{"id": "x", "label": said("x"), "note": said("n")}])
    document.update(completeness="partial", draw="none")
    assert {Kind.UNSCORED, Kind.NO_DRAW} <= kinds(document)


def test_a_criterion_that_separates_no_sample_farm_is_named():
    found = warnings(read(small()), farms())
    assert Kind.SEPARATES_NOBODY in {one.kind for one in found if one.criterion == "jobs"}
