"""Writing doors of organisations: entered, checked, turned down, changed."""

import unicodedata
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import Select, exists, func, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from succession.accounts import mails_organisations as mails
from succession.accounts import policy_organisations as policy
from succession.accounts import queries_organisations as queries
from succession.accounts.actor import Actor, authorize
from succession.accounts.data_law import DataLaw
from succession.accounts.duties import Duty, MembershipRole
from succession.accounts.models import Membership, Organisation, OrganisationKind
from succession.accounts.names import has_hidden_signs
from succession.audit import service as audit
from succession.audit.models import AuditEntry
from succession.errors import Conflict, Refused
from succession.i18n import Text
from succession.outbox import service as outbox
from succession.outbox.values import Mail

NAMES = 7_302_051
"""The first key of the advisory lock under which organisations are entered and checked."""
MOST_UNCHECKED = 5
LONGEST_NAME = 160
ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OrganisationValues:
    """What is said of an organisation."""

    name: str
    kind: OrganisationKind
    data_law: DataLaw
    supervisor: str = ""
    postal_address: str = ""
    phone: str = ""
    email: str = ""
    website: str = ""


def register(session: Session, actor: Actor, values: OrganisationValues, *, now: datetime) -> Organisation:
    """It is there, and whoever entered it leads it. It waits to be checked, unless the network's people entered it.

    The same person entering the same once more gets the one that waits. Whether another person has one of that name
    nobody learns from this.
    """
    authorize(policy.may_register, actor, values.kind)
    name = _name(values.name)
    session.execute(select(func.pg_advisory_xact_lock(NAMES, 0)))
    is_checked = policy.may_verify(actor, values.kind)
    if not is_checked:
        mine = list(session.scalars(_unchecked_of(actor)))
        for known in mine:
            if (known.name.lower(), known.kind) == (name.lower(), values.kind):
                return known
        if len(mine) >= MOST_UNCHECKED:
            raise Refused(Text("Several of your organisations wait to be checked. Please wait for that first."))
    made = Organisation(
        public_id=uuid4(),
        name=name,
        kind=values.kind,
        registered_by_account_id=actor.account_id,
        verified_at=now if is_checked else None,
        created_at=now,
    )
    _describe(made, values)
    if is_checked and queries.is_namesake(session, made):
        raise Conflict(_taken())
    session.add(made)
    session.flush()
    if not is_checked and actor.account_id is not None:
        session.add(_administrator(made, actor.account_id, now))
    _record(session, actor, "organisation.created", made, now=now)
    session.flush()
    return made


def verify(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> Organisation:
    """A coordinator has checked that it is who it says; its administrators are told, once."""
    authorize(policy.may_verify, actor, public_id)
    session.execute(select(func.pg_advisory_xact_lock(NAMES, 0)))
    found = queries.locked(session, actor, public_id)
    if found.verified_at is not None:
        return found
    if queries.is_namesake(session, found):
        raise Conflict(_taken())
    found.verified_at = now
    _record(session, actor, "organisation.verified", found, now=now)
    tell_administrators(session, found, mails.note(mails.verified(found.name), found.public_id), now=now)
    return found


def turn_down(session: Session, actor: Actor, public_id: UUID, reason: str, *, now: datetime) -> None:
    """It could not be checked and is gone again; whoever entered it is told why."""
    authorize(policy.may_verify, actor, public_id)
    found = queries.locked(session, actor, public_id)
    if found.verified_at is not None:
        raise Conflict(Text("This organisation has been checked already."))
    if not reason.strip():
        raise Refused(Text("Please give a reason. The person who entered it reads it."))
    told, name = found.registered_by_account_id, found.name
    try:
        with session.begin_nested():
            session.delete(found)
    except IntegrityError:
        raise Conflict(Text("It has land or offers already. Please speak to its people first.")) from None
    _record(session, actor, "organisation.turned_down", found, now=now, reason=reason.strip())
    if told is not None:
        outbox.enqueue(session, mails.turned_down(name, reason.strip()), account_id=told, now=now)


def change(
    session: Session, actor: Actor, public_id: UUID, values: OrganisationValues, *, now: datetime
) -> Organisation:
    """Its address, law and supervisor are as given. Name and kind stay as they were checked."""
    found = queries.locked(session, actor, public_id)
    authorize(policy.may_administer, actor, found)
    queries.refuse_unless_leading(session, actor, found)
    if found.verified_at is None:
        found.name = _name(values.name)
    _describe(found, values)
    _record(session, actor, "organisation.changed", found, now=now)
    session.flush()
    return found


def note_look(session: Session, actor: Actor, of: Organisation, *, now: datetime) -> None:
    """The members can see that somebody of the network looked here; the first look of a day is in the record."""
    authorize(policy.may_view, actor, of, hidden=True)
    if actor.is_system or actor.may_for(Duty.READ, of.id):
        return
    earlier = exists().where(
        AuditEntry.public_id == of.public_id,
        AuditEntry.action == "organisation.looked_at",
        AuditEntry.account_public_id == actor.account_public_id,
        AuditEntry.recorded_at > now - ONE_DAY,
    )
    if not session.scalar(select(earlier)):
        _record(session, actor, "organisation.looked_at", of, now=now)


def tell_administrators(
    session: Session, of: Organisation, mail: Mail, *, now: datetime, but: int | None = None
) -> None:
    """Whoever leads it has the mail."""
    for account_id in queries.people_with(session, Duty.ADMINISTER, of.id, now=now):
        if account_id != but:
            outbox.enqueue(session, mail, account_id=account_id, now=now)


def _describe(organisation: Organisation, values: OrganisationValues) -> None:
    organisation.data_law = values.data_law
    organisation.supervisor = values.supervisor.strip()
    organisation.postal_address = values.postal_address.strip()
    organisation.phone = values.phone.strip()
    organisation.email = values.email.strip()
    organisation.website = values.website.strip()


def _name(given: str) -> str:
    name = " ".join(unicodedata.normalize("NFC", given).split())
    if not name:
        raise Refused(Text("The organisation needs a name."))
    if has_hidden_signs(name):
        raise Refused(Text("The name holds signs that no name has. Please write it in letters."))
    if len(name) > LONGEST_NAME:
        raise Refused(Text("The name may have at most %(most)s characters.", {"most": LONGEST_NAME}))
    return name


def _unchecked_of(actor: Actor) -> Select[Organisation]:
    mine = Organisation.registered_by_account_id == actor.account_id, Organisation.verified_at.is_(None)
    return select(Organisation).where(*mine)


def _administrator(of: Organisation, account_id: int, now: datetime) -> Membership:
    return Membership(organisation_id=of.id, account_id=account_id, role=MembershipRole.ADMINISTRATOR, created_at=now)


def _taken() -> Text:
    return Text("There is a checked organisation of this name and kind already.")


def _record(session: Session, actor: Actor, action: str, of: Organisation, *, now: datetime, reason: str = "") -> None:
    detail = {"reason": reason} if reason else None
    audit.record(
        session,
        actor,
        action,
        kind="organisation",
        public_id=of.public_id,
        organisation=of.public_id,
        detail=detail,
        now=now,
    )
