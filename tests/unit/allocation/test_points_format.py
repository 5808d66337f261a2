import json

import jsonschema
import pytest
from click.testing import CliRunner

from succession.allocation import points_format
from succession.cli.recompute import recompute as command
from succession.config import CHECKOUT
from succession.records.documents import DocumentError, differences, read, recompute

CASES = CHECKOUT.parent / "shared" / "data" / "reference-cases" / "points.json"
SCHEMA = json.loads((CHECKOUT / "docs/schemas/points-1.schema.json").read_text(encoding="utf-8"))
FORMATS = {points_format.FORMAT: points_format.answer}
LOTTERY = {"seed": "Elbe-2027-03-01", "round": "points"}


def case(criteria, applicants, **catalogue):
    """Applicants as `{"a": {"organic": True}}`, or with more than values as `{"a": {"values": …}}`."""
    listed = [{"id": name, **(one if "values" in one else {"values": one})} for name, one in applicants.items()]
    lot = {"lot": catalogue.pop("lot")} if "lot" in catalogue else {}
    return {
        "id": "c",
        "catalogue": {"criteria": criteria, "lottery": LOTTERY, **catalogue},
        "applicants": listed,
        **lot,
    }


def answered(*arguments, **catalogue):
    document = {"format": "points-1", "cases": [case(*arguments, **catalogue)]}
    return recompute(read(json.dumps(document)), FORMATS)["cases"][0]["answer"]


def yes(identifier, points=1, **more):
    return {"id": identifier, "kind": "boolean", "points": points, **more}


def points_of(criterion, *values, **catalogue):
    """What each value earns, one applicant a value."""
    applicants = {f"a{place:02}": {criterion["id"]: value} for place, value in enumerate(values)}
    answer = answered([criterion], applicants, **catalogue)
    return [answer["points"][name][criterion["id"]] for name in applicants]


@pytest.mark.skipif(not CASES.exists(), reason="the shared reference cases are not here")
def test_every_reference_case_is_answered_exactly():
    document = read(CASES.read_text(encoding="utf-8"))
    answers = recompute(document, FORMATS)
    assert differences(document, answers) == []
    assert [one["answer"] for one in answers["cases"]] == [one["expected"] for one in document["cases"]]


@pytest.mark.skipif(not CASES.exists(), reason="the shared reference cases are not here")
def test_the_command_answers_them_too():
    result = CliRunner().invoke(command, [str(CASES)])
    assert (result.exit_code, result.stderr) == (0, "")


@pytest.mark.skipif(not CASES.exists(), reason="the shared reference cases are not here")
def test_one_changed_figure_is_found_by_its_path():
    document = read(CASES.read_text(encoding="utf-8").replace('"55/7"', '"55/8"'))
    assert differences(document, recompute(document, FORMATS)) == [
        "$.cases[1].expected.points.a1.distance_km: expected 55/8, computed 55/7"
    ]


@pytest.mark.parametrize(
    ("criterion", "values", "points"),
    [
        ({"kind": "boolean", "points": -2}, [True, False, None], ["-2", "0", "0"]),
        ({"kind": "steps", "steps": [["0.5", 1], [2, -3]]}, ["0.49", "0.5", 2, None], ["0", "1", "-3", "0"]),
        ({"kind": "steps", "bounds": "upper", "steps": [[1, 15], [5, 1]]}, [0, 1, "1.01", 6], ["15", "15", "1", "0"]),
        ({"kind": "linear", "from": 0, "to": 25, "points": 30}, [-1, 5, 25, 99], ["0", "6", "30", "30"]),
        ({"kind": "linear", "from": 40, "to": 0, "points": 8, "round_to": 5}, ["7.4", "7.5"], ["7", "6"]),
        (
            {"kind": "linear", "from": 40, "to": 0, "points": 8, "round_to": 5, "rounding": "up"},
            [5, "5.1"],
            ["7", "6"],
        ),
        ({"kind": "per_unit", "points": 4, "unit": 1, "cap": 28}, ["2.9", 9], ["8", "28"]),
        ({"kind": "per_unit", "points": -1, "unit": 10, "cap": -3}, [9, 25, 99], ["0", "-2", "-3"]),
        ({"kind": "category", "map": {"none": 0, "full": "5/2"}}, ["full", "none"], ["5/2", "0"]),
        ({"kind": "rank", "points": [3, 2, 1]}, [10, 30, 30, 20, 5, None], ["0", "3", "3", "1", "0", "0"]),
        ({"kind": "rank", "points": [3, 1], "best": "lowest"}, [10, 30, 20], ["3", "0", "1"]),
        ({"kind": "proportion_to_best", "points": 50}, [100, 80, 0], ["50", "40", "0"]),
        ({"kind": "proportion_to_best", "points": 50, "best": "lowest"}, [100, 80], ["40", "50"]),
        ({"kind": "vs_reference", "reference": "1.5", "steps": [[1, 1]]}, ["1.49", "1.5"], ["0", "1"]),
        ({"kind": "awarded", "by": "parish", "most": 1}, [1, "0.5", None], ["1", "1/2", "0"]),
        ({"kind": "panel_mean", "by": "board", "least": 1, "most": 3, "points": 60}, [[3, 2, 1], [3]], ["40", "60"]),
        (
            {"kind": "units_in_bands", "steps": [[0, 20], [6, 15], [11, 10], [22, 0]], "cap": 40},
            [[3], [3, 7], [1, 1, 12], [30]],
            ["20", "35", "40", "0"],
        ),
        ({"kind": "area_weighted", "map": {"d": 40, "a": 25}}, [{"d": 1, "a": 2}, {"d": "0.1"}], ["30", "40"]),
    ],
)
def test_each_kind_of_rule_earns_what_it_says(criterion, values, points):
    assert points_of({"id": "x", **criterion}, *values) == points


