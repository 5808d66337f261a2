"""Writing doors of offers as a whole: made, published, reserved, handed over, withdrawn, deleted."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts import queries_organisations as organisations
from succession.accounts import service_confirmation
from succession.accounts.actor import Actor, authorize
from succession.accounts.duties import Duty
from succession.accounts.models_representation import Confirmation, ConfirmedAct
from succession.accounts.service_confirmation import Asked, refuse_without_confirmation
from succession.audit import service as audit
from succession.errors import Conflict, Refused
from succession.facts.kinds import Kind
from succession.facts.refusals import GivesAway
from succession.files.purposes import Purpose
from succession.i18n import Text
from succession.legal import queries_reports
from succession.legal.reports import AboutKind
from succession.listings import confirming, lifecycle, mails, policy, publication, queries, queries_files
from succession.listings.holders import Holder
from succession.listings.lifecycle import Step
from succession.listings.models import Listing
from succession.listings.references import make_reference
from succession.listings.refusals import Incomplete
from succession.listings.states import LONGEST_TITLE, ListingState
from succession.outbox import service as outbox

MOST_DRAFTS = 100
REFERENCE_ATTEMPTS = 20


@dataclass(frozen=True, slots=True)
class NewListing:
    """What is asked before there is a draft. The key comes from the form: one form makes one offer."""

    kind: Kind
    title: str
    key: UUID
    organisation: UUID | None = None


def create_listing(session: Session, actor: Actor, new: NewListing, *, now: datetime) -> Listing:
    """There is a draft of this form, even if it was sent twice or twice at once."""
    holder = queries.holder_for(session, actor, new.organisation)
    authorize(policy.may_hold, actor, holder)
    if queries.draft_count(session, holder) >= MOST_DRAFTS:
        raise Refused(Text("You can keep at most %(most)s drafts. Finish or delete one first.", {"most": MOST_DRAFTS}))
    if len(new.title) > LONGEST_TITLE:
        raise Refused(Text("The title may have at most %(most)s characters.", {"most": LONGEST_TITLE}))
    for attempt in range(REFERENCE_ATTEMPTS):
        made = _insert(session, actor, new, holder, make_reference(new.key, attempt), now=now)
        if made is not None:
            audit.record(session, actor, "listing.created", kind="listing", public_id=made.public_id, now=now)
            return made
        existing = _made_before(session, actor, new.key)
        if existing is not None:
            return existing
    raise Conflict(Text("We could not find a free reference number. Please try again."))


def publish(session: Session, actor: Actor, public_id: UUID, *, is_confirmed: bool, now: datetime) -> Listing:
    """Everybody can read and find the offer; the owner has a mail about it, one however often they click."""
    listing = _locked(session, actor, public_id)
    if lifecycle.is_done(listing.state, Step.PUBLISH):
        return listing
    refuse_without_confirmation(actor)
    return _published(session, actor, listing, is_confirmed=is_confirmed, now=now)


def ask_to_publish(
    session: Session, actor: Actor, public_id: UUID, *, is_confirmed: bool, now: datetime
) -> Confirmation:
    """The person for whom the actor acts is asked whether the offer may be published exactly as it is now."""
    listing = _locked(session, actor, public_id)
    lifecycle.after(listing.state, Step.PUBLISH)
    check_before_others_see(session, listing, is_confirmed=is_confirmed)
    offer = publication.preview(session, listing, now=now)
    if offer.area is None:
        raise Refused(
            Text("We cannot tell yet in which area the offer would be shown. Please look at its place first.")
        )
    photos = () if offer.is_confidential else queries_files.files_of(session, listing.id, Purpose.OFFER_PHOTO)
    shown = confirming.shown(offer, [photo.description for photo in photos])
    mark = confirming.mark(offer, listing.version)
    asked = Asked(ConfirmedAct.PUBLISH_LISTING, "listing", listing.public_id, mark, shown)
    return service_confirmation.request(session, actor, asked, now=now)


def publish_confirmed(session: Session, actor: Actor, confirmation: Confirmation, *, now: datetime) -> Listing:
    """As `publish`, because the owner has said yes to the offer as it is."""
    listing = _locked(session, actor, confirmation.thing_public_id)
    mark = confirming.mark(publication.preview(session, listing, now=now), listing.version)
    service_confirmation.use(
        confirmation, act=ConfirmedAct.PUBLISH_LISTING, account_id=listing.owner_account_id, fingerprint=mark
    )
    return _published(session, actor, listing, is_confirmed=True, now=now)


def withdraw_all_of(session: Session, actor: Actor, account_id: int, *, now: datetime) -> int:
    """Nobody sees any offer of the person any more, because their file rests; how many there were."""
    authorize(policy.may_clear_away, actor, None)
    shown = select(Listing).where(Listing.owner_account_id == account_id, Listing.state.in_(lifecycle.SHOWN))
    found = session.scalars(shown.order_by(Listing.id).with_for_update()).all()
    for listing in found:
        listing.state = lifecycle.after(listing.state, Step.WITHDRAW)
        listing.ended_at = listing.updated_at = now
        listing.version += 1
        publication.refresh(session, listing)
        audit.record(session, actor, "listing.withdraw", kind="listing", public_id=listing.public_id, now=now)
    return len(found)


def take_step(session: Session, actor: Actor, public_id: UUID, step: Step, *, now: datetime) -> Listing:
    """The offer is in the state that the step leads to; others see or no longer see it accordingly."""
    if step is Step.PUBLISH:
        return publish(session, actor, public_id, is_confirmed=False, now=now)
    listing = _locked(session, actor, public_id)
    if lifecycle.is_done(listing.state, step):
        return listing
    state = lifecycle.after(listing.state, step)
    listing.ended_at = now if state in {ListingState.HANDED_OVER, ListingState.WITHDRAWN} else None
    return _moved(session, actor, listing, step, state, now=now)


def confirm(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> Listing:
    """The owner says that the offer still stands; the page shows the day."""
    listing = _locked(session, actor, public_id)
    if listing.state not in lifecycle.SHOWN:
        raise Conflict(Text("Only an offer that others see can be confirmed."))
    listing.confirmed_at = now
    publication.refresh(session, listing)
    audit.record(session, actor, "listing.confirmed", kind="listing", public_id=listing.public_id, now=now)
    return listing


def delete_draft(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """The draft is gone for good. What was ever published is withdrawn instead, because others may know it."""
    listing = _locked(session, actor, public_id)
    if listing.state is not ListingState.DRAFT or listing.published_at is not None:
        raise Conflict(Text("Only a draft that was never published can be deleted. Withdraw the offer instead."))
    audit.record(session, actor, "listing.deleted", kind="listing", public_id=listing.public_id, now=now)
    session.delete(listing)
    session.flush()


def check_before_others_see(session: Session, listing: Listing, *, is_confirmed: bool) -> None:
    """Nothing is missing, and what might give the owner away is confirmed; else it says what.

    An organisation that nobody has checked yet publishes nothing.
    """
    organisation = queries.organisation_of(session, listing)
    if organisation is not None and organisation.verified_at is None:
        raise Refused(
            Text("“%(name)s” has not been checked yet. You can publish as soon as it is.", {"name": organisation.name})
        )
    missing = queries.details(session, listing).missing
    if missing:
        raise Incomplete(missing)
    found = () if is_confirmed else queries.findings(session, listing)
    if found:
        raise GivesAway(found)


def _published(session: Session, actor: Actor, listing: Listing, *, is_confirmed: bool, now: datetime) -> Listing:
    state = lifecycle.after(listing.state, Step.PUBLISH)
    _refuse_if_removed(session, listing)
    service_confirmation.refuse_while_resting(session, listing.owner_account_id)
    check_before_others_see(session, listing, is_confirmed=is_confirmed)
    listing.published_at = listing.confirmed_at = now
    return _moved(session, actor, listing, Step.PUBLISH, state, now=now)


def _refuse_if_removed(session: Session, listing: Listing) -> None:
    """What the coordination has removed after a report stays away until a complaint is upheld."""
    if queries_reports.is_removed_for_good(session, AboutKind.LISTING, listing.public_id):
        raise Refused(
            Text(
                "This offer was removed for good after a report. It cannot be published again. "
                "You can complain about the decision."
            )
        )


def _locked(session: Session, actor: Actor, public_id: UUID) -> Listing:
    """The offer, locked, if the actor may change it; a foreign one does not exist."""
    listing = queries.kept(session, actor, public_id, lock=True)
    authorize(policy.may_hold, actor, queries.holder_of(listing))
    return listing


def _moved(
    session: Session, actor: Actor, listing: Listing, step: Step, state: ListingState, *, now: datetime
) -> Listing:
    """The new state, what others see of it, the record and the mail: all or nothing."""
    listing.state = state
    listing.version += 1
    listing.updated_at = now
    publication.refresh(session, listing)
    audit.record(session, actor, f"listing.{step.value}", kind="listing", public_id=listing.public_id, now=now)
    _tell_owner(session, actor, listing, step, now=now)
    return listing


def _tell_owner(session: Session, actor: Actor, listing: Listing, step: Step, *, now: datetime) -> None:
    """The person whose offer it is has a mail, or everybody who makes offers for the organisation today."""
    if listing.owner_organisation_id is None:
        recipients, doer = [listing.owner_account_id], ""
    else:
        recipients = [*organisations.people_with(session, Duty.OFFER, listing.owner_organisation_id, now=now)]
        doer = actor.name
    notice = mails.step_taken(
        step, reference=listing.reference, title=listing.title, public_id=listing.public_id, doer=doer
    )
    for recipient in recipients:
        if recipient is not None:
            outbox.enqueue(session, notice, account_id=recipient, now=now)


def _insert(
    session: Session, actor: Actor, new: NewListing, holder: Holder, reference: str, *, now: datetime
) -> Listing | None:
    """The new row; None if the form or the reference is used already. Two at once wait for each other here."""
    statement = (
        insert(Listing)
        .values(
            created_by_account_id=actor.account_id,
            idempotency_key=new.key,
            reference=reference,
            kind=new.kind,
            title=new.title.strip(),
            owner_organisation_id=holder.organisation_id,
            owner_account_id=holder.account_id,
            created_at=now,
            updated_at=now,
        )
        .on_conflict_do_nothing()
        .returning(Listing)
    )
    return session.scalar(statement)


def _made_before(session: Session, actor: Actor, key: UUID) -> Listing | None:
    """The offer that the same form has made."""
    same_form = Listing.created_by_account_id == actor.account_id, Listing.idempotency_key == key
    return session.scalar(select(Listing).where(*same_form))
