"""A principle set is read strictly."""

from typing import Any

import pytest

from succession.allocation.rules import Want
from succession.principles.document import Completeness, Draw, PriceKind, read
from succession.principles.texts import in_language
from succession.records.documents import DocumentError
from tests.unit.principles.documents import a_criterion, a_question, said, small, without


def test_a_set_is_read_with_its_words_and_questions():
    document = read(small())
    assert document.key == "small"
    assert in_language(document.name, "en") == "Small set"
    assert in_language(document.words["jobs"].label, "de") == "jobs (deutsch)"
    assert document.question("jobs").answer is Want.NUMBER  # type: ignore[union-attr]
    assert (document.price, document.draw, document.completeness) == (
        PriceKind.BID,
        Draw.COMMITTED,
        Completeness.COMPLETE,
    )
    assert document.is_complete
    assert document.standstill_days == 14


def test_the_id_changes_with_every_word():
    assert read(small()).identifier != read(small("name.de", "Anders")).identifier
    assert read(small()).identifier == read(small()).identifier


def test_a_lottery_is_put_in_by_the_call():
    with_seed = read(small()).points_catalogue({"seed": "s", "round": "r"})
    assert with_seed["lottery"] == {"seed": "s", "round": "r"}
    assert "lottery" not in read(small()).points_catalogue()


PLACES: list[tuple[str, Any, str]] = [
    ("format", "points-1", "$.format"),
    ("name", {"de": "nur deutsch"}, "$.name.en"),
    ("name.fr", "aussi", "$.name.fr"),
    ("extra", 1, "$.extra"),
    ("owners", "council", "$.owners"),
    ("price.kind", "free", "$.price.kind"),
    ("price.kind", "fixed", "$.questions[3].from"),
    ("completeness", "partial", "$.gaps"),
    ("unscored", [{"id": "x", "label": said("x"), "note": said("n")}], "$.completeness"),
    ("term_years", 0, "$.term_years"),
    ("questions.0.id", "green", "$.questions"),
    ("questions.0.answer", "number", "$.questions[0].answer"),
    ("questions.0.colour", "red", "$.questions[0].colour"),
    ("questions.0.special_category", "religion", "$.questions[0].mandatory"),
    ("questions.4.special_category", "religion", "$.questions[4].special_category"),
    ("questions.1.least", 200, "$.questions[1].most"),
    ("questions.1.decimals", 9, "$.questions[1].decimals"),
    ("questions.1.measure", "distance_farmstead_road", "$.questions[1].measure"),
    ("questions.2.measure", "by_balloon", "$.questions[2].measure"),
    ("questions.5.choices", [{"id": "full", "label": said("full")}], "$.questions[5].choices"),
    ("questions.0.choices", [{"id": "full", "label": said("full")}], "$.questions[0].choices"),
    ("catalogue.lottery", {"seed": "s", "round": "r"}, "$.catalogue.lottery"),
    (
        "catalogue.criteria.0",
        without(a_criterion("organic", kind="boolean", points=5), "reason"),
        "$.catalogue.criteria[0].reason",
    ),
    ("catalogue.exclusions.0", {"id": "sludge", "field": "sludge", "equals": True}, "$.catalogue.exclusions[0].label"),
    ("promises", [{"id": "p", "criterion": "none"}], "$.promises[0].first_due_months"),
]


@pytest.mark.parametrize(("path", "value", "place"), PLACES)
def test_what_is_missing_misspelt_or_contradictory_is_refused_with_its_place(path, value, place):
    with pytest.raises(DocumentError) as refused:
        read(small(path, value))
    assert refused.value.path == place


@pytest.mark.parametrize("points", ["9" * 400, "1e999", "1e-30", f"1/{10**16 + 1}", 10**16])
def test_a_figure_that_nobody_can_mean_is_refused_with_its_place(points):
    with pytest.raises(DocumentError, match="no figure is larger or finer") as refused:
        read(small("catalogue.criteria.0.points", points))
    assert refused.value.path == "$.catalogue.criteria[0].points"


def test_a_name_that_looks_like_a_day_or_a_fraction_is_a_name():
    document = small("questions.5.choices", [{"id": "2026-01-01", "label": said("a")}, {"id": "x", "label": said("b")}])
    document["catalogue"]["criteria"][4]["map"] = {"2026-01-01": 1, "x": 2}
    document["catalogue"]["criteria"][0]["label"] = {"de": "1/0", "en": "1.2.3"}
    assert read(document)


def test_there_are_not_more_criteria_than_anybody_can_follow():
    more = [a_criterion(f"c{number}", kind="boolean", points=1) for number in range(101)]
    document = small("catalogue.criteria", more)
    with pytest.raises(DocumentError, match="at most 100 criteria"):
        read(document)


def test_nobody_is_asked_in_vain():
    document = small()
    document["questions"].append(a_question("shoe_size", "number"))
    with pytest.raises(DocumentError, match="nothing in the catalogue reads shoe_size"):
        read(document)


def test_a_body_awards_its_points_and_nobody_declares_them():
    document = small("catalogue.criteria.0", a_criterion("organic", kind="awarded", by="panel", most=5))
    document["questions"][0]["answer"] = "number"
    with pytest.raises(DocumentError, match="a body awards its points"):
        read(document)
    document["questions"][0]["from"] = "awarded"
    assert read(document).question("organic").asked is False  # type: ignore[union-attr]


def test_only_a_church_asks_about_religion_and_nobody_has_to_answer():
    document = small("questions.4.special_category", "religion")
    document["owners"] = "church"
    assert read(document).question("sludge").special_category == "religion"  # type: ignore[union-attr]


def test_a_promise_belongs_to_a_criterion_that_exists():
    promise = {"id": "hedge", "text": said("t"), "check": said("c"), "consequence": said("k"), "first_due_months": 12}
    assert read(small("promises", [{**promise, "criterion": "organic"}])).promises[0].first_due_months == 12
    with pytest.raises(DocumentError, match="there is no criterion hedge"):
        read(small("promises", [{**promise, "criterion": "hedge"}]))
