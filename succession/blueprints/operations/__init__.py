"""For operators: is it alive, is it ready, what is the worker doing, which mails were written."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from jinja2 import TemplateError
from sqlalchemy import text

from succession import schema
from succession.accounts.actor import Role, authorize
from succession.extensions import reading, unit_of_work
from succession.i18n import from_json
from succession.jobs import policy as jobs_policy
from succession.jobs import queries as jobs_queries
from succession.jobs import service as jobs_service
from succession.jobs.models import WorkProgress, WorkState
from succession.outbox import queries as outbox_queries
from succession.outbox.models import OutboxMail
from succession.outbox.rendering import Letterhead, Rendered, render_mail
from succession.outbox.values import unpack
from succession.web.context import settings
from succession.web.errors import say
from succession.web.filters import number
from succession.web.gate import current_actor, public, requires
from succession.web.negotiation import wants_json
from succession.web.paging import page_number, page_of

bp = Blueprint("operations", __name__)
PAGE_SIZE = 50


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
    session.execute(text("SELECT 1 FROM procrastinate_jobs LIMIT 1"))
    is_ready = revision == schema.newest_revision()
    return {"status": "ok" if is_ready else "upgrade needed"}, 200 if is_ready else 503


@bp.get("/operations/jobs")
@requires(Role.COORDINATOR, Role.OPERATOR)
def jobs() -> ResponseReturnValue:
    """What waits, what runs, what failed."""
    state = request.args.get("state")
    if state not in jobs_queries.STATES:
        state = None
    session = reading()
    status, rows = jobs_queries.status(session), jobs_queries.latest(session, state)
    return render_template("operations/jobs.html", status=status, jobs=rows, state=state)


@bp.post("/operations/jobs/<int:job_id>/retry")
@requires(Role.COORDINATOR, Role.OPERATOR)
def retry_job(job_id: int) -> ResponseReturnValue:
    """A failed job is tried again."""
    with unit_of_work() as session:
        jobs_service.retry(session, job_id, now=datetime.now(UTC))
    flash(gettext("The job will be tried again now."))
    return redirect(url_for(".jobs"))


@bp.get("/operations/work/<uuid:public_id>")
@requires()
def work(public_id: UUID) -> ResponseReturnValue:
    """How far long work has come; kept up to date by a script, and by a link without one."""
    progress = jobs_queries.progress(reading(), public_id)
    authorize(jobs_policy.may_view_progress, current_actor(), progress, hidden=True)
    words = _where_it_stands(progress)
    if wants_json():
        final = progress.state.is_final
        return {"is_final": final, "done": progress.done, "total": progress.total, "text": words}
    return render_template("operations/work.html", progress=progress, text=words)


@bp.get("/operations/mails")
@requires(Role.COORDINATOR, Role.OPERATOR)
def mails() -> ResponseReturnValue:
    """The mails written in this installation, newest first; only where they are not sent to real people."""
    _only_in_development()
    wanted = page_number()
    found = outbox_queries.latest(reading(), most=PAGE_SIZE + 1, offset=(wanted - 1) * PAGE_SIZE)
    rows = [(mail, address, _rendered(mail).subject) for mail, address in found]
    return render_template("operations/mails.html", page=page_of(rows, number=wanted, size=PAGE_SIZE))


@bp.get("/operations/mails/<uuid:public_id>")
@requires(Role.COORDINATOR, Role.OPERATOR)
def mail(public_id: UUID) -> ResponseReturnValue:
    """One mail as its recipient reads it."""
    _only_in_development()
    found = outbox_queries.mail(reading(), public_id)
    return render_template("operations/mail.html", mail=found, rendered=_rendered(found))


def _rendered(mail: OutboxMail) -> Rendered:
    """The mail in the words of its recipient; one that we made wrong by the name of its template."""
    given = settings()
    letterhead = Letterhead(given.site_name, given.base_url, given.contact, given.mail.sender, given.secret_key)
    try:
        return render_mail(mail.template, unpack(mail.values), mail.language, letterhead)
    except (TemplateError, ValueError) as error:
        return Rendered(mail.template, str(error))


def _where_it_stands(progress: WorkProgress) -> str:
    """The last sentence of the work and the count, or that it is about to begin."""
    words = say(from_json(progress.message)) if progress.message else ""
    if progress.state is WorkState.WAITING:
        return words or gettext("It begins in a moment.")
    if progress.total and not progress.state.is_final:
        done, total = number(progress.done), number(progress.total)
        words += " " + gettext("%(done)s of %(total)s", done=done, total=total)
    return words.strip()


def _only_in_development() -> None:
    """In production the letters of others are nobody's business."""
    if settings().is_production:
        abort(404)
