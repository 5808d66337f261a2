"""The queue in PostgreSQL: a job is saved in the transaction of what it concerns, or not at all."""

from datetime import date, datetime
from typing import Any
from uuid import UUID

from procrastinate import App, SyncPsycopgConnector
from sqlalchemy.orm import Session

# Never opened: jobs are enqueued on the caller's own connection, and the worker brings a connector of its own. That one
# is asynchronous, so what a job enqueues while the worker runs must not go through the same application.
app = App(connector=SyncPsycopgConnector())
_writing = App(connector=SyncPsycopgConnector())


def enqueue(
    session: Session, name: str, *, at: datetime | None = None, lock: str | None = None, **arguments: Any
) -> int:
    """The job will be done once the caller's transaction is committed, not before `at`; its number.

    Jobs are done at least once, so a handler must bear being run again. Jobs of one `lock` run one after the other.
    """
    connection = session.connection().connection.driver_connection
    job = _writing.configure_task(name, schedule_at=at, lock=lock, connection=connection)
    return job.defer(**{key: _plain(value) for key, value in arguments.items()})


def _plain(value: Any) -> Any:
    """Ids and times as text: arguments are stored as JSON."""
    match value:
        case UUID():
            return str(value)
        case datetime() | date():
            return value.isoformat()
        case _:
            return value
