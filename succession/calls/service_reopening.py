"""The writing door of a change after the opening: a line in the public log, notice to all, and a later deadline."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.allocation.principles import Change
from succession.audit import service as audit
from succession.calls import dates, frozen, policy, publication, queries, service_publishing
from succession.calls.limits import LONGEST_SUMMARY, LONGEST_WORDS
from succession.calls.models import Call
from succession.calls.models_changes import CallChange
from succession.calls.service_lots import LARGEST_CENTS
from succession.calls.states import CallState, state_at
from succession.errors import Conflict, Refused
from succession.i18n import Text
from succession.jobs import queue

REOPENED = "calls.reopened"
"""The job by which the rooms above tell applicants; nothing here knows them."""
WHOLE_VALUES = (str, int, bool, type(None))


@dataclass(frozen=True, slots=True)
class Reopening:
    """What changes, why, and until when people can apply now. What is None stays as it is."""

    reason: str
    closes_at: datetime
    summary: str | None = None
    public_draw_name: str | None = None
    public_draw_on: date | None = None
    prices: tuple[tuple[int, int], ...] = ()
    """By number of a lot: the new price in cents."""
    removed_lots: tuple[int, ...] = ()


def reopen(session: Session, actor: Actor, public_id: UUID, change: Reopening, *, now: datetime) -> Call:
    """The call says something else and stays open; everybody reads what was changed, and applicants are told.

    Only before the deadline: afterwards the office can have read what was offered, so a call is cancelled instead.
    """
    call = queries.call_for(session, actor, public_id, lock=True)
    authorize(policy.may_prepare, actor, call)
    if state_at(call, now) is not CallState.OPEN:
        raise Conflict(Text("Only while a call is open can it be changed with notice to all. Afterwards, cancel it."))
    _check(call, change, now)
    before, hash_before = call.frozen_document, call.frozen_hash
    assert before is not None
    assert hash_before is not None
    line = CallChange(
        call_id=call.id,
        number=call.revision + 1,
        made_at=now,
        made_by_account_id=actor.account_id,
        reason=change.reason.strip(),
        hash_before=hash_before,
    )
    session.add(line)
    session.flush()
    _thaw(session, call, now)
    _apply(session, call, change)
    service_publishing.freeze(session, actor, call, now=now)
    call.state = CallState.OPEN
    session.flush()
    assert call.frozen_document is not None
    found = [_as_json(one) for one in frozen.differences(before, call.frozen_document)]
    line.changes, line.hash_after = found, call.frozen_hash
    session.flush()
    publication.copy_outlines(session, call)
    publication.refresh(session, call, now=now)
    queue.enqueue(session, REOPENED, public_id=call.public_id, number=line.number)
    owner = queries.owner_of(session, call)
    audit.record(
        session, actor, "call.reopened", kind="call", public_id=call.public_id, organisation=owner.public_id, now=now
    )
    return call


def told(session: Session, actor: Actor, public_id: UUID, number: int, count: int, *, now: datetime) -> None:
    """The log says how many were told of the change; called by the room that told them."""
    authorize(_is_system, actor, None)
    call = queries.call_of_public(session, public_id, lock=True)
    line = session.get(CallChange, (call.id, number))
    if line is not None:
        line.told = count
        session.flush()
        publication.refresh(session, call, now=now)


def _is_system(actor: Actor, _: object) -> bool:
    return actor.is_system


def _check(call: Call, change: Reopening, now: datetime) -> None:
    if not change.reason.strip():
        raise Refused(Text("Please give the reason. It will be public."))
    if len(change.reason.strip()) > LONGEST_WORDS:
        raise Refused(Text("This text is too long: at most %(most)s characters.", {"most": LONGEST_WORDS}))
    assert call.closes_at is not None
    wrong = dates.wrong_new_deadline(call.closes_at, change.closes_at, now=now)
    draw_on = change.public_draw_on or call.public_draw_on
    if wrong is None and draw_on is not None:
        wrong = dates.wrong_draw(draw_on, change.closes_at)
    if wrong is not None:
        raise Refused(wrong)


def _thaw(session: Session, call: Call, now: datetime) -> None:
    """For the rest of this transaction the call can be changed; nobody sees it so."""
    call.frozen_document, call.frozen_hash, call.frozen_at = None, None, None
    call.state, call.revision, call.updated_at = CallState.PUBLISHED, call.revision + 1, now
    session.flush()


def _apply(session: Session, call: Call, change: Reopening) -> None:
    lots = {lot.number: lot for lot in queries.lots_of(session, call)}
    if set(change.removed_lots) >= set(lots):
        raise Refused(Text("A call keeps at least one lot. To end it as a whole, cancel it with a reason."))
    call.closes_at = change.closes_at
    if change.summary is not None:
        if len(change.summary) > LONGEST_SUMMARY:
            raise Refused(Text("This text is too long: at most %(most)s characters.", {"most": LONGEST_SUMMARY}))
        call.summary = change.summary.strip()
    if change.public_draw_name:
        call.public_draw_name = change.public_draw_name.strip()[:200]
    if change.public_draw_on is not None:
        call.public_draw_on = change.public_draw_on
    for number, cents in change.prices:
        if number not in lots or not 0 <= cents <= LARGEST_CENTS:
            raise Refused(Text("A price is never negative, and not as high as this."))
        lots[number].price_cents_year = cents
    for number in change.removed_lots:
        if number in lots:
            session.delete(lots[number])
    session.flush()


def _as_json(change: Change) -> dict[str, Any]:
    return {"path": change.path, "before": _plain(change.before), "after": _plain(change.after)}


def _plain(value: Any) -> Any:
    """Whole members of the document are named, not repeated."""
    if isinstance(value, WHOLE_VALUES):
        return value
    return value.get("name", "…") if isinstance(value, dict) else str(value)
