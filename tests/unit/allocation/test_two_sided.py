import json

import pytest

from succession.allocation import blocking, two_sided_format
from succession.cli.recompute import FORMATS
from succession.config import CHECKOUT
from succession.records.documents import DocumentError, differences, read
from succession.records.documents import recompute as answers

SHARED = CHECKOUT.parent / "shared" / "data" / "reference-cases" / "two-sided.json"
CASES = read(SHARED.read_text(encoding="utf-8"))["cases"] if SHARED.exists() else []
RULES = ("applicant_optimal", "object_optimal", "immediate_acceptance", "top_trading_cycles")
# Three who want each other's lots: the stable placement leaves them with what they want less.
CASE = {
    "id": "small",
    "applicants": {
        "Adam": ["Brook", "Mill", "Hill"],
        "Berta": ["Mill", "Brook"],
        "Carl": ["Mill", "Brook"],
        "Dora": [],
    },
    "objects": {
        "Mill": {"capacity": 1, "priorities": ["Adam", "Carl", "Berta"]},
        "Brook": {"capacity": 1, "priorities": ["Berta", "Adam"]},
        "Hill": {"capacity": 0, "priorities": ["Adam"]},
    },
}


def computed(**changes):
    text = json.dumps({"format": "two-sided-1", "cases": [{**CASE, **changes}]})
    return answers(read(text), FORMATS)["cases"][0]["answer"]


def stable(case, placement):
    lots = case["objects"]
    places = blocking.places_in_order({lot: said["priorities"] for lot, said in lots.items()})
    return blocking.is_stable(case["applicants"], places, {lot: int(lots[lot]["capacity"]) for lot in lots}, placement)


@pytest.mark.skipif(not CASES, reason="the shared reference cases are not here")
def test_the_reference_cases_recompute():
    for case in CASES:
        answer = two_sided_format.answer(case, "$")
        assert answer == {rule: case["expected"][rule] for rule in RULES}, case["id"]


@pytest.mark.skipif(not CASES, reason="the shared reference cases are not here")
def test_the_checker_agrees_with_what_the_reference_cases_say_is_stable():
    for case in CASES:
        expected = case["expected"]
        assert all(stable(case, placement) for placement in expected["stable_matchings"])
        for rule in RULES[2:]:
            assert stable(case, expected[rule]) is expected[f"{rule}_stable"], (case["id"], rule)


def test_the_four_rules_differ_and_the_unplaced_are_left_out():
    assert computed() == {
        "applicant_optimal": {"Adam": "Mill", "Berta": "Brook"},
        "object_optimal": {"Adam": "Mill", "Berta": "Brook"},
        "immediate_acceptance": {"Adam": "Brook", "Carl": "Mill"},
        "top_trading_cycles": {"Adam": "Brook", "Berta": "Mill"},
    }


@pytest.mark.parametrize(
    ("placement", "fault"),
    [
        ({"Adam": "Brook", "Carl": "Mill"}, ("Berta", "Brook")),
        ({"Adam": "Mill"}, ("Berta", "Brook")),
        ({"Adam": "Mill", "Berta": "Mill"}, ("Mill",)),
        ({"Adam": "Hill", "Berta": "Brook", "Carl": "Mill"}, ("Hill",)),
        ({"Adam": "Mill", "Berta": "Brook", "Carl": "Hill"}, ("Carl", "Hill")),
    ],
)
def test_the_checker_names_the_fault(placement, fault):
    lots = CASE["objects"]
    places = blocking.places_in_order({lot: said["priorities"] for lot, said in lots.items()})
    capacities = {lot: said["capacity"] for lot, said in lots.items()}
    found = blocking.unacceptable(CASE["applicants"], places, placement)
    found += [(lot,) for lot in blocking.overfull(capacities, placement)]
    if not found:
        found += blocking.blocking_pairs(CASE["applicants"], places, capacities, placement)
    assert fault in found
    assert not stable(CASE, placement)


@pytest.mark.parametrize(
    ("published", "said"),
    [
        ({"Adam": "Mill", "Berta": "Hill"}, ".Berta: expected Hill, computed Brook"),
        ({"Adam": "Mill"}, ".Berta: expected nothing, computed Brook"),
        ({"Adam": "Mill", "Berta": "Brook", "Carl": "Hill"}, ".Carl: expected Hill, computed nothing"),
    ],
)
def test_one_line_changed_taken_out_or_put_in_is_found_and_named(published, said):
    document = read(json.dumps({"format": "two-sided-1", "cases": [{**CASE, "expected": {RULES[0]: published}}]}))
    assert differences(document, answers(document, FORMATS)) == [f"$.cases[0].expected.{RULES[0]}{said}"]


def test_nobody_and_nothing_is_a_market_too():
    nothing = {rule: {} for rule in RULES}
    assert computed(applicants={}, objects={}) == nothing
    assert computed(applicants={"Adam": []}, objects={}) == nothing
    assert computed(applicants={}, objects={"Mill": {"capacity": 1, "priorities": []}}) == nothing
    assert computed(applicants={"Adam": ["Mill"]}, objects={"Mill": {"capacity": 1, "priorities": []}}) == nothing


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"applicants": {"Adam": ["Brook", "Brook"]}}, "applicants.Adam[1]"),
        ({"applicants": {"Adam": ["Pond"]}}, "applicants.Adam[0]"),
        ({"applicants": {"Adam": "Mill"}}, "applicants.Adam"),
        ({"applicants": []}, "applicants"),
        ({"applicants": {"": []}}, "applicants"),
        ({"applicants": {"Adam": [3]}}, "applicants.Adam[0]"),
        ({"objects": []}, "objects"),
        ({"objects": {"Mill": [], "Brook": {}, "Hill": {}}}, "objects.Mill"),
        *(
            ({"applicants": {"Adam": []}, "objects": {"Mill": {"priorities": ["Adam"], **lot}}}, f"objects.Mill.{key}")
            for lot, key in (
                ({}, "capacity"),
                ({"capacity": -1}, "capacity"),
                ({"capacity": 0.5}, "capacity"),
                ({"capacity": True}, "capacity"),
                ({"capacity": 1, "priorities": ["Eve"]}, "priorities[0]"),
                ({"capacity": 1, "priorities": ["Adam", "Adam"]}, "priorities[1]"),
            )
        ),
    ],
)
def test_a_bad_value_is_refused_with_its_path(change, place):
    with pytest.raises(DocumentError) as refused:
        computed(**change)
    assert refused.value.path == f"$.cases[0].{place}"


@pytest.mark.parametrize("field", ["applicants", "objects"])
def test_a_missing_field_is_refused_with_its_path(field):
    case = {key: value for key, value in CASE.items() if key != field}
    with pytest.raises(DocumentError) as refused:
        two_sided_format.answer(case, "$")
    assert refused.value.path == f"$.{field}"
