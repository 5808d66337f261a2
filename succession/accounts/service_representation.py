"""Writing doors of acting for somebody: asked, accepted, ended; begun and stopped in a browser; looks noted."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts import mails_acting, policy_acting
from succession.accounts import queries_representation as queries
from succession.accounts.actor import Actor, Role, Scope, authorize
from succession.accounts.addresses import normal_address
from succession.accounts.models import AccountSession
from succession.accounts.models_representation import Representation, RepresentationAccess
from succession.accounts.names import checked_name
from succession.accounts.policy_acting import Pair
from succession.accounts.representation import (
    LONGEST,
    NAMEABLE,
    AgreedBy,
    RepresentationKind,
    RepresentationState,
    day_of,
)
from succession.accounts.tokens import Link, hash_token
from succession.audit import service as audit
from succession.errors import Conflict, Refused
from succession.i18n import Text
from succession.outbox import service as outbox

MOST_HELPERS = 10
ANSWER_WITHIN = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class NewHelper:
    """Whom the person asks to act for them."""

    email: str
    name: str
    kind: RepresentationKind
    scopes: frozenset[Scope]
    ends_on: date


def name_helper(session: Session, actor: Actor, new: NewHelper, link: Link, *, now: datetime) -> Representation:
    """The one named has a mail with a link; who says yes on it acts for the actor until the day given."""
    authorize(policy_acting.may_name_helper, actor, None)
    assert actor.account_id is not None
    if new.kind not in NAMEABLE:
        raise Refused(Text("An heir comes in through your advisor."))
    check_end(new.ends_on, now=now)
    _refuse_too_many(session, actor.account_id)
    row = Representation(
        principal_account_id=actor.account_id,
        created_by_account_id=actor.account_id,
        invited_address=normal_address(new.email),
        token_hash=link.token_hash,
        agent_name=checked_name(new.name),
        kind=new.kind,
        scopes=stored_scopes(new.scopes),
        starts_on=day_of(now),
        ends_on=new.ends_on,
        agreed_by=AgreedBy.PERSON,
        created_at=now,
        confirmed_at=now,
    )
    session.add(row)
    session.flush()
    mail = mails_acting.asked_to_help(person=actor.name, name=row.agent_name, ends_on=row.ends_on, link=link)
    outbox.enqueue(session, mail, address=row.invited_address, language=actor.language, now=now)
    note(session, actor, "representation.asked", row, now=now)
    return row


def accept(session: Session, actor: Actor, token: str, *, now: datetime) -> Representation:
    """The actor acts for the person from now on, as soon as the person's own yes is there."""
    row = _asked(session, actor, token, now=now)
    if row.kind is RepresentationKind.ADVISOR and not actor.has(Role.ADVISOR):
        raise Refused(Text("You were asked as an advisor of the network, and your account is not one."))
    row.agent_account_id, row.accepted_at = actor.account_id, now
    row.token_hash = row.invited_address = None
    _tell_person(session, row, mails_acting.ACCEPTED, actor.name, now=now)
    note(session, actor, "representation.accepted", row, now=now)
    return row


def decline(session: Session, actor: Actor, token: str, *, now: datetime) -> None:
    """The person is told that they need somebody else; the link is dead."""
    row = _asked(session, actor, token, now=now)
    row.ended_at, row.token_hash, row.invited_address = now, None, None
    _tell_person(session, row, mails_acting.DECLINED, row.agent_name, now=now)
    note(session, actor, "representation.declined", row, now=now)


