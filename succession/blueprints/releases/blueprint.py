"""The blueprint that the views of requests and releases belong to, and who may enter which of them."""

from uuid import UUID

from flask import Blueprint

from succession.accounts.actor import Role
from succession.errors import NotFound
from succession.extensions import reading
from succession.listings import queries, queries_requests
from succession.listings.models import Listing
from succession.listings.models_releases import ListingReader
from succession.web.gate import current_actor, requires

bp = Blueprint("releases", __name__)
seekers_only = requires(Role.SEEKER)
owners_only = requires(Role.TRANSFEROR, Role.LANDOWNER)


def kept_pair(offer_id: UUID, request_id: UUID) -> tuple[Listing, ListingReader]:
    """One of the actor's own offers and a request about exactly this offer."""
    session, actor = reading(), current_actor()
    listing = queries.kept(session, actor, offer_id)
    request = queries_requests.request_to_decide(session, actor, request_id)
    if request.listing_id != listing.id:
        raise NotFound
    return listing, request
