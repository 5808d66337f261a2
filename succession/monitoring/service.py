"""Writing doors that begin the watch over promises, remind of them in time, and take in evidence."""

from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.awards import queries as awards
from succession.awards.models import ScoringRun
from succession.awards.models_contract import Contract
from succession.awards.models_decision import Decision
from succession.awards.models_notices import Standstill
from succession.calls import queries as calls
from succession.calls.models import Call, CallLot
from succession.errors import Refused
from succession.files import service as files
from succession.files.models import StoredFile
from succession.files.policy import FileOwner
from succession.files.purposes import Purpose
from succession.files.service import Upload
from succession.files.sniffing import kind_of
from succession.i18n import PLACE_OF_TIMES, Text
from succession.monitoring import mails, policy, queries
from succession.monitoring.models import Finding, Promise, PromiseCheck, PromiseEvidence
from succession.monitoring.outcomes import LONGEST_NOTE
from succession.monitoring.schedule import ANNOUNCED_BEFORE, OVERDUE_AFTER, due_days
from succession.outbox import service as outbox

MOST_FILES = 10
HEAD = 64
AT_ONCE = 500
"""Reminders of one night; what is more waits for the next."""


def begin(session: Session, actor: Actor, contract_id: int, *, now: datetime) -> int:
    """Every promise of the contract has its days; how many promises there are. A second call changes nothing."""
    authorize(policy.is_system, actor, None)
    contract = session.get_one(Contract, contract_id, with_for_update=True)
    if session.scalar(select(Promise.id).where(Promise.contract_id == contract.id).limit(1)) is not None:
        return 0
    lot = session.get_one(CallLot, contract.lot_id)
    call = session.get_one(Call, lot.call_id)
    earned = _earned(session, contract)
    bound = [one for one in calls.principles_of(call).promises if one.criterion is None or one.criterion in earned]
    for promise in bound:
        words = {"text": promise.text, "check": promise.check, "consequence": promise.consequence}
        row = Promise(
            public_id=uuid4(), contract_id=contract.id, key=promise.identifier, words=words, ended_note="", made_at=now
        )
        session.add(row)
        session.flush()
        days = due_days(promise, contract.starts_on, contract.ends_on)
        session.add_all(
            PromiseCheck(promise_id=row.id, number=number, due_on=day) for number, day in enumerate(days, 1)
        )
    session.flush()
    audit.record(session, actor, "promise.watched", kind="contract", public_id=contract.public_id, now=now)
    return len(bound)


def remind(session: Session, actor: Actor, *, now: datetime) -> int:
    """Whoever has to know of a day has a mail: both sides 30 days before, the office two weeks after; how many days."""
    authorize(policy.is_system, actor, None)
    today = _today(now)
    coming = PromiseCheck.announced_at.is_(None) & (PromiseCheck.due_on <= today + ANNOUNCED_BEFORE)
    passed = PromiseCheck.overdue_told_at.is_(None) & (PromiseCheck.due_on < today - OVERDUE_AFTER)
    count = 0
    for check, promise in _open(session, coming):
        _announce(session, check, promise, now=now)
        count += 1
    for check, promise in _open(session, passed):
        _, call, lot = _around(session, promise)
        check.overdue_told_at = now
        if call.contact_email:
            mail = mails.overdue(title=call.title, number=lot.number, due_on=check.due_on, check_id=check.public_id)
            outbox.enqueue(session, mail, address=call.contact_email, now=now)
        count += 1
    session.flush()
    return count