def test_one_highest_and_one_lowest_offer_are_left_out_of_the_mean_also_those_of_excluded_applicants():
    rent = {"id": "rent", "kind": "vs_trimmed_mean", "steps": [[0, 0], ["9/10", 1], [1, 2], ["11/10", 3]]}
    field = {"a": {"rent": 100}, "b": {"rent": 200}, "c": {"rent": 300, "out": True}, "d": {"rent": 9000}}
    answer = answered([rent], field, exclusions=[{"id": "o", "field": "out", "equals": True}])
    assert answer["points"] == {"a": {"rent": "0"}, "b": {"rent": "0"}, "c": {"rent": "3"}, "d": {"rent": "3"}}
    assert points_of(rent, 100, 300) == ["0", "3"]
    assert points_of(rent, 0, 0, 0, 5) == ["2", "2", "2", "3"]


def test_a_criterion_that_only_some_lots_know_is_not_missing_on_the_others():
    margins = yes("margins", 2, only_if=[{"field": "nature_network", "equals": False}])
    on = answered([margins], {"a": {"margins": True}, "b": {}}, lot={"nature_network": False})
    off = answered([margins], {"a": {"margins": True}, "b": {}}, lot={"nature_network": True})
    assert (on["total"], on["missing"]) == ({"a": "2", "b": "0"}, {"b": ["margins"]})
    assert (off["total"], off["missing"]) == ({"a": "0", "b": "0"}, {})


def test_weights_share_out_one_hundred():
    criteria = [
        {"id": "skill", "kind": "awarded", "by": "panel", "most": 5, "weight": 75},
        yes("organic", 3, weight=25),
    ]
    assert answered(criteria, {"a": {"skill": 4, "organic": True}})["points"]["a"] == {"skill": "60", "organic": "25"}


def test_an_equivalence_counts_and_carries_on_to_another_criterion():
    concept = {"id": "concept", "when": {"field": "confirmed_by", "one_of": ["Union", "Chamber"]}, "counts_as": True}
    grazing = {"id": "organic", "when": {"field": "organic", "equals": True}, "counts_as": True}
    criteria = [yes("grazing", equivalences=[grazing]), yes("organic", 3, equivalences=[concept])]
    people = {
        "a": {"organic": False, "grazing": False, "confirmed_by": "Union"},
        "b": {"confirmed_by": "Chamber"},
        "c": {"organic": False, "grazing": True, "confirmed_by": "a friend"},
        "d": {"values": {"organic": True}, "unproven": ["organic"]},
    }
    answer = answered(criteria, people)
    assert answer["total"] == {"a": "4", "b": "4", "c": "1", "d": "0"}
    assert answer["missing"] == {"d": ["grazing", "organic"]}


def test_what_a_relative_has_may_count_as_ones_own():
    clause = {"id": "kin", "when": {"field": "kin_years", "more_than": 0}, "counts_as_field": "kin_years"}
    years = {"id": "years", "kind": "per_unit", "points": 4, "unit": 1, "cap": 28, "equivalences": [clause]}
    people = {"a": {"years": 2, "kin_years": 5}, "b": {"years": 6, "kin_years": 5}}
    assert answered([years], people)["total"] == {"a": "20", "b": "24"}


def test_who_misses_a_stage_is_not_ranked_and_a_stage_may_only_select():
    stages = [{"id": "first", "criteria": ["concept"], "threshold": 3, "carried": False}]
    criteria = [{"id": "concept", "kind": "awarded", "by": "panel", "most": 5}, yes("organic")]
    people = {"a": {"concept": 3, "organic": True}, "b": {"concept": 2, "organic": True}, "c": {"concept": 5}}
    answer = answered(criteria, people, stages=stages)
    assert (answer["ranking"], answer["below_threshold"]) == (["a", "c"], ["b"])
    assert answer["total"] == {"a": "1", "b": "1", "c": "0"}


def test_the_threshold_is_reached_by_equality_and_may_be_waived_for_a_single_applicant():
    assert answered([yes("x", 2)], {"a": {"x": True}, "b": {"x": False}}, threshold=2)["below_threshold"] == ["b"]
    alone = answered([yes("x", 2)], {"a": {"x": False}}, threshold=2, single_applicant="without_threshold")
    assert (alone["ranking"], alone["below_threshold"]) == (["a"], [])


