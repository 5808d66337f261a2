"""The duty of public bodies to offer files to an archive before they are deleted: periods and what counts. Pure."""

from datetime import date, datetime, timedelta

from succession.accounts.models import OrganisationKind
from succession.i18n import PLACE_OF_TIMES

PUBLIC_LAW = frozenset({OrganisationKind.MUNICIPALITY, OrganisationKind.PARISH, OrganisationKind.MANAGING_OFFICE})
FILES_KEPT = timedelta(days=730)
ANSWER_WITHIN = timedelta(days=182)
FETCH_WITHIN = timedelta(days=30)


def is_public_body(kind: OrganisationKind) -> bool:
    """Whether an organisation of this kind is under public law; foundations and private owners need not be."""
    return kind in PUBLIC_LAW


def until(now: datetime) -> date:
    """Files that ended by this day are old enough to be offered."""
    return (now - FILES_KEPT).astimezone(PLACE_OF_TIMES).date()


def deletable_at(offered_at: datetime, answered_at: datetime | None) -> datetime:
    """When offered files may be deleted: a month after the answer, else when the time for an answer is over."""
    return offered_at + ANSWER_WITHIN if answered_at is None else answered_at + FETCH_WITHIN