def end(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> Representation:
    """Nobody acts on it any more, from the next click on: the person ends it, or who acted."""
    row = queries.representation(session, public_id, lock=True)
    authorize(policy_acting.may_end, actor, queries.pair_of(row), hidden=True)
    if row.ended_at is None:
        close(session, row, now=now)
        if actor.account_id == row.agent_account_id:
            _tell_person(session, row, mails_acting.STOPPED, actor.name, now=now)
        note(session, actor, "representation.ended", row, now=now)
    return row


def start_acting(session: Session, actor: Actor, public_id: UUID, token: str, *, now: datetime) -> str:
    """The browser with that token acts in the person's name until it is told to stop; returns the name."""
    row = queries.representation(session, public_id)
    authorize(policy_acting.may_act, actor, queries.pair_of(row), hidden=True)
    found = queries.helping(session, public_id, now=now)
    if found.state is not RepresentationState.ACTIVE:
        raise Conflict(
            Text("You cannot act for %(name)s now: %(state)s.", {"name": found.person, "state": found.state.label})
        )
    _set_acting(session, actor, token, row.id)
    audit.record(
        session, actor, "representation.acting_began", kind="account", public_id=found.person_public_id, now=now
    )
    return found.person


def stop_acting(session: Session, actor: Actor, token: str, *, now: datetime) -> None:
    """The browser with that token acts in nobody's name; done twice, nothing changes."""
    row = None
    if actor.acting_for is not None and actor.acting_for.representation_public_id is not None:
        row = queries.representation(session, actor.acting_for.representation_public_id)
        authorize(policy_acting.may_act, actor, queries.pair_of(row))
        note(session, actor, "representation.acting_stopped", row, now=now)
    _set_acting(session, actor, token, None)


def note_look(session: Session, actor: Actor, room: str, thing: UUID | None, *, now: datetime) -> None:
    """The person can see that the actor looked here on this day; the first look of a day is in the record too."""
    authorize(policy_acting.may_note_look, actor, None)
    assert actor.acting_for is not None
    assert actor.acting_for.representation_public_id is not None
    row = queries.representation(session, actor.acting_for.representation_public_id)
    values = {"representation_id": row.id, "day": day_of(now), "room": room, "thing_public_id": thing}
    statement = insert(RepresentationAccess).values(first_at=now, last_at=now, times=1, **values)
    times = session.scalar(
        statement.on_conflict_do_update(
            index_elements=list(values), set_={"last_at": now, "times": RepresentationAccess.times + 1}
        ).returning(RepresentationAccess.times)
    )
    if times == 1:
        audit.record(
            session, actor, "file.looked_at", kind="account", public_id=actor.acting_for.account_public_id, now=now
        )


def close(session: Session, row: Representation, *, now: datetime) -> None:
    """It counts no more, and no browser acts on it. Called by doors that have asked."""
    row.ended_at, row.token_hash, row.invited_address = now, None, None
    session.execute(
        update(AccountSession).where(AccountSession.representation_id == row.id).values(representation_id=None)
    )


def note(session: Session, actor: Actor, action: str, row: Representation, *, now: datetime) -> None:
    """The act is on the person's record. Called by doors that have asked."""
    person = queries.account(session, row.principal_account_id)
    audit.record(session, actor, action, kind="account", public_id=person.public_id, now=now)


def check_end(ends_on: date, *, now: datetime) -> None:
    """An end lies ahead, and no farther than a year."""
    today = day_of(now)
    if not today < ends_on <= today + LONGEST:
        raise Refused(Text("Please give an end within a year from today. You can agree on it anew at any time."))


def stored_scopes(scopes: Iterable[Scope]) -> list[str]:
    """As the table keeps them: who may change or speak may also read."""
    return sorted({Scope.READ.value, *(scope.value for scope in scopes)})


def _asked(session: Session, actor: Actor, token: str, *, now: datetime) -> Representation:
    row = queries.asked_by_token(session, hash_token(token), lock=True)
    if row.created_at < now - ANSWER_WITHIN:
        raise Refused(Text("This link has run out. Please ask the person to invite you once more."))
    pair = Pair(row.principal_account_id, row.agent_account_id)
    if actor.account_id == row.principal_account_id:
        raise Refused(Text("You cannot act for yourself: that is what your account is for."))
    authorize(policy_acting.may_answer, actor, pair)
    return row


def _set_acting(session: Session, actor: Actor, token: str, representation_id: int | None) -> None:
    session.execute(
        update(AccountSession)
        .where(AccountSession.token_hash == hash_token(token), AccountSession.account_id == actor.account_id)
        .values(representation_id=representation_id)
    )


def _tell_person(session: Session, row: Representation, what: Text, agent: str, *, now: datetime) -> None:
    person = queries.account(session, row.principal_account_id)
    if person.email is not None:
        outbox.enqueue(session, mails_acting.help_changed(what, agent=agent), account_id=person.id, now=now)


def _refuse_too_many(session: Session, account_id: int) -> None:
    open_ones = select(func.count()).where(
        Representation.principal_account_id == account_id, Representation.ended_at.is_(None)
    )
    if (session.scalar(open_ones) or 0) >= MOST_HELPERS:
        raise Refused(Text("You have asked %(most)s people already. End one first.", {"most": MOST_HELPERS}))
