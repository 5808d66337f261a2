"""Writing doors for the duty to offer files to an archive: naming it, offering, its answer, deleting afterwards."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Organisation
from succession.audit import service as audit
from succession.errors import Conflict, Refused
from succession.i18n import Text
from succession.land.models import LandImport
from succession.listings.models import Listing
from succession.outbox import service as outbox
from succession.privacy import mails, policy, queries_archive
from succession.privacy.archives import deletable_at, until
from succession.privacy.models import ArchiveAnswer, ArchiveOffer, ArchiveSetting


def name_archive(
    session: Session, actor: Actor, organisation_id: UUID, name: str, address: str, *, now: datetime
) -> ArchiveSetting:
    """The organisation's files are offered to that archive from now on."""
    organisation = queries_archive.public_body(session, actor, organisation_id)
    authorize(policy.may_settle_archive, actor, organisation.id)
    if not name.strip() or "@" not in address:
        raise Refused(Text("Please enter the name of the archive and its e-mail address."))
    setting = session.get(ArchiveSetting, organisation.id) or ArchiveSetting(organisation_id=organisation.id)
    setting.archive_name, setting.archive_address, setting.updated_at = name.strip(), address.strip(), now
    session.add(setting)
    audit.record(session, actor, "archive.named", **_in_name_of(organisation), now=now)
    return setting


def offer_files(session: Session, actor: Actor, organisation_id: UUID, *, now: datetime) -> ArchiveOffer:
    """The list of files that are old enough has gone to the archive; nothing of it is deleted before it answers."""
    organisation = queries_archive.public_body(session, actor, organisation_id)
    authorize(policy.may_settle_archive, actor, organisation.id)
    setting = session.get(ArchiveSetting, organisation.id)
    if setting is None:
        raise Conflict(Text("Name the archive first."))
    items = queries_archive.due_items(session, organisation, until(now))
    if not items:
        raise Conflict(Text("There is nothing that is old enough to be offered."))
    offer = ArchiveOffer(
        public_id=uuid4(),
        organisation_id=organisation.id,
        archive_name=setting.archive_name,
        until_on=until(now),
        items=[item.as_json() for item in items],
        offered_at=now,
        offered_by_account_id=actor.account_id,
    )
    session.add(offer)
    lines = [f"{item.on.isoformat()}: {item.title}" for item in items]
    mail = mails.archive_offer(setting.archive_name, organisation.name, lines)
    outbox.enqueue(session, mail, address=setting.archive_address, language="de", now=now)
    audit.record(session, actor, "archive.offered", **_in_name_of(organisation), now=now)
    return offer


def note_answer(
    session: Session, actor: Actor, offer_id: UUID, answer: ArchiveAnswer, *, now: datetime
) -> ArchiveOffer:
    """What the archive has said is on record; it can be corrected until the files are deleted."""
    offer = queries_archive.offer(session, actor, offer_id)
    authorize(policy.may_settle_archive, actor, offer.organisation_id)
    if offer.deleted_at is not None:
        raise Conflict(Text("These files were deleted already."))
    offer.answer, offer.answered_at, offer.answered_by_account_id = answer, now, actor.account_id
    organisation = session.get_one(Organisation, offer.organisation_id)
    audit.record(session, actor, "archive.answered", **_in_name_of(organisation), now=now)
    return offer


def delete_offered(session: Session, actor: Actor, *, now: datetime) -> int:
    """Files whose archive has answered a month ago, or has not in six months, are gone; how many."""
    authorize(policy.may_run_retention, actor, None)
    count = 0
    for offer in session.scalars(select(ArchiveOffer).where(ArchiveOffer.deleted_at.is_(None)).with_for_update()):
        if deletable_at(offer.offered_at, offer.answered_at) > now:
            continue
        for kind, model in (("land_import", LandImport), ("listing", Listing)):
            ids = [UUID(item["public_id"]) for item in offer.items if item["kind"] == kind]
            own = (model.public_id.in_(ids), model.owner_organisation_id == offer.organisation_id)
            gone = session.execute(delete(model).where(*own).execution_options(synchronize_session=False))
            count += int(getattr(gone, "rowcount", 0))
        offer.deleted_at = now
        organisation = session.get_one(Organisation, offer.organisation_id)
        audit.record(session, actor, "archive.deleted", **_in_name_of(organisation), now=now)
    return count


def _in_name_of(organisation: Organisation) -> dict[str, Any]:
    return {"kind": "organisation", "public_id": organisation.public_id, "organisation": organisation.public_id}