def hand_in(
    session: Session,
    actor: Actor,
    check_id: UUID,
    upload: tuple[str, bytes] | None,
    note: str,
    *,
    folder: Path,
    now: datetime,
) -> None:
    """The paper or the photo lies with the check; it belongs to the owner's file from now on."""
    one = queries.one_check(session, actor, check_id, today=_today(now))
    authorize(policy.may_hand_in, actor, one.held.parties, hidden=True)
    session.get_one(PromiseCheck, one.line.check.id, with_for_update=True)
    if upload is None or not upload[1]:
        raise Refused(Text("Please choose a file."))
    if len(note) > LONGEST_NOTE:
        raise Refused(Text("Please write at most %(most)s characters.", {"most": LONGEST_NOTE}))
    if len(one.evidence) >= MOST_FILES:
        raise Refused(Text("At most %(most)s documents fit here.", {"most": MOST_FILES}))
    stored = _stored(session, one.held.call, upload, folder=folder, now=now)
    stored.uploaded_by_account_id = actor.account_id
    session.add(
        PromiseEvidence(
            check_id=one.line.check.id,
            stored_file_id=stored.id,
            note=note.strip(),
            is_from_lessee=policy.is_holder(actor, one.held.parties),
            added_by_account_id=actor.account_id,
            added_at=now,
        )
    )
    session.flush()
    audit.record(session, actor, "promise.evidence_added", kind="promise_check", public_id=check_id, now=now)


def _stored(session: Session, call: Call, upload: tuple[str, bytes], *, folder: Path, now: datetime) -> StoredFile:
    """A photo of a hedge is as good as a paper."""
    owner = FileOwner(organisation_id=call.owner_organisation_id)
    kind = kind_of(upload[1][:HEAD])
    add = files.add_photo if kind is not None and kind.is_photo else files.add_document
    kept = Upload(upload[0], upload[1], Purpose.CHECK_EVIDENCE)
    return add(session, Actor.system(), owner, kept, folder=folder, now=now)


def _announce(session: Session, check: PromiseCheck, promise: Promise, *, now: datetime) -> None:
    contract, call, lot = _around(session, promise)
    holder = queries.holder_of(session, contract)
    check.announced_at = now
    if holder.account_id is not None:
        mail = mails.announced(title=call.title, number=lot.number, due_on=check.due_on, check_id=check.public_id)
        outbox.enqueue(session, mail, account_id=holder.account_id, now=now)
    if call.contact_email:
        told = mails.to_office(
            title=call.title,
            number=lot.number,
            due_on=check.due_on,
            check_id=check.public_id,
            is_on_paper=holder.account_id is None,
        )
        outbox.enqueue(session, told, address=call.contact_email, now=now)


def _open(session: Session, condition: ColumnElement[bool]) -> list[tuple[PromiseCheck, Promise]]:
    """Checks that nobody has made yet, and that are not dropped."""
    statement = (
        select(PromiseCheck, Promise)
        .join(Promise, Promise.id == PromiseCheck.promise_id)
        .where(condition)
        .where(~select(Finding.id).where(Finding.check_id == PromiseCheck.id).exists())
        .where(or_(Promise.ended_on.is_(None), PromiseCheck.due_on <= Promise.ended_on))
        .order_by(PromiseCheck.due_on, PromiseCheck.id)
        .limit(AT_ONCE)
        .with_for_update(of=PromiseCheck, skip_locked=True)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def _around(session: Session, promise: Promise) -> tuple[Contract, Call, CallLot]:
    contract = session.get_one(Contract, promise.contract_id)
    lot = session.get_one(CallLot, contract.lot_id)
    return contract, session.get_one(Call, lot.call_id), lot


def _earned(session: Session, contract: Contract) -> frozenset[str]:
    """The criteria on which the lessee earned points: what nobody was rewarded for binds nobody."""
    standstill = session.get_one(Standstill, contract.standstill_id)
    run = session.get_one(ScoringRun, session.get_one(Decision, standstill.decision_id).run_id)
    code = awards.codes_of(session, run.call_id).get(contract.application_id)
    cards = (card for card in awards.result(run).cards if card.applicant.identifier == code)
    return frozenset(line.criterion for card in cards for line in card.lines if line.points > 0)


def _today(now: datetime) -> date:
    return now.astimezone(PLACE_OF_TIMES).date()
