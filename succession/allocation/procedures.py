"""What a catalogue may say beside points: earlier wins, virtual bids, shares of places, auctions, matching. Pure.

Rule types 21, 29, 31, 33 and 39 of the survey (see `docs/decisions/0043-further-rules.md`). What happens in a room is
minuted and stands in the catalogue's copy of the case, like a draw held by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction

from succession.allocation.conditions import Condition, Facts
from succession.allocation.rules import ONE, ZERO

OPEN = "open"
"""The name of the places that are nobody's share."""


class Stacking(StrEnum):
    """What counts where several uplifts hold."""

    HIGHEST = "highest"
    SUM = "sum"


@dataclass(frozen=True, slots=True)
class Uplift:
    """By what share an offer is raised where the condition holds."""

    identifier: str
    condition: Condition
    share: Fraction


@dataclass(frozen=True, slots=True)
class VirtualBid:
    """Offers are compared as if they were higher; what is paid is the real one."""

    field: str
    uplifts: tuple[Uplift, ...] = ()
    stacking: Stacking = Stacking.HIGHEST
    per_point: Fraction | None = None
    """Instead of uplifts: each point of the total raises the offer by this share."""

    def of(self, facts: Facts, total: Fraction) -> Fraction | None:
        """The offer as it is compared; None where nothing was offered."""
        offer = facts.get(self.field)
        if not isinstance(offer, Fraction):
            return None
        if self.per_point is not None:
            return offer * (ONE + self.per_point * max(total, ZERO))
        shares = [one.share for one in self.uplifts if one.condition.holds(facts)]
        raised = sum(shares, ZERO) if self.stacking is Stacking.SUM else max(shares, default=ZERO)
        return offer * (ONE + raised)


@dataclass(frozen=True, slots=True)
class EarlierWins:
    """The total counts less for each lot won before in the same call or year; after the last factor, that one stays."""

    field: str
    factors: tuple[Fraction, ...]

    def factor(self, facts: Facts) -> Fraction:
        """1 where nothing was won, or nothing is stated."""
        won = facts.get(self.field)
        if not isinstance(won, Fraction) or won < 1:
            return ONE
        return self.factors[min(int(won), len(self.factors)) - 1]


@dataclass(frozen=True, slots=True)
class LandLimit:
    """Who would hold more of the owner's land, this lot included, than a share of the farm is out."""

    identifier: str
    held: str
    lot_area: str
    farm_area: str
    at_most: Fraction

    def exceeded(self, facts: Facts, lot: Facts) -> bool:
        """What is not stated exceeds nothing, as with every exclusion."""
        held, farm, area = facts.get(self.held), facts.get(self.farm_area), lot.get(self.lot_area)
        if not (isinstance(held, Fraction) and isinstance(farm, Fraction) and isinstance(area, Fraction)):
            return False
        return held + area > self.at_most * farm


@dataclass(frozen=True, slots=True)
class EveryNth:
    """Every n-th rank belongs to a group, as long as somebody of it is left."""

    identifier: str
    who: tuple[Condition, ...]
    every: int


class AtTie(StrEnum):
    """What happens where a share of the places ends among equals."""

    LOT = "lot"
    """The order decides, with its lot."""
    ALL = "all"
    """All of the equals take a place of the share; the open places become fewer."""
    NONE = "none"
    """None of them does; what is left of the share spills over."""


@dataclass(frozen=True, slots=True)
class Share:
    """So many places for those of whom all conditions hold, and who takes what is left of them."""

    identifier: str
    who: tuple[Condition, ...]
    places: int
    spills_to: tuple[str, ...] = ()
    """Other groups, in this order; in the end the places are open."""


@dataclass(frozen=True, slots=True)
class ReservedPlaces:
    """How the places of one ranking are shared out."""

    places: int
    shares: tuple[Share, ...]
    open_first: bool = False
    at_tie: AtTie = AtTie.LOT


class Among(StrEnum):
    """Who is invited to an auction."""

    HIGHEST = "highest"
    EQUAL = "equal"


@dataclass(frozen=True, slots=True)
class Auction:
    """A last stage by word of mouth. Written offers stay binding; the auction itself is minuted in `bids`."""

    field: str
    step: Fraction
    among: Among = Among.HIGHEST
    invited: int = 0
    sitting: str | None = None
    """The field that says who is the sitting lessee, who is always invited."""
    bids: Mapping[str, Fraction] | None = None


@dataclass(frozen=True, slots=True)
class RightToMatch:
    """Who may take the lot at the price of the best offer; `matched` are those who said so, as minuted."""

    field: str
    who: tuple[Condition, ...]
    matched: tuple[str, ...] | None = None


def belongs(who: tuple[Condition, ...], facts: Facts) -> bool:
    """Whether all conditions hold."""
    return all(condition.holds(facts) for condition in who)
