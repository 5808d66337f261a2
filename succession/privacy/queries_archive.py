"""Reading doors for the duty to offer files to an archive: what is old enough, what was offered, what was said."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts import queries as accounts
from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Organisation
from succession.errors import NotFound
from succession.i18n import PLACE_OF_TIMES
from succession.land.models import ImportState, LandImport
from succession.listings.models import Listing
from succession.privacy import policy
from succession.privacy.archives import is_public_body, until
from succession.privacy.models import ArchiveOffer, ArchiveSetting


@dataclass(frozen=True, slots=True)
class Item:
    """One file that is old enough: an import or an offer, and when it ended."""

    kind: str
    public_id: str
    title: str
    on: date

    def as_json(self) -> dict[str, Any]:
        """For the list that is kept with the offer."""
        return {"kind": self.kind, "public_id": self.public_id, "title": self.title, "on": self.on.isoformat()}


@dataclass(frozen=True, slots=True)
class ArchivePage:
    """What the page of one organisation shows."""

    organisation: Organisation
    setting: ArchiveSetting | None
    offers: list[ArchiveOffer]
    due: list[Item]
    may_settle: bool


def page(session: Session, actor: Actor, organisation_id: UUID, *, now: datetime) -> ArchivePage:
    """The archive of a public body, what it was offered, and what is old enough to be offered now."""
    organisation = public_body(session, actor, organisation_id)
    offers = session.scalars(
        select(ArchiveOffer).where(ArchiveOffer.organisation_id == organisation.id).order_by(ArchiveOffer.id.desc())
    )
    return ArchivePage(
        organisation,
        session.get(ArchiveSetting, organisation.id),
        list(offers),
        due_items(session, organisation, until(now)),
        policy.may_settle_archive(actor, organisation.id),
    )


def public_body(session: Session, actor: Actor, organisation_id: UUID) -> Organisation:
    """An organisation under public law that the actor may read; others have no such page."""
    organisation = accounts.organisation(session, organisation_id)
    authorize(policy.may_see_archive, actor, organisation.id, hidden=True)
    if not is_public_body(organisation.kind):
        raise NotFound
    return organisation


def offer(session: Session, actor: Actor, public_id: UUID) -> ArchiveOffer:
    """One offer of an organisation that the actor may read."""
    found = session.scalar(select(ArchiveOffer).where(ArchiveOffer.public_id == public_id))
    if found is None:
        raise NotFound
    authorize(policy.may_see_archive, actor, found.organisation_id, hidden=True)
    return found


def due_items(session: Session, organisation: Organisation, until_on: date) -> list[Item]:
    """Files of the organisation that ended by that day and stand in no offer yet."""
    end = datetime.combine(until_on, time.max, UTC)
    offered = {
        item["public_id"]
        for items in session.scalars(select(ArchiveOffer.items).where(ArchiveOffer.organisation_id == organisation.id))
        for item in items
    }
    imports = session.execute(
        select(LandImport.public_id, LandImport.file_name, LandImport.created_at).where(
            LandImport.owner_organisation_id == organisation.id,
            LandImport.created_at <= end,
            LandImport.state.in_([ImportState.DONE, ImportState.FAILED, ImportState.REFUSED]),
        )
    )
    listings = session.execute(
        select(Listing.public_id, Listing.reference, Listing.title, Listing.ended_at).where(
            Listing.owner_organisation_id == organisation.id, Listing.ended_at <= end
        )
    )
    found = [_item("land_import", row.public_id, row.file_name, row.created_at) for row in imports]
    found += [_item("listing", row.public_id, f"{row.reference} {row.title}".strip(), row.ended_at) for row in listings]
    return [item for item in sorted(found, key=lambda item: item.on) if item.public_id not in offered]


def _item(kind: str, public_id: UUID, title: str, moment: datetime | None) -> Item:
    assert moment is not None
    return Item(kind, str(public_id), title, moment.astimezone(PLACE_OF_TIMES).date())
