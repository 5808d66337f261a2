"""Reading doors of organisations: one's own, the owners an office manages, members, mandates, what waits."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from succession.accounts import duties, policy_organisations
from succession.accounts.actor import Actor, authorize
from succession.accounts.duties import Duty, Grant, MandateScope, MembershipRole
from succession.accounts.models import Account, Membership, Organisation, OrganisationKind
from succession.accounts.models_organisations import Mandate, OrganisationInvitation
from succession.accounts.organisations import MandateState, ends_soon, mandate_state, today
from succession.audit.models import AuditDetail, AuditEntry
from succession.audit.sentences import sentence
from succession.errors import Forbidden, NotFound
from succession.i18n import Text


@dataclass(frozen=True, slots=True)
class OwnLine:
    """An organisation that the person belongs to, and as what."""

    organisation: Organisation
    role: MembershipRole


@dataclass(frozen=True, slots=True)
class MemberLine:
    """A member, as the others see them."""

    public_id: UUID
    name: str
    email: str | None
    role: MembershipRole
    since: datetime
    is_oneself: bool


@dataclass(frozen=True, slots=True)
class MandateLine:
    """A mandate with both sides, as it stands today."""

    mandate: Mandate
    owner: Organisation
    office: Organisation
    state: MandateState
    ends_soon: bool

    @property
    def scopes(self) -> tuple[MandateScope, ...]:
        """What the office may do, in the usual order."""
        return tuple(scope for scope in MandateScope if scope.value in self.mandate.scopes)


@dataclass(frozen=True, slots=True)
class HistoryLine:
    """One act: when, what, who did it, whom it concerned."""

    at: datetime
    what: Text
    who: str | None
    whom: str | None


def organisation(session: Session, actor: Actor, public_id: UUID) -> Organisation:
    """One that the actor may see; a foreign one does not exist for them."""
    visible = policy_organisations.visible_organisations(actor)
    found = session.scalar(select(Organisation).where(Organisation.public_id == public_id, visible))
    if found is None:
        raise NotFound(Text("There is no such organisation."))
    return found


def locked(session: Session, actor: Actor, public_id: UUID) -> Organisation:
    """The same, and nobody else changes it, its members or its mandates until the transaction ends."""
    found = organisation(session, actor, public_id)
    again = select(Organisation).where(Organisation.id == found.id).with_for_update()
    return session.scalars(again.execution_options(populate_existing=True)).one()


def refuse_unless_leading(session: Session, actor: Actor, of: Organisation) -> None:
    """`Forbidden` unless the actor leads it at this moment; called by doors that have asked and locked it.

    Their grants are as old as their request: whoever was taken out while the request waited changes nothing more.
    """
    leads = exists().where(
        Membership.organisation_id == of.id,
        Membership.account_id == actor.account_id,
        Membership.role == MembershipRole.ADMINISTRATOR,
    )
    if not actor.is_system and not session.scalar(select(leads)):
        raise Forbidden


def own_organisations(session: Session, actor: Actor) -> list[OwnLine]:
    """The organisations that the person belongs to, by name."""
    statement = (
        select(Organisation, Membership.role)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.account_id == actor.account_id, Organisation.id.in_(actor.organisations_with(Duty.BELONG)))
        .order_by(func.lower(Organisation.name), Organisation.id)
    )
    return [OwnLine(*row) for row in session.execute(statement)]


def members(session: Session, actor: Actor, of: Organisation) -> list[MemberLine]:
    """Who belongs to it; addresses are for its administrators and for the people who run the network."""
    authorize(policy_organisations.may_view, actor, of, hidden=True)
    shows_addresses = policy_organisations.may_invite(actor, of)
    statement = (
        select(Account.id, Account.public_id, Account.name, Account.email, Membership.role, Membership.created_at)
        .join(Membership, Membership.account_id == Account.id)
        .where(Membership.organisation_id == of.id)
        .order_by(func.lower(Account.name), Account.id)
    )
    return [
        MemberLine(
            public_id=row.public_id,
            name=row.name,
            email=row.email if shows_addresses else None,
            role=row.role,
            since=row.created_at,
            is_oneself=row.id == actor.account_id,
        )
        for row in session.execute(statement)
    ]


def invitations(session: Session, actor: Actor, to: Organisation, *, now: datetime) -> list[OrganisationInvitation]:
    """Those that can still be accepted, for whoever may invite."""
    if not policy_organisations.may_invite(actor, to):
        return []
    statement = select(OrganisationInvitation).where(OrganisationInvitation.organisation_id == to.id, still_open(now))
    return list(session.scalars(statement.order_by(OrganisationInvitation.created_at, OrganisationInvitation.id)))


def still_open(now: datetime) -> Any:
    """Neither accepted nor withdrawn, nor too old."""
    return and_(
        OrganisationInvitation.accepted_at.is_(None),
        OrganisationInvitation.withdrawn_at.is_(None),
        OrganisationInvitation.expires_at > now,
    )


def invitation_behind(session: Session, token_hash: bytes, *, now: datetime) -> tuple[OrganisationInvitation, str]:
    """The invitation that a link is for, and the organisation's name; used, old and forged links look the same."""
    statement = (
        select(OrganisationInvitation, Organisation.name)
        .join(Organisation, Organisation.id == OrganisationInvitation.organisation_id)
        .where(OrganisationInvitation.token_hash == token_hash, still_open(now))
    )
    row = session.execute(statement).one_or_none()
    if row is None:
        raise NotFound(Text("This invitation is no longer good: it was used, taken back or is too old."))
    return row[0], row[1]


