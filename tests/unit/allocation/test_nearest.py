from dataclasses import replace
from fractions import Fraction
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from succession.allocation.catalogue import Applicant, Catalogue, Criterion, Exclusion, Lottery, TieBreak
from succession.allocation.conditions import Condition, Test
from succession.allocation.explanation_nearest import way_sentences
from succession.allocation.nearest import Change, nearest
from succession.allocation.points import evaluate
from succession.allocation.rounding import Direction, Rounding
from succession.allocation.rules_field import RankOfBid
from succession.allocation.rules_measures import Ladder, Linear, PerUnit, Steps
from succession.allocation.rules_statements import Awarded, Boolean, Category
from succession.allocation.wording import Wording
from succession.i18n import load_translations, render

F = Fraction
CATALOGUE = Catalogue(
    criteria=(
        Criterion("organic", Boolean(F(5)), "organic"),
        Criterion("distance", Linear(F(40), F(0), F(8), Rounding(F(5), Direction.UP)), "km"),
        Criterion("hedge", PerUnit(F(1), F(100), F(3)), "metres"),
        Criterion("engagement", Awarded("parish", F(0), F(9)), "engagement"),
        Criterion("bid", RankOfBid((F(3), F(2), F(1))), "bid"),
    ),
    exclusions=(Exclusion("lie", Condition("lie", Test.EQUALS, value=True)),),
    tie_breaks=(TieBreak("organic"),),
    lottery=Lottery("seed", "round"),
)
WINNER = Applicant("w", {"organic": True, "km": F(20), "metres": F(100), "engagement": F(0), "bid": F(300)})


def ways(catalogue, *others, **arguments):
    return nearest(catalogue, [WINNER, *others], "x", **arguments)


def test_each_single_statement_that_would_have_been_enough_is_named_the_smallest_gain_first():
    near_miss = Applicant("x", {"organic": False, "km": F(10), "metres": F(250), "engagement": F(0), "bid": F(200)})
    # 13 against 0 + 6 + 2 + 2 = 10: three more points tie, and `organic` then speaks for the winner.
    assert ways(CATALOGUE, near_miss) == ((Change("organic", False, True, F(5)),),)
    nearer = replace(near_miss, facts={**near_miss.facts, "organic": True, "km": F(38), "metres": None})
    # 13 against 5 + 0 + 0 + 2 = 7; level at 13, then equal in `organic`, then the lot, which is the winner's.
    assert ways(CATALOGUE, nearer) == ((Change("distance", F(38), F(5), F(7)),),)


def test_two_statements_are_named_where_one_is_not_enough():
    far = Applicant("x", {"organic": True, "km": F(38), "metres": None, "engagement": F(0), "bid": F(100)})
    assert len(ways(CATALOGUE, far)[0]) == 1
    poor = replace(far, facts={**far.facts, "organic": False})
    found = ways(CATALOGUE, poor)
    assert {tuple(change.criterion for change in way) for way in found} == {("organic", "distance")}


def test_an_offer_is_moved_by_place_and_a_body_s_points_never():
    close = Applicant("x", {"organic": True, "km": F(20), "metres": F(100), "engagement": F(0), "bid": F(200)})
    catalogue = replace(CATALOGUE, tie_breaks=(TieBreak("bid"),))
    bid = [way for way in ways(catalogue, close) if way[0].criterion == "bid"]
    assert bid == [(Change("bid", F(200), F(301), F(1), place=1),)]
    cheaper = replace(close, facts={**close.facts, "metres": F(300), "bid": F(100)})
    other = Applicant("o", {"bid": F(250)})
    found = ways(catalogue, cheaper, other)
    assert Change("bid", F(100), F(251), F(1), place=2) in [change for way in found for change in way]


def test_missing_proof_is_the_nearest_change_of_all():
    unproven = replace(
        WINNER, identifier="x", facts={**WINNER.facts, "metres": F(300)}, unproven=frozenset({"organic"})
    )
    found = ways(CATALOGUE, unproven)
    assert (Change("organic", True, True, F(5), proof_only=True),) in found


def test_the_first_the_hopeless_and_the_unmovable_have_no_way():
    loser = Applicant("x", {"organic": False, "km": F(10), "metres": F(250), "bid": F(200)})
    assert nearest(CATALOGUE, [WINNER, loser], "w") == ()
    assert ways(CATALOGUE, replace(loser, facts={**loser.facts, "lie": True})) == ()
    assert ways(CATALOGUE, loser, changeable=("hedge",)) == ()


def test_a_way_is_said_as_advice():
    wordings = {"distance": Wording("Entfernung", "km"), "organic": Wording("Bio")}
    way = (
        Change("distance", F(38), F(5), F(7)),
        Change("organic", False, True, F(5)),
        Change("bid", F(1), F(2), F(1), place=2),
    )
    assert [render(text, load_translations("de"), "de") for text in way_sentences(way, wordings)] == [
        "„Entfernung“: höchstens 5 km. Das bringt 7 Punkte mehr.",
        "„Bio“: ja. Das bringt 5 Punkte mehr.",
        "„bid“ auf Platz 2: 1 Punkt mehr.",
    ]


SMALL = Catalogue(
    criteria=(
        Criterion("yes", Boolean(F(2)), "yes", "nature"),
        Criterion("kind", Category({"none": F(0), "half": F(1), "full": F(3)}), "kind", "nature"),
        Criterion("size", Steps(Ladder.of([(F(1), F(1)), (F(3), F(4))])), "size"),
    ),
    group_caps={"nature": F(4)},
    threshold=F(3),
    lottery=Lottery("seed", "round"),
)
VALUES = {"yes": [False, True], "kind": ["none", "half", "full"], "size": [F(0), F(1), F(3)]}
facts = st.fixed_dictionaries({name: st.sampled_from(values) for name, values in VALUES.items()})


@settings(max_examples=60)
@given(st.lists(facts, min_size=2, max_size=4))
def test_no_way_of_fewer_changes_exists_and_every_way_named_wins(every):
    field = [Applicant(f"a{k}", one) for k, one in enumerate(every)]
    result = evaluate(SMALL, field)
    own = field[-1]

    def wins(changed):
        return evaluate(SMALL, [*field[:-1], replace(own, facts=changed)]).ranking[:1] == (own.identifier,)

    fewest = min(
        (
            sum(own.facts[name] != value for name, value in zip(VALUES, chosen, strict=True))
            for chosen in product(*VALUES.values())
            if wins(dict(zip(VALUES, chosen, strict=True)))
        ),
        default=None,
    )
    found = nearest(SMALL, field, own.identifier)
    if result.ranking[:1] == (own.identifier,):
        assert found == ()
        return
    assert {len(way) for way in found} == ({fewest} if fewest is not None else set())
    for way in found:
        assert wins({**own.facts, **{change.criterion: change.after for change in way}})
