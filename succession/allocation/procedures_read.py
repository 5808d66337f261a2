"""Which statements of applicants the parts beside points look at: conditions, and fields with what they want. Pure."""

from collections.abc import Iterator

from succession.allocation.catalogue import Catalogue
from succession.allocation.conditions import Condition
from succession.allocation.rules import Want


def procedure_conditions(catalogue: Catalogue) -> Iterator[Condition]:
    """Of uplifts, shares of places and the right to match."""
    if catalogue.virtual_bid is not None:
        yield from (uplift.condition for uplift in catalogue.virtual_bid.uplifts)
    if catalogue.every_nth is not None:
        yield from catalogue.every_nth.who
    if catalogue.reserved_places is not None:
        yield from (condition for share in catalogue.reserved_places.shares for condition in share.who)
    if catalogue.right_to_match is not None:
        yield from catalogue.right_to_match.who


def procedure_fields(catalogue: Catalogue) -> Iterator[tuple[str, Want]]:
    """Offers, lots won, land held, tickets, and who is the sitting lessee."""
    for part in (catalogue.virtual_bid, catalogue.earlier_wins, catalogue.auction, catalogue.right_to_match):
        if part is not None:
            yield part.field, Want.NUMBER
    if catalogue.land_limit is not None:
        yield catalogue.land_limit.held, Want.NUMBER
        yield catalogue.land_limit.farm_area, Want.NUMBER
    if catalogue.auction is not None and catalogue.auction.sitting is not None:
        yield catalogue.auction.sitting, Want.YES_OR_NO
    if catalogue.lottery is not None and catalogue.lottery.tickets is not None:
        yield catalogue.lottery.tickets.field, Want.NUMBER
