"""Writing doors of a call in public: published and frozen, taken back before it opens, cancelled with a reason."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from uuid import UUID

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.allocation import lottery
from succession.audit import service as audit
from succession.calls import frozen, policy, publication, queries
from succession.calls.limits import LONGEST_WORDS
from succession.calls.models import Call
from succession.calls.refusals import NotReady
from succession.calls.requirements import missing
from succession.calls.service import draft_for
from succession.calls.states import CallState, may_follow, state_at
from succession.errors import Conflict, Refused
from succession.i18n import Text
from succession.jobs import queue
from succession.principles import service as principles

CANCELLED = "calls.cancelled"
"""The job by which the rooms above tell applicants; nothing here knows them."""


def publish(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> Call:
    """Everybody reads the call, and what applicants rely on is frozen; `NotReady` lists what is missing."""
    call = draft_for(session, actor, public_id)
    authorize(policy.may_prepare, actor, call)
    lacking = missing(publication.prepared(session, call), now=now)
    if lacking:
        raise NotReady(lacking)
    freeze(session, actor, call, now=now)
    with no_parcel_twice(session):
        call.state, call.published_at, call.updated_at = CallState.PUBLISHED, now, now
    publication.copy_outlines(session, call)
    publication.refresh(session, call, now=now)
    _note(session, actor, call, "call.published", now=now)
    return call


def freeze(session: Session, actor: Actor, call: Call, *, now: datetime) -> None:
    """Set, weights, lots, dates and the commitment of the lottery are fixed."""
    authorize(policy.may_prepare, actor, call)
    chosen = queries.principle_set_of(session, call)
    assert chosen is not None
    if chosen.frozen_at is None:
        principles.freeze(session, actor, chosen, now=now)
    if call.lottery_secret is None:
        call.lottery_secret = lottery.new_secret()
        call.lottery_commitment = lottery.commitment(call.lottery_secret)
    document = frozen.frozen(call, queries.lots_of(session, call), queries.parcels_of(session, call), chosen.document)
    call.frozen_document, call.frozen_hash, call.frozen_at = document, frozen.hash_of(document), now


def take_back(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> Call:
    """A call that has not opened yet is a draft again; nobody reads it any more."""
    call = queries.call_for(session, actor, public_id, lock=True)
    authorize(policy.may_prepare, actor, call)
    if call.state is not CallState.PUBLISHED or state_at(call, now) is not CallState.PUBLISHED or call.revision > 1:
        raise Conflict(Text("The call has opened. From now on it changes only with notice to all, or is cancelled."))
    call.state, call.frozen_document, call.frozen_hash, call.frozen_at = CallState.DRAFT, None, None, None
    call.published_at, call.updated_at = None, now
    session.flush()
    publication.remove(session, call)
    _note(session, actor, call, "call.taken_back", now=now)
    return call


def cancel(session: Session, actor: Actor, public_id: UUID, reason: str, *, now: datetime) -> Call:
    """The call has ended without a contract; the public and everybody who applied read why."""
    call = queries.call_for(session, actor, public_id, lock=True)
    authorize(policy.may_prepare, actor, call)
    words = reason.strip()
    if not words:
        raise Refused(Text("Please give the reason. It will be public."))
    if len(words) > LONGEST_WORDS // 2:
        raise Refused(Text("This text is too long: at most %(most)s characters.", {"most": LONGEST_WORDS // 2}))
    if not may_follow(state_at(call, now), CallState.CANCELLED):
        raise Conflict(Text("This call can no longer be cancelled."))
    with _without_contract(session):
        call.state, call.cancelled_at, call.cancelled_reason, call.updated_at = CallState.CANCELLED, now, words, now
    publication.refresh(session, call, now=now)
    queue.enqueue(session, CANCELLED, public_id=call.public_id)
    _note(session, actor, call, "call.cancelled", now=now)
    return call


@contextmanager
def _without_contract(session: Session) -> Iterator[None]:
    """Contracts are known to the rooms above; the database knows them too, and lets no call go that has one."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        if "call has a signed contract" not in str(error.orig):
            raise
        raise Conflict(
            Text("A contract has been signed for a lot of this call, so it can no longer be cancelled.")
        ) from error


@contextmanager
def no_parcel_twice(session: Session) -> Iterator[None]:
    """What is changed within reaches the database; a parcel that stands in another running call is a conflict."""
    try:
        with session.begin_nested():
            yield
    except IntegrityError as error:
        if "uq_call_lot_parcel_running" not in str(error.orig):
            raise
        raise Conflict(
            Text("One of the parcels stands in another call that is running. Take it out of this one, or wait.")
        ) from error


def _note(session: Session, actor: Actor, call: Call, action: str, *, now: datetime) -> None:
    owner = queries.owner_of(session, call)
    audit.record(session, actor, action, kind="call", public_id=call.public_id, organisation=owner.public_id, now=now)
