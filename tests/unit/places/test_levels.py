"""The k-rule: the finest level not finer than wanted whose area holds enough (quality 1.3, LP-3, LP-13)."""

from hypothesis import given
from hypothesis import strategies as st

from succession.places.levels import Node, Step, Verdict, Wanted, counted, decide

K = 5


def chain(*counts, first=4):
    """Areas from fine to coarse; each number is how many farms there are, None where nobody counted."""
    return [Step(level, {} if number is None else {"farm": number}) for level, number in enumerate(counts, start=first)]


def with_trade(*pairs):
    """Areas from level 4 up with (workshops, joiners among them)."""
    return [Step(level, {"craft": all_, "craft:wood": wood}) for level, (all_, wood) in enumerate(pairs, start=4)]


def test_the_wanted_level_is_shown_where_its_area_holds_k():
    assert decide(Wanted(4, "farm"), chain(5, 40, 300, 2000), K) == Verdict(4, "farm", 5)


def test_with_one_fewer_the_next_coarser_area_is_shown():
    assert decide(Wanted(4, "farm"), chain(4, 40, 300, 2000), K) == Verdict(5, "farm", 40)


def test_an_area_that_nobody_counted_is_passed_over():
    assert decide(Wanted(4, "farm"), chain(None, None, 300, 2000), K).level == 6


def test_where_nothing_is_counted_nothing_is_shown():
    """LP-13"""
    assert decide(Wanted(4, "farm"), chain(None, None, None, None), K) is None
    assert decide(Wanted(4, "farm"), [], K) is None
    assert decide(Wanted(4, "farm"), chain(0, 1, 2, 4), K) is None


def test_a_square_is_shown_only_if_it_is_wanted_and_counted():
    squares = chain(7, 12, None, 90, 400, 900, 5000, first=1)
    assert decide(Wanted(1, "farm"), squares, K).level == 1
    assert decide(Wanted(3, "farm"), squares, K).level == 4
    assert decide(Wanted(4, "farm"), squares, K).level == 4


def test_a_rare_trade_is_told_only_with_a_wider_area():
    areas = with_trade((20, 1), (60, 4), (300, 9), (900, 40))
    assert decide(Wanted(4, "craft", ("craft:wood",)), areas, K) == Verdict(6, "craft:wood", 9)


def test_whoever_puts_the_place_first_is_shown_near_and_without_the_trade():
    areas = with_trade((20, 1), (60, 4), (300, 9), (900, 40))
    assert decide(Wanted(4, "craft", ("craft:wood",), puts_trade_first=False), areas, K) == Verdict(4, "craft", 20)


def test_a_trade_too_rare_even_for_the_widest_area_is_dropped_and_the_place_stays_near():
    areas = with_trade((20, 0), (60, 1), (300, 4), (900, 40))
    assert decide(Wanted(4, "craft", ("craft:wood",)), areas, K) == Verdict(4, "craft", 20)


def test_of_several_trades_only_the_most_common_one_is_told():
    """Who is a joiner and a smith is one of fewer than the joiners: nobody has counted those."""
    areas = [Step(4, {"craft": 90, "craft:wood": 11, "craft:metal": 8})]
    assert decide(Wanted(4, "craft", ("craft:metal", "craft:wood")), areas, K).branch == "craft:wood"


def test_a_trade_told_later_must_be_common_where_the_place_was_once_shown():
    """Seen near without the trade and wide with it, both together would single it out."""
    areas = with_trade((20, 1), (60, 4), (300, 9), (900, 40))
    again = Wanted(6, "craft", ("craft:wood",), finest_shown=4)
    assert decide(again, areas, K) == Verdict(6, "craft", 300)


def test_counts_add_up_and_what_is_stated_for_an_area_wins():
    nodes = [Node(1, 10, 4, "a"), Node(2, 10, 4, "b"), Node(10, 100, 5, "c"), Node(100, None, 6, "d")]
    stated = {"a": {"farm": 3.0}, "b": {"farm": 4.5}}
    found = counted(nodes, stated, ["farm", "inn"])
    assert [found[number] for number in (1, 10, 100)] == [{"farm": 3.0}, {"farm": 7.5}, {"farm": 7.5}]
    assert counted(nodes, {**stated, "c": {"farm": 9}}, ["farm"])[100] == {"farm": 9}


def test_no_area_holds_more_than_the_one_around_it():
    nodes = [Node(1, 10, 4, "a"), Node(10, None, 5, "c")]
    assert counted(nodes, {"a": {"farm": 30}, "c": {"farm": 6}}, ["farm"])[1] == {"farm": 6}


def test_squares_do_not_add_up_to_areas():
    nodes = [Node(-1, 1, 1, "square"), Node(1, None, 4, "a")]
    found = counted(nodes, {"square": {"farm": 9}}, ["farm"])
    assert found == {-1: {"farm": 9}, 1: {}}


COUNTS = st.lists(st.one_of(st.none(), st.integers(0, 12)), min_size=7, max_size=7)


@given(COUNTS, st.lists(st.tuples(st.integers(1, 7), st.booleans()), min_size=1, max_size=8), st.integers(1, 8))
def test_over_any_sequence_of_choices_the_level_only_gets_coarser_and_always_holds_k(counts, choices, least):
    """LP-3, over level sequences: what is wanted later never brings the place nearer than it was."""
    areas = [
        Step(level, {} if number is None else {"craft": number, "craft:wood": number // 2})
        for level, number in enumerate(counts, start=1)
    ]
    coarsest = finest = None
    for wanted_level, puts_trade_first in choices:
        level = max(wanted_level, coarsest or 0)
        verdict = decide(Wanted(level, "craft", ("craft:wood",), puts_trade_first, finest), areas, least)
        if verdict is None:
            continue
        assert verdict.level >= level
        assert areas[verdict.level - 1].counts[verdict.branch] >= least
        finest = verdict.level if finest is None else min(finest, verdict.level)
        if verdict.branch == "craft:wood":
            assert areas[finest - 1].counts.get("craft:wood", 0) >= least, "together with what was seen before"
        coarsest = verdict.level


@given(COUNTS, st.integers(1, 7), st.integers(1, 8))
def test_wanting_it_coarser_never_shows_it_finer(counts, level, least):
    areas = chain(*counts, first=1)
    fine, coarse = decide(Wanted(level, "farm"), areas, least), decide(Wanted(min(level + 1, 7), "farm"), areas, least)
    if coarse is not None:
        assert fine is not None
        assert fine.level <= coarse.level
