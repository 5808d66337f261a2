"""Worked by hand; the figures of named schemes are those of the survey."""

import json
from fractions import Fraction

import jsonschema
import pytest

from succession.allocation import points_format
from succession.allocation.catalogue import Tickets
from succession.allocation.lottery import smallest_ticket, ticket
from succession.config import CHECKOUT
from succession.records.documents import read, recompute

SCHEMA = json.loads((CHECKOUT / "docs/schemas/points-1.schema.json").read_text(encoding="utf-8"))
YES = {"id": "organic", "kind": "boolean", "points": 3}
LOT = {"seed": "s", "round": "1"}


def computed(criteria, applicants, lot=None, **catalogue):
    listed = [{"id": name, **({"values": one} if "values" not in one else one)} for name, one in applicants.items()]
    case = {"id": "c", "catalogue": {"criteria": criteria, **catalogue}, "applicants": listed, "lot": lot or {}}
    document = {"format": "points-1", "cases": [case]}
    jsonschema.validate(document, SCHEMA)
    answer = recompute(read(json.dumps(document)), {"points-1": points_format.answer})["cases"][0]["answer"]
    jsonschema.validate({**document, "cases": [{**case, "expected": answer}]}, SCHEMA)
    return answer


def bids(**offers):
    return {name: {"bid": offer} for name, offer in offers.items()}


def test_the_offer_counts_as_raised_by_the_highest_certificate_and_the_real_one_is_paid():
    uplifts = [
        {"id": "planetproof", "field": "certificate", "equals": "planetproof", "share": "0.10"},
        {"id": "both", "field": "organic", "equals": True, "share": "0.05"},
    ]
    field = {
        "a": {"bid": 1000, "certificate": "planetproof", "organic": True},
        "b": {"bid": 1090, "organic": False},
        "c": {"organic": True},
    }
    found = computed([YES], field, virtual_bid={"field": "bid", "uplifts": uplifts}, lottery=LOT)
    assert found["virtual_bid"] == {"a": "1100", "b": "1090"}
    assert found["ranking"] == ["a", "b", "c"]
    stacked = computed([YES], field, virtual_bid={"field": "bid", "uplifts": uplifts, "stacking": "sum"}, lottery=LOT)
    assert stacked["virtual_bid"]["a"] == "1150"


def test_what_is_not_proven_does_not_raise_an_offer():
    uplift = {"id": "organic", "field": "organic", "equals": True, "share": "1/2"}
    field = {"a": {"values": {"bid": 100, "organic": True}, "unproven": ["organic"]}, "b": {"bid": 101}}
    found = computed([YES], field, virtual_bid={"field": "bid", "uplifts": [uplift]}, lottery=LOT)
    assert found["virtual_bid"] == {"a": "100", "b": "101"}


def test_an_offer_may_be_raised_by_its_points():
    field = {"a": {"bid": 100, "organic": True}, "b": {"bid": 120, "organic": False}}
    found = computed([YES], field, virtual_bid={"field": "bid", "per_point": "0.1"})
    assert found["virtual_bid"] == {"a": "130", "b": "120"}


def test_the_first_half_of_the_total_is_the_most_that_local_criteria_may_make():
    criteria = [
        {"id": "years", "kind": "per_unit", "points": 10, "unit": 1, "cap": 60, "group": "local"},
        {"id": "children", "kind": "per_unit", "points": 8, "unit": 1, "cap": 40},
    ]
    found = computed(
        criteria,
        {"a": {"years": 6, "children": 1}, "b": {"years": 1, "children": 2}, "c": {"years": 5}},
        group_share_caps={"local": "1/2"},
        lottery=LOT,
    )
    assert found["total"] == {"a": "16", "b": "26", "c": "0"}
    assert found["points"]["a"] == {"years": "60", "children": "8"}


def test_only_the_best_of_a_stage_go_on_and_equals_of_the_last_go_with_them():
    criteria = [YES, {"id": "concept", "kind": "awarded", "by": "jury", "most": 10}]
    field = {
        "a": {"organic": True, "concept": 1},
        "b": {"organic": True, "concept": 2},
        "c": {"organic": False, "concept": 10},
        "d": {"organic": True, "concept": 3},
    }
    found = computed(criteria, field, stages=[{"id": "desk", "criteria": ["organic"], "best": 2}])
    assert found["ranking"] == ["d", "b", "a"]
    assert found["left_behind"] == {"c": "desk"}
    assert found["below_threshold"] == []


def test_whoever_missed_a_threshold_takes_nobodys_place_among_the_best():
    criteria = [YES, {"id": "size", "kind": "steps", "steps": [[0, 1], [5, 4], [9, 6]]}]
    stages = [
        {"id": "first", "criteria": ["organic"], "threshold": 3},
        {"id": "second", "criteria": ["size"], "best": 1},
    ]
    field = {"a": {"organic": False, "size": 9}, "b": {"organic": True, "size": 5}, "c": {"organic": True, "size": 1}}
    found = computed(criteria, field, stages=stages)
    assert (found["ranking"], found["below_threshold"], found["left_behind"]) == (["b"], ["a"], {"c": "second"})


