"""Reading doors of envelopes: what the office took in itself. How many have applied online nobody learns before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Account
from succession.applications import policy, queries, sealing
from succession.applications.models import Application, Envelope
from succession.applications.queries import Details
from succession.calls.models import Call
from succession.errors import NotFound
from succession.files.models import StoredFile
from succession.i18n import Text


@dataclass(frozen=True, slots=True)
class EnvelopeLine:
    """One envelope with who did what."""

    envelope: Envelope
    is_late: bool
    recorded_by: str | None
    opened_by: str | None
    confirmed_by: str | None

    @property
    def state(self) -> Text:
        """Where it stands."""
        if self.is_late:
            return Text("came too late, stays shut")
        if self.envelope.confirmed_at is not None:
            return Text("entered and confirmed")
        if self.envelope.opened_at is not None:
            return Text("opened, waits for a second person")
        return Text("shut")


def envelopes(session: Session, actor: Actor, call: Call) -> list[EnvelopeLine]:
    """The envelopes of a call by number."""
    authorize(policy.may_record_envelopes, actor, call, hidden=True)
    recorded, opened, confirmed = aliased(Account), aliased(Account), aliased(Account)
    statement = (
        select(Envelope, recorded.name, opened.name, confirmed.name)
        .outerjoin(recorded, recorded.id == Envelope.recorded_by_account_id)
        .outerjoin(opened, opened.id == Envelope.opened_by_account_id)
        .outerjoin(confirmed, confirmed.id == Envelope.confirmed_by_account_id)
        .where(Envelope.call_id == call.id)
        .order_by(Envelope.number)
    )
    return [EnvelopeLine(row[0], is_late(call, row[0]), *row[1:]) for row in session.execute(statement)]


def envelope(session: Session, actor: Actor, call: Call, number: int, *, lock: bool = False) -> Envelope:
    """One envelope of a call."""
    authorize(policy.may_record_envelopes, actor, call, hidden=True)
    statement = select(Envelope).where(Envelope.call_id == call.id, Envelope.number == number)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def application_in(session: Session, of: Envelope, *, lock: bool = False) -> Application:
    """What was typed from an envelope; the caller has found the envelope by its own door."""
    statement = select(Application).where(Application.envelope_id == of.id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def entry(session: Session, actor: Actor, call: Call, number: int) -> Details:
    """What was typed from an envelope, for whoever compares it with the paper; `Sealed` before the deadline."""
    of = envelope(session, actor, call, number)
    sealing.refuse_sealed(session, call.id)
    return queries.details(session, actor, application_in(session, of))


def scan_of(session: Session, of: Envelope) -> StoredFile | None:
    """The scan that lies beside it."""
    return None if of.scan_file_id is None else session.get(StoredFile, of.scan_file_id)


def withdrawal_of(session: Session, of: Envelope) -> StoredFile | None:
    """The scan of the letter that withdrew it."""
    return None if of.withdrawal_file_id is None else session.get(StoredFile, of.withdrawal_file_id)


def is_sealed(session: Session, call: Call) -> bool:
    """Whether nothing may be opened yet."""
    try:
        sealing.refuse_sealed(session, call.id)
    except sealing.Sealed:
        return True
    return False


def late_ones(lines: Sequence[EnvelopeLine]) -> int:
    """How many came too late."""
    return sum(line.is_late for line in lines)


def is_late(call: Call, of: Envelope) -> bool:
    """Whether it came in from the minute of the deadline on."""
    closes_at: datetime | None = call.closes_at
    return closes_at is not None and of.arrived_at >= closes_at
