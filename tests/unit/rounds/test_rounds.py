from dataclasses import replace
from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from succession.allocation import parcels_format, two_sided_format
from succession.rounds import certificates, price, round_document
from succession.rounds.certificates import Line, Outcome
from succession.rounds.fairness import Share, gini, report
from succession.rounds.page import price_sentences
from succession.rounds.round_document import Land, Scored, Wish

F = Fraction
YES = {"id": "organic", "kind": "boolean", "points": 3}
NEAR = {"id": "near", "kind": "boolean", "points": 1}


def case(*applicants):
    catalogue = {"criteria": [YES, NEAR], "lottery": {"seed": "s", "round": "lot 1"}}
    return {"id": "c", "catalogue": catalogue, "applicants": [{"id": n, "values": v} for n, v in applicants]}


def test_one_draw_holds_for_every_lot():
    alike = round_document.with_one_draw(case(("a", {}), ("b", {})))
    assert alike["catalogue"]["lottery"] == {"seed": "s", "round": "round"}
    assert round_document.scored(alike).undecided == ()


def test_whoever_left_a_lot_off_is_scored_there_without_what_was_stated_for_another():
    cases = {"1": case(("a", {"organic": True, "near": True})), "2": case(("b", {"organic": False}))}
    found = round_document.with_everybody(cases, frozenset({"near"}))
    assert round_document.scored(found["2"]).points == {"a": F(3), "b": F(0)}
    assert round_document.scored(found["1"]).points == {"a": F(4), "b": F(0)}


LOTS = {
    "mill": Scored(("a", "c", "b"), {"a": F(3), "c": F(2), "b": F(1)}, ()),
    "brook": Scored(("b", "a"), {"b": F(2), "a": F(1)}, ()),
}
WISHES = {"a": Wish(("brook", "mill")), "b": Wish(("mill", "brook")), "c": Wish(("mill", "brook"))}


def test_a_certificate_says_what_became_of_every_wish():
    document = round_document.one_lot_each("r", LOTS, WISHES)
    placement = two_sided_format.answer(document, "$")["applicant_optimal"]
    assert placement == {"a": "mill", "b": "brook"}
    assert certificates.of_one_lot_each(document, placement) == {
        "a": (Line("brook", Outcome.BETTER_PLACED, 2, 1), Line("mill", Outcome.HELD, 1, 1)),
        "b": (Line("mill", Outcome.BETTER_PLACED, 3, 1), Line("brook", Outcome.HELD, 1, 1)),
        "c": (Line("mill", Outcome.BETTER_PLACED, 2, 1), Line("brook", Outcome.NOT_ELIGIBLE, None, 1)),
    }


names = st.permutations("abcd")
markets = st.fixed_dictionaries({lot: st.lists(st.sampled_from("abcd"), unique=True) for lot in "xyz"})
rankings = st.fixed_dictionaries({code: st.lists(st.sampled_from("xyz"), unique=True) for code in "abcd"})


@given(markets, rankings)
def test_every_certificate_of_a_round_checks_and_one_changed_line_does_not(orders, wished):
    lots = {lot: Scored(tuple(order), {}, ()) for lot, order in orders.items()}
    document = round_document.one_lot_each("r", lots, {code: Wish(tuple(row)) for code, row in wished.items()})
    placement = two_sided_format.answer(document, "$")["applicant_optimal"]
    holders = {lot: code for code, lot in placement.items()}
    for code, certificate in certificates.of_one_lot_each(document, placement).items():
        assert certificates.faults(document, code, certificate, holders) == []
        for place, line in enumerate(certificate):
            wrong = Outcome.NOT_ELIGIBLE if line.outcome is Outcome.HELD else Outcome.HELD
            changed = (*certificate[:place], replace(line, outcome=wrong), *certificate[place + 1 :])
            assert certificates.faults(document, code, changed, holders) == [line.lot]


areas = st.fixed_dictionaries({lot: st.integers(1, 4).map(F) for lot in "xyz"})
limits = st.fixed_dictionaries({code: st.tuples(st.integers(1, 8).map(F), st.booleans()) for code in "abcd"})


