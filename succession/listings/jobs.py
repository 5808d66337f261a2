"""What the worker does for offers: shows them as the reference counts now say, withdraws them while a file rests."""

from datetime import datetime

from sqlalchemy.orm import Session

from succession.accounts import queries_representation
from succession.accounts.actor import Actor
from succession.listings import service, service_placing

APPLY_REFERENCE = "listings.apply_reference"


def apply_reference(session: Session, *, now: datetime) -> None:
    """Every offer that is shown obeys the k-rule with the counts of today."""
    service_placing.apply_reference(session, Actor.system(), now=now)


def file_rests(session: Session, account_id: int, *, now: datetime) -> None:
    """Nobody sees any offer of the person any more; unless the file was opened again before the job ran."""
    if queries_representation.resting(session, account_id) is not None:
        service.withdraw_all_of(session, Actor.system(), account_id, now=now)
