"""What the worker does when a report about an offer was decided: the room of reports lies below this one."""

from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.errors import NotFound
from succession.legal import queries_reports
from succession.legal.reports import Decision
from succession.legal.service_reports import FOLLOW
from succession.listings import lifecycle, queries, service
from succession.listings.lifecycle import Step

__all__ = ["FOLLOW", "follow_decision"]


def follow_decision(session: Session, *, offer_id: str, report_id: str, now: datetime) -> None:
    """What was decided to be hidden or removed is seen by nobody else any more; done twice it changes nothing."""
    case = queries_reports.case(session, UUID(report_id))
    if case.decision is None or case.decision.decision is Decision.KEEP:
        return
    try:
        listing = queries.kept(session, Actor.system(), UUID(offer_id), lock=True)
    except NotFound:
        return  # its owner was faster
    if listing.state in lifecycle.SHOWN:
        service.take_step(session, Actor.system(), listing.public_id, Step.WITHDRAW, now=now)
