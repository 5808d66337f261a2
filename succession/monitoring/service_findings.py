"""Writing doors of what was found, what follows from it, and what ends or changes a promise."""

from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Account
from succession.audit import service as audit
from succession.errors import Conflict, Refused
from succession.i18n import PLACE_OF_TIMES, Text
from succession.monitoring import mails, policy, queries
from succession.monitoring.models import Finding, LesseeChange, Promise, PromiseCheck
from succession.monitoring.outcomes import LONGEST_NAME, LONGEST_NOTE, WITH_CONSEQUENCE, Ending, Outcome
from succession.monitoring.queries import Held
from succession.outbox import service as outbox


def record(
    session: Session,
    actor: Actor,
    check_id: UUID,
    *,
    outcome: Outcome,
    found_on: date,
    note: str,
    consequence: str = "",
    consequence_due_on: date | None = None,
    revision: int,
    now: datetime,
) -> Finding:
    """The finding stands beside those before it, and the lessee is told that there is one."""
    one = queries.one_check(session, actor, check_id, today=_today(now))
    authorize(policy.may_watch, actor, one.held.parties, hidden=True)
    check = session.get_one(PromiseCheck, one.line.check.id, with_for_update=True, populate_existing=True)
    if check.revision != revision:
        raise Conflict(Text("Somebody else has worked on this in the meantime. Please look at what stands here now."))
    _check(outcome, found_on, note, consequence, consequence_due_on, now=now)
    made = Finding(
        public_id=uuid4(),
        check_id=check.id,
        number=len(one.line.findings) + 1,
        outcome=outcome,
        found_on=found_on,
        note=note.strip(),
        consequence=consequence.strip(),
        consequence_due_on=consequence_due_on if consequence.strip() else None,
        settled_on=None,
        found_by_account_id=actor.account_id,
        recorded_at=now,
    )
    session.add(made)
    check.revision += 1
    session.flush()
    _tell(session, one.held, check, now=now)
    audit.record(session, actor, "promise.checked", kind="promise_check", public_id=check_id, now=now)
    return made


def settle(session: Session, actor: Actor, check_id: UUID, finding_id: UUID, on: date, *, now: datetime) -> None:
    """What had to follow has been done."""
    one = queries.one_check(session, actor, check_id, today=_today(now))
    authorize(policy.may_watch, actor, one.held.parties, hidden=True)
    found = next((finding for finding in one.line.findings if finding.public_id == finding_id), None)
    if found is None or not found.consequence:
        raise Refused(Text("Nothing had to follow from this finding."))
    session.refresh(found, with_for_update=True)
    if found.settled_on is not None:
        raise Conflict(Text("This is done already."))
    if not found.found_on <= on <= _today(now):
        raise Refused(Text("The day lies before the finding or in the future."))
    found.settled_on = on
    session.flush()
    audit.record(session, actor, "promise.settled", kind="promise_check", public_id=check_id, now=now)


def end(
    session: Session,
    actor: Actor,
    promise_id: UUID,
    because: Ending,
    *,
    on: date,
    note: str,
    revision: int,
    now: datetime,
) -> None:
    """The promise is not looked at after that day; what was found stays."""
    promise = session.scalar(select(Promise).where(Promise.public_id == promise_id).with_for_update())
    found = None if promise is None else _held(session, actor, promise, now=now)
    if promise is None or found is None:
        raise Refused(Text("There is no such promise."))
    authorize(policy.may_watch, actor, found.parties, hidden=True)
    if promise.revision != revision:
        raise Conflict(Text("Somebody else has worked on this in the meantime. Please look at what stands here now."))
    if promise.ended_on is not None:
        raise Conflict(Text("This promise is not watched any more."))
    if not 1 <= len(note.strip()) <= LONGEST_NOTE:
        raise Refused(Text("Please write why this promise is not watched any more."))
    if on < found.contract.starts_on:
        raise Refused(Text("This day lies before the contract begins."))
    promise.ended_on, promise.ended_because, promise.ended_note = on, because, note.strip()
    promise.revision += 1
    session.flush()
    audit.record(session, actor, "promise.ended", kind="promise", public_id=promise_id, now=now)


def change_lessee(
    session: Session,
    actor: Actor,
    contract_id: UUID,
    *,
    name: str,
    email: str,
    since_on: date,
    note: str,
    now: datetime,
) -> LesseeChange:
    """From that day on somebody else keeps the promises; what was promised stays the same."""
    contract = queries.contract_of(session, actor, contract_id, lock=True)
    found = queries.held_by(session, contract, today=_today(now))
    authorize(policy.may_watch, actor, found.parties, hidden=True)
    if not 1 <= len(name.strip()) <= LONGEST_NAME or len(note) > LONGEST_NOTE:
        raise Refused(Text("Please write who has the land now."))
    newest = found.changes[0].since_on if found.changes else contract.starts_on
    if since_on < newest or since_on > _today(now) or (found.changes and since_on == newest):
        raise Refused(Text("The day lies before the last change, or in the future."))
    made = LesseeChange(
        public_id=uuid4(),
        contract_id=contract.id,
        since_on=since_on,
        name=" ".join(name.split()),
        account_id=_account(session, email),
        note=note.strip(),
        recorded_by_account_id=actor.account_id,
        recorded_at=now,
    )
    session.add(made)
    session.flush()
    audit.record(session, actor, "promise.lessee_changed", kind="contract", public_id=contract_id, now=now)
    return made


def _check(
    outcome: Outcome, found_on: date, note: str, consequence: str, due_on: date | None, *, now: datetime
) -> None:
    if found_on > _today(now):
        raise Refused(Text("The day of the check lies in the future."))
    if not 1 <= len(note.strip()) <= LONGEST_NOTE:
        raise Refused(Text("Please write in a sentence or two what was found."))
    if len(consequence) > LONGEST_NOTE:
        raise Refused(Text("Please write at most %(most)s characters.", {"most": LONGEST_NOTE}))
    if consequence.strip() and outcome not in WITH_CONSEQUENCE:
        raise Refused(Text("Something follows only where a promise was not kept, or only in part."))
    if due_on is not None and due_on < found_on:
        raise Refused(Text("What follows cannot be due before the check."))


def _tell(session: Session, held: Held, check: PromiseCheck, *, now: datetime) -> None:
    if held.holder.account_id is not None:
        mail = mails.found(title=held.call.title, number=held.lot.number, check_id=check.public_id)
        outbox.enqueue(session, mail, account_id=held.holder.account_id, now=now)


def _held(session: Session, actor: Actor, promise: Promise, *, now: datetime) -> Held | None:
    contract = queries.contract_by_number(session, actor, promise.contract_id)
    return None if contract is None else queries.held_by(session, contract, today=_today(now))


def _account(session: Session, email: str) -> int | None:
    """The account with a confirmed address like this; nobody is told whether there is one."""
    if not email.strip():
        return None
    wanted = select(Account.id).where(func.lower(Account.email) == email.strip().lower())
    return session.scalar(wanted.where(Account.confirmed_at.is_not(None)))


def _today(now: datetime) -> date:
    return now.astimezone(PLACE_OF_TIMES).date()
