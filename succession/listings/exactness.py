"""How exactly the place of an offer may be shown: the levels an owner chooses among, and the usual one. Pure."""

from dataclasses import dataclass

from succession.facts.kinds import Kind
from succession.i18n import Text
from succession.listings.states import OwnerKind
from succession.places.areas import AreaLevel
from succession.places.levels import EXACT

LEVELS = (EXACT, *sorted(AreaLevel))
"""From the place itself to the whole region."""
SHOWN_AS_THEY_ARE = frozenset({OwnerKind.PUBLIC_BODY, OwnerKind.CHURCH})
"""Owners whose land is known to everybody: their parcels are shown unless they choose otherwise."""


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What the usual level depends on."""

    kind: Kind
    owner_kind: OwnerKind
    is_confidential: bool
    has_outline: bool
    """Whether parcels or premises are chosen, so that there is something exact at all."""


def usual(given: Circumstances) -> int:
    """The level of an owner who has not chosen: wide for what is confidential, parcels of public owners as they are."""
    if given.is_confidential:
        return AreaLevel.TOWN
    is_public_land = given.kind is Kind.LAND and given.owner_kind in SHOWN_AS_THEY_ARE and given.has_outline
    return EXACT if is_public_land else AreaLevel.PLACE


def wanted(chosen: int | None, given: Circumstances) -> int:
    """The level that an owner wants; what is confidential is never shown in less than a wide area."""
    level = usual(given) if chosen is None else chosen
    if level == EXACT and not given.has_outline:
        level = AreaLevel.PLACE
    return max(level, AreaLevel.TOWN) if given.is_confidential else level


def possible(given: Circumstances, *, coarsest_shown: int | None) -> tuple[int, ...]:
    """The levels to choose among: never finer than what was shown, nothing exact where there is none."""
    least = max(coarsest_shown or EXACT, AreaLevel.TOWN if given.is_confidential else EXACT)
    return tuple(level for level in LEVELS if level >= least and (level != EXACT or given.has_outline))


def label(level: int) -> Text:
    """The name of a level on the page on which it is chosen."""
    return _LABELS[level]


def explanation(level: int) -> Text:
    """What it means, in one or two sentences."""
    return _EXPLANATIONS[level]


_LABELS = {
    EXACT: Text("The place itself"),
    AreaLevel.SQUARE_1_KM: Text("A square of one kilometre"),
    AreaLevel.SQUARE_5_KM: Text("A square of five kilometres"),
    AreaLevel.SQUARE_10_KM: Text("A square of ten kilometres"),
    AreaLevel.PLACE: Text("Around the next village"),
    AreaLevel.SMALL_TOWN: Text("Around the next small town"),
    AreaLevel.TOWN: Text("Around the next larger town"),
    AreaLevel.REGION: Text("Only the region"),
}

_EXPLANATIONS = {
    EXACT: Text("Everybody sees the outline on the map. This cannot be taken back: others may have kept it."),
    AreaLevel.SQUARE_1_KM: Text("Only where at least %(least)s such businesses are known to lie in the square."),
    AreaLevel.SQUARE_5_KM: Text("Only where at least %(least)s such businesses are known to lie in the square."),
    AreaLevel.SQUARE_10_KM: Text("Only where at least %(least)s such businesses are known to lie in the square."),
    AreaLevel.PLACE: Text("Usual for businesses. The area holds one village and what lies around it."),
    AreaLevel.SMALL_TOWN: Text("Several villages around a small town."),
    AreaLevel.TOWN: Text("Usual for confidential offers. Many villages around a town."),
    AreaLevel.REGION: Text("Others learn only that it is somewhere in our region."),
}
