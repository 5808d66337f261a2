"""The facts of an offer, in the order in which the forms ask for them. Pure."""

from succession.facts import measures, terms
from succession.facts.field import Field
from succession.facts.kinds import BUSINESSES, GROWING, Kind
from succession.facts.shapes import HalfYear, YesNo
from succession.i18n import Text

WITH_CRAFT = frozenset({Kind.CRAFT, Kind.SHOP, Kind.INN, Kind.CARE, Kind.OTHER})

OFFER_FIELDS: tuple[Field, ...] = (
    Field(
        "takeover_models",
        terms.TAKEOVER_MODELS,
        "terms",
        Text("How could it be handed over?"),
        Text("Tick everything you can imagine. You decide later."),
        is_matched=True,
    ),
    Field(
        "available_from",
        HalfYear(),
        "terms",
        Text("From when?"),
        Text("A rough date is enough. Others see only the half-year."),
        is_matched=True,
    ),
    Field(
        "price",
        measures.PRICE,
        "terms",
        Text("Asking price"),
        Text("Others see a range, never this figure. Leave it open if you do not know yet."),
        is_matched=True,
    ),
    Field(
        "land_rent",
        measures.LAND_RENT,
        "terms",
        Text("Rent for the land, per hectare and year"),
        Text("Others see a range."),
        GROWING,
        is_matched=True,
    ),
    Field(
        "premises_rent",
        measures.PREMISES_RENT,
        "terms",
        Text("Rent for buildings and rooms, per month"),
        Text("Others see a range."),
        BUSINESSES,
        is_matched=True,
    ),
    Field(
        "instalments",
        YesNo(),
        "terms",
        Text("Could the price be paid in instalments or as an annuity?"),
        is_matched=True,
    ),
    Field(
        "area_ha",
        measures.AREA,
        "land",
        Text("Area in total"),
        Text("If you choose parcels, we add them up. Others see a range."),
        GROWING,
        is_matched=True,
    ),
    Field("land_uses", terms.LAND_USES, "land", Text("What is the land used for?"), None, GROWING, is_matched=True),
    Field(
        "soil_points",
        measures.SOIL,
        "land",
        Text("Soil points, on average"),
        Text("They stand in the tax office's soil rating. Others see steps of ten."),
        GROWING,
        is_matched=True,
    ),
    Field("contiguity", terms.CONTIGUITY, "land", Text("How does the land lie?"), None, GROWING, is_matched=True),
    Field("access", terms.ACCESS, "land", Text("How does one get there?"), None, GROWING, is_matched=True),
    Field("water", terms.WATER, "land", Text("Is there water?"), None, GROWING, is_matched=True),
    Field("drainage", terms.DRAINAGE, "land", Text("How wet is it?"), None, GROWING),
    Field(
        "restrictions",
        terms.RESTRICTIONS,
        "land",
        Text("What has to be observed?"),
        Text("Rules and rights that a successor takes over."),
    ),
    Field(
        "farmstead_land_km",
        measures.KILOMETRES,
        "land",
        Text("How far is the land from the farmstead?"),
        None,
        GROWING - {Kind.LAND},
    ),
    Field(
        "leased_area_ha", measures.AREA, "land", Text("How much of the land is leased?"), None, GROWING - {Kind.LAND}
    ),
    Field(
        "leased_secured_percent",
        measures.SHARE,
        "land",
        Text("How much of the leased land is secured for a successor?"),
        Text("Leases outside the family need the consent of each lessor."),
        GROWING - {Kind.LAND},
    ),
    Field("organic", terms.ORGANIC, "business", Text("How is it farmed?"), None, GROWING, is_matched=True),
    Field(
        "livestock",
        terms.LIVESTOCK,
        "business",
        Text("Which animals are there?"),
        None,
        frozenset({Kind.FARM, Kind.HORTICULTURE, Kind.OTHER}),
        is_matched=True,
    ),
    Field("buildings", terms.BUILDINGS, "buildings", Text("Which buildings and rooms belong to it?"), None, BUSINESSES),
    Field(
        "dwelling_rooms",
        measures.ROOMS,
        "buildings",
        Text("How many rooms would be free to live in?"),
        Text("0 if there is no dwelling."),
        BUSINESSES,
        is_matched=True,
    ),
    Field("who_stays", terms.WHO_STAYS, "buildings", Text("Who stays living there?"), None, BUSINESSES),
    Field(
        "school_km",
        measures.KILOMETRES,
        "buildings",
        Text("How far is the nearest primary school?"),
        None,
        BUSINESSES,
        is_matched=True,
    ),
    Field("machines", terms.MACHINES, "business", Text("Do machines and tools come with it?"), None, BUSINESSES),
    Field(
        "stock_included",
        YesNo(),
        "business",
        Text("Does the stock come with it?"),
        Text("Goods, animals, material."),
        BUSINESSES,
    ),
    Field(
        "staff", measures.STAFF, "business", Text("How many people work there, without the family?"), None, BUSINESSES
    ),
    Field(
        "turnover",
        measures.TURNOVER,
        "business",
        Text("Turnover in the last year"),
        Text("Others see a range."),
        BUSINESSES,
    ),
    Field(
        "profit", measures.PROFIT, "business", Text("Profit in the last year"), Text("Others see a range."), BUSINESSES
    ),
    Field(
        "licence_bound",
        YesNo(),
        "business",
        Text("Does the craft need an entry in the craft register?"),
        Text("As with bakers, butchers or carpenters."),
        WITH_CRAFT,
    ),
    Field("licence_holder", terms.LICENCE_HOLDER, "business", Text("Who holds the licence?"), None, WITH_CRAFT),
    Field(
        "transition_months",
        measures.MONTHS,
        "handover",
        Text("How long would you share the work?"),
        Text("0 if you want to stop at once."),
        is_matched=True,
    ),
    Field("trial_year", YesNo(), "handover", Text("Is a trial year possible?"), is_matched=True),
    Field("mentoring", YesNo(), "handover", Text("Would you stay at their side with advice?"), is_matched=True),
)