def test_a_criterion_may_have_a_floor_of_its_own():
    price = {"id": "price", "kind": "awarded", "by": "panel", "most": 30, "at_least": 6}
    assert answered([price], {"a": {"price": 5}, "b": {"price": 6}})["excluded_because"] == {"a": ["price"]}


def test_an_absent_exclusion_field_does_not_exclude():
    rent_floor = [{"id": "floor", "field": "rent", "less_than": 100}]
    people = {"a": {"rent": 99}, "b": {"rent": 100}, "c": {}}
    assert answered([yes("x")], people, exclusions=rent_floor)["excluded_because"] == {"a": ["floor"]}


def test_where_the_principles_do_not_apply_nothing_is_scored():
    large = [{"field": "hectares", "at_least": 1}]
    small = answered([yes("x")], {"a": {"x": True}}, applies_if=large, lot={"hectares": "0.99"})
    assert (small["applies"], small["ranking"], small["points"]) == (False, [], {})
    assert answered([yes("x")], {"a": {"x": True}}, applies_if=large, lot={"hectares": 1})["applies"] is True


def test_a_withdrawal_changes_a_relative_criterion_only_where_the_field_is_recomputed():
    bid = {"id": "bid", "kind": "rank", "points": [3, 2, 1]}
    people = {"a": {"bid": 1}, "b": {"values": {"bid": 9}, "withdrawn": True}}
    assert answered([bid], people)["points"] == {"a": {"bid": "2"}}
    assert answered([bid], people, field="recomputed")["points"] == {"a": {"bid": "3"}}


def test_earlier_waves_come_first_whatever_the_points():
    people = {"a": {"x": True, "place": "away"}, "b": {"x": False, "place": "village"}, "c": {"place": "town"}}
    waves = [{"field": "place", "equals": "village"}, {"field": "place", "equals": "town"}]
    assert answered([yes("x")], people, waves=waves)["ranking"] == ["b", "c", "a"]


def test_totals_are_compared_as_rounded_and_a_tie_is_broken_by_more_digits():
    share = {"id": "x", "kind": "linear", "from": 0, "to": 1, "points": 1}
    people = {"a": {"x": "0.1249"}, "b": {"x": "0.1201"}, "c": {"x": "0.125"}}
    answer = answered([share], people, rounding={"digits": 2, "digits_on_tie": 4})
    assert answer["total"] == {"a": "3/25", "b": "3/25", "c": "13/100"}
    assert (answer["ranking"], answer["tied_on_total"]) == (["c", "a", "b"], ["a", "b"])


def test_small_differences_count_as_equal_from_the_best_downwards():
    size = {"id": "size", "kind": "linear", "from": 50, "to": 0, "points": 50, "equal_within": 10}
    people = {"a": {"size": 0}, "b": {"size": 9, "x": True}, "c": {"size": 10, "x": True}}
    assert answered([size, yes("x")], people, mode="lexicographic")["ranking"] == ["b", "a", "c"]


def test_a_fact_that_is_no_criterion_may_break_a_tie():
    chain = [{"field": "sitting", "prefer": "yes"}, {"field": "age", "prefer": "lower"}]
    people = {"a": {"age": 30}, "b": {"age": 29}, "c": {"sitting": True, "age": 60}, "d": {"sitting": False}}
    assert answered([yes("x")], people, tie_breaks=chain)["ranking"] == ["c", "d", "b", "a"]


def test_a_draw_held_by_hand_decides_last():
    people = {"a": {}, "b": {}, "c": {"x": True}}
    assert answered([yes("x")], people, lottery={"drawn": ["b", "a"]})["ranking"] == ["c", "b", "a"]


def test_a_draw_by_hand_that_left_somebody_out_decides_nothing():
    with pytest.raises(DocumentError) as refused:
        answered([yes("x")], {"a": {}, "b": {}, "c": {}}, lottery={"drawn": ["b", "a"]})
    assert refused.value.path == "$.cases[0].catalogue.lottery"


def test_without_a_lottery_equal_applicants_cannot_be_ranked():
    with pytest.raises(DocumentError) as refused:
        answered([yes("x")], {"a": {}, "b": {}}, lottery=None)
    assert refused.value.path == "$.cases[0].catalogue.lottery"


@pytest.mark.skipif(not CASES.exists(), reason="the shared reference cases are not here")
def test_the_schema_accepts_the_reference_cases():
    jsonschema.validate(json.loads(CASES.read_text(encoding="utf-8")), SCHEMA)


@pytest.mark.parametrize(
    "criterion",
    [
        {"kind": "magic"},
        {"kind": "per_unit", "points": 1, "unit": 1},
        {"kind": "steps", "steps": [[0]]},
        {"kind": "rank"},
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(criterion):
    document = {"format": "points-1", "cases": [case([{"id": "x", **criterion}], {})]}
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, SCHEMA)
    with pytest.raises(DocumentError):
        recompute(document, FORMATS)
