"""Writing doors of a call as a draft: begun, described page by page, thrown away."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Organisation
from succession.accounts.organisations import OWNER_KINDS
from succession.audit import service as audit
from succession.calls import policy, queries
from succession.calls.limits import LONGEST_SUMMARY, LONGEST_TITLE, LONGEST_WORDS
from succession.calls.models import Call
from succession.calls.policy import CallOwner
from succession.calls.requirements import unsuitable
from succession.calls.states import CallKind, CallState, PriceKind, Procedure
from succession.errors import Conflict, NotFound, Refused
from succession.i18n import Text
from succession.principles import drafts
from succession.principles import queries as principle_queries
from succession.principles.document import PrincipleDocument


@dataclass(frozen=True, slots=True)
class About:
    """Title and kind."""

    title: str
    kind: CallKind
    summary: str = ""
    procedure: Procedure = Procedure.SINGLE_LOTS


@dataclass(frozen=True, slots=True)
class Term:
    """From when and how long."""

    term_from: date | None
    term_years: int | None
    extension: str = ""


@dataclass(frozen=True, slots=True)
class Words:
    """How the price is found, and why it may be less than usual."""

    price_kind: PriceKind
    public_interest: str = ""
    de_minimis_note: str = ""


@dataclass(frozen=True, slots=True)
class Dates:
    """Opening and deadline to the minute, the day that counts for measures, the days of the Wartefrist."""

    opens_at: datetime | None
    closes_at: datetime | None
    reference_on: date | None = None
    standstill_days: int = 14


@dataclass(frozen=True, slots=True)
class PublicDraw:
    """The later public draw that seeds the lottery."""

    name: str
    held_on: date | None


@dataclass(frozen=True, slots=True)
class Contact:
    """Whom applicants ask, and where paper goes."""

    name: str
    email: str = ""
    phone: str = ""
    address: str = ""


PageValues = About | Term | Words | Dates | PublicDraw | Contact


def begin(
    session: Session,
    actor: Actor,
    owner_public_id: UUID,
    about: About,
    *,
    idempotency_key: UUID | None = None,
    now: datetime,
) -> Call:
    """There is a draft; the same key twice gives the same draft."""
    owner = session.scalar(select(Organisation).where(Organisation.public_id == owner_public_id))
    if owner is None or owner.kind not in OWNER_KINDS:
        raise NotFound
    authorize(policy.may_begin, actor, CallOwner(owner.id))
    if idempotency_key is not None:
        same = (Call.created_by_account_id == actor.account_id) & (Call.idempotency_key == idempotency_key)
        known = session.scalar(select(Call).where(same))
        if known is not None:
            return known
    call = Call(
        owner_organisation_id=owner.id,
        created_by_account_id=actor.account_id,
        idempotency_key=idempotency_key,
        state=CallState.DRAFT,
        title=_title(about.title),
        kind=about.kind,
        summary=_within(about.summary, LONGEST_SUMMARY),
        procedure=about.procedure,
    )
    session.add(call)
    session.flush()
    audit.record(
        session, actor, "call.begun", kind="call", public_id=call.public_id, organisation=owner.public_id, now=now
    )
    return call


def save(session: Session, actor: Actor, public_id: UUID, values: PageValues, *, now: datetime) -> Call:
    """One page of the draft says this now."""
    call = draft_for(session, actor, public_id)
    match values:
        case About():
            call.title, call.kind = _title(values.title), values.kind
            call.summary, call.procedure = _within(values.summary, LONGEST_SUMMARY), values.procedure
        case Term():
            call.term_from, call.term_years = values.term_from, values.term_years
            call.extension = _within(values.extension, 300)
        case Words():
            call.price_kind = values.price_kind
            call.public_interest = _within(values.public_interest, LONGEST_WORDS)
            call.de_minimis_note = _within(values.de_minimis_note, LONGEST_WORDS)
        case Dates():
            if values.opens_at is not None and values.closes_at is not None and values.closes_at <= values.opens_at:
                raise Refused(Text("The call would close before it opens. Please check both dates."))
            call.opens_at, call.closes_at = values.opens_at, values.closes_at
            call.reference_on, call.standstill_days = values.reference_on, values.standstill_days
        case PublicDraw():
            call.public_draw_name, call.public_draw_on = _within(values.name, 200), values.held_on
        case Contact():
            call.contact_name, call.contact_email = _within(values.name, 120), _within(values.email, 254)
            call.contact_phone, call.contact_address = _within(values.phone, 60), _within(values.address, 300)
    call.updated_at = now
    session.flush()
    return call


def choose_principles(session: Session, actor: Actor, public_id: UUID, set_public_id: UUID, *, now: datetime) -> Call:
    """The draft follows this set of its owner; refused where the owner may not use it."""
    call = draft_for(session, actor, public_id)
    chosen = principle_queries.set_for(session, actor, set_public_id)
    if chosen.owner_organisation_id != call.owner_organisation_id:
        raise NotFound
    owner = queries.owner_of(session, call)
    document = drafts.attempt(chosen.document)
    if not isinstance(document, PrincipleDocument):
        raise Refused(Text("This set of principles is not finished yet. Finish it first, then choose it here."))
    reasons = list(unsuitable(document, owner.kind))
    if reasons:
        raise Refused(reasons[0])
    call.principle_set_id, call.updated_at = chosen.id, now
    session.flush()
    return call


def delete_draft(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """The draft is gone; what was published once stays."""
    call = draft_for(session, actor, public_id)
    if call.published_at is not None:
        raise Conflict(Text("This call was published once. It can be cancelled with a reason, not deleted."))
    session.delete(call)
    session.flush()
    audit.record(session, actor, "call.deleted", kind="call", public_id=public_id, now=now)


def draft_for(session: Session, actor: Actor, public_id: UUID) -> Call:
    """The call, locked, if the actor prepares it and it is still a draft."""
    call = queries.call_for(session, actor, public_id, lock=True)
    authorize(policy.may_prepare, actor, call)
    if call.state is not CallState.DRAFT:
        raise Conflict(
            Text("This call is published, so it can no longer be changed here. Take it back or reopen it with notice.")
        )
    return call


def _title(words: str) -> str:
    title = " ".join(words.split())
    if not title:
        raise Refused(Text("Please give the call a title."))
    return _within(title, LONGEST_TITLE)


def _within(words: str, most: int) -> str:
    text = words.strip()
    if len(text) > most:
        raise Refused(Text("This text is too long: at most %(most)s characters.", {"most": most}))
    return text
