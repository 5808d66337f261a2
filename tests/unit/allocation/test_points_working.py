from dataclasses import replace
from fractions import Fraction

from succession.allocation.catalogue import Applicant, Catalogue, Criterion, Equivalence, Lottery, Stage, TieBreak
from succession.allocation.conditions import Condition, Test
from succession.allocation.points import evaluate
from succession.allocation.rounding import Rounding
from succession.allocation.rules_field import RankOfBid
from succession.allocation.rules_measures import Linear
from succession.allocation.rules_statements import Awarded, Boolean
from succession.allocation.scorecards import GroupSum, Line

ONE = Fraction(1)
CONCEPT = Equivalence("concept", Condition("confirmed_by", Test.EQUALS, "Union"), counts_as=True)
CATALOGUE = Catalogue(
    criteria=(
        Criterion("organic", Boolean(Fraction(3)), "organic", "nature", equivalences=(CONCEPT,), evidence=("control",)),
        Criterion(
            "near",
            Linear(Fraction(40), Fraction(0), Fraction(8), Rounding(Fraction(5))),
            "distance_km",
            "nature",
        ),
        Criterion("engagement", Awarded("parish", Fraction(0), ONE), "engagement"),
        Criterion("bid", RankOfBid((ONE,)), "bid"),
    ),
    group_caps={"nature": Fraction(9)},
    stages=(Stage("first", ("engagement",), ONE),),
    tie_breaks=(TieBreak("organic"),),
    lottery=Lottery("seed", "round"),
)
ANNA = Applicant(
    "anna",
    {
        "organic": False,
        "confirmed_by": "Union",
        "distance_km": Fraction(62, 10),
        "engagement": ONE,
        "bid": Fraction(300),
    },
    reasons={"engagement": "sings in the choir"},
)


def test_every_line_carries_its_working():
    card = evaluate(CATALOGUE, [ANNA]).cards[0]
    assert card.lines == (
        Line("organic", "boolean", False, "concept", True, Fraction(3), ("control",), False, True, None),
        Line("near", "linear", Fraction(62, 10), None, Fraction(5), Fraction(7), (), False, True, None),
        Line("engagement", "awarded", ONE, None, ONE, ONE, (), False, True, "sings in the choir"),
        Line("bid", "rank", Fraction(300), None, ONE, ONE, (), False, True, None),
    )
    assert card.groups == (GroupSum("nature", Fraction(10), Fraction(9)),)
    assert card.total == Fraction(11)


def test_the_stage_that_was_missed_is_named():
    silent = Applicant("ben", {"organic": True})
    card = evaluate(CATALOGUE, [ANNA, silent]).cards[1]
    assert (card.stage_missed, card.missing) == ("first", ("near", "engagement", "bid"))


def test_each_place_says_what_separated_it_from_the_one_before():
    def with_values(name, **values):
        return Applicant(name, {**ANNA.facts, "confirmed_by": None, "bid": None, **values})

    near = with_values("near", organic=False, distance_km=Fraction(0), bid=ONE)
    organic = with_values("organic", organic=True, distance_km=Fraction(10))
    too = replace(organic, identifier="organic too")
    far = with_values("far", organic=True, distance_km=Fraction(40))
    result = evaluate(CATALOGUE, [near, organic, too, far])
    assert set(result.ranking[:2]) == {"organic", "organic too"}
    assert result.ranking[2:] == ("near", "far")
    assert result.separated_by == (None, "lot", "criterion:organic", "total")
    assert result.tied_on_total == ("near", "organic", "organic too")


def test_the_criteria_that_depend_on_others_are_marked():
    assert CATALOGUE.relative == ("bid",)
