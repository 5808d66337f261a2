"""What the worker does for seekers."""

from datetime import datetime

from sqlalchemy.orm import Session

from succession.accounts import queries_representation
from succession.accounts.actor import Actor
from succession.profiles import service


def file_rests(session: Session, account_id: int, *, now: datetime) -> None:
    """Nobody finds any search of the person any more; unless the file was opened again before the job ran."""
    if queries_representation.resting(session, account_id) is not None:
        service.withdraw_all_of(session, Actor.system(), account_id, now=now)
