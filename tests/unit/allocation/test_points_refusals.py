import json

import pytest

from succession.allocation import points_format
from succession.records.documents import DocumentError, read, recompute

FORMATS = {points_format.FORMAT: points_format.answer}
GRASS = {"id": "grass", "kind": "boolean", "points": 1}
STEPS = {"id": "x", "kind": "steps", "steps": [[0, 0], [1, 2]]}
CLAUSE = {"id": "c", "when": {"field": "concept", "equals": True}, "counts_as": True}


def refused(document):
    with pytest.raises(DocumentError) as error:
        recompute(read(json.dumps(document)), FORMATS)
    return error.value.path.removeprefix("$.cases[0].")


def refused_catalogue(*criteria, **catalogue):
    case = {"id": "c", "catalogue": {"criteria": list(criteria), **catalogue}, "applicants": []}
    return refused({"format": "points-1", "cases": [case]}).removeprefix("catalogue.")


def refused_applicant(criterion, **applicant):
    listed = [{"id": "a", "values": {}}, {"id": "b", "values": {}, **applicant}]
    case = {"id": "c", "catalogue": {"criteria": [criterion]}, "applicants": listed}
    return refused({"format": "points-1", "cases": [case]})


@pytest.mark.parametrize(
    ("criterion", "place"),
    [
        ({"kind": "magic"}, "kind"),
        ({"kind": "boolean"}, "points"),
        ({"kind": "boolean", "points": "many"}, "points"),
        ({"kind": "boolean", "points": 1, "pionts": 2}, "pionts"),
        ({"kind": "steps", "steps": []}, "steps"),
        ({"kind": "steps", "steps": [[0, 0], [2, 1], [1, 3]]}, "steps[2]"),
        ({"kind": "steps", "steps": [[0, 0], [0, 1]]}, "steps[1]"),
        ({"kind": "steps", "steps": [[0, 0, 0]]}, "steps[0]"),
        ({"kind": "steps", "steps": [[0, None]]}, "steps[0][1]"),
        ({"kind": "steps", "steps": [[0, 1]], "bounds": "middle"}, "bounds"),
        ({"kind": "linear", "from": 5, "to": "5.0", "points": 1}, "to"),
        ({"kind": "linear", "from": 5, "to": 6, "points": 1, "round_to": 0}, "round_to"),
        ({"kind": "per_unit", "points": 1, "unit": 0, "cap": 3}, "unit"),
        ({"kind": "per_unit", "points": 1, "unit": -1, "cap": 3}, "unit"),
        ({"kind": "per_unit", "points": 1, "unit": 1}, "cap"),
        ({"kind": "per_unit", "points": 1, "unit": 1, "cap": -3}, "cap"),
        ({"kind": "category", "map": {}}, "map"),
        ({"kind": "rank", "points": [1, 3]}, "points[1]"),
        ({"kind": "rank", "points": [1, -1]}, "points[1]"),
        ({"kind": "rank", "points": []}, "points"),
        ({"kind": "awarded", "most": 3}, "by"),
        ({"kind": "awarded", "by": "parish", "least": 3, "most": 3}, "most"),
        ({"kind": "panel_mean", "by": "board", "least": -3, "most": 0, "points": 1}, "most"),
        ({"kind": "vs_reference", "reference": 0, "steps": [[1, 1]]}, "reference"),
        ({"kind": "boolean", "points": 1, "at_least": 2}, "at_least"),
        ({"kind": "boolean", "points": 1, "equal_within": -1}, "equal_within"),
        ({"kind": "boolean", "points": 1, "group": "nature"}, "group"),
        ({"kind": "boolean", "points": 1, "only_if": [{"field": "f"}]}, "only_if[0]"),
        ({"kind": "boolean", "points": 1, "only_if": [{"field": "f", "less_than": "low"}]}, "only_if[0].less_than"),
        ({"kind": "boolean", "points": 1, "equivalences": [{**CLAUSE, "counts_as": 7}]}, "equivalences[0].counts_as"),
        ({"kind": "boolean", "points": 1, "equivalences": [CLAUSE, CLAUSE]}, "equivalences[1].id"),
        ({"kind": "rank", "points": [1], "equivalences": [CLAUSE]}, "equivalences[0]"),
    ],
)
def test_an_impossible_criterion_is_refused_where_it_stands(criterion, place):
    assert refused_catalogue(GRASS, {"id": "x", **criterion}) == f"criteria[1].{place}"


