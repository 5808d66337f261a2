from dataclasses import replace

import pytest

from succession.applications import content
from succession.applications.content import Applicant, SentLot
from succession.applications.coordinates import of_place, point
from succession.applications.draft import MOST_CONNECTED, Draft, LotOffered, Terms, demanded, earning_nothing
from succession.applications.preview import preview
from succession.applications.steps import Topic, steps
from succession.calls.states import PriceKind, Procedure
from succession.config import Region
from succession.errors import Refused
from succession.principles import document, shipped
from tests.factories.calls import principles, words

YES_NO = {"answer": "yes_or_no", "from": "declared", "evidence": [], "mandatory": False, "hides": "step"}


def a_document(**changes):
    raw = principles(**changes)
    raw["questions"] += [
        {"id": "insolvent", "question": words("Insolvenz?"), **YES_NO},
        {"id": "soil", "question": words("Boden schonend?"), "per_lot": True, **YES_NO},
        {
            "id": "far",
            "answer": "number",
            "from": "measured",
            "measure": "distance_farmstead_straight",
            "question": words("Entfernung"),
            "evidence": [],
            "mandatory": False,
            "hides": "step",
        },
        {"id": "rank", "answer": "number", "from": "bid", "question": words("Gebot"), "evidence": [], "hides": "step"},
    ]
    catalogue = raw["catalogue"]
    catalogue["exclusions"] = [{"id": "broke", "field": "insolvent", "equals": True, "label": words("Insolvent")}]
    catalogue["criteria"] += [
        {"id": "soil", "kind": "boolean", "points": 4, "label": words("Boden"), "reason": words("Gut.")},
        {
            "id": "near",
            "kind": "steps",
            "field": "far",
            "bounds": "upper",
            "steps": [[10, 6], [500, 0]],
            "label": words("Nähe"),
            "reason": words("Kurz."),
        },
        {
            "id": "price",
            "kind": "rank",
            "field": "rank",
            "points": [3, 1],
            "label": words("Gebot"),
            "reason": words("Rang."),
        },
    ]
    raw["price"]["kind"] = "bid"
    return document.read(raw)


@pytest.fixture(scope="module")
def terms():
    lots = (LotOffered(1, "Los 1", 50_000), LotOffered(2, "Los 2", 70_000))
    return Terms(a_document(), lots, PriceKind.FLOOR, Procedure.SINGLE_LOTS)


WHO = Applicant("Grete Wiese", "Hof 1")
FULL = Draft(
    WHO,
    (SentLot(1, None, 60_000, {"soil": True}, 4_200),),
    {"organic": True, "founded_years": "3", "insolvent": False},
    {},
    has_farmstead=True,
)


def test_only_what_the_set_asks_has_a_page(terms):
    found = [step.key for step in steps(terms.document, [2, 1], takes_bids=True)]
    assert found == ["person", "lots", "lot-1", "lot-2", "farmstead", "conditions", "answers-1", "papers"]
    small = document.read(principles())
    assert [step.key for step in steps(small, [1], takes_bids=False)] == ["person", "lots", "answers-1", "papers"]


@pytest.mark.parametrize("name", shipped.names())
def test_every_question_of_every_shipped_set_stands_on_exactly_one_page(name):
    found = document.read(shipped.document(name).raw)
    pages = steps(found, [1], takes_bids=False)
    asked = [question.identifier for step in pages for question in step.questions]
    assert sorted(asked) == sorted(question.identifier for question in found.questions if question.asked)


def test_a_full_draft_lacks_nothing(terms):
    assert demanded(terms, FULL) == ()
    assert earning_nothing(terms, FULL) == ()


