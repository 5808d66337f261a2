"""Reads what a `points-1` catalogue says beside points: shares of places, auctions, offers, earlier wins. Pure."""

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import TypeVar

from succession.allocation.naming import name, names
from succession.allocation.points_conditions import Document, condition, conditions, only
from succession.allocation.points_rules import one_of, positive, whole
from succession.allocation.procedures import (
    OPEN,
    Among,
    AtTie,
    Auction,
    EarlierWins,
    EveryNth,
    LandLimit,
    ReservedPlaces,
    RightToMatch,
    Share,
    Stacking,
    Uplift,
    VirtualBid,
)
from succession.allocation.rules import ONE, ZERO
from succession.records.documents import DocumentError, mapping, number, required, sequence, text, yes_or_no

Part = TypeVar("Part")

PROCEDURES = frozenset(
    {"earlier_wins", "land_limit", "virtual_bid", "every_nth", "reserved_places", "auction", "right_to_match"}
)

_TOGETHER_NEVER = (
    ("every_nth", "reserved_places"),
    ("every_nth", "auction"),
    ("every_nth", "right_to_match"),
    ("reserved_places", "auction"),
    ("reserved_places", "right_to_match"),
    ("virtual_bid", "auction"),
    ("virtual_bid", "right_to_match"),
)


def check_together(document: Document, path: str) -> None:
    """Two rules of which each would decide the same places."""
    for one, other in _TOGETHER_NEVER:
        if document.get(one) is not None and document.get(other) is not None:
            raise DocumentError(f"{path}.{other}", f"cannot stand beside {one}")
    if document.get("virtual_bid") is not None and document.get("mode") == "lexicographic":
        raise DocumentError(f"{path}.virtual_bid", "orders by the offer, so `mode` cannot be lexicographic")


def part(document: Document, key: str, path: str, read: Callable[[Document, str], Part]) -> Part | None:
    """A part of the catalogue that may be absent."""
    if document.get(key) is None:
        return None
    return read(mapping(document[key], f"{path}.{key}"), f"{path}.{key}")


def earlier_wins(document: Document, path: str) -> EarlierWins:
    """Factors fall, from 1 at most to 0 at least."""
    only(document, frozenset({"field", "factors"}), path)
    at = f"{path}.factors"
    factors = [number(one, f"{at}[{k}]") for k, one in enumerate(sequence(required(document, "factors", path), at))]
    if not factors:
        raise DocumentError(at, "at least one factor is needed")
    for place, factor in enumerate(factors):
        if not ZERO <= factor <= (factors[place - 1] if place else ONE):
            raise DocumentError(
                f"{at}[{place}]", "a factor lies between 0 and the one before, the first between 0 and 1"
            )
    return EarlierWins(_field(document, path), tuple(factors))


def land_limit(document: Document, path: str) -> LandLimit:
    """The fields it compares, and the share."""
    only(document, frozenset({"id", "held", "lot_area", "farm_area", "at_most"}), path)
    held, lot_area, farm_area = (
        text(required(document, key, path), f"{path}.{key}") for key in ("held", "lot_area", "farm_area")
    )
    identifier = name(required(document, "id", path), f"{path}.id")
    return LandLimit(identifier, held, lot_area, farm_area, positive(document, "at_most", path))


def virtual_bid(document: Document, path: str) -> VirtualBid:
    """Uplifts by condition, or by points."""
    only(document, frozenset({"field", "uplifts", "stacking", "per_point"}), path)
    if ("uplifts" in document) == ("per_point" in document):
        raise DocumentError(path, "needs exactly one of uplifts, per_point")
    field = _field(document, path)
    if "per_point" in document:
        if "stacking" in document:
            raise DocumentError(f"{path}.stacking", "belongs to uplifts")
        return VirtualBid(field, per_point=positive(document, "per_point", path))
    found: list[Uplift] = []
    for at, one in _listed(document, "uplifts", path):
        holds = condition(one, at, also=frozenset({"id", "share"}))
        found.append(Uplift(_new(one, [other.identifier for other in found], at), holds, positive(one, "share", at)))
    stacking = one_of({each.value: each for each in Stacking}, document, "stacking", path)
    return VirtualBid(field, tuple(found), stacking)


