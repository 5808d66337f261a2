from dataclasses import replace
from fractions import Fraction

from hypothesis import given
from hypothesis import strategies as st

from succession.allocation.catalogue import Applicant, Catalogue, Criterion, Exclusion, Lottery, Mode, TieBreak
from succession.allocation.conditions import Condition, Test
from succession.allocation.points import evaluate
from succession.allocation.rounding import Rounding
from succession.allocation.rules_field import ProportionToBest, RankOfBid, VersusTrimmedMean, trimmed_mean
from succession.allocation.rules_measures import Ladder, Linear, PerUnit, Steps
from succession.allocation.rules_statements import Boolean, Category

LADDER = Ladder.of([(Fraction(1, 2), Fraction(1)), (Fraction(1), Fraction(2)), (Fraction(7), Fraction(5, 2))])
RULES = {
    "steps": Steps(LADDER),
    "linear": Linear(Fraction(0), Fraction(7), Fraction(3)),
    "rounded": Linear(Fraction(1), Fraction(9), Fraction(4), Rounding(Fraction(3, 2))),
    "units": PerUnit(Fraction(1, 3), Fraction(2), Fraction(1)),
    "yes": Boolean(Fraction(2)),
    "kind": Category({"none": Fraction(0), "half": Fraction(1), "full": Fraction(3)}),
    "rank": RankOfBid((Fraction(3), Fraction(2), Fraction(1))),
    "mean": VersusTrimmedMean(Ladder.of([(Fraction(0), Fraction(0)), (Fraction(1), Fraction(2))])),
    "best": ProportionToBest(Fraction(5)),
}
RELATIVE = {"rank", "mean", "best"}
NUMBERS = [name for name in RULES if name not in {"yes", "kind"}]
numbers = st.integers(0, 24).map(lambda n: Fraction(n, 2))


def statements(name):
    value = {"yes": st.booleans(), "kind": st.sampled_from(["none", "half", "full"])}.get(name, numbers)
    return st.none() | value


facts = st.fixed_dictionaries({name: statements(name) for name in RULES}, optional={"false_statement": st.booleans()})
fields = st.lists(facts, min_size=1, max_size=6).map(
    lambda every: [Applicant(f"a{place}", one) for place, one in enumerate(every)]
)
catalogues = st.builds(
    Catalogue,
    criteria=st.permutations(
        [Criterion(name, rule, name, "nature" if name in {"units", "yes"} else None) for name, rule in RULES.items()]
    ).map(tuple),
    mode=st.sampled_from(Mode),
    group_caps=numbers.map(lambda cap: {"nature": cap}),
    exclusions=st.just((Exclusion("lie", Condition("false_statement", Test.EQUALS, value=True)),)),
    threshold=st.none() | numbers,
    tie_breaks=st.lists(st.sampled_from(list(RULES)).map(TieBreak), max_size=2).map(tuple),
    lottery=st.just(Lottery("seed", "round")),
)


def cards(catalogue, field):
    return {card.applicant.identifier: card for card in evaluate(catalogue, field).cards}


@given(catalogues, fields, st.sampled_from(NUMBERS), numbers)
def test_a_greater_statement_never_earns_fewer_points_nor_a_smaller_total(catalogue, field, name, more):
    first, *others = field
    before = first.facts[name] if first.facts[name] is not None else Fraction(0)
    raised = replace(first, facts={**first.facts, name: before + more})
    old, new = cards(catalogue, field)["a0"], cards(catalogue, [raised, *others])["a0"]
    assert new.points[name] >= old.points[name]
    assert new.total >= old.total


@given(catalogues, fields, facts)
def test_points_do_not_depend_on_others_except_where_the_criterion_is_marked(catalogue, field, other):
    alone, among = cards(catalogue, field), cards(catalogue, [*field, Applicant("other", other)])
    assert set(catalogue.relative) == RELATIVE
    for name, card in alone.items():
        for line, with_other in zip(card.lines, among[name].lines, strict=True):
            assert line == with_other or line.criterion in RELATIVE


@given(catalogues, fields, st.randoms(use_true_random=False))
def test_the_order_in_which_applicants_are_named_changes_nothing(catalogue, field, random):
    shuffled = list(field)
    random.shuffle(shuffled)
    one, other = evaluate(catalogue, field), evaluate(catalogue, shuffled)
    assert (one.ranking, one.separated_by, one.tied_on_total) == (
        other.ranking,
        other.separated_by,
        other.tied_on_total,
    )
    assert cards(catalogue, field) == cards(catalogue, shuffled)


@given(catalogues, fields)
def test_an_exclusion_beats_any_total_and_everyone_has_exactly_one_place(catalogue, field):
    result = evaluate(catalogue, field)
    for applicant in field:
        places = [
            applicant.identifier in result.ranking,
            applicant.identifier in result.below_threshold,
            applicant.identifier in result.excluded_because,
        ]
        assert sum(places) == 1
        assert places[2] == (applicant.facts.get("false_statement") is True)


@given(catalogues, fields)
def test_every_total_is_the_exact_sum_of_its_own_working(catalogue, field):
    for card in evaluate(catalogue, field).cards:
        assert all(isinstance(line.points, Fraction) for line in card.lines)
        nature = sum(line.points for line in card.lines if line.criterion in {"units", "yes"})
        rest = sum(line.points for line in card.lines if line.criterion not in {"units", "yes"})
        assert card.total == rest + min(nature, catalogue.group_caps["nature"])
        assert [line.missing for line in card.lines] == [line.declared is None for line in card.lines]
        assert all(line.points == 0 for line in card.lines if line.missing)


@given(catalogues, fields)
def test_the_ranking_follows_the_comparison_that_it_names(catalogue, field):
    result = evaluate(catalogue, field)
    by_id = {card.applicant.identifier: card for card in result.cards}
    for place in range(1, len(result.ranking)):
        better, worse = by_id[result.ranking[place - 1]], by_id[result.ranking[place]]
        reason = result.separated_by[place]
        assert reason is not None
        if reason == "total":
            assert better.total > worse.total
        elif reason.startswith("criterion:"):
            name = reason.removeprefix("criterion:")
            assert better.points[name] > worse.points[name]
        else:
            assert reason == "lot"


@given(catalogues, fields, st.sampled_from([name for name in RULES if name not in RELATIVE]))
def test_what_is_not_proven_earns_nothing_and_is_listed(catalogue, field, name):
    first, *others = field
    unproven = replace(first, unproven=frozenset({name}))
    card = cards(catalogue, [unproven, *others])["a0"]
    assert card.points[name] == 0
    assert name in card.missing


@given(numbers, st.integers(0, 100))
def test_a_figure_moved_inside_its_step_changes_nothing_in_the_line(value, share):
    rule = RULES["rounded"]
    step = rule.rounding.of(value)
    moved = step + rule.rounding.to * (Fraction(share, 100) - Fraction(1, 2)) * Fraction(99, 100)
    assert rule.reached(moved) == rule.reached(step)


@given(st.lists(numbers, min_size=3, max_size=9), st.randoms(use_true_random=False))
def test_a_single_wild_offer_moves_the_trimmed_mean_no_further_than_the_next_one(offers, random):
    wild = [*offers, max(offers) * 1000 + 1]
    random.shuffle(wild)
    assert trimmed_mean(wild) <= max(offers)
