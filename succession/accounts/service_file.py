"""Writing doors of a file that an advisor keeps: opened, agreed by letter or phone, let rest, handed over."""

from dataclasses import dataclass, field
from datetime import date, datetime
from uuid import UUID

from sqlalchemy.orm import Session

from succession.accounts import letter_codes, mails_acting, passwords, policy_acting
from succession.accounts import queries_representation as queries
from succession.accounts.actor import Actor, Role, Scope, authorize
from succession.accounts.addresses import normal_address
from succession.accounts.letter_codes import FreshCode
from succession.accounts.models import Account, AccountRole, Way
from succession.accounts.models_representation import LONGEST_NOTE, AccountFreeze, Representation
from succession.accounts.names import checked_name
from succession.accounts.paper_codes import CodePurpose
from succession.accounts.password_rules import check_password
from succession.accounts.representation import (
    REPRESENTABLE,
    AgreedBy,
    FreezeReason,
    RepresentationKind,
    day_of,
)
from succession.accounts.service_representation import NewHelper, check_end, close, note, stored_scopes
from succession.accounts.tokens import Link
from succession.audit import queries as audit_queries
from succession.audit import service as audit
from succession.errors import Conflict, Refused
from succession.i18n import PLACE_OF_TIMES, Text
from succession.jobs import queue
from succession.outbox import service as outbox

LISTINGS_REST, PROFILES_REST = "listings.file_rests", "profiles.file_rests"
"""Jobs of rooms above: what the person has published is withdrawn."""


@dataclass(frozen=True, slots=True)
class NewFile:
    """A person on paper: whom letters reach."""

    name: str
    postal_address: str
    phone: str
    roles: frozenset[Role]
    scopes: frozenset[Scope]
    ends_on: date


@dataclass(frozen=True, slots=True)
class Call:
    """What was said on the phone: who spoke, when, under which number."""

    spoke_with: str
    at: datetime
    number: str

    @property
    def note(self) -> str:
        """As it is kept."""
        at = self.at.astimezone(PLACE_OF_TIMES)
        return f"{self.spoke_with.strip()} · {at:%d.%m.%Y, %H:%M} · {self.number.strip()}"


def open_file(session: Session, actor: Actor, new: NewFile, *, now: datetime) -> Representation:
    """There is a file for somebody without an e-mail address; the advisor acts for them once they have said yes."""
    authorize(policy_acting.may_open_file, actor, None)
    if not new.name.strip() or not new.postal_address.strip():
        raise Refused(Text("A letter needs a name and an address."))
    if not new.roles or not new.roles <= REPRESENTABLE:
        raise Refused(Text("Please say what the person is looking for or giving up."))
    check_end(new.ends_on, now=now)
    person = Account(
        email=None,
        name=checked_name(new.name),
        password_hash=passwords.HASH_OF_NOBODY,
        postal_address=new.postal_address.strip(),
        phone=new.phone.strip() or None,
        preferred_contact=Way.LETTER,
        created_at=now,
        confirmed_at=now,
    )
    session.add(person)
    session.flush()
    session.add_all(AccountRole(account_id=person.id, role=role) for role in new.roles)
    row = Representation(
        principal_account_id=person.id,
        agent_account_id=actor.account_id,
        created_by_account_id=actor.account_id,
        agent_name=actor.name,
        kind=RepresentationKind.ADVISOR,
        scopes=stored_scopes(new.scopes),
        starts_on=day_of(now),
        ends_on=new.ends_on,
        created_at=now,
        accepted_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "file.opened", kind="account", public_id=person.public_id, now=now)
    return row


def renew(session: Session, actor: Actor, public_id: UUID, ends_on: date, *, now: datetime) -> Representation:
    """The same is asked again for another while; what counts until then goes on counting."""
    old = _asked_for(session, actor, public_id, now=now)
    check_end(ends_on, now=now)
    row = Representation(
        principal_account_id=old.principal_account_id,
        agent_account_id=old.agent_account_id,
        created_by_account_id=actor.account_id,
        agent_name=old.agent_name,
        kind=old.kind,
        scopes=list(old.scopes),
        starts_on=day_of(now),
        ends_on=ends_on,
        created_at=now,
        accepted_at=now,
    )
    session.add(row)
    session.flush()
    note(session, actor, "representation.asked", row, now=now)
    return row