def every_nth(document: Document, path: str) -> EveryNth:
    """Every second rank at the most."""
    only(document, frozenset({"id", "who", "n"}), path)
    return EveryNth(
        name(required(document, "id", path), f"{path}.id"),
        conditions({"who": required(document, "who", path)}, "who", path),
        whole(document, "n", path, least=2),
    )


def reserved_places(document: Document, path: str) -> ReservedPlaces:
    """Shares of the places, which are not more than there are."""
    only(document, frozenset({"places", "shares", "open_first", "at_tie"}), path)
    places = whole(document, "places", path)
    shares: list[Share] = []
    for at, one in _listed(document, "shares", path):
        only(one, frozenset({"id", "who", "places", "spills_to"}), at)
        identifier = _new(one, [OPEN, *(other.identifier for other in shares)], at)
        who = conditions({"who": required(one, "who", at)}, "who", at)
        spills_to = tuple(names(one.get("spills_to", []), f"{at}.spills_to"))
        shares.append(Share(identifier, who, whole(one, "places", at), spills_to))
    known = {share.identifier for share in shares}
    for place, share in enumerate(shares):
        for position, other in enumerate(share.spills_to):
            if other not in known - {share.identifier}:
                raise DocumentError(f"{path}.shares[{place}].spills_to[{position}]", f"there is no other share {other}")
    if sum(share.places for share in shares) > places:
        raise DocumentError(f"{path}.shares", "more places are reserved than there are")
    at_tie = one_of({each.value: each for each in AtTie}, document, "at_tie", path)
    return ReservedPlaces(
        places, tuple(shares), yes_or_no(document.get("open_first", False), f"{path}.open_first"), at_tie
    )


def auction(document: Document, path: str) -> Auction:
    """Who is invited, the smallest step, and the minutes if it has been held."""
    only(document, frozenset({"field", "step", "among", "invited", "sitting", "bids"}), path)
    among = one_of({each.value: each for each in Among}, document, "among", path)
    if among is Among.EQUAL:
        for key in ("invited", "sitting"):
            if key in document:
                raise DocumentError(f"{path}.{key}", "among equals nobody else is invited")
    bids = None
    if document.get("bids") is not None:
        stated = mapping(document["bids"], f"{path}.bids")
        bids = {name(one, f"{path}.bids"): number(bid, f"{path}.bids.{one}") for one, bid in stated.items()}
    return Auction(
        field=_field(document, path),
        step=positive(document, "step", path),
        among=among,
        invited=0 if among is Among.EQUAL else whole(document, "invited", path),
        sitting=text(document["sitting"], f"{path}.sitting") if "sitting" in document else None,
        bids=bids,
    )


def right_to_match(document: Document, path: str) -> RightToMatch:
    """Who has it, and who used it as minuted."""
    only(document, frozenset({"field", "who", "matched"}), path)
    who = conditions({"who": required(document, "who", path)}, "who", path)
    matched = document.get("matched")
    found = None if matched is None else tuple(names(matched, f"{path}.matched"))
    return RightToMatch(_field(document, path), who, found)


def _field(document: Document, path: str) -> str:
    return text(required(document, "field", path), f"{path}.field")


def _listed(document: Document, key: str, path: str) -> list[tuple[str, Document]]:
    """At least one object, each with its path."""
    at = f"{path}.{key}"
    found = sequence(required(document, key, path), at)
    if not found:
        raise DocumentError(at, "at least one is needed")
    return [(f"{at}[{place}]", mapping(one, f"{at}[{place}]")) for place, one in enumerate(found)]


def _new(document: Document, taken: Sequence[str], path: str) -> str:
    identifier = name(required(document, "id", path), f"{path}.id")
    if identifier in taken:
        raise DocumentError(f"{path}.id", f"{identifier} stands in this list twice")
    return identifier


def share_of_whole(value: Fraction, path: str) -> Fraction:
    """A share that leaves something for the others."""
    if not ZERO < value < ONE:
        raise DocumentError(path, "must lie between 0 and 1")
    return value
