"""Writing doors of a person's own yes: asked for, said by letter, phone or themselves, and used up by the act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts import letter_codes, mails_acting, policy_acting
from succession.accounts import queries_representation as queries
from succession.accounts.actor import Actor, authorize
from succession.accounts.letter_codes import FreshCode
from succession.accounts.models_representation import Confirmation, ConfirmedAct
from succession.accounts.paper_codes import CodePurpose
from succession.accounts.representation import AgreedBy
from succession.accounts.service_file import Call, checked_note
from succession.audit import service as audit
from succession.errors import Conflict, Forbidden
from succession.i18n import Text
from succession.outbox import service as outbox
from succession.outbox.values import pack, unpack

Said = Text | str
Line = tuple[Said, Sequence[Said]]


@dataclass(frozen=True, slots=True)
class Asked:
    """What the person is asked: `shown` is all that others would see, line by line, with to whom on top.

    `fingerprint` changes with everything in it, so that a yes is never taken for something else.
    """

    act: ConfirmedAct
    kind: str
    thing: UUID
    fingerprint: str
    shown: Sequence[Line]


def needs_confirmation(actor: Actor) -> bool:
    """Whether the actor may not publish or reveal before the person has said yes."""
    return policy_acting.needs_confirmation(actor)


def refuse_without_confirmation(actor: Actor) -> None:
    """Who acts for somebody gets no farther than asking them."""
    if policy_acting.needs_confirmation(actor):
        raise Forbidden(Text("The person must confirm this themselves first."))


def refuse_while_resting(session: Session, account_id: int | None) -> None:
    """Nothing of a file that rests becomes visible, whoever asks."""
    if account_id is not None and queries.resting(session, account_id) is not None:
        raise Conflict(Text("This file rests. Nothing can be published until it is opened again."))


def request(session: Session, actor: Actor, asked: Asked, *, now: datetime) -> Confirmation:
    """The person can say yes to exactly this; what they were asked before about the same thing is void."""
    account_id = actor.own_account_id
    assert account_id is not None
    authorize(policy_acting.may_ask_for_confirmation, actor, account_id)
    refuse_while_resting(session, account_id)
    person = queries.account(session, account_id, lock=True)  # one asks after the other
    waiting = _waiting(session, asked)
    if waiting is not None:
        if waiting.fingerprint == asked.fingerprint:
            return waiting
        waiting.dropped_at = now
        session.flush()
    row = Confirmation(
        account_id=account_id,
        asked_by_account_id=actor.account_id,
        act=asked.act,
        kind=asked.kind,
        thing_public_id=asked.thing,
        fingerprint=asked.fingerprint,
        shown=pack({"lines": [[label, list(values)] for label, values in asked.shown]})["lines"],
        asked_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "confirmation.asked", kind=asked.kind, public_id=asked.thing, now=now)
    if person.email is not None:
        mail = mails_acting.yes_needed(agent=actor.name, what=asked.act.label, public_id=row.public_id)
        outbox.enqueue(session, mail, account_id=person.id, now=now)
    return row


def shown_lines(row: Confirmation) -> list[tuple[Said, list[Said]]]:
    """What the person is asked about, line by line, as it was asked."""
    return [(label, values) for label, values in unpack({"lines": row.shown})["lines"]]


def print_letter(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> FreshCode:
    """There is a fresh code for the letter; only who keeps the file prints one, never a relative."""
    row = queries.confirmation(session, public_id, lock=True)
    kept = queries.kept(session, row.account_id, now=now)
    authorize(policy_acting.may_ask_person, actor, kept, hidden=True)
    _refuse_done(row)
    audit.record(session, actor, "confirmation.letter_printed", kind=row.kind, public_id=row.thing_public_id, now=now)
    return letter_codes.make(
        session,
        CodePurpose.CONFIRMATION,
        row.public_id,
        account_id=row.account_id,
        printed_by=actor.account_id,
        now=now,
    )


def reserve_try(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """One more try with the code is counted, before it is looked at."""
    row = queries.confirmation(session, public_id)
    _in_the_name(session, actor, row, now=now)
    letter_codes.count_try(session, CodePurpose.CONFIRMATION, row.public_id, now=now)


def confirm_by_code(
    session: Session, actor: Actor, public_id: UUID, typed: str, *, now: datetime
) -> tuple[Confirmation, Actor]:
    """The person has said yes by the code of their letter; the act follows in the same transaction, by the actor
    returned: who acts for them.
    """
    row = queries.confirmation(session, public_id, lock=True)
    doing = _in_the_name(session, actor, row, now=now)
    _refuse_done(row)
    letter_codes.redeem(session, CodePurpose.CONFIRMATION, row.public_id, typed, now=now)
    return _confirmed(session, doing, row, AgreedBy.LETTER, "", now=now), doing


def confirm_by_phone(
    session: Session, actor: Actor, public_id: UUID, call: Call, *, now: datetime
) -> tuple[Confirmation, Actor]:
    """The same, said on the phone to the advisor who keeps the file."""
    row = queries.confirmation(session, public_id, lock=True)
    doing = _in_the_name(session, actor, row, now=now)
    if actor.account_id not in queries.kept(session, row.account_id, now=now).mandated:
        raise Forbidden(Text("Only your advisor can note a call. Please use the code of the letter."))
    _refuse_done(row)
    return _confirmed(session, doing, row, AgreedBy.PHONE, checked_note(call, now=now), now=now), doing


def confirm_oneself(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> tuple[Confirmation, Actor]:
    """The same, said by the person themselves, signed in; or by their heir, who stands in their place."""
    row = queries.confirmation(session, public_id, lock=True)
    authorize(policy_acting.may_confirm, actor, row.account_id, hidden=True)
    if policy_acting.needs_confirmation(actor):
        raise Forbidden(Text("The person must confirm this themselves first."))
    _refuse_done(row)
    return _confirmed(session, actor, row, AgreedBy.PERSON, "", now=now), actor


def drop(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> Confirmation:
    """Nobody waits for this yes any more: the person said no, or who asked takes it back."""
    row = queries.confirmation(session, public_id, lock=True)
    authorize(policy_acting.may_confirm, _in_the_name(session, actor, row, now=now), row.account_id, hidden=True)
    if row.confirmed_at is None and row.dropped_at is None:
        row.dropped_at = now
        audit.record(session, actor, "confirmation.dropped", kind=row.kind, public_id=row.thing_public_id, now=now)
    return row


def use(row: Confirmation, *, act: ConfirmedAct, account_id: int | None, fingerprint: str) -> None:
    """The act may follow: it is the one that was confirmed, for this person, and nothing has changed since."""
    if row.confirmed_at is None or row.act is not act or row.account_id != account_id:
        raise Forbidden(Text("The person must confirm this themselves first."))
    if row.fingerprint != fingerprint:
        raise Conflict(Text("Something was changed after the letter was written. Please ask the person once more."))


def _in_the_name(session: Session, actor: Actor, row: Confirmation, *, now: datetime) -> Actor:
    """The actor as the person, or as who acts for them now; for others there is no such thing."""
    doing = queries.in_the_name_of(session, actor, row.account_id, now=now)
    authorize(policy_acting.may_confirm, doing, row.account_id, hidden=True)
    return doing


def _refuse_done(row: Confirmation) -> None:
    if row.confirmed_at is not None or row.dropped_at is not None:
        raise Conflict(Text("There is nothing left to confirm here."))


def _confirmed(
    session: Session, actor: Actor, row: Confirmation, way: AgreedBy, words: str, *, now: datetime
) -> Confirmation:
    refuse_while_resting(session, row.account_id)
    row.agreed_by, row.note, row.confirmed_at, row.confirmed_by_account_id = way, words, now, actor.account_id
    audit.record(session, actor, "confirmation.given", kind=row.kind, public_id=row.thing_public_id, now=now)
    return row


def _waiting(session: Session, asked: Asked) -> Confirmation | None:
    return session.scalar(
        select(Confirmation)
        .where(
            Confirmation.act == asked.act,
            Confirmation.thing_public_id == asked.thing,
            Confirmation.confirmed_at.is_(None),
            Confirmation.dropped_at.is_(None),
        )
        .with_for_update()
    )
