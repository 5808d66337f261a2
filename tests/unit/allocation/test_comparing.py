from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from succession.allocation.catalogue import Applicant, Catalogue, Criterion, Exclusion, Lottery, Mode
from succession.allocation.comparing import Turn, compare, upper_envelope
from succession.allocation.conditions import Condition, Test
from succession.allocation.rules_measures import PerUnit
from succession.allocation.rules_statements import Boolean

F = Fraction
LOT = Lottery("seed", "1")
GREEN = Catalogue(
    (Criterion("organic", Boolean(F(8)), "organic"), Criterion("near", Boolean(F(2)), "near")), lottery=LOT
)
PRICE = Catalogue(
    (Criterion("bid", PerUnit(F(1), F(1), F(10)), "bid"), Criterion("near", Boolean(F(10)), "near")), lottery=LOT
)
FIELD = [
    Applicant("farm", {"organic": True, "near": False, "bid": F(1)}),
    Applicant("firm", {"organic": False, "near": True, "bid": F(8)}),
]


def test_who_wins_under_each_set_how_close_and_by_which_criterion():
    found = compare((GREEN, FIELD), (PRICE, FIELD))
    assert (found.first.winner, found.second.winner) == ("farm", "firm")
    assert found.first.lead == F(8, 10) - F(2, 10)
    assert found.second.lead == F(18, 20) - F(1, 20)
    move = found.moves[1]
    assert (move.applicant, move.before, move.after) == ("firm", 2, 1)
    assert move.because == (("bid", F(8, 20)), ("near", F(10, 20) - F(2, 10)))


def test_the_blend_at_which_the_winner_turns_is_exact():
    # 8/10 (1 − x) + 1/20 x = 2/10 (1 − x) + 18/20 x, so 6/10 = 29/20 x.
    assert compare((GREEN, FIELD), (PRICE, FIELD)).turns == (Turn(F(0), "farm"), Turn(F(12, 29), "firm"))


def test_whoever_is_out_under_one_set_is_not_blended():
    out = Catalogue(
        PRICE.criteria, exclusions=(Exclusion("o", Condition("near", Test.EQUALS, value=True)),), lottery=LOT
    )
    found = compare((GREEN, FIELD), (out, FIELD))
    assert found.turns == (Turn(F(0), "farm"),)
    assert found.moves[1].after is None


def test_where_totals_do_not_decide_there_is_no_blend():
    ordered = Catalogue(PRICE.criteria, mode=Mode.LEXICOGRAPHIC, lottery=LOT)
    assert compare((GREEN, FIELD), (ordered, FIELD)).turns is None


heights = st.integers(0, 8).map(lambda n: F(n, 4))


@given(st.dictionaries(st.sampled_from("abcde"), st.tuples(heights, heights.map(lambda h: h - 1)), min_size=1))
def test_between_two_turns_nobody_is_above_the_winner(lines):
    turns = upper_envelope(lines)
    assert turns[0].at == 0
    ends = [turn.at for turn in turns[1:]] + [F(1)]
    for turn, end in zip(turns, ends, strict=True):
        for at in (turn.at, (turn.at + end) / 2, end):
            top = max(start + slope * at for start, slope in lines.values())
            assert lines[turn.winner][0] + lines[turn.winner][1] * at == top
