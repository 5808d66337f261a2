"""The writing door of the limits: a use of a door is counted, or refused because there were too many."""

from datetime import datetime

from sqlalchemy import case
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts.limits import Limit, key_of
from succession.accounts.models_people import RateCount
from succession.errors import TooMany
from succession.i18n import Text, Texts
from succession.security_log import Result, note


def count(session: Session, limit: Limit, *parts: str | int, now: datetime) -> None:
    """The use is counted; `TooMany` if the limit was reached before. Best in a transaction of its own."""
    uses, ends_at = _count(session, limit, parts, now)
    if uses > limit.most:
        seconds = int((ends_at - now).total_seconds()) + 1
        note("limit.reached", Result.BRAKED, limit=limit.name.replace(" ", "_"), seconds=seconds)
        raise TooMany(_sentence(seconds), retry_after=seconds)


def is_within(session: Session, limit: Limit, *parts: str | int, now: datetime) -> bool:
    """The use is counted; whether the limit was not yet reached."""
    return _count(session, limit, parts, now)[0] <= limit.most


def _count(session: Session, limit: Limit, parts: tuple[str | int, ...], now: datetime) -> tuple[int, datetime]:
    """One statement, so that a hundred at once are counted as a hundred in a row."""
    fresh = {"key_hash": key_of(limit, *parts), "ends_at": now + limit.period, "uses": 1}
    is_over = RateCount.ends_at <= now
    row = session.execute(
        insert(RateCount)
        .values(fresh)
        .on_conflict_do_update(
            index_elements=["key_hash"],
            set_={
                "uses": case((is_over, 1), else_=RateCount.uses + 1),
                "ends_at": case((is_over, now + limit.period), else_=RateCount.ends_at),
            },
        )
        .returning(RateCount.uses, RateCount.ends_at)
    ).one()
    return row.uses, row.ends_at


def _sentence(seconds: int) -> Text | Texts:
    minutes = -(-seconds // 60)
    if minutes > 90:
        return Text("That was often enough for today. Please try again tomorrow, or call us.")
    return Texts(
        "That was very often in a short time. Please wait %(num)s minute and try again, or call us.",
        "That was very often in a short time. Please wait %(num)s minutes and try again, or call us.",
        minutes,
    )
