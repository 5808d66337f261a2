import pytest

from succession.allocation import points_format
from tests.unit.allocation.test_points_refusals import GRASS, refused, refused_applicant, refused_catalogue

WHO = [{"field": "f", "equals": True}]
SHARE = {"id": "a", "who": WHO, "places": 1}
UPLIFT = {"id": "u", "field": "f", "equals": True, "share": "0.1"}
LIMIT = {"id": "half", "held": "h", "lot_area": "l", "farm_area": "f", "at_most": "1/2"}


@pytest.mark.parametrize(
    ("criterion", "place"),
    [
        ({"kind": "tenure", "points": 1}, "at_most"),
        ({"kind": "tenure", "points": 1, "at_most": 3, "term": 4}, "at_most"),
        ({"kind": "tenure", "points": 1, "at_most": 3, "term": 0}, "term"),
        ({"kind": "tenure", "points": 1, "at_most": 3, "first": "never"}, "first"),
        ({"kind": "grade_factor", "map": {"1": 1}, "of": []}, "of"),
        ({"kind": "grade_factor", "map": {"1": 1}, "of": ["later"]}, "of[0]"),
        ({"kind": "grade_factor", "map": {"1": 1}, "of": ["x"]}, "of[0]"),
        ({"kind": "grade_factor", "map": {"1": 1}, "of": ["grass"], "weight": 1}, "weight"),
        ({"kind": "boolean", "points": 1, "joint": "sum"}, "joint"),
        ({"kind": "boolean", "points": 1, "joint": "twice"}, "joint"),
        ({"kind": "rank", "points": [1], "joint": "once"}, "joint"),
    ],
)
def test_an_impossible_criterion_is_refused_where_it_stands(criterion, place):
    assert refused_catalogue(GRASS, {"id": "x", **criterion}) == f"criteria[1].{place}"


@pytest.mark.parametrize(
    ("catalogue", "place"),
    [
        ({"group_share_caps": {"local": "1/2"}}, "group_share_caps.local"),
        ({"group_share_caps": {"local": 1}}, "group_share_caps.local"),
        ({"stages": [{"id": "s", "criteria": ["grass"], "best": 0}]}, "stages[0].best"),
        ({"stages": [{"id": "s", "criteria": ["grass"]}]}, "stages[0].threshold"),
        ({"earlier_wins": {"field": "won", "factors": []}}, "earlier_wins.factors"),
        ({"earlier_wins": {"field": "won", "factors": ["1.1"]}}, "earlier_wins.factors[0]"),
        ({"earlier_wins": {"field": "won", "factors": ["1/2", "0.6"]}}, "earlier_wins.factors[1]"),
        ({"land_limit": {**LIMIT, "at_most": 0}}, "land_limit.at_most"),
        ({"land_limit": {"id": "half"}}, "land_limit.held"),
        ({"virtual_bid": {"field": "bid"}}, "virtual_bid"),
        ({"virtual_bid": {"field": "bid", "uplifts": [UPLIFT], "per_point": 1}}, "virtual_bid"),
        ({"virtual_bid": {"field": "bid", "uplifts": [UPLIFT, UPLIFT]}}, "virtual_bid.uplifts[1].id"),
        ({"virtual_bid": {"field": "bid", "per_point": 1, "stacking": "sum"}}, "virtual_bid.stacking"),
        ({"virtual_bid": {"field": "bid", "per_point": 1}, "mode": "lexicographic"}, "virtual_bid"),
        ({"every_nth": {"id": "v", "who": WHO, "n": 1}}, "every_nth.n"),
        ({"reserved_places": {"places": 1, "shares": [{**SHARE, "places": 2}]}}, "reserved_places.shares"),
        ({"reserved_places": {"places": 3, "shares": [SHARE, SHARE]}}, "reserved_places.shares[1].id"),
        ({"reserved_places": {"places": 3, "shares": [{**SHARE, "id": "open"}]}}, "reserved_places.shares[0].id"),
        (
            {"reserved_places": {"places": 3, "shares": [{**SHARE, "spills_to": ["a"]}]}},
            "reserved_places.shares[0].spills_to[0]",
        ),
        ({"reserved_places": {"places": 3, "shares": [SHARE], "at_tie": "some"}}, "reserved_places.at_tie"),
        ({"auction": {"field": "bid", "step": 0, "invited": 1}}, "auction.step"),
        ({"auction": {"field": "bid", "step": 1}}, "auction.invited"),
        ({"auction": {"field": "bid", "step": 1, "among": "equal", "invited": 2}}, "auction.invited"),
        ({"right_to_match": {"field": "bid"}}, "right_to_match.who"),
        ({"lottery": {"drawn": ["a"], "tickets": {"field": "f", "most": 2}}}, "lottery.drawn"),
        ({"lottery": {"seed": "s", "round": "r", "tickets": {"field": "f", "most": 1}}}, "lottery.tickets.most"),
        (
            {
                "every_nth": {"id": "v", "who": WHO, "n": 2},
                "reserved_places": {"places": 1, "shares": [SHARE]},
            },
            "reserved_places",
        ),
    ],
)
def test_an_impossible_procedure_is_refused_where_it_stands(catalogue, place):
    assert refused_catalogue(GRASS, **catalogue) == place


