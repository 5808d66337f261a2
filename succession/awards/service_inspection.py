"""The writing door of the file to look into: it is put together, and that it was is on record."""

from datetime import datetime

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.awards import outward, queries, queries_inspection
from succession.awards import policy_outward as policy
from succession.awards.inspection import Inspection
from succession.awards.outward import LotAt


def show_file(session: Session, actor: Actor, at: LotAt, code: str, *, now: datetime) -> Inspection:
    """The whole file of a lot for one applicant, with nothing about the others in it."""
    desk = queries.desk(session, actor, at.call_id, at.number)
    authorize(policy.may_see, actor, desk.call, hidden=True)
    found = queries_inspection.inspection(session, actor, desk, code)
    application = queries.application_by_code(session, desk.call, code)
    about = outward.noted(session, desk, "application", application.public_id)
    audit.record(session, actor, "award.file_shown", **about, now=now)
    return found
