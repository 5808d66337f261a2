"""Sets side by side: who would be first, how close, what would change it, and how firm it is."""

from fractions import Fraction

import pytest

from succession.i18n import load_translations, render
from succession.principles import shipped
from succession.principles.sample_farms import farms
from succession.simulation import charts
from succession.simulation.firmness import firmness
from succession.simulation.outlook import Contender, Trial, outlook
from succession.simulation.shown import shown

PEOPLE = tuple(Contender(farm.key, farm.name, farm.summary) for farm in farms())
ANSWERS = {farm.key: farm.answers for farm in farms()}


def compared(*keys):
    trials = [Trial(shipped.document(key).name, shipped.document(key), ANSWERS) for key in keys]
    return outlook(PEOPLE, trials)


def aloud(text):
    return render(text, load_translations("en"), "en")


def test_the_same_farms_come_out_differently_under_other_rules():
    found = compared("greifswald-2019-motion", "highest-bid")
    assert not found.agree
    assert [one.identifier for one in found.outcomes[1].firsts] == ["holding"]
    assert {one.identifier for one in found.outcomes[0].firsts} == {"solidarity-group", "vegetable-founder"}


def test_equal_ones_share_the_place_and_the_lot_would_decide():
    panel = shown(compared("greifswald-2019-motion", "highest-bid"), "en").panels[0]
    assert [row.place for row in panel.rows[:3]] == [1, 1, 3]
    assert aloud(panel.closeness) == "They are equal. The lot would decide."


def test_the_lead_is_told_in_percent_of_all_points():
    panel = shown(compared("recommended", "highest-bid"), "en").panels[0]
    assert panel.firsts == ("Vegetable farm being founded",)
    assert aloud(panel.closeness) == "It is fairly clear: 10 percent of all points ahead of the second."
    assert "founding" in aloud(panel.ways[0][0])


def test_an_order_and_a_single_bid_have_no_lead():
    order, bid = shown(compared("wartenberg", "highest-bid"), "en").panels
    assert aloud(order.closeness).startswith("An order decides here")
    assert aloud(bid.closeness) == "A single criterion decides here."
    assert {row.percent for row in (*order.rows, *bid.rows)} == {None}


def test_who_is_out_is_told_why():
    rows = {row.name: row for row in shown(compared("greifswald-2019-motion", "highest-bid"), "en").panels[0].rows}
    out = rows["Agricultural holding from far away"]
    assert out.place is None
    assert "Cooperation agreement not signed" in out.out_because


def test_movers_name_only_what_pushes_their_way():
    pair = shown(compared("recommended", "bvvg-2023"), "en").pairs[0]
    for one in pair.movers:
        changes = [change for _, change in one.because]
        assert all(change > 0 for change in changes) if one.direction == "up" else True
        assert all(change < 0 for change in changes) if one.direction == "down" else True
    assert {one.direction for one in pair.movers} >= {"up", "down"}


def test_the_blend_says_from_which_share_on_another_one_is_first():
    found = compared("poland-breeders-2023", "cornwall-old")
    turn = found.comparisons[0].turns[1]
    assert turn.winner == "organic-arable"
    first, second = found.comparisons[0].first, found.comparisons[0].second
    at = [
        (1 - turn.at) * first.share(name) + turn.at * second.share(name) for name in ("cooperative", "organic-arable")
    ]
    assert (
        at[0]
        == at[1]
        == max((1 - turn.at) * first.share(name) + turn.at * second.share(name) for name in first.result.ranking)
    )
    assert shown(found, "en").pairs[0].turns[1] == (91, "Organic arable farm")


def test_an_order_cannot_be_blended():
    assert shown(compared("wartenberg", "recommended"), "en").pairs[0].turns is None


def test_at_the_end_of_its_range_a_weight_ties_the_first_with_another():
    under = compared("poland-breeders-2023", "cornwall-old").comparisons[0].first
    firm = firmness(under, "seed")
    one = next(one for one in firm.ranges if one.criterion == "offer")
    assert one.upper == Fraction(325, 8)
    points = {name: dict(under.card(name).points) for name in under.result.ranking}
    totals = {
        name: sum(value for key, value in earned.items() if key != "offer") + earned["offer"] * one.upper / 40
        for name, earned in points.items()
    }
    assert totals["cooperative"] == totals["holding"] == max(totals.values())


def test_over_all_weights_the_shares_of_first_places_leave_nothing_out():
    firm = firmness(compared("recommended", "bvvg-2023").comparisons[0].first, "seed")
    assert sum(one.first for one in firm.acceptability) >= 1
    assert firm.error == Fraction(304, 10_000)
    assert firm == firmness(compared("recommended", "bvvg-2023").comparisons[0].first, "seed")


def test_where_no_sum_of_several_decides_nothing_is_said_about_weights():
    found = compared("wartenberg", "highest-bid")
    assert firmness(found.comparisons[0].first, "seed") is None
    assert [one.ranges for one in charts.experts(found, "en")] == [(), ()]


def test_charts_stay_within_their_frame():
    found = compared("recommended", "bvvg-2023")
    for expert in charts.experts(found, "en"):
        for row in expert.ranges:
            assert 0 <= row.left <= row.at <= 100
            assert row.left + row.width <= 101
    lines = charts.slopes(shown(found, "en").pairs[0].movers)
    assert len(lines) == 12
    assert all(0 < line.start < charts.height(lines) and 0 < line.end < charts.height(lines) for line in lines)


@pytest.mark.parametrize("key", shipped.names())
def test_every_set_can_be_compared_with_the_highest_bid(key):
    other = "recommended" if key == "highest-bid" else "highest-bid"
    found = compared(key, other)
    assert shown(found, "de").panels[0].key == key
    assert len(charts.experts(found, "de")) == 2
