import json

import jsonschema
import pytest

from succession.allocation import parcels_format, parcels_search
from succession.allocation.parcels import blocking_pairs
from succession.config import CHECKOUT
from succession.records.documents import DocumentError, differences, read, recompute
from tests.factories.divisions import all_allocations

CASES = CHECKOUT.parent / "shared" / "data" / "reference-cases" / "parcels-with-area.json"
SCHEMA = json.loads((CHECKOUT / "docs/schemas/parcels-area-1.schema.json").read_text(encoding="utf-8"))
FORMATS = {parcels_format.FORMAT: parcels_format.answer}
CASE = {
    "id": "a strip of three",
    "applicants": {
        "a": {"max_area": 5, "ranking": ["p1", "p3", "p2"], "contiguous": True},
        "b": {"max_area": "2.5", "ranking": ["p3", "p1"]},
    },
    "parcels": {
        "p1": {"area": 2, "priorities": ["b", "a"]},
        "p2": {"area": 2, "priorities": ["a"]},
        "p3": {"area": "5/2", "priorities": ["a", "b"]},
    },
    "adjacent": [["p1", "p2"], ["p2", "p3"]],
    "order": ["a", "b"],
}
SEEN = pytest.mark.skipif(not CASES.exists(), reason="the shared reference cases are not here")


def document(**changes):
    return {"format": "parcels-area-1", "cases": [{**CASE, **changes}]}


def computed(**changes):
    return recompute(read(json.dumps(document(**changes))), FORMATS)["cases"][0]["answer"]


@SEEN
def test_every_reference_case_is_answered_as_expected():
    loaded = read(CASES.read_text(encoding="utf-8"))
    answers = recompute(loaded, FORMATS)
    assert differences(loaded, answers) == []
    for case in answers["cases"]:
        assert set(case["answer"]) == {
            "fewest_blocking_pairs",
            "max_area",
            "max_area_with_fewest_blocking_pairs",
            "max_area_contiguous",
        }
    jsonschema.validate(json.loads(CASES.read_text(encoding="utf-8")), SCHEMA)


@SEEN
def test_looking_at_every_allocation_counts_the_feasible_and_the_stable_ones_of_the_reference_cases():
    for case in read(CASES.read_text(encoding="utf-8"))["cases"]:
        division = parcels_format._division(case, "$")
        allocations = list(all_allocations(division))
        assert len(allocations) == case["expected"]["feasible_allocations"]
        stable = [dict(sorted(a.items())) for a in allocations if not blocking_pairs(division, a)]
        assert stable == case["expected"]["stable_allocations"]


def test_with_an_order_it_is_answered_who_picks_what_and_why_not_more():
    assert computed() == {
        "fewest_blocking_pairs": 0,
        "max_area_with_fewest_blocking_pairs": "13/2",
        "max_area": "13/2",
        "max_area_contiguous": "13/2",
        "serial": {"p1": "a", "p2": "a", "p3": "b"},
        "certificates": {
            "a": {"p1": "held", "p3": "not_connected", "p2": "held"},
            "b": {"p3": "held", "p1": "taken"},
        },
    }
    jsonschema.validate(document(), SCHEMA)


def test_where_the_search_would_take_too_long_it_says_what_is_not_answered(monkeypatch):
    monkeypatch.setattr(parcels_search.max_area, "__kwdefaults__", {"all_contiguous": False, "most_steps": 2})
    answer = computed()
    assert answer["beyond_limit"] == ["max_area", "max_area_contiguous"]
    assert "max_area" not in answer
    assert answer["serial"] == {"p1": "a", "p2": "a", "p3": "b"}


def with_applicant(**changes):
    return {"applicants": {**CASE["applicants"], "a": {**CASE["applicants"]["a"], **changes}}}


def with_parcel(**changes):
    return {"parcels": {**CASE["parcels"], "p1": {**CASE["parcels"]["p1"], **changes}}}


@pytest.mark.parametrize(
    ("change", "path"),
    [
        (with_applicant(max_area=-1), "applicants.a.max_area"),
        (with_applicant(max_area=None), "applicants.a.max_area"),
        (with_applicant(ranking=["p1", "p9"]), "applicants.a.ranking[1]"),
        (with_applicant(ranking=["p1", "p1"]), "applicants.a.ranking[1]"),
        (with_applicant(contiguous="yes"), "applicants.a.contiguous"),
        (with_parcel(area=-2), "parcels.p1.area"),
        (with_parcel(area=0), "parcels.p1.area"),
        (with_parcel(priorities=["z"]), "parcels.p1.priorities[0]"),
        ({"adjacent": [["p1"]]}, "adjacent[0]"),
        ({"adjacent": [["p1", "p1"]]}, "adjacent[0][1]"),
        ({"adjacent": [["p1", "p7"]]}, "adjacent[0][1]"),
        ({"order": ["a"]}, "order"),
        ({"order": ["a", "a"]}, "order[1]"),
        ({"order": "ab"}, "order"),
        ({"applicants": []}, "applicants"),
    ],
)
def test_a_bad_value_is_refused_with_its_path(change, path):
    with pytest.raises(DocumentError) as refused:
        computed(**change)
    assert refused.value.path == f"$.cases[0].{path}"


def test_who_asks_for_connected_parcels_may_rank_25():
    def strip(count):
        names = [f"p{n}" for n in range(count)]
        return {
            "applicants": {"a": {"max_area": 3, "ranking": names, "contiguous": True}},
            "parcels": {name: {"area": 1, "priorities": ["a"]} for name in names},
            "adjacent": [],
            "order": ["a"],
        }

    assert computed(**strip(25))["serial"] == {"p0": "a"}
    with pytest.raises(DocumentError, match="ranks at most 25"):
        computed(**strip(26))


@pytest.mark.parametrize("field", ["applicants", "parcels", "adjacent"])
def test_a_missing_field_is_refused_with_its_path(field):
    case = {key: value for key, value in CASE.items() if key != field}
    bad = {"format": "parcels-area-1", "cases": [case]}
    with pytest.raises(DocumentError, match=f"cases\\[0\\].{field}: this field is missing"):
        recompute(read(json.dumps(bad)), FORMATS)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(bad, SCHEMA)
