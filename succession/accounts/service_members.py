"""Writing doors of membership: inviting, joining, another role, leaving. The last administrator stays.

Every change locks the organisation first, so that two of them at once are decided one after the other.
"""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import exists, func, select, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts import mails_organisations as mails
from succession.accounts import policy_organisations as policy
from succession.accounts import queries_organisations as queries
from succession.accounts.actor import Actor, Role, authorize
from succession.accounts.addresses import looked_up, normal_address
from succession.accounts.duties import Duty, MembershipRole
from succession.accounts.models import Account, AccountRole, Membership, Organisation, OrganisationKind
from succession.accounts.models_organisations import OrganisationInvitation
from succession.accounts.organisations import INVITATION_KEPT_FOR
from succession.accounts.queries import has_address
from succession.accounts.service_organisations import tell_administrators
from succession.accounts.tokens import Link
from succession.audit import service as audit
from succession.errors import Conflict, Forbidden, NotFound, Refused
from succession.i18n import Text
from succession.outbox import service as outbox

MOST_OPEN = 50


def invite(
    session: Session, actor: Actor, public_id: UUID, email: str, role: MembershipRole, *, link: Link, now: datetime
) -> OrganisationInvitation:
    """The address has a mail with a link that works once, for 14 days; an earlier one to it no longer works."""
    to = queries.locked(session, actor, public_id)
    authorize(policy.may_invite, actor, to)
    if policy.may_administer(actor, to):
        queries.refuse_unless_leading(session, actor, to)
    else:
        _refuse_while_led(session, to, now=now)
    address = normal_address(email)
    if _is_member(session, to, address):
        raise Refused(Text("This person belongs to the organisation already."))
    _withdraw_earlier(session, to, address, now=now)
    if len(queries.invitations(session, actor, to, now=now)) >= MOST_OPEN:
        raise Refused(Text("Many invitations are still open. Please take some back first."))
    made = OrganisationInvitation(
        public_id=uuid4(),
        organisation_id=to.id,
        email=address,
        role=role,
        token_hash=link.token_hash,
        invited_by_account_id=actor.account_id,
        created_at=now,
        expires_at=now + INVITATION_KEPT_FOR,
    )
    session.add(made)
    session.flush()
    mail = mails.invitation(to.name, role, link.sealed, expires_at=made.expires_at)
    outbox.enqueue(session, mail, address=address, language=actor.language, now=now)
    _record(session, actor, "organisation.member_invited", to, now=now, address=address, role=role.value)
    return made


def withdraw(session: Session, actor: Actor, public_id: UUID, invitation_id: UUID, *, now: datetime) -> None:
    """The link of the invitation no longer works."""
    to = queries.locked(session, actor, public_id)
    authorize(policy.may_invite, actor, to)
    found = session.scalar(
        select(OrganisationInvitation).where(
            OrganisationInvitation.public_id == invitation_id, OrganisationInvitation.organisation_id == to.id
        )
    )
    if found is None:
        raise NotFound
    if found.accepted_at is not None:
        raise Conflict(Text("This invitation has been accepted already."))
    if found.withdrawn_at is None:
        found.withdrawn_at = now
        _record(session, actor, "organisation.invitation_withdrawn", to, now=now, address=found.email)


def accept(session: Session, actor: Actor, token_hash: bytes, *, now: datetime) -> Organisation:
    """The person belongs to the organisation. Only the account of the invited address can accept."""
    authorize(policy.may_accept, actor, token_hash)
    found, _ = queries.invitation_behind(session, token_hash, now=now)
    locked = select(Organisation).where(Organisation.id == found.organisation_id).with_for_update()
    to = session.scalars(locked.execution_options(populate_existing=True)).one()
    session.refresh(found)
    if found.accepted_at is not None or found.withdrawn_at is not None:
        raise NotFound(Text("This invitation is no longer good: it was used, taken back or is too old."))
    person = session.get_one(Account, actor.account_id)
    if looked_up(person.email or "").lower() != looked_up(found.email).lower():
        raise Forbidden(Text("This invitation is for another e-mail address. Please sign in with that account."))
    found.accepted_at = now
    fresh = {"organisation_id": to.id, "account_id": person.id, "role": found.role, "created_at": now}
    session.execute(insert(Membership).values(fresh).on_conflict_do_nothing())
    if to.kind is not OrganisationKind.ADVISORY:
        role = {"account_id": person.id, "role": Role.LANDOWNER}
        session.execute(insert(AccountRole).values(role).on_conflict_do_nothing())
    _record(session, actor, "organisation.member_joined", to, now=now, person=person.name, role=found.role.value)
    note = mails.note(mails.joined(to.name, person.name, found.role), to.public_id)
    tell_administrators(session, to, note, now=now, but=person.id)
    return to


