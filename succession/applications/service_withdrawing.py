"""The writing door through which the office records that an application on paper was withdrawn on paper."""

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.applications import policy, queries_envelopes, sealing
from succession.applications.models import Application, Envelope
from succession.applications.service_sending import CAN_WITHDRAW
from succession.applications.states import ApplicationState
from succession.audit import service as audit
from succession.calls import queries as calls
from succession.calls.models import Call
from succession.errors import Conflict, Refused
from succession.files import service as files
from succession.files.policy import FileOwner
from succession.files.purposes import Purpose
from succession.files.service import Upload
from succession.i18n import PLACE_OF_TIMES, Text


@dataclass(frozen=True, slots=True)
class Letter:
    """The letter that withdraws: the day on which it came in, and its scan."""

    arrived_on: date
    scan: tuple[str, bytes] | None = None


def withdraw(
    session: Session,
    actor: Actor,
    call_public_id: UUID,
    number: int,
    letter: Letter,
    *,
    folder: Path,
    now: datetime,
) -> Application:
    """It does not count any more, just as one that was withdrawn online; a second click changes nothing.

    Only what two people have entered and confirmed can be withdrawn, so it counts from now on: whatever was scored
    before is scored again for this cause. The day on the letter stands beside it.
    """
    withdrawn_at = sealing.arrival(session)
    call = calls.call_for(session, actor, call_public_id)
    authorize(policy.may_record_envelopes, actor, call)
    sealing.refuse_sealed(session, call.id)
    envelope = queries_envelopes.envelope(session, actor, call, number, lock=True)
    application = queries_envelopes.application_in(session, envelope, lock=True)
    if application.state is ApplicationState.WITHDRAWN:
        return application
    if envelope.confirmed_at is None:
        raise Conflict(Text("The entry has not been confirmed yet. A second person must compare it first."))
    if call.state not in CAN_WITHDRAW:
        raise Conflict(
            Text("This application cannot be withdrawn now: the contract is being made, or the call is over.")
        )
    _check(envelope, letter, now)
    envelope.withdrawn_on = letter.arrived_on
    envelope.withdrawal_file_id = _scan(session, actor, call, letter, folder=folder, now=now)
    application.state, application.withdrawn_at = ApplicationState.WITHDRAWN, withdrawn_at
    application.updated_at = now
    session.flush()
    owner = calls.owner_of(session, call)
    audit.record(
        session,
        actor,
        "application.withdrawn_on_paper",
        kind="application",
        public_id=application.public_id,
        organisation=owner.public_id,
        now=now,
    )
    return application


def _check(envelope: Envelope, letter: Letter, now: datetime) -> None:
    if letter.arrived_on > now.astimezone(PLACE_OF_TIMES).date():
        raise Refused(Text("This day lies in the future."))
    if letter.arrived_on < envelope.arrived_at.astimezone(PLACE_OF_TIMES).date():
        raise Refused(Text("On this day the application itself had not come in yet."))


def _scan(session: Session, actor: Actor, call: Call, letter: Letter, *, folder: Path, now: datetime) -> int | None:
    if letter.scan is None:
        return None
    upload = Upload(letter.scan[0], letter.scan[1], Purpose.ENVELOPE_SCAN)
    owner = FileOwner(organisation_id=call.owner_organisation_id, purpose=Purpose.ENVELOPE_SCAN)
    return files.add_document(session, actor, owner, upload, folder=folder, now=now).id