@pytest.mark.parametrize(
    ("change", "topic"),
    [
        ({"applicant": Applicant(" ", "Hof 1")}, Topic.PERSON),
        ({"applicant": Applicant("Grete", "")}, Topic.PERSON),
        ({"lots": ()}, Topic.LOTS),
        ({"lots": (SentLot(1, None, None, {"soil": True}),)}, Topic.LOT),
        ({"lots": (SentLot(1, None, 49_999, {"soil": True}),)}, Topic.LOT),
        ({"answers": {"organic": True, "founded_years": "3"}}, Topic.CONDITIONS),
    ],
)
def test_what_must_be_there_is_named_with_its_page(terms, change, topic):
    assert [gap.topic for gap in demanded(terms, replace(FULL, **change))] == [topic]


def test_by_the_rule_of_the_set_a_missing_answer_earns_nothing_or_stops_the_sending(terms):
    bare = replace(FULL, answers={"insolvent": False})
    assert demanded(terms, bare) == ()
    assert {gap.question for gap in earning_nothing(terms, bare)} == {"organic", "founded_years"}
    strict = replace(terms, document=a_document(incomplete="excluded"))
    assert [gap.question for gap in demanded(strict, bare)] == ["organic"]


def test_wishes_in_order_have_each_place_once(terms):
    ordered = replace(terms, procedure=Procedure.ONE_LOT_EACH)

    def lots(*ranks):
        return tuple(SentLot(number, rank, 80_000, {"soil": True}, 1) for number, rank in enumerate(ranks, 1))

    assert demanded(ordered, replace(FULL, lots=lots(2, 1))) == ()
    for ranks in ((1, 1), (1, None), (1, 3), (None, None)):
        assert [gap.topic for gap in demanded(ordered, replace(FULL, lots=lots(*ranks)))] == [Topic.LOTS]


def test_what_must_lie_together_has_no_more_lots_than_can_be_solved_exactly(terms):
    many = tuple(LotOffered(number, str(number), 1) for number in range(1, MOST_CONNECTED + 2))
    of_round = replace(terms, lots=many, procedure=Procedure.PARCELS)
    wanted = tuple(SentLot(lot.number, lot.number, 5, {"soil": True}, 1) for lot in many)
    assert demanded(of_round, replace(FULL, lots=wanted)) == ()
    assert len(demanded(of_round, replace(FULL, lots=wanted, is_connected=True))) == 1


def test_the_preview_counts_only_what_ones_own_statements_settle(terms):
    (one,) = preview(terms, FULL, "de")
    by_label = {line.label: line for line in one.lines}
    assert one.total.values["points"] == 10 + 5 + 4 + 6
    assert not by_label["Gebot"].is_settled
    assert one.open_lines == 1
    assert one.excluded_by == ()
    (broke,) = preview(terms, replace(FULL, answers={**FULL.answers, "insolvent": True}), "de")
    assert broke.excluded_by == ("Insolvent",)


def test_what_lies_apart_is_fixed_by_a_salted_hash_that_tells_nothing():
    first, second = content.new_salt(), content.new_salt()
    told = {"x": 33_400, "y": 5_990_000}
    assert content.commitment(first, told) == content.commitment(first, dict(reversed(told.items())))
    assert content.commitment(first, told) != content.commitment(second, told)
    assert content.commitment(first, told) != content.commitment(first, {**told, "x": 33_401})


@pytest.mark.parametrize(
    "typed",
    [
        "53.0931, 11.3879",
        "53.0931 11.3879",
        "53,0931; 11,3879",
        "53,0931 11,3879",
        "N 53.0931, E 11.3879",
        "53.0931° N, 11.3879° O",
    ],
)
def test_coordinates_are_read_as_people_copy_them(typed):
    assert point(typed, Region()) == pytest.approx(of_place(11.3879, 53.0931))


@pytest.mark.parametrize("typed", ["", "hier", "53, 11", "11.3879, 53.0931", "0.0, 0.0", "999.1, 11.3", "53.09"])
def test_what_is_no_point_of_the_region_is_refused(typed):
    with pytest.raises(Refused):
        point(typed, Region())
