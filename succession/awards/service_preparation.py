"""Writing doors of the office's preparation: one person prepares, another checks; of two at once one wins."""

from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.awards import policy, queries, queries_decision, queries_interests, queries_readiness
from succession.awards.limits import LONGEST_REASON
from succession.awards.models_decision import Preparation
from succession.awards.queries import Desk
from succession.awards.queries_proposed import proposed
from succession.awards.standing import lead_back, lead_on, set_preparation_aside, standing_preparation
from succession.calls.models import CallLot
from succession.errors import Conflict, NotFound, Refused
from succession.i18n import Text


def prepare(session: Session, actor: Actor, lot: CallLot, *, run_number: int, note: str, now: datetime) -> Preparation:
    """The newest run is put before the body with whoever stands first, once a second person has checked it.

    `Conflict` names who was faster, where two people prepare at once.
    """
    desk = queries.desk_of_lot(session, lot.id, lock=True)
    authorize(policy.may_score, actor, desk.call)
    queries_interests.refuse_undeclared(session, actor, desk.call)
    _refuse_second(session, lot)
    if len(note) > LONGEST_REASON:
        raise Refused(Text("Please write at most %(most)s characters.", {"most": LONGEST_REASON}))
    ready = queries_readiness.readiness(session, actor, desk)
    if ready.run is None or not ready.is_ready:
        raise Conflict(ready.gaps[0].label)
    if ready.run.number != run_number:
        raise Conflict(Text("There is a newer run than the one you were looking at. Please look at it first."))
    first = proposed(session, desk, queries.result(ready.run))
    application = queries.application_by_code(session, desk.call, first[0]) if first else None
    made = Preparation(
        public_id=uuid4(),
        lot_id=lot.id,
        run_id=ready.run.id,
        application_id=None if application is None else application.id,
        note=note.strip(),
        prepared_by_account_id=actor.account_id,
        prepared_at=now,
        revision=1,
    )
    session.add(made)
    session.flush()
    audit.record(session, actor, "award.prepared", kind="preparation", public_id=made.public_id, now=now)
    return made


def check(session: Session, actor: Actor, preparation_id: UUID, *, revision: int, now: datetime) -> Preparation:
    """A second person has gone through everything: the body may decide."""
    made, desk = _standing(session, actor, preparation_id, revision)
    queries_interests.refuse_undeclared(session, actor, desk.call)
    if made.checked_at is not None:
        raise Conflict(Text("This has been checked already."))
    if not policy.is_second(actor, made):
        raise Conflict(Text("You have prepared this yourself. A second person must check it."))
    ready = queries_readiness.readiness(session, actor, desk)
    if not ready.is_ready or ready.run is None or ready.run.id != made.run_id:
        raise Conflict(ready.gaps[0].label if ready.gaps else Text("There is a newer run than the one prepared."))
    made.checked_by_account_id, made.checked_at = actor.account_id, now
    made.revision += 1
    session.flush()
    audit.record(session, actor, "award.checked", kind="preparation", public_id=made.public_id, now=now)
    lead_on(session, actor, desk.call, now=now)
    return made


def take_back(
    session: Session, actor: Actor, preparation_id: UUID, *, reason: str, revision: int, now: datetime
) -> None:
    """What was prepared does not stand any more, with a reason that stays."""
    _, desk = _standing(session, actor, preparation_id, revision)
    if queries_decision.standing_decision(session, desk.lot.id) is not None:
        raise Conflict(Text("The body has decided on this lot already."))
    if not 1 <= len(reason.strip()) <= LONGEST_REASON:
        raise Refused(Text("Please write why it is taken back."))
    set_preparation_aside(session, desk.lot.id, reason.strip(), now=now)
    lead_back(session, actor, desk.call, now=now)
    audit.record(session, actor, "award.preparation_taken_back", kind="preparation", public_id=preparation_id, now=now)


def _standing(session: Session, actor: Actor, preparation_id: UUID, revision: int) -> tuple[Preparation, Desk]:
    """Locked with its call, as it stands now."""
    found = session.scalar(select(Preparation).where(Preparation.public_id == preparation_id))
    if found is None:
        raise NotFound
    desk = queries.desk_of_lot(session, found.lot_id, lock=True)
    authorize(policy.may_score, actor, desk.call, hidden=True)
    session.refresh(found)
    if found.revision != revision or found.set_aside_at is not None:
        raise Conflict(Text("Somebody else has worked on this in the meantime. Please look at what stands here now."))
    return found, desk


def _refuse_second(session: Session, lot: CallLot) -> None:
    standing = standing_preparation(session, lot.id)
    if standing is None:
        return
    name = queries.people(session, [standing.prepared_by_account_id]).get(standing.prepared_by_account_id or 0, "–")
    raise Conflict(Text("%(name)s has prepared this lot already. Please check it, or take it back.", {"name": name}))