def test_a_grade_adds_its_share_of_the_points_before():
    criteria = [
        {"id": "type", "kind": "category", "map": {"cattle": 60, "arable": 30}},
        {"id": "ecology", "kind": "per_unit", "points": 4, "unit": 1, "cap": 40},
        {"id": "concept", "kind": "grade_factor", "map": {"1": "0.15", "2": "0.1125"}, "of": ["type", "ecology"]},
    ]
    found = computed(
        criteria,
        {
            "a": {"type": "cattle", "ecology": 10, "concept": "1"},
            "b": {"type": "cattle", "ecology": 10, "concept": "2"},
        },
        threshold=100,
    )
    assert found["total"] == {"a": "115", "b": "445/4"}
    assert found["points"]["b"]["concept"] == "45/4"


def test_the_sitting_lessee_comes_first_in_the_last_year_allowed_and_is_out_after_it():
    rule = {"id": "tenure", "kind": "tenure", "field": "years", "at_most": 4, "points": 1, "first": "last_term"}
    field = {"new": {"years": 0}, "second": {"years": 1}, "last": {"years": 3}, "over": {"years": 4}}
    found = computed([rule], field, lottery=LOT)
    assert found["ranking"][0] == "last"
    assert found["excluded_because"] == {"over": ["tenure"]}
    assert found["points"]["second"] == {"tenure": "0"}
    always = computed([{**rule, "first": "always"}], field, lottery=LOT)
    assert always["points"]["second"] == {"tenure": "1"}


def test_each_lot_won_before_makes_the_total_count_less():
    rule = {"field": "won", "factors": ["0.8", "1/2"]}
    field = {name: {"organic": True, "won": won} for name, won in {"a": 0, "b": 1, "c": 2, "d": 7}.items()}
    found = computed([YES], field, earlier_wins=rule, lottery=LOT)
    assert found["total"] == {"a": "3", "b": "12/5", "c": "3/2", "d": "3/2"}


def test_nobody_holds_more_of_the_owners_land_than_half_of_the_farm():
    limit = {"id": "half", "held": "held_ha", "lot_area": "ha", "farm_area": "farm_ha", "at_most": "1/2"}
    field = {"a": {"held_ha": 20, "farm_ha": 60}, "b": {"held_ha": 21, "farm_ha": 60}, "c": {"farm_ha": 1}}
    found = computed([YES], field, {"ha": 10}, land_limit=limit, lottery=LOT)
    assert found["excluded_because"] == {"b": ["half"]}


def test_every_third_rank_belongs_to_the_group():
    field = {name: {"n": 9 - place, "village": name in "ef"} for place, name in enumerate("abcdef")}
    criterion = {"id": "n", "kind": "per_unit", "points": 1, "unit": 1, "cap": 9}
    rule = {"id": "village", "who": [{"field": "village", "equals": True}], "n": 3}
    assert computed([criterion], field, every_nth=rule)["ranking"] == ["a", "b", "e", "c", "d", "f"]


SHARES = {
    "places": 4,
    "shares": [
        {"id": "students", "who": [{"field": "student", "equals": True}], "places": 2, "spills_to": ["workers"]},
        {"id": "workers", "who": [{"field": "worker", "equals": True}], "places": 2},
    ],
}


def test_places_that_a_group_does_not_take_go_to_the_other_group_and_then_outside():
    field = {
        "outside": {"organic": True},
        "student": {"organic": False, "student": True},
        "w1": {"organic": False, "worker": True},
        "w2": {"organic": False, "worker": True},
        "w3": {"organic": False, "worker": True},
    }
    found = computed([YES], field, reserved_places=SHARES, lottery=LOT)
    assert found["placed"] == {"student": "students", "w1": "workers", "w2": "workers", "w3": "workers"}
    few = {name: one for name, one in field.items() if name != "w3"}
    assert computed([YES], few, reserved_places=SHARES, lottery=LOT)["placed"]["outside"] == "open"


@pytest.mark.parametrize(
    ("at_tie", "placed"),
    [
        ("lot", {"top": "open", "x": "workers"}),
        ("all", {"x": "workers", "y": "workers"}),
        ("none", {"top": "open", "z": "open"}),
    ],
)
def test_where_a_share_ends_among_equals_the_rule_says_who_is_in(at_tie, placed):
    rule = {"places": 2, "at_tie": at_tie, "shares": [{**SHARES["shares"][1], "places": 1}]}
    field = {
        "top": {"values": {"organic": True, "n": 1}},
        "x": {"values": {"worker": True}},
        "y": {"values": {"worker": True}},
        "z": {"values": {"n": 1}},
    }
    count = {"id": "n", "kind": "per_unit", "points": 1, "unit": 1, "cap": 1}
    found = computed([YES, count], field, reserved_places=rule, lottery={"drawn": ["x", "y"]})
    assert found["placed"] == placed