def mandates_of(session: Session, actor: Actor, of: Organisation, *, now: datetime) -> list[MandateLine]:
    """The mandates it has given or been given, as far as the actor may see them: running ones first."""
    either = or_(Mandate.owner_organisation_id == of.id, Mandate.office_organisation_id == of.id)
    lines = _mandates(session, actor, either, now=now)
    order = list(MandateState)
    return sorted(lines, key=lambda line: (order.index(line.state), -line.mandate.starts_on.toordinal()))


def mandate(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> MandateLine:
    """One of the actor's organisations; a foreign one does not exist."""
    found = _mandates(session, actor, Mandate.public_id == public_id, now=now)
    if not found:
        raise NotFound(Text("There is no such mandate."))
    return found[0]


def _mandates(session: Session, actor: Actor, condition: Any, *, now: datetime) -> list[MandateLine]:
    owner, office = aliased(Organisation), aliased(Organisation)
    statement = (
        select(Mandate, owner, office)
        .join(owner, owner.id == Mandate.owner_organisation_id)
        .join(office, office.id == Mandate.office_organisation_id)
    )
    visible = policy_organisations.visible_mandates(actor)
    return [_line(row, today(now)) for row in session.execute(statement.where(condition, visible))]


def _line(row: Any, on: date) -> MandateLine:
    return MandateLine(row[0], row[1], row[2], mandate_state(row[0], on), ends_soon(row[0], on))


def offices(session: Session) -> list[Organisation]:
    """The checked offices that can be given a mandate, by name."""
    statement = select(Organisation).where(
        Organisation.kind == OrganisationKind.MANAGING_OFFICE, Organisation.verified_at.is_not(None)
    )
    return list(session.scalars(statement.order_by(func.lower(Organisation.name), Organisation.id)))


def owners_of_office(
    session: Session, actor: Actor, office_id: int, scope: MandateScope, *, now: datetime
) -> list[Organisation]:
    """The checked owners for which the office may do this today, by name; and the actor with it."""
    day = today(now)
    statement = (
        select(Organisation)
        .join(Mandate, Mandate.owner_organisation_id == Organisation.id)
        .where(
            Mandate.office_organisation_id == office_id,
            Mandate.scopes.contains([scope.value]),
            Organisation.verified_at.is_not(None),
            in_force(day),
        )
        .order_by(Organisation.name, Organisation.id)
    )
    needed = duties.of_mandate(0, MembershipRole.ADMINISTRATOR, [scope]) - duties.of_mandate(
        0, MembershipRole.READER, [scope]
    )
    return [
        owner
        for owner in session.scalars(statement)
        if actor.is_system or all(Grant(owner.id, grant.duty) in actor.grants for grant in needed)
    ]


def in_force(day: date) -> Any:
    """`mandate_state` is "in force" on that day, as a filter; a test holds the two together."""
    return and_(
        Mandate.revoked_at.is_(None),
        Mandate.starts_on <= day,
        or_(Mandate.ends_on.is_(None), Mandate.ends_on >= day),
    )


def waiting(session: Session, actor: Actor) -> list[tuple[Organisation, str | None]]:
    """Organisations that wait to be checked, oldest first, with who entered them."""
    authorize(policy_organisations.may_verify, actor, None)
    statement = (
        select(Organisation, Account.name)
        .outerjoin(Account, Account.id == Organisation.registered_by_account_id)
        .where(Organisation.verified_at.is_(None))
        .order_by(Organisation.created_at, Organisation.id)
    )
    return [(row[0], row[1]) for row in session.execute(statement)]


def without_administrator(session: Session, actor: Actor) -> list[Organisation]:
    """Checked organisations that nobody leads any more: the people who run the network invite somebody."""
    authorize(policy_organisations.may_verify, actor, None)
    led = exists().where(Membership.organisation_id == Organisation.id, Membership.role == MembershipRole.ADMINISTRATOR)
    statement = select(Organisation).where(Organisation.verified_at.is_not(None), ~led)
    return list(session.scalars(statement.order_by(func.lower(Organisation.name), Organisation.id)))


def history(session: Session, actor: Actor, of: Organisation, *, most: int) -> list[HistoryLine]:
    """What happened to it and in its name, the newest first; who it was, if they are still here."""
    authorize(policy_organisations.may_see_history, actor, of, hidden=True)
    about = or_(
        AuditEntry.organisation_public_id == of.public_id,
        and_(AuditEntry.kind == "organisation", AuditEntry.public_id == of.public_id),
    )
    statement = (
        select(AuditEntry.recorded_at, AuditEntry.action, Account.name, AuditDetail.detail)
        .outerjoin(Account, Account.public_id == AuditEntry.account_public_id)
        .outerjoin(AuditDetail, AuditDetail.entry_id == AuditEntry.id)
        .where(about)
        .order_by(AuditEntry.recorded_at.desc(), AuditEntry.id.desc())
        .limit(most)
    )
    return [
        HistoryLine(row.recorded_at, sentence(row.action), row.name, (row.detail or {}).get("person"))
        for row in session.execute(statement)
    ]


def is_namesake(session: Session, of: Organisation) -> bool:
    """Whether a checked organisation of the same kind has the same name already."""
    same = (
        Organisation.id != of.id,
        func.lower(Organisation.name) == func.lower(of.name),
        Organisation.kind == of.kind,
        Organisation.verified_at.is_not(None),
    )
    return bool(session.scalar(select(exists().where(*same))))


def people_with(session: Session, duty: Duty, organisation_id: int, *, now: datetime) -> list[int]:
    """The accounts that have the duty for an organisation today: its own members, and those of its offices."""
    own = select(Membership.account_id, Membership.role).where(Membership.organisation_id == organisation_id)
    managing = (
        select(Membership.account_id, Membership.role, Mandate.scopes)
        .join(Mandate, Mandate.office_organisation_id == Membership.organisation_id)
        .where(Mandate.owner_organisation_id == organisation_id, in_force(today(now)))
    )
    wanted = Grant(organisation_id, duty)
    found = {row.account_id for row in session.execute(own) if wanted in duties.of_member(organisation_id, row.role)}
    found |= {
        row.account_id
        for row in session.execute(managing)
        if wanted in duties.of_mandate(organisation_id, row.role, map(MandateScope, row.scopes))
    }
    usable = select(Account.id).where(Account.id.in_(found), Account.blocked_at.is_(None))
    return sorted(session.scalars(usable))