def change_role(
    session: Session, actor: Actor, public_id: UUID, person_id: UUID, role: MembershipRole, *, now: datetime
) -> None:
    """The member has that role from their next request on."""
    of = queries.locked(session, actor, public_id)
    authorize(policy.may_administer, actor, of)
    queries.refuse_unless_leading(session, actor, of)
    membership, person = _member(session, of, person_id)
    if membership.role is role:
        return
    if role is not MembershipRole.ADMINISTRATOR:
        _somebody_else_leads(session, of, membership)
    membership.role = role
    _record(session, actor, "organisation.role_changed", of, now=now, person=person.name, role=role.value)
    if person.id != actor.account_id:
        outbox.enqueue(
            session, mails.note(mails.role_changed(of.name, role), of.public_id), account_id=person.id, now=now
        )


def remove(session: Session, actor: Actor, public_id: UUID, person_id: UUID, *, now: datetime) -> None:
    """The member has no access from their next request on; what they did for the organisation stays with it."""
    of = queries.locked(session, actor, public_id)
    authorize(policy.may_administer, actor, of)
    queries.refuse_unless_leading(session, actor, of)
    membership, person = _member(session, of, person_id)
    _somebody_else_leads(session, of, membership)
    session.delete(membership)
    session.flush()
    _record(session, actor, "organisation.member_removed", of, now=now, person=person.name)
    if person.id != actor.account_id:
        outbox.enqueue(session, mails.note(mails.removed(of.name), of.public_id), account_id=person.id, now=now)


def leave(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """The person no longer belongs to it."""
    of = queries.locked(session, actor, public_id)
    membership = session.scalar(
        select(Membership).where(Membership.organisation_id == of.id, Membership.account_id == actor.account_id)
    )
    if membership is None:
        raise NotFound
    authorize(policy.may_leave, actor, membership)
    _somebody_else_leads(session, of, membership)
    session.delete(membership)
    session.flush()
    _record(session, actor, "organisation.member_left", of, now=now, person=actor.name)


def _member(session: Session, of: Organisation, person_id: UUID) -> tuple[Membership, Account]:
    statement = (
        select(Membership, Account)
        .join(Account, Account.id == Membership.account_id)
        .where(Membership.organisation_id == of.id, Account.public_id == person_id)
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(Text("This person does not belong to the organisation."))
    return row[0], row[1]


def _refuse_while_led(session: Session, to: Organisation, *, now: datetime) -> None:
    """The people who run the network let nobody in, themselves least of all, where somebody leads it."""
    if queries.people_with(session, Duty.ADMINISTER, to.id, now=now):
        raise Conflict(Text("“%(name)s” has people who lead it. Only they invite others into it.", {"name": to.name}))


def _somebody_else_leads(session: Session, of: Organisation, leaving: Membership) -> None:
    """Refused if nobody else who can sign in is an administrator; the organisation is locked."""
    if leaving.role is not MembershipRole.ADMINISTRATOR:
        return
    another = exists().where(
        Membership.organisation_id == of.id,
        Membership.account_id != leaving.account_id,
        Membership.role == MembershipRole.ADMINISTRATOR,
        Membership.account_id == Account.id,
        Account.blocked_at.is_(None),
    )
    if not session.scalar(select(another)):
        raise Conflict(Text("An organisation needs an administrator. Make somebody else an administrator first."))


def _is_member(session: Session, of: Organisation, address: str) -> bool:
    member = exists().where(
        Membership.organisation_id == of.id,
        Membership.account_id == Account.id,
        has_address(address),
    )
    return bool(session.scalar(select(member)))


def _withdraw_earlier(session: Session, to: Organisation, address: str, *, now: datetime) -> None:
    session.execute(
        update(OrganisationInvitation)
        .where(
            OrganisationInvitation.organisation_id == to.id,
            func.lower(OrganisationInvitation.email) == address.lower(),
            queries.still_open(now),
        )
        .values(withdrawn_at=now)
    )


def _record(session: Session, actor: Actor, action: str, of: Organisation, *, now: datetime, **detail: str) -> None:
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
