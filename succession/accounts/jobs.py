"""What the worker does for accounts: forgets what is no longer of use."""

from datetime import datetime, timedelta

from sqlalchemy import delete, or_
from sqlalchemy.orm import Session

from succession import security_log
from succession.accounts.brake import FORGOTTEN_AFTER
from succession.accounts.models import AccountSession, SignInBrake
from succession.accounts.queries_sessions import within_limits
from succession.config import Settings

REMEMBER_ADDRESS = timedelta(days=30)


def forget_old_sessions(session: Session, *, now: datetime) -> None:
    """Sessions that can no longer be used are gone, and so are counts of the brake that no longer matter."""
    session.execute(delete(AccountSession).where(or_(~within_limits(now), AccountSession.ended_at.is_not(None))))
    session.execute(
        delete(SignInBrake).where(
            SignInBrake.last_tried_at < now - FORGOTTEN_AFTER,
            or_(SignInBrake.succeeded_at.is_(None), SignInBrake.succeeded_at < now - REMEMBER_ADDRESS),
        )
    )


def forget_security_log(session: Session, *, settings: Settings, now: datetime) -> None:  # noqa: ARG001 - a job's shape
    """Lines of the security log are gone after thirty days."""
    security_log.forget_old(settings.instance, today=now.date())
