"""Writing doors of applications on paper: taken in shut, opened after the deadline, entered and confirmed by two."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.applications import draft, policy, queries, queries_envelopes, sealing, sending
from succession.applications.models import Application, ApplicationSubmission, Envelope
from succession.applications.service import new_code
from succession.applications.states import LONGEST_INITIALS, Way
from succession.audit import service as audit
from succession.calls import queries as calls
from succession.calls.models import Call
from succession.calls.states import CallState
from succession.errors import Conflict, Refused
from succession.files import service as files
from succession.files.models import StoredFile
from succession.files.policy import FileOwner
from succession.files.purposes import Purpose
from succession.files.service import Upload
from succession.i18n import Text

ENVELOPES_OF_A_CALL = 7_302_034
"""The first key of the advisory lock under which the envelopes of one call get their numbers."""
NOT_TAKEN_IN = frozenset({CallState.DRAFT, CallState.CANCELLED})


@dataclass(frozen=True, slots=True)
class Arrival:
    """What stands on the envelope: when it came in, and who took it."""

    arrived_at: datetime
    initials: str


def record(
    session: Session, actor: Actor, call_public_id: UUID, arrival: Arrival, *, key: UUID, now: datetime
) -> Envelope:
    """The envelope has a number and stays shut; one that came too late is kept and marked."""
    call = calls.call_for(session, actor, call_public_id)
    authorize(policy.may_record_envelopes, actor, call)
    session.execute(select(func.pg_advisory_xact_lock(ENVELOPES_OF_A_CALL, call.id)))
    existing = session.scalar(select(Envelope).where(Envelope.call_id == call.id, Envelope.idempotency_key == key))
    if existing is not None:
        return existing
    initials = _checked(session, call, arrival)
    last = session.scalar(select(func.max(Envelope.number)).where(Envelope.call_id == call.id)) or 0
    envelope = Envelope(
        call_id=call.id,
        number=last + 1,
        arrived_at=arrival.arrived_at,
        initials=initials,
        recorded_by_account_id=actor.account_id,
        recorded_at=now,
        idempotency_key=key,
    )
    session.add(envelope)
    session.flush()
    audit.record(
        session,
        actor,
        "envelope.recorded",
        kind="envelope",
        public_id=envelope.public_id,
        organisation=calls.owner_of(session, call).public_id,
        now=now,
    )
    return envelope


def open_envelope(session: Session, actor: Actor, call_public_id: UUID, number: int, *, now: datetime) -> Application:
    """The envelope is open, and whoever opened it types it; `Sealed` before the deadline."""
    call = calls.call_for(session, actor, call_public_id)
    authorize(policy.may_record_envelopes, actor, call)
    sealing.refuse_sealed(session, call.id)
    envelope = queries_envelopes.envelope(session, actor, call, number, lock=True)
    if queries_envelopes.is_late(call, envelope):
        raise Conflict(Text("This envelope came in after the deadline. It stays shut."))
    if envelope.opened_at is not None:
        if envelope.opened_by_account_id == actor.account_id and envelope.confirmed_at is None:
            return queries_envelopes.application_in(session, envelope)
        raise Conflict(Text("Somebody has opened this envelope already."))
    envelope.opened_by_account_id, envelope.opened_at = actor.account_id, now
    application = Application(
        call_id=call.id,
        code=new_code(),
        way=Way.PAPER,
        envelope_id=envelope.id,
        entered_by_account_id=actor.account_id,
        answers={},
        created_at=now,
        updated_at=now,
    )
    session.add(application)
    session.flush()
    _note(session, actor, call, envelope, "envelope.opened", now=now)
    return application


def attach_scan(
    session: Session,
    actor: Actor,
    call_public_id: UUID,
    number: int,
    scan: tuple[str, bytes],
    *,
    folder: Path,
    now: datetime,
) -> StoredFile:
    """The scan of what was in the envelope lies beside its entry; a new one replaces it until it is confirmed."""
    call = calls.call_for(session, actor, call_public_id)
    authorize(policy.may_record_envelopes, actor, call)
    envelope = queries_envelopes.envelope(session, actor, call, number, lock=True)
    if envelope.opened_at is None or envelope.confirmed_at is not None:
        raise Conflict(Text("A scan belongs to an envelope that is open and not confirmed yet."))
    upload = Upload(scan[0], scan[1], Purpose.ENVELOPE_SCAN)
    owner = FileOwner(organisation_id=call.owner_organisation_id, purpose=Purpose.ENVELOPE_SCAN)
    file = files.add_document(session, actor, owner, upload, folder=folder, now=now)
    envelope.scan_file_id = file.id
    session.flush()
    _note(session, actor, call, envelope, "envelope.scanned", now=now)
    return file


def confirm(
    session: Session, actor: Actor, call_public_id: UUID, number: int, *, seen: int, key: UUID, now: datetime
) -> ApplicationSubmission:
    """A second person has compared the entry with the paper: it counts as if it had come in when the envelope did.

    `seen` is the revision that was compared; `Conflict` if the first person has changed it meanwhile.
    """
    call = calls.call_for(session, actor, call_public_id)
    authorize(policy.may_record_envelopes, actor, call)
    sealing.refuse_sealed(session, call.id)
    envelope = queries_envelopes.envelope(session, actor, call, number, lock=True)
    application = queries_envelopes.application_in(session, envelope, lock=True)
    if envelope.confirmed_at is not None:
        return queries.submissions(session, application)[0]
    if not policy.may_confirm(actor, envelope):
        raise Conflict(Text("You have typed this yourself. Somebody else must compare it with the paper."))
    if application.revision != seen:
        raise Conflict(Text("The entry has been changed meanwhile. Please compare it once more."))
    details = queries.details(session, actor, application)
    _refuse_unfinished(envelope, details.draft)
    envelope.confirmed_by_account_id, envelope.confirmed_at = actor.account_id, now
    application.checked_by_account_id = actor.account_id
    row = sending.write(session, details, key=key, arrived_at=envelope.arrived_at, now=now)
    _note(session, actor, call, envelope, "envelope.confirmed", now=now)
    return row


def _checked(session: Session, call: Call, arrival: Arrival) -> str:
    """The initials; `Refused` for a time that cannot be meant."""
    initials = " ".join(arrival.initials.split())
    if not initials or len(initials) > LONGEST_INITIALS:
        most = {"most": LONGEST_INITIALS}
        raise Refused(Text("Please enter your initials, at most %(most)s signs.", most))
    if call.state in NOT_TAKEN_IN or call.published_at is None:
        raise Conflict(Text("This call does not take applications at the moment."))
    if arrival.arrived_at > sealing.arrival(session):
        raise Refused(Text("This time lies in the future. Please look at it once more."))
    if arrival.arrived_at < call.published_at:
        raise Refused(Text("At this time the call had not been published yet. Please look at it once more."))
    return initials


def _refuse_unfinished(envelope: Envelope, typed: draft.Draft) -> None:
    """What is missing on paper stays missing; without a name and a lot it is no application."""
    if not typed.applicant.name.strip() or not typed.lots:
        raise Refused(Text("The name and at least one lot must be entered first."))
    if envelope.scan_file_id is None:
        raise Refused(Text("The scan is missing. Please lay it beside the entry first."))


def _note(session: Session, actor: Actor, call: Call, envelope: Envelope, action: str, *, now: datetime) -> None:
    owner = calls.owner_of(session, call)
    audit.record(
        session,
        actor,
        action,
        kind="envelope",
        public_id=envelope.public_id,
        organisation=owner.public_id,
        now=now,
    )