@pytest.mark.parametrize(
    ("catalogue", "place"),
    [
        ({"criteria": []}, "criteria"),
        ({"criteria": [GRASS, GRASS]}, "criteria[1].id"),
        ({"criterias": []}, "criterias"),
        ({"mode": "by feeling"}, "mode"),
        ({"field": "melted"}, "field"),
        ({"threshold": 2}, "threshold"),
        ({"group_caps": {"nature": 4}}, "group_caps.nature"),
        ({"tie_breaks": ["beauty"]}, "tie_breaks[0]"),
        ({"tie_breaks": [{"field": "age", "prefer": "round"}]}, "tie_breaks[0].prefer"),
        ({"stages": [{"id": "s", "criteria": ["beauty"], "threshold": 1}]}, "stages[0].criteria[0]"),
        ({"stages": [{"id": "s", "criteria": ["grass"], "threshold": 2}]}, "stages[0].threshold"),
        ({"exclusions": [{"id": "e", "field": "f"}]}, "exclusions[0]"),
        ({"exclusions": [{"id": "e", "field": "f", "equals": 1, "at_least": 2}]}, "exclusions[0]"),
        ({"rounding": {"digits": 2, "digits_on_tie": 2}}, "rounding.digits_on_tie"),
        ({"rounding": {"digits": "1.5"}}, "rounding.digits"),
        ({"lottery": {"seed": "s"}}, "lottery.round"),
        ({"lottery": {"seed": "s", "round": "r", "drawn": []}}, "lottery.drawn"),
        (
            {"lottery": {"seed": "s", "round": "r", "secret": "00", "secret_commitment": "11"}},
            "lottery.secret_commitment",
        ),
        ({"lottery": {"seed": "s", "round": "r", "secret": "00", "public_draw": "1 2 3"}}, "lottery.seed"),
    ],
)
def test_an_impossible_catalogue_is_refused_where_it_stands(catalogue, place):
    assert refused_catalogue(*catalogue.pop("criteria", [GRASS]), **catalogue) == place


def test_weights_must_add_up_and_stand_everywhere():
    half = {**GRASS, "weight": 50}
    assert refused_catalogue(half) == "criteria"
    assert refused_catalogue(half, {**STEPS, "weight": "49.999"}) == "criteria"
    assert refused_catalogue(half, STEPS) == "criteria[1].weight"
    assert refused_catalogue(half, {**GRASS, "id": "y", "points": -1, "weight": 50}) == "criteria[1]"


def test_equivalences_must_not_lead_back_to_themselves():
    def if_(other):
        return [{"id": "c", "when": {"field": other, "equals": True}, "counts_as": True}]

    hay = {**GRASS, "id": "hay"}
    assert refused_catalogue({**GRASS, "equivalences": if_("hay")}, {**hay, "equivalences": if_("grass")}) == "criteria"
    assert refused_catalogue({**GRASS, "equivalences": if_("grass")}) == "criteria"


@pytest.mark.parametrize(
    ("criterion", "value", "place"),
    [
        (GRASS, 1, ""),
        (GRASS, "true", ""),
        (STEPS, True, ""),
        (STEPS, "1/0", ""),
        (STEPS, "NaN", ""),
        ({"id": "x", "kind": "category", "map": {"none": 0}}, "golden", ""),
        ({"id": "x", "kind": "per_unit", "points": 1, "unit": 1, "cap": 3}, -1, ""),
        ({"id": "x", "kind": "rank", "points": [3]}, -1, ""),
        ({"id": "x", "kind": "awarded", "by": "parish", "most": 3}, "3.01", ""),
        ({"id": "x", "kind": "awarded", "by": "parish", "most": 3}, {"points": 3, "reason": ""}, ".reason"),
        ({"id": "x", "kind": "panel_mean", "by": "b", "least": 1, "most": 3, "points": 1}, [3, 0], ""),
        ({"id": "x", "kind": "panel_mean", "by": "b", "least": 1, "most": 3, "points": 1}, [], ""),
        ({"id": "x", "kind": "area_weighted", "map": {"d": 40}}, {"e": 1}, ""),
        ({"id": "x", "kind": "area_weighted", "map": {"d": 40}}, {"d": -1}, ""),
        ({"id": "x", "kind": "area_weighted", "map": {"d": 40}}, {"d": 0}, ""),
    ],
)
def test_an_impossible_statement_is_refused_where_it_stands(criterion, value, place):
    name = criterion["id"]
    assert refused_applicant(criterion, values={name: value}) == f"applicants[1].values.{name}{place}"


@pytest.mark.parametrize(
    ("applicant", "place"),
    [
        ({"id": "a"}, "id"),
        ({"id": "b\x1f"}, "id"),
        ({"id": 7}, "id"),
        ({"values": []}, "values"),
        ({"unproven": ["beauty"]}, "unproven[0]"),
        ({"withdrawn": "yes"}, "withdrawn"),
        ({"value": {}}, "value"),
    ],
)
def test_an_impossible_applicant_is_refused_where_it_stands(applicant, place):
    assert refused_applicant(GRASS, **applicant) == f"applicants[1].{place}"