@pytest.mark.parametrize(
    ("applicant", "place"),
    [
        ({"members": [{"values": {"grass": 7}}]}, "members[0].values.grass"),
        ({"members": [{"id": "p"}]}, "members[0].values"),
        ({"members": [{"values": {}, "name": "n", "age": 3}]}, "members[0].age"),
        ({"values": {"grass": True}, "members": [{"values": {"grass": True}}]}, "values.grass"),
        ({"members": [{"values": {"town": "A"}}, {"values": {"town": "B"}}]}, "members"),
        ({"members": [{"id": "p", "values": {}}, {"id": "p", "values": {}}]}, "members[1].id"),
    ],
)
def test_an_impossible_household_is_refused_where_it_stands(applicant, place):
    assert refused_applicant(GRASS, **applicant) == f"applicants[1].{place}"


def minutes(**catalogue):
    bid = {"id": "bid", "kind": "proportion_to_best", "points": 1}
    field = [{"id": name, "values": {"bid": offer}} for name, offer in (("a", 500), ("b", 400), ("c", 90))]
    case = {"id": "c", "catalogue": {"criteria": [bid], **catalogue}, "applicants": field}
    return refused({"format": "points-1", "cases": [case]}).removeprefix("catalogue.")


@pytest.mark.parametrize(
    ("bids", "place"),
    [
        ({"c": 900}, "c"),
        ({"b": 450}, "b"),
        ({"b": 549}, "b"),
        ({"a": 600, "b": 600}, "a"),
    ],
)
def test_minutes_that_cannot_be_are_refused(bids, place):
    assert minutes(auction={"field": "bid", "step": 50, "invited": 2, "bids": bids}) == f"auction.bids.{place}"


def test_whoever_has_no_right_to_match_cannot_have_used_it():
    right = {"field": "bid", "who": [{"field": "young", "equals": True}], "matched": ["b"]}
    assert minutes(right_to_match=right) == "right_to_match.matched[0]"


def test_a_household_applies_once():
    field = [{"id": name, "values": {}, "household": "h"} for name in "ab"]
    case = {"id": "c", "catalogue": {"criteria": [GRASS]}, "applicants": field}
    assert refused({"format": "points-1", "cases": [case]}) == "applicants[1].household"


def test_a_household_that_withdrew_may_apply_again():
    field = [
        {"id": "a", "values": {}, "household": "h", "withdrawn": True},
        {"id": "b", "values": {}, "household": "h"},
    ]
    case = {"id": "c", "catalogue": {"criteria": [GRASS]}, "applicants": field}
    assert points_format.answer(case, "$")["ranking"] == ["b"]
