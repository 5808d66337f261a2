from fractions import Fraction

from hypothesis import assume, given
from hypothesis import strategies as st

from succession.allocation.catalogue import Applicant, Catalogue, Criterion, Lottery
from succession.allocation.households import Joint, joined
from succession.allocation.lottery import smallest_ticket
from succession.allocation.points import evaluate
from succession.allocation.procedures import AtTie, ReservedPlaces, Share, VirtualBid
from succession.allocation.quotas import every_nth, placed
from succession.allocation.rules_measures import Ladder, PerUnit, UnitsInBands
from succession.allocation.rules_statements import Boolean

F = Fraction
names = st.lists(st.sampled_from("abcdefgh"), unique=True, max_size=8)
groups = st.sets(st.sampled_from("abcdefgh"))
counts = st.integers(0, 30).map(lambda n: F(n, 2))


@given(names, groups, st.integers(2, 4))
def test_every_nth_keeps_everybody_and_the_order_inside_and_outside_the_group(order, group, every):
    found = every_nth(order, group, every)
    assert sorted(found) == sorted(order)
    for members in (group, set(order) - group):
        assert [one for one in found if one in members] == [one for one in order if one in members]


@given(names, groups, st.integers(2, 4))
def test_after_any_number_of_ranks_the_group_has_its_share_or_is_used_up(order, group, every):
    found = every_nth(order, group, every)
    for length in range(len(found) + 1):
        inside = sum(one in group for one in found[:length])
        assert inside >= min(length // every, len(group & set(order)))


def shares(first, second, to_second):
    spills = ("two",) if to_second else ()
    return (Share("one", (), first, spills), Share("two", (), second))


@given(names, groups, groups, st.integers(0, 3), st.integers(0, 3), st.integers(0, 3), st.booleans(), st.booleans())
def test_no_place_stays_empty_while_somebody_waits_and_none_is_given_twice(
    order, one, two, first, second, free, to_second, open_first
):
    rule = ReservedPlaces(first + second + free, shares(first, second, to_second), open_first)
    found = placed(order, {"one": one, "two": two}, rule)
    assert len(found) == min(rule.places, len(order))
    assert all(name in {"one": one, "two": two, "open": set(order)}[share] for name, share in found.items())


@given(names, groups, st.integers(0, 3), st.integers(0, 3), st.booleans())
def test_nobody_without_a_place_stands_before_somebody_who_took_an_open_one(order, one, first, free, open_first):
    rule = ReservedPlaces(first + free, (Share("one", (), first),), open_first)
    found = placed(order, {"one": one}, rule)
    last_open = max((order.index(name) for name, share in found.items() if share == "open"), default=0)
    assert all(name in found for name in order[:last_open])


@given(names, st.integers(1, 3), st.integers(0, 3), st.integers(0, 6), st.integers(2, 4))
def test_equals_at_the_edge_of_a_share_are_in_together_or_out_together(order, first, free, start, length):
    block = tuple(order[start : start + length])
    groups = {"one": set(order)}
    for at_tie in (AtTie.ALL, AtTie.NONE):
        rule = ReservedPlaces(first + free, (Share("one", (), first),), at_tie=at_tie)
        reserved = {name for name, share in placed(order, groups, rule, [block]).items() if share == "one"}
        assert reserved & set(block) in (set(), set(block))


@given(st.text("ab", min_size=1), st.text("cd", min_size=1), st.integers(1, 6))
def test_a_further_ticket_never_puts_anybody_back(seed, name, held):
    assert smallest_ticket(seed, "1", name, held + 1) <= smallest_ticket(seed, "1", name, held)


LOCAL = Criterion("local", PerUnit(F(1), F(1), F(99)), "local", "local")
OTHER = Criterion("other", PerUnit(F(2), F(1), F(99)), "other")


@given(counts, counts, st.sampled_from([F(1, 4), F(1, 2), F(2, 3)]))
def test_a_group_is_never_more_than_its_share_of_the_total_and_no_less_than_it_may_be(local, other, share):
    catalogue = Catalogue((LOCAL, OTHER), group_share_caps={"local": share})
    card = evaluate(catalogue, [Applicant("a", {"local": local, "other": other})]).cards[0]
    counted = card.groups[0].counted
    assert counted <= share * card.total
    assert counted == card.groups[0].sum or counted == share * card.total


@given(counts, counts, counts, st.sampled_from([F(1, 4), F(1, 2)]))
def test_more_points_in_a_capped_group_never_lower_the_total(local, more, other, share):
    catalogue = Catalogue((LOCAL, OTHER), group_share_caps={"local": share})

    def total(value):
        return evaluate(catalogue, [Applicant("a", {"local": value, "other": other})]).cards[0].total

    assert total(local + more) >= total(local)


@given(st.lists(counts, min_size=2, max_size=6))
def test_without_points_the_virtual_order_is_the_order_of_the_offers(offers):
    assume(len(set(offers)) == len(offers))
    catalogue = Catalogue(
        (Criterion("yes", Boolean(F(1)), "yes"),),
        virtual_bid=VirtualBid("bid", per_point=F(1)),
        lottery=Lottery("s", "1"),
    )
    field = [Applicant(f"a{k}", {"bid": offer}) for k, offer in enumerate(offers)]
    ranked = evaluate(catalogue, field).ranking
    assert [offers[int(name[1:])] for name in ranked] == sorted(offers, reverse=True)


@given(st.lists(st.none() | counts, min_size=1, max_size=4))
def test_together_people_earn_what_the_best_of_them_earns_and_never_less_than_the_least(stated):
    rule = PerUnit(F(1), F(1), F(4))
    earned = [rule.reached(one).points for one in stated if one is not None]
    once, every = joined(stated, rule, Joint.ONCE), joined(stated, rule, Joint.ALL)
    assert (once is None) == (not earned)
    if earned:
        assert rule.reached(once).points == max(earned)
    if None not in stated:
        assert rule.reached(every).points == min(earned)


@given(st.lists(st.lists(counts, max_size=3).map(tuple), min_size=1, max_size=3))
def test_the_order_of_the_members_changes_no_sum(stated):
    rule = UnitsInBands(Ladder.of([(F(0), F(1)), (F(3), F(2))]), F(9))
    forth, back = joined(stated, rule, Joint.SUM), joined(stated[::-1], rule, Joint.SUM)
    assert rule.reached(forth).points == rule.reached(back).points
