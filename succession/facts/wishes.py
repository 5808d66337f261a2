"""What each side can ask of the other: one wish for each criterion of the two-sided score. Pure.

A value of a wish is a code of the same shape as the fact it meets, so that both are compared as whole numbers. Where a
wish asks for a largest value ("at most 400 euros") the code names the last band that is still fine.
"""

from succession.facts import measures, terms
from succession.facts.field import Wish, WishField
from succession.facts.kinds import BUSINESSES, GROWING, Kind
from succession.facts.offer import WITH_CRAFT
from succession.facts.shapes import HalfYear, Unit, bands
from succession.i18n import Text

DISTANCE = bands(Unit.KILOMETRES, 5, 10, 15, 20, 25, 30, 40, 50, 75, 100)
"""Only for the choices on the form; the wish itself is kept in whole kilometres."""

SEARCH_WISHES: tuple[Wish, ...] = (
    Wish("distance", "place", Text("Close to my place"), (WishField("wish_km", DISTANCE, Text("at most this far")),)),
    Wish(
        "takeover",
        "terms",
        Text("Form of the takeover"),
        (WishField("takeover_models", terms.TAKEOVER_MODELS, Text("one of these")),),
    ),
    Wish(
        "start",
        "terms",
        Text("Time of the takeover"),
        (
            WishField("start_earliest", HalfYear(), Text("not before")),
            WishField("start_latest", HalfYear(), Text("not after")),
        ),
    ),
    Wish("price", "money", Text("Price"), (WishField("price_max", measures.PRICE, Text("at most")),)),
    Wish(
        "land_rent",
        "money",
        Text("Rent for the land"),
        (WishField("land_rent_max", measures.LAND_RENT, Text("at most")),),
        GROWING,
    ),
    Wish(
        "premises_rent",
        "money",
        Text("Rent for the buildings"),
        (WishField("premises_rent_max", measures.PREMISES_RENT, Text("at most")),),
        BUSINESSES,
    ),
    Wish("instalments", "money", Text("Paying in instalments or as an annuity")),
    Wish(
        "area",
        "land",
        Text("Area"),
        (WishField("area_min", measures.AREA, Text("from")), WishField("area_max", measures.AREA, Text("to"))),
        GROWING,
    ),
    Wish(
        "land_use", "land", Text("Use of the land"), (WishField("land_uses", terms.LAND_USES, Text("with")),), GROWING
    ),
    Wish("soil", "land", Text("Soil quality"), (WishField("soil_min", measures.SOIL, Text("at least")),), GROWING),
    Wish(
        "contiguity",
        "land",
        Text("Land in one piece"),
        (WishField("contiguity_min", terms.CONTIGUITY, Text("at least")),),
        GROWING,
    ),
    Wish(
        "access", "land", Text("Way to the land"), (WishField("access_min", terms.ACCESS, Text("at least")),), GROWING
    ),
    Wish("water", "land", Text("Water"), (WishField("water_min", terms.WATER, Text("at least")),), GROWING),
    Wish(
        "organic",
        "business",
        Text("Organic farming"),
        (WishField("organic_min", terms.ORGANIC, Text("at least")),),
        GROWING,
    ),
    Wish(
        "livestock",
        "business",
        Text("Animals"),
        (WishField("livestock", terms.LIVESTOCK, Text("one of these")),),
        frozenset({Kind.FARM, Kind.OTHER}),
    ),
    Wish(
        "trade",
        "business",
        Text("Trade"),
        (WishField("trades", terms.TRADES, Text("one of these")),),
        WITH_CRAFT,
    ),
    Wish(
        "dwelling",
        "living",
        Text("A dwelling"),
        (WishField("dwelling_min", measures.ROOMS, Text("at least")),),
        BUSINESSES,
    ),
    Wish(
        "school",
        "living",
        Text("A primary school nearby"),
        (WishField("school_max", measures.KILOMETRES, Text("at most this far")),),
        BUSINESSES,
    ),
    Wish(
        "transition",
        "handover",
        Text("Shared time with the previous owners"),
        (WishField("transition_min", measures.MONTHS, Text("at least")),),
    ),
    Wish("trial_year", "handover", Text("A trial year")),
    Wish("mentoring", "handover", Text("Advice from the previous owners")),
)

OFFER_WISHES: tuple[Wish, ...] = (
    Wish("training", "skills", Text("Training"), (WishField("training_min", terms.TRAINING, Text("at least")),)),
    Wish(
        "experience",
        "skills",
        Text("Experience"),
        (WishField("experience_min", measures.EXPERIENCE, Text("at least")),),
    ),
    Wish(
        "licence",
        "skills",
        Text("Entitlement for the craft register"),
        (WishField("licence_min", terms.LICENCE, Text("at least")),),
        WITH_CRAFT,
    ),
    Wish("equity", "money", Text("Own money"), (WishField("equity_min", measures.MONEY_OWN, Text("at least")),)),
    Wish("financing", "money", Text("Financing"), (WishField("financing_min", terms.FINANCING, Text("at least")),)),
    Wish("concept", "plan", Text("A plan"), (WishField("concept_min", terms.CONCEPT, Text("at least")),)),
    Wish("labour", "plan", Text("Full-time or part-time"), (WishField("labour_min", terms.LABOUR, Text("at least")),)),
    Wish("successor_start", "plan", Text("Beginning"), (WishField("start_latest", HalfYear(), Text("not after")),)),
    Wish(
        "shared_time",
        "plan",
        Text("Shared time at the beginning"),
        (WishField("shared_months_min", measures.MONTHS, Text("at least")),),
    ),
    Wish("trial_ready", "plan", Text("A trial year")),
    Wish(
        "residence",
        "plan",
        Text("Living nearby"),
        (WishField("residence_min", terms.RESIDENCE, Text("at least")),),
        BUSINESSES,
    ),
    Wish(
        "keep_staff",
        "values",
        Text("The staff stays"),
        (WishField("keep_staff_min", terms.HOW_FAR, Text("at least")),),
        BUSINESSES,
    ),
    Wish(
        "keep_animals",
        "values",
        Text("The animals stay"),
        (WishField("keep_animals_min", terms.HOW_FAR, Text("at least")),),
        frozenset({Kind.FARM, Kind.OTHER}),
    ),
    Wish(
        "organic_plan",
        "values",
        Text("Organic farming"),
        (WishField("organic_plan_min", terms.INTENTION, Text("at least")),),
        GROWING,
    ),
    Wish("open_farm", "values", Text("An open house or farm")),
    Wish("direct_sale", "values", Text("Direct sale")),
)


def applicable(wishes: tuple[Wish, ...], kind: Kind) -> tuple[Wish, ...]:
    """The wishes that make sense for this kind of listing."""
    return tuple(wish for wish in wishes if kind in wish.kinds)


def wish_column(value_name: str) -> str:
    """The column of the narrow published table that holds a wish's value, apart from the fact of the same name."""
    return value_name if value_name.startswith("wish_") else f"wish_{value_name}"