@settings(max_examples=60)
@given(markets, rankings, areas, limits, st.sets(st.sampled_from(["xy", "yz", "xz"])))
def test_every_certificate_of_a_division_checks(orders, wished, sizes, asked, beside):
    points = {lot: {code: F(len(order) - place) for place, code in enumerate(order)} for lot, order in orders.items()}
    lots = {lot: Scored(tuple(order), points[lot], ()) for lot, order in orders.items()}
    wishes = {code: Wish(tuple(row), *asked[code]) for code, row in wished.items()}
    document = round_document.parcels("r", lots, wishes, Land(sizes, [tuple(pair) for pair in sorted(beside)]), "seed")
    answer = parcels_format.answer(document, "$")
    found = certificates.of_parcels(document, answer["certificates"], answer["serial"])
    for code, certificate in found.items():
        assert certificates.faults(document, code, certificate, answer["serial"]) == []


def test_the_order_of_picking_counts_parcels_one_did_not_rank():
    sizes = {"mill": F(1), "brook": F(3)}
    few = {**WISHES, "a": Wish(("mill",))}
    orders = [round_document.parcels("r", LOTS, wishes, Land(sizes), "s")["order"] for wishes in (WISHES, few)]
    assert orders[0] == orders[1]


def test_the_report_counts_who_was_placed_and_how_evenly():
    wishes = {code: ["x", "y"] for code in "abcdefghij"}
    groups = {"young": frozenset("abcde"), "few": frozenset("abcd"), "nearly_all": frozenset("abcdef")}
    found = report(wishes, {"x": "a", "y": "g"}, {"x": F(1), "y": F(3)}, groups)
    assert found.placed == Share(2, 10)
    assert found.groups == {"young": Share(1, 5)}
    assert found.wishes == (1, 1)
    assert found.gini == F(17, 20)


@given(st.lists(st.integers(0, 9).map(F), min_size=1, max_size=6))
def test_gini_is_the_mean_difference_of_all_pairs(values):
    whole = sum(values)
    pairs = sum(abs(one - other) for one, other in product(values, values))
    assert gini(values) == (pairs / (2 * len(values) * whole) if whole else None)


@pytest.mark.parametrize("_again", range(2))
def test_what_the_rule_costs_is_the_same_every_time(_again):
    document = round_document.one_lot_each("r", LOTS, WISHES)
    assert price.most_placed(document) == price.Extreme(F(2), F(2))
    sizes = {"mill": F(3, 2), "brook": F(1)}
    wishes = {"a": Wish(("mill", "brook"), F(2)), "b": Wish(("brook",), F(1)), "c": Wish(())}
    division = round_document.parcels("r", LOTS, wishes, Land(sizes), "s")
    assert price.most_land(division).found == F(5, 2)
    assert price.fewest_passed_over(division) == price.Extreme(F(0), F(0))


@settings(max_examples=25)
@given(markets, rankings, areas, limits)
def test_the_solver_agrees_with_the_exact_search(orders, wished, sizes, asked):
    lots = {lot: Scored(tuple(order), {code: F(1) for code in order}, ()) for lot, order in orders.items()}
    wishes = {code: Wish(tuple(row), asked[code][0]) for code, row in wished.items()}
    document = round_document.parcels("r", lots, wishes, Land(sizes), "seed")
    answer = parcels_format.answer(document, "$")
    assert str(price.most_land(document).found) == answer["max_area"]
    passed = price.fewest_passed_over(document)
    assert passed.is_proven
    assert passed.found == answer["fewest_blocking_pairs"]


def test_what_was_not_proven_is_not_told_as_if_it_were():
    result = {"report": {"placed": [1, 2], "area_m2": "10000"}}
    proven = {"found": "3", "bound": "3"}
    open_ended = {"found": "9", "bound": "0"}
    said = [text.msgid for text in price_sentences({"fewest_passed_over": proven}, result)]
    assert said == ["In the division that passes over the fewest, %(count)s pairs are passed over."]
    for figures in ({"fewest_passed_over": open_ended}, {"largest_area": None}):
        said = [text.msgid for text in price_sentences(figures, result)]
        assert said == ["The search was ended by its limit; a better division may exist."]
