"""Reading doors of the pages about a person's file and about what waits for their yes."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts import policy_acting
from succession.accounts import queries_representation as queries
from succession.accounts.actor import Actor, Role
from succession.accounts.models import Account
from succession.accounts.models_representation import AccountFreeze, Confirmation, LetterCode, Representation
from succession.accounts.representation import FreezeReason, RepresentationState
from succession.errors import NotFound


@dataclass(frozen=True, slots=True)
class FileView:
    """What the page about a file may show and offer."""

    helping: queries.Helping
    person: Account
    is_keeper: bool
    """An advisor or coordinator who may print letters and note calls."""
    looks_after: bool
    """May let the file rest, let heirs in, and hand it over."""
    is_agent: bool
    others: list[queries.Helping]
    waiting: list[Confirmation]
    code: LetterCode | None
    freeze: AccountFreeze | None


def file_view(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> FileView:
    """The page about acting for one person: for who acts, as long as nobody has ended it, and for who keeps the file.

    What waits for the person's yes says what they are about to do: only who acts at the moment reads it.
    """
    row = queries.representation(session, public_id)
    kept_by = queries.kept(session, row.principal_account_id, now=now)
    is_keeper = policy_acting.may_see_file(actor, kept_by)
    is_agent = policy_acting.is_themselves(actor) and row.agent_account_id == actor.account_id and row.ended_at is None
    if not (is_keeper or is_agent):
        raise NotFound
    helping = queries.helping(session, public_id, now=now)
    reads_waiting = is_keeper or (is_agent and helping.state is RepresentationState.ACTIVE)
    everybody = queries.everybody_for(session, row.principal_account_id, now=now)
    code = select(LetterCode).where(LetterCode.subject_public_id == row.public_id)
    return FileView(
        helping=helping,
        person=queries.account(session, row.principal_account_id),
        is_keeper=is_keeper,
        looks_after=policy_acting.may_look_after(actor, kept_by),
        is_agent=is_agent,
        others=[one for one in everybody if one.public_id != public_id] if is_keeper else [],
        waiting=queries.waiting(session, row.principal_account_id) if reads_waiting else [],
        code=session.scalar(code) if is_keeper else None,
        freeze=queries.resting(session, row.principal_account_id),
    )


@dataclass(frozen=True, slots=True)
class ConfirmationView:
    """What the page about a yes may show and offer."""

    row: Confirmation
    person: Account
    asked_by: str
    is_person: bool
    may_enter_code: bool
    is_keeper: bool
    """May print the letter."""
    may_note_call: bool
    code: LetterCode | None
    representation_public_id: UUID | None
    """The way back for who acts or keeps the file."""


def confirmation_view(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> ConfirmationView:
    """The page about one thing that waits for a yes: for the person, who acts for them, and who keeps the file."""
    row = queries.confirmation(session, public_id)
    kept_by = queries.kept(session, row.account_id, now=now)
    is_keeper = policy_acting.may_ask_person(actor, kept_by)
    doing = _in_the_name_or_nobody(session, actor, row.account_id, now=now)
    if doing is None and not is_keeper:
        raise NotFound
    is_person = doing is not None and not policy_acting.needs_confirmation(doing)
    way_back = select(Representation.public_id).where(
        Representation.principal_account_id == row.account_id,
        Representation.agent_account_id == actor.account_id,
        Representation.ended_at.is_(None),
    )
    asked_by = select(Account.name).where(Account.id == row.asked_by_account_id)
    code = select(LetterCode).where(LetterCode.subject_public_id == row.public_id)
    return ConfirmationView(
        row=row,
        person=queries.account(session, row.account_id),
        asked_by=session.scalar(asked_by) or "",
        is_person=is_person,
        may_enter_code=doing is not None and not is_person,
        is_keeper=is_keeper,
        may_note_call=doing is not None and not is_person and actor.account_id in kept_by.mandated,
        code=session.scalar(code),
        representation_public_id=session.scalar(way_back.order_by(Representation.id.desc()).limit(1)),
    )


def _in_the_name_or_nobody(session: Session, actor: Actor, account_id: int, *, now: datetime) -> Actor | None:
    try:
        return queries.in_the_name_of(session, actor, account_id, now=now)
    except NotFound:
        return None


@dataclass(frozen=True, slots=True)
class RestingFile:
    """One file that rests, as a coordinator reads it."""

    person_id: UUID
    name: str
    reason: FreezeReason
    note: str
    frozen_at: datetime


def resting_files(session: Session, actor: Actor) -> list[RestingFile]:
    """All files that rest, the newest first; for coordinators."""
    if not (policy_acting.is_themselves(actor) and actor.has(Role.COORDINATOR)):
        return []
    statement = (
        select(Account.public_id, Account.name, AccountFreeze.reason, AccountFreeze.note, AccountFreeze.frozen_at)
        .join(AccountFreeze, AccountFreeze.account_id == Account.id)
        .where(AccountFreeze.lifted_at.is_(None))
        .order_by(AccountFreeze.frozen_at.desc())
    )
    return [RestingFile(*row) for row in session.execute(statement)]
