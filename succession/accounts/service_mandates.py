"""Writing doors of mandates: an owner gives one to an office, either side ends it at once."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID, uuid4

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from succession.accounts import mails_organisations as mails
from succession.accounts import policy_organisations as policy
from succession.accounts import queries_organisations as queries
from succession.accounts.actor import Actor, authorize
from succession.accounts.duties import Duty, MandateScope
from succession.accounts.models import Organisation, OrganisationKind
from succession.accounts.models_organisations import Mandate
from succession.accounts.organisations import today
from succession.accounts.service_organisations import tell_administrators
from succession.audit import service as audit
from succession.errors import Conflict, NotFound, Refused
from succession.i18n import Text

LONGEST_NOTE = 500


@dataclass(frozen=True, slots=True)
class MandateValues:
    """Which office may do what, from when until when, and where the paper is."""

    office: UUID
    scopes: Collection[MandateScope]
    starts_on: date
    ends_on: date | None = None
    note: str = ""


def give(session: Session, actor: Actor, owner_id: UUID, values: MandateValues, *, now: datetime) -> Mandate:
    """The office may act for the owner as far as ticked, from that day on; its administrators are told.

    The same given twice is one mandate. The office need not accept: it can hand the mandate back at any time.
    """
    owner = queries.locked(session, actor, owner_id)
    authorize(policy.may_give_mandate, actor, owner)
    queries.refuse_unless_leading(session, actor, owner)
    office = _office(session, values.office)
    _check(values, today(now))
    scopes = [scope.value for scope in MandateScope if scope in values.scopes]
    other = session.scalar(_overlapping(owner, office, values))
    if other is not None:
        same = (other.scopes, other.starts_on, other.ends_on) == (scopes, values.starts_on, values.ends_on)
        if same:
            return other
        raise Conflict(
            Text("“%(office)s” has a mandate for these days already. End it first.", {"office": office.name})
        )
    made = Mandate(
        public_id=uuid4(),
        owner_organisation_id=owner.id,
        owner_kind=owner.kind,
        office_organisation_id=office.id,
        office_kind=office.kind,
        scopes=scopes,
        starts_on=values.starts_on,
        ends_on=values.ends_on,
        given_by_account_id=actor.account_id,
        note=values.note.strip()[:LONGEST_NOTE],
        created_at=now,
    )
    session.add(made)
    session.flush()
    audit.record(
        session,
        actor,
        "mandate.given",
        kind="mandate",
        public_id=made.public_id,
        organisation=owner.public_id,
        now=now,
    )
    labels = [MandateScope(scope).label for scope in scopes]
    tell_administrators(session, office, mails.note(mails.mandate_given(owner.name, labels), office.public_id), now=now)
    return made


def end(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> Mandate:
    """The office may do nothing for the owner from the next request on; the other side is told. Once is enough."""
    line = queries.mandate(session, actor, public_id, now=now)
    authorize(policy.may_end_mandate, actor, line.mandate)
    locked = select(Mandate).where(Mandate.id == line.mandate.id).with_for_update()
    found = session.scalars(locked.execution_options(populate_existing=True)).one()
    if found.revoked_at is not None:
        return found
    found.revoked_at = now
    by_owner = actor.may_for(Duty.ADMINISTER, line.owner.id)
    action, side = ("mandate.revoked", line.owner) if by_owner else ("mandate.handed_back", line.office)
    audit.record(
        session, actor, action, kind="mandate", public_id=found.public_id, organisation=side.public_id, now=now
    )
    other = line.office if by_owner else line.owner
    sentence = mails.mandate_ended(line.owner.name, line.office.name, by_owner=by_owner)
    tell_administrators(session, other, mails.note(sentence, other.public_id), now=now)
    return found


def _office(session: Session, public_id: UUID) -> Organisation:
    """A checked office; anything else cannot be given a mandate."""
    statement = select(Organisation).where(
        Organisation.public_id == public_id,
        Organisation.kind == OrganisationKind.MANAGING_OFFICE,
        Organisation.verified_at.is_not(None),
    )
    found = session.scalar(statement)
    if found is None:
        raise NotFound(Text("There is no such office."))
    return found


def _check(values: MandateValues, day: date) -> None:
    if not values.scopes:
        raise Refused(Text("Please tick at least one thing that the office may do."))
    if values.ends_on is not None and values.ends_on < values.starts_on:
        raise Refused(Text("The last day comes before the first."))
    if values.ends_on is not None and values.ends_on < day:
        raise Refused(Text("The last day is over already."))


def _overlapping(owner: Organisation, office: Organisation, values: MandateValues) -> Select[Mandate]:
    days = func.daterange(Mandate.starts_on, Mandate.ends_on, "[]")
    return (
        select(Mandate)
        .where(
            Mandate.owner_organisation_id == owner.id,
            Mandate.office_organisation_id == office.id,
            Mandate.revoked_at.is_(None),
            days.op("&&")(func.daterange(values.starts_on, values.ends_on, "[]")),
        )
        .order_by(Mandate.starts_on)
        .limit(1)
    )
