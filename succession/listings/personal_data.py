"""What the room of offers holds on a person."""

from typing import Any

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from succession.listings import queries
from succession.listings.models import Listing


def export(session: Session, account_id: int) -> dict[str, Any]:
    """The person's own offers with everything they have said; those of organisations belong to the organisation."""
    own = select(Listing).where(Listing.owner_account_id == account_id).order_by(Listing.id)
    return {"offers": [_exported(session, listing) for listing in session.scalars(own)]}


def erase(session: Session, account_id: int) -> None:
    """The person's offers are gone with all that was published of them; their organisations' offers name nobody."""
    session.execute(
        update(Listing).where(Listing.created_by_account_id == account_id).values(created_by_account_id=None)
    )
    session.execute(delete(Listing).where(Listing.owner_account_id == account_id))


def _exported(session: Session, listing: Listing) -> dict[str, Any]:
    details = queries.details(session, listing)
    facts = {name: value for name, value in details.statements.facts.items() if value is not None}
    return {
        "reference": listing.reference,
        "kind": listing.kind.value,
        "state": listing.state.value,
        "title": listing.title,
        "description": listing.description,
        "created_at": listing.created_at,
        "published_at": listing.published_at,
        "facts": facts,
        "wishes": {
            wish.criterion: {"importance": wish.importance.value, "values": dict(wish.values)}
            for wish in details.statements.wishes
        },
        "parcels": [parcel.parcel_key or parcel.reference for parcel in details.parcels],
        "place": details.place.shown_name if details.place else None,
    }
