"""The shipped sets say what their sources say, and a worked example of each recomputes."""

from fractions import Fraction

import pytest

from succession.allocation.catalogue import Applicant
from succession.allocation.points import evaluate
from succession.allocation.points_values import facts, rules_by_field
from succession.principles import answers, shipped
from succession.principles.document import Completeness, Owners, PriceKind
from succession.principles.questions import Source
from succession.principles.sample_farms import farms, sample_lot, values

REQUIRED = {
    *("bvvg-2023", "bvvg-2024", "greifswald-2019-motion", "greifswald-2019-adopted", "ekm-until-2016", "ekm-2017"),
    *("leipzig-2023", "wartenberg", "cornwall-old", "cornwall-new", "sachsen-ehp", "highest-bid", "recommended"),
    *("drenthe-2024", "noord-holland-2017", "croatia-2014", "poland-breeders-2023", "france-l411-15"),
    *("france-l2411-10", "plot-lottery", "meinerzhagen-2019", "fauquier-2005"),
}


def raw_points(key: str, field: str = "points") -> dict[str, object]:
    criteria = shipped.document(key).raw["catalogue"]["criteria"]
    return {one["id"]: one[field] for one in criteria if field in one}


def score(key: str, stated: dict, lot: dict | None = None):
    document = shipped.document(key)
    catalogue = document.catalogue
    applicant = Applicant("a", facts(stated, rules_by_field(catalogue), "$"))
    return evaluate(catalogue, [applicant], sample_lot(catalogue) if lot is None else lot)


def total(key: str, stated: dict, lot: dict | None = None) -> Fraction:
    return score(key, stated, lot).cards[0].total


def test_every_set_of_the_list_is_there_and_no_file_too_many():
    assert set(shipped.names()) == REQUIRED
    assert {path.stem for path in shipped.FOLDER.glob("*.json")} == REQUIRED


@pytest.mark.parametrize("key", shipped.names())
def test_a_set_reads_and_names_its_source(key):
    document = shipped.document(key)
    assert document.key == key
    assert document.sources
    assert document.completeness is Completeness.COMPLETE or document.gaps


@pytest.mark.parametrize("key", shipped.names())
def test_religion_is_asked_by_a_church_only_and_never_demanded(key):
    document = shipped.document(key)
    religious = [one for one in document.questions if one.special_category]
    assert not religious or document.owners is Owners.CHURCH
    assert not any(one.mandatory for one in religious)


@pytest.mark.parametrize("key", shipped.names())
def test_whoever_would_be_excluded_is_always_asked(key):
    document = shipped.document(key)
    for exclusion in document.catalogue.exclusions:
        assert document.question(exclusion.condition.field).mandatory  # type: ignore[union-attr]


@pytest.mark.parametrize("farm", farms(), ids=lambda farm: farm.key)
def test_a_sample_farm_answers_every_question_of_every_set(farm):
    for key in shipped.names():
        document = shipped.document(key)
        assert set(values(document, farm)) == {question.identifier for question in document.questions}
        for question in document.questions:
            exact = question.source is Source.BID
            assert exact or answers.fault(question, farm.answers[question.identifier]) is None, (
                key,
                question.identifier,
            )


@pytest.mark.parametrize("key", shipped.names())
def test_the_sample_farms_can_be_scored(key):
    document = shipped.document(key)
    applicants = [
        Applicant(farm.key, facts(values(document, farm), rules_by_field(document.catalogue), "$")) for farm in farms()
    ]
    result = evaluate(document.catalogue, applicants, sample_lot(document.catalogue))
    assert result.applies
    assert len(result.cards) == 12
    assert result.ranking


def test_there_are_twelve_sample_farms():
    assert len({farm.key for farm in farms()}) == 12


def test_bvvg_2023_has_the_points_of_the_table():
    assert raw_points("bvvg-2023") == {
        "startup": 10,
        "organic": 5,
        "sheep_goats_main": 5,
        "hedge_promised": 5,
        "young_farmer": 4,
        "offer": [3, 2, 1],
        "undersown_or_flowers": 2,
        "dairy_label": 1,
    }
    stated = {"startup": True, "young_farmer": True, "organic": True, "distance": "19.999", "offer": "100"}
    assert total("bvvg-2023", stated) == 10 + 4 + 5 + 3 + 3
    assert total("bvvg-2023", {"distance": 20}) == 0
    assert total("bvvg-2023", {"lessee_by_size": "lessee_under_500", "dairy_label": True, "hedge_promised": True}) == 9
    assert score("bvvg-2023", {"startup": True, "uses_gm_seed": True}).ranking == ()


