"""The writing doors of the deadline: an application is sent, sent anew, or withdrawn."""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.applications import draft, mails, policy, queries, sealing, sending
from succession.applications.models import Application, ApplicationSubmission
from succession.applications.queries import Details
from succession.applications.refusals import Incomplete, TookTooLong
from succession.applications.service import refuse_unless_open
from succession.applications.states import SEALED_AFTER_CLOSING, ApplicationState, Way
from succession.audit import service as audit
from succession.calls.models import Call
from succession.calls.states import CallState
from succession.errors import Conflict, NotFound
from succession.i18n import Text
from succession.outbox import queries as outbox_queries
from succession.outbox import service as outbox
from succession.outbox.values import Mail

NO_TIME = timedelta(0)
CAN_WITHDRAW = frozenset(
    {
        CallState.PUBLISHED,
        CallState.OPEN,
        CallState.CLOSED,
        CallState.EVIDENCE,
        CallState.PREPARED,
        CallState.DECIDED,
        CallState.STANDSTILL,
        CallState.APPROVALS,
    }
)


def submit(
    session: Session, actor: Actor, public_id: UUID, *, key: UUID, waited: timedelta = NO_TIME, now: datetime
) -> ApplicationSubmission:
    """What stands in the working copy counts, if it arrived before the deadline; the same key again changes nothing.

    The clock of the database is asked before anything is locked; `waited` is how long the request had been here by
    then. `TooLate`, `NotOpen` and `Incomplete` leave the draft as it is.
    """
    arrived_at = sealing.arrival(session) - min(max(waited, NO_TIME), SEALED_AFTER_CLOSING)
    unlocked = queries.kept(session, actor, public_id)
    authorize(policy.may_change, actor, unlocked)
    if unlocked.way is Way.PAPER:
        raise NotFound
    call = _held(session, unlocked)
    application = queries.kept(session, actor, public_id, lock=True)
    before = queries.submissions(session, application)
    again = next((one for one in before if one.idempotency_key == key), None)
    if again is not None:
        _refuse_withdrawn(application)
        return again
    refuse_unless_open(call, arrived_at)
    if application.state is ApplicationState.SUBMITTED and application.sent_revision == application.revision:
        return before[0]
    details = queries.details(session, actor, application)
    gaps = draft.demanded(details.terms, details.draft)
    if gaps:
        raise Incomplete(gaps)
    row = sending.write(session, details, key=key, arrived_at=arrived_at, now=now)
    _refuse_slow(session, call)
    _tell(session, actor, details, row, now=now)
    return row


def withdraw(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> Application:
    """It does not count any more. Until the deadline it may be sent anew, under the same code.

    The moment is taken once the row is held: what waited until the seal broke takes nothing away that was read.
    """
    application = queries.kept(session, actor, public_id, lock=True)
    withdrawn_at = sealing.arrival(session)
    authorize(policy.may_change, actor, application)
    call = session.get_one(Call, application.call_id)
    if application.state is ApplicationState.WITHDRAWN:
        return application
    if application.state is not ApplicationState.SUBMITTED or call.state not in CAN_WITHDRAW:
        raise Conflict(Text("This application cannot be withdrawn now. Please call the office."))
    application.state, application.withdrawn_at = ApplicationState.WITHDRAWN, withdrawn_at
    application.updated_at = now
    session.flush()
    audit.record(session, actor, "application.withdrawn", kind="application", public_id=public_id, now=now)
    _mail(session, application, mails.withdrawn(call.title, application), now=now)
    return application


def _held(session: Session, application: Application) -> Call:
    """The call as it is now; nobody can change its dates before this is through, and many may be sent at once."""
    statement = select(Call).where(Call.id == application.call_id).with_for_update(read=True)
    return session.scalars(statement.execution_options(populate_existing=True)).one()


def _refuse_withdrawn(application: Application) -> None:
    """An old tab must not say that something counts which was withdrawn since."""
    if application.state is ApplicationState.WITHDRAWN:
        raise Conflict(Text("You have withdrawn this application meanwhile. Open this page anew to send it again."))


def _refuse_slow(session: Session, call: Call) -> None:
    """When the seal breaks, everything that counts must be there: what is slower is refused, not lost in silence."""
    assert call.closes_at is not None
    if sealing.arrival(session) >= call.closes_at + SEALED_AFTER_CLOSING:
        raise TookTooLong


def _tell(session: Session, actor: Actor, details: Details, row: ApplicationSubmission, *, now: datetime) -> None:
    application = details.application
    audit.record(session, actor, "application.submitted", kind="application", public_id=application.public_id, now=now)
    _mail(session, application, mails.received(details.call.title, details.owner_name, application, row), now=now)


def _mail(session: Session, application: Application, mail: Mail, *, now: datetime) -> None:
    """To the applicant's account; whoever has no e-mail address finds it on the page, or has it by post."""
    account = application.applicant_account_id
    if account is not None and outbox_queries.recipient(session, account).address:
        outbox.enqueue(session, mail, account_id=account, now=now)
