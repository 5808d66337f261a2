"""Writing doors of the brake: tries are counted before they are looked at, and forgiven when they turn out right."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts import brake
from succession.accounts.brake import Count
from succession.accounts.models import SignInBrake
from succession.errors import TooMany
from succession.i18n import Texts
from succession.security_log import Result, note


def count_try(session: Session, keys: Mapping[Count, bytes], *, now: datetime) -> int:
    """The try is counted as a failure; `TooMany` if it comes too early. Returns the failures in a row.

    Runs in a transaction of its own: a refusal does not take the count along, and many at once cannot outrun it.
    """
    rows = _locked_counts(session, sorted(keys.values()), now)
    tries = {count: _tries(rows[key]) for count, key in keys.items()}
    until = brake.blocked_until(tries, now)
    if until is not None:
        seconds = int((until - now).total_seconds()) + 1
        note("brake.held", Result.BRAKED, counts="|".join(sorted(keys)), seconds=seconds)
        raise TooMany(
            Texts(
                "Too many tries. Please wait %(num)s second and try again.",
                "Too many tries. Please wait %(num)s seconds and try again.",
                seconds,
            ),
            retry_after=seconds,
        )
    for count, key in keys.items():
        _keep(rows[key], brake.after_try(count, tries[count], now))
    return max(rows[key].failures for key in keys.values())


def forgive_tries(session: Session, keys: Mapping[Count, bytes], *, now: datetime) -> None:
    """The try that was counted has turned out right."""
    rows = _locked_counts(session, sorted(keys.values()), now)
    for count, key in keys.items():
        _keep(rows[key], brake.after_success(count, _tries(rows[key]), now))


def _locked_counts(session: Session, keys: list[bytes], now: datetime) -> dict[bytes, SignInBrake]:
    """The rows of these counts, made if missing, locked in one order so that two tries cannot block each other."""
    session.execute(
        insert(SignInBrake)
        .values([{"key_hash": key, "failures": 0, "last_tried_at": now} for key in keys])
        .on_conflict_do_nothing()
    )
    statement = select(SignInBrake).where(SignInBrake.key_hash.in_(keys)).order_by(SignInBrake.key_hash)
    found = session.scalars(statement.with_for_update().execution_options(populate_existing=True))
    return {row.key_hash: row for row in found}


def _tries(row: SignInBrake) -> brake.Tries:
    return brake.Tries(row.failures, row.last_tried_at, row.blocked_until, row.succeeded_at)


def _keep(row: SignInBrake, tries: brake.Tries) -> None:
    row.failures = tries.failures
    row.last_tried_at = tries.last_tried_at or row.last_tried_at
    row.blocked_until = tries.blocked_until
    row.succeeded_at = tries.succeeded_at
