"""For operators: is it alive, is it ready, what is the worker doing, which mails were written."""

from flask import Blueprint
from flask.typing import ResponseReturnValue
from sqlalchemy import text

from succession import schema
from succession.extensions import reading
from succession.web.gate import public

bp = Blueprint("operations", __name__)


@bp.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """The process answers; it asks nobody else."""
    return {"status": "ok"}


@bp.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """The database answers with the tables that this code expects; without it the error page says 503."""
    session = reading()
    session.execute(text("SET LOCAL statement_timeout = 4000"))
    revision = session.scalar(text("SELECT version_num FROM alembic_version"))
    waiting = session.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE status = 'todo'"))
    is_ready = revision == schema.newest_revision()
    state = {"status": "ok" if is_ready else "upgrade needed", "revision": revision, "jobs_waiting": waiting}
    return state, 200 if is_ready else 503
