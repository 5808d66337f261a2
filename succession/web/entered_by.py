"""Who entered something for somebody: the line beside a thing that was last changed in another's name."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from succession.accounts import queries_representation
from succession.audit import queries as audit_queries


@dataclass(frozen=True, slots=True)
class EnteredBy:
    """The last change of a thing, if it was made for somebody else."""

    name: str
    person: str
    at: datetime


def entered_by(session: Session, kind: str, public_id: UUID) -> EnteredBy | None:
    """Who last changed the thing, unless it was the person themselves."""
    act = audit_queries.last_change(session, kind, public_id)
    if act is None or act.account is None or act.on_behalf_of is None:
        return None
    name, person = (queries_representation.agent_name(session, one) for one in (act.account, act.on_behalf_of))
    return EnteredBy(name, person, act.at)