def invite(
    session: Session, actor: Actor, file_id: UUID, new: NewHelper, link: Link, *, proof: str, now: datetime
) -> Representation:
    """Somebody is asked to act for the person; an heir with a note on what proves it, others after the person's yes."""
    person = queries.person_by_public_id(session, file_id)
    authorize(policy_acting.may_look_after, actor, queries.kept(session, person.id, now=now), hidden=True)
    check_end(new.ends_on, now=now)
    is_heir = new.kind is RepresentationKind.HEIR
    if is_heir and not proof.strip():
        raise Refused(Text("Please note what shows that they are the heir, and when you saw it."))
    if is_heir and not _has_died(session, person.id):
        raise Conflict(Text("Heirs come in when the file rests because the person has died."))
    if not is_heir and person.email is not None:
        raise Refused(Text("This person can name their helpers themselves."))
    row = Representation(
        principal_account_id=person.id,
        created_by_account_id=actor.account_id,
        invited_address=normal_address(new.email),
        token_hash=link.token_hash,
        agent_name=checked_name(new.name),
        kind=new.kind,
        scopes=stored_scopes(new.scopes),
        starts_on=day_of(now),
        ends_on=new.ends_on,
        created_at=now,
        agreed_by=AgreedBy.PAPER if is_heir else None,
        confirmed_at=now if is_heir else None,
        note=proof.strip()[:LONGEST_NOTE] if is_heir else "",
    )
    session.add(row)
    session.flush()
    mail = mails_acting.asked_to_help(person=person.name, name=row.agent_name, ends_on=row.ends_on, link=link)
    outbox.enqueue(session, mail, address=row.invited_address, language=actor.language, now=now)
    note(session, actor, "representation.asked", row, now=now)
    return row


