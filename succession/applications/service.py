"""Writing doors of an application before it is sent: begun once, and saved page by page."""

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Account
from succession.applications import pages, policy, queries, sealing, stored
from succession.applications.models import Application, ApplicationEvidence, ApplicationLot
from succession.applications.pages import Page
from succession.applications.queries import Details
from succession.applications.refusals import NotOpen, TooLate
from succession.applications.states import ApplicationState, Way
from succession.applications.steps import step_of
from succession.audit import service as audit
from succession.calls import queries as calls
from succession.calls.models import Call
from succession.calls.states import CallState
from succession.errors import NotFound
from succession.facts.refusals import Overtaken

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
CODE_LENGTH = 8


def begin(session: Session, actor: Actor, call_public_id: UUID, *, now: datetime) -> Application:
    """There is one draft of the actor's for the call, however often they ask; what we know of them stands in it."""
    authorize(policy.may_apply, actor, None)
    call = calls.call_of_public(session, call_public_id)
    refuse_unless_open(call, sealing.arrival(session))
    person = session.get_one(Account, actor.own_account_id)
    values: dict[str, Any] = {
        "call_id": call.id,
        "applicant_account_id": person.id,
        "code": new_code(),
        "way": Way.ONLINE,
        "name": person.name,
        "address": person.postal_address or "",
        "email": person.email,
        "phone": person.phone,
        "answers": {},
        "created_at": now,
        "updated_at": now,
    }
    added = session.scalar(
        insert(Application)
        .values(values)
        .on_conflict_do_nothing(index_elements=["call_id", "applicant_account_id"])
        .returning(Application.public_id)
    )
    application = queries.own_for(session, actor, call)
    assert application is not None
    if added is not None:
        lots = calls.lots_of(session, call)
        if len(lots) == 1:
            session.add(ApplicationLot(application_id=application.id, lot_id=lots[0].id, answers={}))
        _record(session, actor, application, "application.begun", now=now)
    return application


def save_page(
    session: Session, actor: Actor, public_id: UUID, step_key: str, page: Page, *, seen: str, now: datetime
) -> Application:
    """The page is saved; `Overtaken` if somebody has saved another one since `seen`, `TooLate` after the deadline."""
    arrived_at = sealing.arrival(session)
    application = queries.kept(session, actor, public_id, lock=True)
    authorize(policy.may_change, actor, application)
    details = queries.details(session, actor, application)
    step = step_of(details.steps, step_key)
    if step is None:
        raise NotFound
    refuse_unless_editable(details, arrived_at)
    before = stored.page_of(details, step)
    if before == page:
        return application
    if seen != pages.mark(before):
        found = pages.differences(before, page, details.document, actor.language)
        raise Overtaken(found, pages.mark(before))
    stored.write(session, details, page, now=now)
    return _changed(session, actor, application, now=now)


def lay_evidence(
    session: Session, actor: Actor, public_id: UUID, files: Mapping[str, frozenset[UUID]], *, now: datetime
) -> Application:
    """Exactly these documents of the applicant's own lie beside the answers."""
    arrived_at = sealing.arrival(session)
    application = queries.kept(session, actor, public_id, lock=True)
    authorize(policy.may_change, actor, application)
    details = queries.details(session, actor, application)
    refuse_unless_editable(details, arrived_at)
    known = {file.public_id: file.id for file in queries.own_documents(session, actor)}
    asked = {question.identifier for question in details.document.questions if question.evidence}
    wanted = {(question, known[one]) for question in asked for one in files.get(question, frozenset()) if one in known}
    present = {(question, file.id) for question, laid in details.evidence.items() for file in laid}
    if wanted == present:
        return application
    session.execute(delete(ApplicationEvidence).where(ApplicationEvidence.application_id == application.id))
    session.add_all(
        ApplicationEvidence(application_id=application.id, question=question, file_id=file_id)
        for question, file_id in sorted(wanted)
    )
    return _changed(session, actor, application, now=now)


def delete_draft(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """What was never sent, or was withdrawn before the deadline, is gone."""
    application = queries.kept(session, actor, public_id, lock=True)
    authorize(policy.may_change, actor, application)
    if application.state is not ApplicationState.DRAFT or application.way is Way.PAPER:
        raise NotFound
    _record(session, actor, application, "application.draft_deleted", now=now)
    session.delete(application)
    session.flush()


def refuse_unless_open(call: Call, arrived_at: datetime) -> None:
    """`TooLate` from the minute of the deadline on, `NotOpen` before the opening and for a cancelled call."""
    if call.state is CallState.CANCELLED or call.opens_at is None or call.closes_at is None:
        raise NotOpen
    if arrived_at >= call.closes_at:
        raise TooLate(arrived_at, call.closes_at)
    if arrived_at < call.opens_at:
        raise NotOpen


def refuse_unless_editable(details: Details, arrived_at: datetime) -> None:
    """What is typed from paper is typed after the deadline, all else before."""
    if details.application.way is Way.ONLINE:
        refuse_unless_open(details.call, arrived_at)


def new_code() -> str:
    """The applicant's id in lottery and record: says nothing about them, and is read aloud without doubt."""
    return "".join(secrets.choice(ALPHABET) for _ in range(CODE_LENGTH))


def _changed(session: Session, actor: Actor, application: Application, *, now: datetime) -> Application:
    application.revision += 1
    application.updated_at = now
    session.flush()
    _record(session, actor, application, "application.saved", now=now)
    return application


def _record(session: Session, actor: Actor, application: Application, action: str, *, now: datetime) -> None:
    audit.record(session, actor, action, kind="application", public_id=application.public_id, now=now)
