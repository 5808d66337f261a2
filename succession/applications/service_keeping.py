"""Writing doors of how long: when an application may go, the warning before, and what is left of it."""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, delete, select, update
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.applications import mails, policy
from succession.applications.exact import ApplicationPlace
from succession.applications.models import (
    Application,
    ApplicationEvidence,
    ApplicationLot,
    ApplicationMember,
    ApplicationSpecial,
    ApplicationSubmission,
)
from succession.audit import service as audit
from succession.calls.models import Call
from succession.i18n import PLACE_OF_TIMES
from succession.outbox import queries as outbox_queries
from succession.outbox import service as outbox
from succession.outbox.values import Mail

TOLD_BEFORE = timedelta(days=14)


def procedure_ended(
    session: Session, actor: Actor, call: Call, reduce_at: Mapping[int, datetime], *, now: datetime
) -> None:
    """From these times on only the pseudonymous line is left, by application; answers on religion are gone now.

    Called once it is certain for whom the procedure has ended; a later call with a later time moves it.
    """
    authorize(policy.may_end_procedure, actor, call)
    concerned = select(Application.id).where(Application.call_id == call.id, Application.id.in_(reduce_at))
    ids = list(session.scalars(concerned))
    if ids:
        session.execute(update(Application), [{"id": one, "reduce_at": reduce_at[one], "told_at": None} for one in ids])
    session.execute(delete(ApplicationSpecial).where(ApplicationSpecial.application_id.in_(ids)))
    session.expire_all()
    audit.record(session, actor, "application.keeping_set", kind="call", public_id=call.public_id, now=now)


def tell(session: Session, actor: Actor, *, now: datetime) -> int:
    """Applicants whose statements go in two weeks have a mail about it; how many."""
    authorize(policy.may_reduce, actor, None)
    due = and_(Application.reduce_at <= now + TOLD_BEFORE, Application.told_at.is_(None), _is_whole())
    statement = select(Application, Call.title).join(Call, Call.id == Application.call_id).where(due)
    rows = session.execute(statement.with_for_update(of=Application, skip_locked=True)).all()
    for application, title in rows:
        application.told_at = now
        goes_at = max(application.reduce_at or now, now + TOLD_BEFORE)
        account = application.applicant_account_id
        if account is not None and outbox_queries.recipient(session, account).address:
            goes_on = goes_at.astimezone(PLACE_OF_TIMES).date()
            outbox.enqueue(session, mails.going_soon(title, application, goes_on), account_id=account, now=now)
    session.flush()
    return len(rows)


def reduce(session: Session, actor: Actor, *, now: datetime) -> int:
    """Of applications whose time is over only the line without a name is left: code, time, hash. How many."""
    authorize(policy.may_reduce, actor, None)
    due = and_(Application.reduce_at <= now, Application.told_at <= now - TOLD_BEFORE, _is_whole())
    ids = list(session.scalars(select(Application.id).where(due).with_for_update(skip_locked=True)))
    for model in (ApplicationSpecial, ApplicationPlace, ApplicationEvidence, ApplicationMember, ApplicationLot):
        session.execute(delete(model).where(model.application_id.in_(ids)))
    session.execute(
        update(ApplicationSubmission).where(ApplicationSubmission.application_id.in_(ids)).values(content=None)
    )
    session.execute(
        update(Application)
        .where(Application.id.in_(ids))
        .values(
            name="", address="", email=None, phone=None, ties="", answers={}, applicant_account_id=None, reduced_at=now
        )
    )
    session.expire_all()
    if ids:
        audit.record(session, actor, "application.reduced", kind="retention", now=now)
    return len(ids)


def tell_of_call(
    session: Session,
    actor: Actor,
    call_public_id: UUID,
    words: Callable[[Call, str], Mail],
    *,
    now: datetime,
) -> int:
    """Everybody who has begun or sent an application to the call has a mail; who they are nobody else learns."""
    authorize(policy.may_reduce, actor, None)
    statement = (
        select(Application, Call)
        .join(Call, Call.id == Application.call_id)
        .where(Call.public_id == call_public_id, Application.applicant_account_id.is_not(None))
        .order_by(Application.id)
    )
    told = 0
    for application, call in session.execute(statement):
        account = application.applicant_account_id
        if account is not None and outbox_queries.recipient(session, account).address:
            mail = words(call, f"/my-applications/{application.public_id}")
            outbox.enqueue(session, mail, account_id=account, now=now)
            told += 1
    return told


def _is_whole() -> ColumnElement[bool]:
    return Application.reduced_at.is_(None)