def print_mandate(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> FreshCode:
    """There is a fresh code for the letter that asks the person; a former letter is worth nothing."""
    row = _asked_for(session, actor, public_id, now=now)
    if row.confirmed_at is not None or row.ended_at is not None:
        raise Conflict(Text("There is nothing left to confirm here."))
    note(session, actor, "representation.letter_printed", row, now=now)
    return letter_codes.make(
        session,
        CodePurpose.MANDATE,
        row.public_id,
        account_id=row.principal_account_id,
        printed_by=actor.account_id,
        now=now,
    )


def reserve_mandate_try(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """One more try with the code is counted, before it is looked at."""
    row = _asked_for(session, actor, public_id, now=now)
    letter_codes.count_try(session, CodePurpose.MANDATE, row.public_id, now=now)


def agree_by_code(session: Session, actor: Actor, public_id: UUID, typed: str, *, now: datetime) -> Representation:
    """The person has said yes: the code of their letter is right."""
    row = _asked_for(session, actor, public_id, now=now)
    letter_codes.redeem(session, CodePurpose.MANDATE, row.public_id, typed, now=now)
    return _agreed(session, actor, row, AgreedBy.LETTER, "", now=now)


def agree_by_phone(session: Session, actor: Actor, public_id: UUID, call: Call, *, now: datetime) -> Representation:
    """The person has said yes on the phone; who, when and which number stand in the note."""
    row = _asked_for(session, actor, public_id, now=now)
    return _agreed(session, actor, row, AgreedBy.PHONE, checked_note(call, now=now), now=now)


def print_take_over(session: Session, actor: Actor, file_id: UUID, *, now: datetime) -> FreshCode:
    """There is a fresh code with which the person opens their own file."""
    person = queries.person_by_public_id(session, file_id)
    authorize(policy_acting.may_look_after, actor, queries.kept(session, person.id, now=now), hidden=True)
    if person.email is not None:
        raise Conflict(Text("This person has an account of their own already."))
    audit.record(session, actor, "file.take_over_printed", kind="account", public_id=person.public_id, now=now)
    return letter_codes.make(
        session,
        CodePurpose.TAKE_OVER,
        person.public_id,
        account_id=person.id,
        printed_by=actor.account_id,
        now=now,
    )


def freeze(session: Session, actor: Actor, file_id: UUID, reason: FreezeReason, words: str, *, now: datetime) -> None:
    """The file rests: soon nothing of it is public, and only its advisors and heirs get at it."""
    person = queries.person_by_public_id(session, file_id, lock=True)
    authorize(policy_acting.may_look_after, actor, queries.kept(session, person.id, now=now), hidden=True)
    if queries.resting(session, person.id) is not None:
        return
    session.add(
        AccountFreeze(
            account_id=person.id,
            reason=reason,
            note=words.strip()[:LONGEST_NOTE],
            frozen_at=now,
            frozen_by_account_id=actor.account_id,
        )
    )
    session.flush()
    for job in (LISTINGS_REST, PROFILES_REST):
        queue.enqueue(session, job, account_id=person.id)
    audit.record(session, actor, "file.frozen", kind="account", public_id=person.public_id, now=now)


def lift(session: Session, actor: Actor, file_id: UUID, *, now: datetime) -> None:
    """The file is open again; what was withdrawn stays so until somebody publishes it anew."""
    person = queries.person_by_public_id(session, file_id, lock=True)
    authorize(policy_acting.may_look_after, actor, queries.kept(session, person.id, now=now), hidden=True)
    found = queries.resting(session, person.id)
    if found is None:
        return
    found.lifted_at, found.lifted_by_account_id = now, actor.account_id
    audit.record(session, actor, "file.lifted", kind="account", public_id=person.public_id, now=now)


@dataclass(frozen=True, slots=True)
class OwnHands:
    """What somebody gives who takes their file over; `keeps_help` says whether the helpers stay."""

    email: str
    password: str = field(repr=False)
    site_name: str
    keeps_help: bool


def take_over(session: Session, actor: Actor, typed: str, own: OwnHands, *, now: datetime) -> Account:
    """The person can sign in; who acted for them goes on only if they said so."""
    authorize(policy_acting.may_take_over, actor, None)
    email = normal_address(own.email)
    subject = letter_codes.subject_of(session, CodePurpose.TAKE_OVER, typed, now=now)
    person = queries.person_by_public_id(session, subject, lock=True)
    letter_codes.redeem(session, CodePurpose.TAKE_OVER, subject, typed, now=now)
    if person.email is not None or person.blocked_at is not None:
        raise letter_codes.WrongCode
    if queries.has_account(session, email):
        raise Conflict(Text("There is already an account with this e-mail address. Please choose another one."))
    check_password(own.password, (own.site_name, person.name, email))
    person.email, person.preferred_contact = email, Way.MAIL
    person.password_hash, person.password_changed_at = passwords.hash_password(own.password), now
    if not own.keeps_help:
        for row in queries.open_representations(session, person.id):
            close(session, row, now=now)
    audit.record(session, actor, "file.taken_over", kind="account", public_id=person.public_id, now=now)
    return person


def note_look(session: Session, actor: Actor, file_id: UUID, *, now: datetime) -> None:
    """The person can see that somebody who keeps their file looked at its page; once a day is enough."""
    person = queries.person_by_public_id(session, file_id)
    authorize(policy_acting.may_see_file, actor, queries.kept(session, person.id, now=now), hidden=True)
    assert actor.account_public_id is not None
    if not audit_queries.has_looked(session, actor.account_public_id, "account", person.public_id, day=day_of(now)):
        audit.record(session, actor, "file.looked_at", kind="account", public_id=person.public_id, now=now)


def note_record_printed(session: Session, actor: Actor, file_id: UUID, *, now: datetime) -> None:
    """The record says that the list was printed for the person."""
    person = queries.person_by_public_id(session, file_id)
    authorize(policy_acting.may_ask_person, actor, queries.kept(session, person.id, now=now), hidden=True)
    audit.record(session, actor, "file.record_printed", kind="account", public_id=person.public_id, now=now)


def checked_note(call: Call, *, now: datetime) -> str:
    """The note on a call, if it says everything."""
    if not call.spoke_with.strip() or not call.number.strip():
        raise Refused(Text("Please note with whom you spoke and under which number."))
    if call.at > now:
        raise Refused(Text("The call must have been before now."))
    return call.note[:LONGEST_NOTE]


def _asked_for(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> Representation:
    """The representation, locked, if the actor keeps the file."""
    row = queries.representation(session, public_id, lock=True)
    kept = queries.kept(session, row.principal_account_id, now=now)
    authorize(policy_acting.may_ask_person, actor, kept, hidden=True)
    return row


def _agreed(
    session: Session, actor: Actor, row: Representation, way: AgreedBy, words: str, *, now: datetime
) -> Representation:
    if row.confirmed_at is not None or row.ended_at is not None:
        raise Conflict(Text("There is nothing left to confirm here."))
    row.agreed_by, row.confirmed_at, row.note = way, now, words
    note(session, actor, "representation.agreed", row, now=now)
    return row


def _has_died(session: Session, account_id: int) -> bool:
    found = queries.resting(session, account_id)
    return found is not None and found.reason is FreezeReason.DEATH
