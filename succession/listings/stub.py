"""What strangers read of an offer in words and codes; of a confidential one it is a stub. Pure."""

from dataclasses import dataclass
from typing import Any

from succession.i18n import Text
from succession.listings.models import Listing
from succession.listings.publishing import OfferStatements, published_facts, published_wishes


@dataclass(frozen=True, slots=True)
class Page:
    """The part of a published offer that confidentiality decides on; kind, area and Chiffre are always there."""

    title: str
    description: str
    facts: dict[str, int]
    wishes: dict[str, Any]
    is_confidential: bool


def shown_to_strangers(listing: Listing, statements: OfferStatements) -> Page:
    """The whole page, or the stub: no title, no fact and no wish, only the teaser (P14)."""
    if listing.is_confidential:
        return Page("", listing.teaser, {}, {}, is_confidential=True)
    return shown_to_readers(listing, statements)


def shown_to_readers(listing: Listing, statements: OfferStatements) -> Page:
    """The whole page, coarse as it always is."""
    return Page(
        listing.title,
        listing.description,
        published_facts(statements),
        published_wishes(statements),
        is_confidential=listing.is_confidential,
    )


def heading(title: str, reference: str) -> Text:
    """The title, or the Chiffre where there is none to show."""
    return (
        Text("%(title)s", {"title": title})
        if title
        else Text("Confidential offer %(reference)s", {"reference": reference})
    )
