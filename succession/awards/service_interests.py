"""Writing doors of conflicts of interest: what somebody says of themselves, and what a member of the body says."""

from datetime import datetime
from uuid import uuid4

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.awards import policy, queries_interests
from succession.awards.interests import applying_as, called_like
from succession.awards.limits import LONGEST_NAME, LONGEST_REASON
from succession.awards.models_decision import Capacity, ConflictDeclaration
from succession.calls.models import Call
from succession.errors import Refused
from succession.i18n import Text


def declare_own(
    session: Session, actor: Actor, call: Call, *, has_interest: bool, note: str, now: datetime
) -> ConflictDeclaration:
    """The actor has said whether they have an interest; an applicant cannot say that they have none."""
    authorize(policy.may_declare, actor, call)
    applicants = queries_interests.applying(session, actor, call)
    applies = bool(applying_as(actor.account_id, applicants))
    if applies and not has_interest:
        raise Refused(Text("You apply in this call yourself, so you have an interest in it."))
    if called_like(actor.name, applicants) and not note.strip():
        raise Refused(Text("An applicant has your name. Please write how you relate to them."))
    row = ConflictDeclaration(
        capacity=Capacity.OFFICE,
        account_id=actor.account_id,
        name=actor.name or "–",
        has_interest=has_interest,
        was_detected=applies,
        note=note,
    )
    return _kept(session, actor, call, row, now)


def note_member(
    session: Session, actor: Actor, call: Call, *, name: str, has_interest: bool, note: str, now: datetime
) -> ConflictDeclaration:
    """What a member of the body has said is on file; one with an applicant's name needs a word about it."""
    authorize(policy.may_declare, actor, call)
    name = " ".join(name.split())
    if not 1 <= len(name) <= LONGEST_NAME:
        raise Refused(Text("Please write the name of the member."))
    detected = bool(called_like(name, queries_interests.applying(session, actor, call)))
    if detected and not has_interest and not note.strip():
        raise Refused(
            Text(
                "%(name)s is called like an applicant. Please write how they relate, or note an interest.",
                {"name": name},
            )
        )
    row = ConflictDeclaration(
        capacity=Capacity.BODY,
        account_id=None,
        name=name,
        has_interest=has_interest,
        was_detected=detected,
        note=note,
    )
    return _kept(session, actor, call, row, now)


def _kept(session: Session, actor: Actor, call: Call, row: ConflictDeclaration, now: datetime) -> ConflictDeclaration:
    row.note = row.note.strip()
    if len(row.note) > LONGEST_REASON:
        raise Refused(Text("Please write at most %(most)s characters.", {"most": LONGEST_REASON}))
    if row.has_interest and not row.note:
        raise Refused(Text("Please write what the interest is."))
    row.public_id, row.call_id = uuid4(), call.id
    row.entered_by_account_id, row.declared_at = actor.account_id, now
    session.add(row)
    session.flush()
    audit.record(session, actor, "award.interest_declared", kind="call", public_id=call.public_id, now=now)
    return row
