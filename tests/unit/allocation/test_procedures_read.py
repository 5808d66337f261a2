from succession.allocation.points_catalogue import catalogue
from succession.allocation.procedures_read import procedure_conditions, procedure_fields
from succession.allocation.rules import Want

WHO = [{"field": "young", "equals": True}]
BASE = {"criteria": [{"id": "organic", "kind": "boolean", "points": 1}]}


def test_every_field_that_a_part_beside_points_reads_is_named():
    read = catalogue(
        {
            **BASE,
            "earlier_wins": {"field": "won", "factors": ["1/2"]},
            "land_limit": {"id": "l", "held": "held", "lot_area": "ha", "farm_area": "farm", "at_most": "1/2"},
            "auction": {"field": "bid", "invited": 3, "sitting": "sits", "step": 1},
            "right_to_match": {"field": "bid", "who": WHO},
            "lottery": {"seed": "s", "round": "r", "tickets": {"field": "children", "most": 3}},
        },
        "$",
    )
    assert dict(procedure_fields(read)) == {
        "won": Want.NUMBER,
        "bid": Want.NUMBER,
        "held": Want.NUMBER,
        "farm": Want.NUMBER,
        "sits": Want.YES_OR_NO,
        "children": Want.NUMBER,
    }
    assert [condition.field for condition in procedure_conditions(read)] == ["young"]


def test_conditions_of_shares_and_uplifts_are_named():
    uplift = {"id": "u", "field": "certified", "equals": True, "share": "0.1"}
    shares = [{"id": "a", "who": WHO, "places": 1}]
    read = catalogue(
        {
            **BASE,
            "virtual_bid": {"field": "bid", "uplifts": [uplift]},
            "reserved_places": {"places": 2, "shares": shares},
        },
        "$",
    )
    assert [condition.field for condition in procedure_conditions(read)] == ["certified", "young"]
    every = catalogue({**BASE, "every_nth": {"id": "v", "who": WHO, "n": 3}}, "$")
    assert [condition.field for condition in procedure_conditions(every)] == ["young"]