def test_bvvg_2024_gives_organic_farms_three_points():
    assert raw_points("bvvg-2024") == {"startup": 10, "organic_or_conversion": 3, "young_farmer": 4}
    assert total("bvvg-2024", {"organic_or_conversion": True, "housing_label": "outdoor"}) == 5
    assert {one.identifier for one in shipped.document("bvvg-2024").unscored} == {"grazing", "further_criteria"}


def test_greifswalds_motion_holds_from_one_hectare_and_counts_three_measures():
    stated = {"organic_or_full_conversion": True, "nature_measures": 5, "grazing": True, "young_or_founder": True}
    assert total("greifswald-2019-motion", stated) == 3 + 3 + 1 + 1
    assert not score("greifswald-2019-motion", stated, {"area_ha": Fraction(9, 10)}).applies
    assert shipped.document("greifswald-2019-motion").price is PriceKind.FIXED
    assert [one.identifier for one in shipped.document("greifswald-2019-motion").unscored] == ["solidarity_agriculture"]


def test_greifswalds_decision_counts_a_confirmed_concept_like_organic():
    points = {
        line.criterion: line.points
        for line in score("greifswald-2019-adopted", {"concept_confirmed": True}).cards[0].lines
    }
    assert points["organic"] == 1
    assert not score("greifswald-2019-adopted", {}, {"area_ha": Fraction(4)}).applies


def order(key: str, people: dict[str, dict]) -> tuple[str, ...]:
    catalogue = shipped.document(key).catalogue
    rules = rules_by_field(catalogue)
    applicants = [Applicant(name, facts(stated, rules, "$")) for name, stated in people.items()]
    return evaluate(catalogue, applicants, sample_lot(catalogue)).ranking


def test_ekms_order_among_equals_is_the_published_one():
    people = {
        "organic": {"organic": True},
        "full": {"full_time": True},
        "rent": {"offer": 10},
        "near": {"distance": 3},
        "other": {"church": "other"},
        "protestant": {"church": "protestant"},
        "lessee": {"current_lessee": True},
    }
    assert order("ekm-until-2016", people) == ("lessee", "protestant", "other", "near", "rent", "full", "organic")
    assert {one.identifier for one in shipped.document("ekm-until-2016").unscored} == {
        *("minimum_rent_met", "regional_origin", "church_membership", "rent_offer", "social_aspects")
    }


def test_ekm_2017_scores_the_one_point_that_was_published():
    assert total("ekm-2017", {"church_engagement": 1}) == 1
    assert score("ekm-2017", {"stock_unbalanced": True}).ranking == ()


def test_leipzig_excludes_and_invents_no_points():
    assert total("leipzig-2023", {"no_pesticides_promised": True}) == 0
    assert score("leipzig-2023", {"no_sewage_sludge": False}).ranking == ()


def test_wartenberg_orders_one_criterion_after_the_other():
    people = {
        "more_stock": {"livestock_per_ha": "1.9"},
        "less_stock": {"livestock_per_ha": "0.4", "full_time": True},
        "organic": {"organic": True},
        "local": {"local_farmer": True},
        "lessee": {"lessee_pays": True},
    }
    assert order("wartenberg", people) == ("lessee", "local", "organic", "more_stock", "less_stock")


@pytest.mark.parametrize(
    ("key", "weights"),
    [
        ("cornwall-old", [25, 25, 25, 15, 10]),
        ("cornwall-new", [35, 35, 25, 5]),
        ("poland-breeders-2023", [40, 10, 18, 15, 11, 3, 3]),
        ("meinerzhagen-2019", [25, 20, 20, 35]),
    ],
)
def test_weights_are_those_of_the_source(key, weights):
    assert list(raw_points(key, "weight").values()) == weights


def test_cornwall_weighs_marks():
    stated = {"mark_experience": 8, "mark_finance": 6, "mark_environment": 10, "mark_entrepreneur": 5, "offer": 7}
    assert total("cornwall-old", stated) == 20 + 15 + 25 + Fraction(15, 2) + 10


def test_saxony_needs_a_hundred_points():
    stated = {"branch_points": 40, "ecology": 30, "resources": 20, "climate": 5, "resilience": 4}
    assert score("sachsen-ehp", stated).below_threshold == ("a",)
    assert score("sachsen-ehp", {**stated, "resilience": 5}).ranking == ("a",)


def test_the_highest_bid_comes_first_and_the_next_highest_second():
    assert order("highest-bid", {"c": {"offer": 1}, "a": {"offer": 3}, "b": {"offer": 2}}) == ("a", "b", "c")


@pytest.mark.parametrize(
    ("kilometres", "points"),
    [("0.999", 15), ("1", 13), ("1.5", 11), ("2", 9), ("2.5", 7), ("3", 5), ("3.5", 3), ("4", 1), ("5", 1)],
)
def test_drenthe_has_the_bands_of_the_table(kilometres, points):
    assert total("drenthe-2024", {"distance_parcel": kilometres}) == points