def test_which_places_are_filled_first_decides_who_gets_in():
    rule = {"places": 2, "shares": [{**SHARES["shares"][1], "places": 1}]}
    field = {"a": {"n": 3, "worker": True}, "b": {"n": 2, "worker": True}, "c": {"n": 1}}
    count = {"id": "n", "kind": "per_unit", "points": 1, "unit": 1, "cap": 9}
    assert computed([count], field, reserved_places=rule)["placed"] == {"a": "workers", "b": "open"}
    third = {**field, "b": {"n": 2}, "d": {"n": 0, "worker": True}}
    assert computed([count], third, reserved_places=rule)["placed"] == {"a": "workers", "b": "open"}
    assert computed([count], third, reserved_places={**rule, "open_first": True})["placed"] == {
        "a": "open",
        "d": "workers",
    }


AUCTION = {"field": "bid", "invited": 2, "step": 50}


def test_the_highest_and_the_sitting_lessee_are_invited_with_their_written_offer():
    field = bids(a=500, b=450, c=450, d=100, e=90)
    field["d"]["sits"] = True
    found = computed([YES], field, auction={**AUCTION, "sitting": "sits"}, lottery=LOT)
    assert found["invited"] == {"a": "500", "b": "450", "c": "450", "d": "100"}


def test_the_minutes_of_the_auction_decide_among_those_invited():
    criterion = {"id": "bid", "kind": "proportion_to_best", "points": 10}
    found = computed([criterion], bids(a=500, b=450, c=100), auction={**AUCTION, "bids": {"b": 600, "a": 550}})
    assert found["ranking"] == ["b", "a", "c"]


def test_equals_may_be_left_to_an_auction_that_is_still_to_come():
    found = computed([YES], bids(a=500, b=500), auction={"field": "bid", "among": "equal", "step": 1})
    assert found["invited"] == {"a": "500", "b": "500"}


def test_the_best_placed_with_the_right_takes_the_lot_at_the_best_offer():
    criterion = {"id": "bid", "kind": "proportion_to_best", "points": 10}
    right = {"field": "bid", "who": [{"field": "age", "less_than": 40}]}
    field = {"a": {"bid": 500, "age": 60}, "b": {"bid": 400, "age": 30}, "c": {"bid": 300, "age": 20}}
    found = computed([criterion], field, right_to_match=right)
    assert (found["may_match"], found["ranking"]) == (["b", "c"], ["a", "b", "c"])
    assert computed([criterion], field, right_to_match={**right, "matched": ["c"]})["ranking"] == ["c", "a", "b"]
    young = {**field, "a": {"bid": 500, "age": 39}}
    assert computed([criterion], young, right_to_match=right)["may_match"] == []


def test_a_criterion_counts_once_for_people_who_apply_together():
    criteria = [
        {"id": "volunteer", "kind": "boolean", "points": 10},
        {"id": "children", "kind": "units_in_bands", "steps": [[0, 5]], "cap": 40, "joint": "sum"},
        {"id": "trained", "kind": "boolean", "points": 4, "joint": "all"},
    ]
    couple = [
        {"id": "p1", "values": {"volunteer": True, "children": [3], "trained": True, "lie": False}},
        {"id": "p2", "values": {"volunteer": True, "children": [7, 9], "trained": False, "lie": True}},
    ]
    field = {"couple": {"values": {}, "household": "h", "members": couple}}
    found = computed(criteria, field)
    assert found["points"]["couple"] == {"volunteer": "10", "children": "15", "trained": "0"}
    lie = computed(criteria, field, exclusions=[{"id": "lie", "field": "lie", "equals": True}])
    assert lie["excluded_because"] == {"couple": ["lie"]}


def test_tickets_are_held_in_proportion_to_what_is_stated():
    tickets = {"field": "children", "most": 5}
    field = {"many": {"children": 3}, "one": {"children": 1}}
    first = 0
    for draw in map(str, range(2000)):
        three = smallest_ticket("s", draw, "many", 3)
        first += three < smallest_ticket("s", draw, "one", 1)
        assert three <= ticket("s", draw, "many")
    assert abs(Fraction(first, 2000) - Fraction(3, 4)) < Fraction(1, 30)
    found = computed([YES], field, lottery={"seed": "s", "round": "0", "tickets": tickets})
    ahead = smallest_ticket("s", "0", "many", 3) < smallest_ticket("s", "0", "one", 1)
    assert found["ranking"][0] == ("many" if ahead else "one")


def test_the_tickets_held_lie_within_the_bounds():
    tickets = Tickets("children", most=5, least=2)
    stated = [None, Fraction(0), Fraction(7, 2), Fraction(9)]
    assert [tickets.held({"children": one}) for one in stated] == [2, 2, 3, 5]
