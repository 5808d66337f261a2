"""Reference counts worked out from area and inhabitants, until somebody brings real ones. Pure.

Farms, gardens and forestry follow the land: so many per square kilometre of the state. Everything else follows the
people: so many per 100,000 inhabitants. An estimate counts only half: where ten are to be expected, five or more are
there almost surely (a Poisson number with mean ten is below five in three of a hundred cases), and k asks for what is
surely there.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from succession.facts.branches import Branch, of_kind, of_trade
from succession.facts.kinds import Kind

SOURCE = "Schätzung aus Fläche und Einwohnerzahl"
STATED_ON = date(2026, 11, 1)
CERTAIN_SHARE = 0.5
INHABITANTS_OF_RATES = 100_000

# Holdings per km² of the state, rounded down: farm census 2020 and survey of horticulture 2016 over the state's area.
FARMS_PER_KM2: Mapping[str, float] = {
    "Niedersachsen": 0.7,
    "Schleswig-Holstein": 0.7,
    "Brandenburg": 0.18,
    "Mecklenburg-Vorpommern": 0.2,
    "Sachsen-Anhalt": 0.2,
}
FARMS_ELSEWHERE_PER_KM2 = 0.18
GARDENS_PER_KM2: Mapping[str, float] = {
    "Niedersachsen": 0.06,
    "Schleswig-Holstein": 0.05,
    "Brandenburg": 0.025,
    "Mecklenburg-Vorpommern": 0.018,
    "Sachsen-Anhalt": 0.025,
}
GARDENS_ELSEWHERE_PER_KM2 = 0.018
FORESTRY_PER_KM2 = 0.05
"""Holdings and contractors in the whole country over its area."""

# Businesses per 100,000 inhabitants, rounded down: crafts census 2021, trade and hospitality statistics 2022.
KINDS_PER_100_000: Mapping[Kind, int] = {
    Kind.CRAFT: 650,
    Kind.SHOP: 370,
    Kind.INN: 240,
    Kind.CARE: 200,
    Kind.OTHER: 500,
}
TRADES_PER_100_000: Mapping[Kind, Mapping[str, int]] = {
    Kind.CRAFT: {
        "food": 19,
        "wood": 40,
        "metal": 35,
        "building": 150,
        "electrical_heating": 110,
        "vehicles_machines": 70,
        "textile_leather": 12,
        "ceramics_art": 4,
        "print_media": 8,
        "care_health": 30,
    },
    Kind.SHOP: {"retail": 370, "food": 60, "textile_leather": 40, "plants": 12, "animals": 6},
    Kind.INN: {"hospitality": 240},
    Kind.CARE: {"care_health": 200},
}


@dataclass(frozen=True, slots=True)
class Land:
    """What is known of an area: its size, the people who live there, and in which state it lies."""

    code: str
    area_km2: float
    inhabitants: int
    state: str


def estimated(land: Land) -> dict[Branch, float]:
    """How many of each group are surely there, with fractions that add up; groups without a rate are left out."""
    farms = _certain(land.area_km2 * FARMS_PER_KM2.get(land.state, FARMS_ELSEWHERE_PER_KM2))
    gardens = _certain(land.area_km2 * GARDENS_PER_KM2.get(land.state, GARDENS_ELSEWHERE_PER_KM2))
    # Whoever farms rents from several owners, so there are at least as many owners of land as farms.
    found = {
        of_kind(Kind.LAND): farms,
        of_kind(Kind.FARM): farms,
        of_kind(Kind.HORTICULTURE): gardens,
        of_kind(Kind.FORESTRY): _certain(land.area_km2 * FORESTRY_PER_KM2),
    }
    for kind, rate in KINDS_PER_100_000.items():
        found[of_kind(kind)] = _certain(land.inhabitants * rate / INHABITANTS_OF_RATES)
    for kind, rates in TRADES_PER_100_000.items():
        for trade, rate in rates.items():
            found[of_trade(kind, trade)] = _certain(land.inhabitants * rate / INHABITANTS_OF_RATES)
    return found


def _certain(expected: float) -> float:
    return round(expected * CERTAIN_SHARE, 2)
