"""A run needs a cause, and the cause must explain everything that differs."""

import copy

import pytest

from succession.awards.case import Entrant, case, case_hash
from succession.awards.causes import Difference, causes_for, differences, refusal
from succession.awards.models import Cause

CATALOGUE = {
    "criteria": [
        {"id": "organic", "kind": "boolean", "points": 10},
        {"id": "jury", "kind": "awarded", "by": "Rat", "most": 5},
    ]
}
BASE = case("lot", CATALOGUE, {"ha": "3/2"}, [Entrant("B", {"organic": True}), Entrant("A", {"organic": False})])
AWARDED = frozenset({"jury"})


def changed(**parts):
    after = copy.deepcopy(BASE)
    after["applicants"][0].update(parts)
    return after


def with_lottery():
    after = copy.deepcopy(BASE)
    after["catalogue"]["lottery"] = {"drawn": ["A", "B"]}
    return after


def with_other_rules():
    after = copy.deepcopy(BASE)
    after["catalogue"]["criteria"][0]["points"] = 11
    return after


def without_somebody():
    after = copy.deepcopy(BASE)
    del after["applicants"][0]
    return after


CASES = [
    (changed(unproven=["organic"]), Difference.UNPROVEN, Cause.EVIDENCE),
    (changed(withdrawn=True), Difference.WITHDRAWN, Cause.WITHDRAWAL),
    (
        changed(values={"organic": False, "jury": {"points": "3", "reason": "gut"}}),
        Difference.AWARDED,
        Cause.AWARDED_POINTS,
    ),
    (with_lottery(), Difference.LOTTERY, Cause.DRAW),
]


@pytest.mark.parametrize(("after", "difference", "cause"), CASES)
def test_each_cause_explains_its_difference_and_no_other(after, difference, cause):
    found = differences(BASE, after, AWARDED)
    assert found == {difference}
    assert causes_for(found) == (cause,)
    others = set(Cause) - {cause, Cause.OBJECTION}
    assert all(refusal(other, found) is not None for other in others)


def test_without_a_difference_only_an_objection_leads_to_a_run():
    found = differences(BASE, copy.deepcopy(BASE), AWARDED)
    assert found == frozenset()
    assert [cause for cause in Cause if refusal(cause, found) is None] == [Cause.OBJECTION]


@pytest.mark.parametrize("after", [changed(values={"organic": True}), without_somebody()])
def test_statements_and_applicants_change_by_an_objection_alone(after):
    found = differences(BASE, after, AWARDED)
    assert [cause for cause in Cause if refusal(cause, found) is None] == [Cause.OBJECTION]


def test_a_set_edited_during_a_call_is_scored_with_by_nobody():
    found = differences(BASE, with_other_rules(), AWARDED)
    assert all(refusal(cause, found) is not None for cause in Cause)


def test_several_differences_are_explained_by_any_of_their_causes():
    after = changed(unproven=["organic"], withdrawn=True)
    assert set(causes_for(differences(BASE, after, AWARDED))) == {Cause.EVIDENCE, Cause.WITHDRAWAL}


def test_the_hash_does_not_depend_on_who_applied_first():
    entrants = [Entrant("A", {"organic": False}), Entrant("B", {"organic": True})]
    assert case_hash(case("lot", CATALOGUE, {"ha": "1.5"}, entrants)) != case_hash(BASE)
    assert case_hash(case("lot", CATALOGUE, {"ha": "3/2"}, entrants)) == case_hash(BASE)