def test_drenthe_counts_margins_outside_the_nature_network_only():
    stated = {"distance_parcel": 0, "margins": True, "certificate": True}
    assert total("drenthe-2024", stated) == 18
    assert total("drenthe-2024", stated, {"in_nature_network": True}) == 16
    assert score("drenthe-2024", {**stated, "distance_parcel": "5.001"}).ranking == ()
    people = {"part": {"distance_parcel": 0}, "full": {"distance_parcel": 4, "main_occupation": True}}
    assert order("drenthe-2024", people) == ("full", "part")


def test_noord_holland_goes_through_its_waves():
    people = {
        "near": {"distance_road": 1},
        "new": {"distance_road": 4, "never_served": True},
        "sitting": {"distance_road": 3, "current_lessee": True},
        "far_certificate": {"distance_road": 5, "certificate": True},
        "near_certificate": {"distance_road": 2, "certificate": True},
        "too_far": {"distance_road": "5.1", "certificate": True},
    }
    assert order("noord-holland-2017", people) == ("near_certificate", "far_certificate", "sitting", "new", "near")


@pytest.mark.parametrize(("ratio", "points"), [("1", 0), ("3/2", 10), ("2", 20), ("5", 20)])
def test_croatia_rises_evenly_to_twice_the_starting_rent(ratio, points):
    assert total("croatia-2014", {"offer_ratio": ratio}) == points


def test_croatias_parts_add_up_to_a_hundred():
    assert total("croatia-2014", {"business_programme": 60, "valid_possessor": True, "offer_ratio": 2}) == 100


def test_poland_gives_the_best_offer_forty_percent():
    assert total("poland-breeders-2023", {"offer": 5, "crop_experience": 10, "livestock_experience": 5}) == 40 + 10 + 9


def test_french_orders_put_their_first_rank_first():
    assert order("france-l411-15", {"c": {"farmer_of_commune": True}, "g": {"startup_grant": True}}) == ("g", "c")
    ties = ("none", "new_farm", "farming", "farming_home_commune", "home_building_seat")
    assert order("france-l2411-10", {tie: {"section_tie": tie} for tie in ties}) == tuple(reversed(ties))


def test_in_the_plot_lottery_nobody_has_points():
    result = score("plot-lottery", {"takes_part": True})
    assert result.ranking == ("a",)
    assert total("plot-lottery", {"takes_part": True}) == 0


@pytest.mark.parametrize(("turnover", "level"), [("10.001", 5), ("10", 4), ("7.5", 3), ("5", 2), ("2.5", 1), ("0", 1)])
def test_meinerzhagen_has_the_bands_of_the_table(turnover, level):
    assert total("meinerzhagen-2019", {"turnover_meur": turnover}) == 5 * level


def test_a_missing_turnover_has_its_own_level_and_full_levels_make_a_hundred():
    assert total("meinerzhagen-2019", {}) == 0
    full = {"turnover_meur": 11, "reference_size": 5, "reference_comparability": 5, "use_concept": 5}
    assert total("meinerzhagen-2019", full) == 100


def test_fauquier_takes_the_mean_in_percent_and_needs_sixty():
    gates = {"bona_fide_farm": True, "acres": 50, "zone_ra_rc": True, "other_easement": False}
    assert total("fauquier-2005", {**gates, "committee_totals": [42, 45, 48]}) == 75
    assert score("fauquier-2005", {**gates, "committee_totals": [35, 36]}).below_threshold == ("a",)
    assert score("fauquier-2005", {**gates, "acres": "49.9", "committee_totals": [60]}).ranking == ()


BEST = {
    "new_entrant": "founder",
    "farm_ha": 10,
    "training_farm": True,
    "organic_status": "organic",
    "no_synthetic_pesticides": True,
    "nature_measures": 4,
    "grazing": True,
    "crops": 7,
    "regional_sales": "direct",
    "learning_place": True,
    "distance": 3,
    "land_lost": 20,
}


def test_our_recommendation_adds_up_to_a_hundred():
    assert total("recommended", BEST) == 100


def test_our_recommendation_knows_no_residence_and_hides_the_distance_in_steps():
    document = shipped.document("recommended")
    assert not any(question.source is Source.BID for question in document.questions)
    assert not document.catalogue.relative
    near, nearer = (total("recommended", {"distance": kilometres}) for kilometres in ("11", "14.9"))
    assert near == nearer == Fraction(36, 5)
    assert total("recommended", {"organic_status": "conventional", "concept_confirmed": True}) == 15
