"""The second process: does the jobs that web requests and the clock have put into the queue."""

import asyncio
import inspect
import logging
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import Any
from uuid import UUID

import psycopg
from procrastinate import App, JobContext, PsycopgConnector
from procrastinate.exceptions import ConnectorException
from procrastinate.jobs import Job, Status
from procrastinate.retry import BaseRetryStrategy, RetryDecision
from sqlalchemy import Engine, make_url
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from succession import cluster, security_log
from succession.accounts import jobs as accounts_jobs
from succession.accounts.service_file import LISTINGS_REST, PROFILES_REST
from succession.applications import jobs as applications_jobs
from succession.audit import jobs as audit_jobs
from succession.awards import jobs as awards_jobs
from succession.awards import jobs_outward as awards_turns
from succession.calls import jobs as calls_jobs
from succession.config import Settings
from succession.db import DatabaseRole, make_engine
from succession.errors import SuccessionError
from succession.exclusions import jobs as exclusions_jobs
from succession.files import jobs as files_jobs
from succession.files.service import FORGET as FORGET_FILE
from succession.i18n import Text
from succession.jobs.progress import Progress
from succession.jobs.queue import app
from succession.land import jobs as land_jobs
from succession.land import steps as land_steps
from succession.listings import jobs as listings_jobs
from succession.listings import jobs_decisions
from succession.matching import jobs as matching_jobs
from succession.monitoring import jobs as monitoring_jobs
from succession.outbox import jobs as outbox_jobs
from succession.outbox.service import DELIVER
from succession.places.levels import SETTING as LEAST_ALIKE
from succession.privacy import jobs as privacy_jobs
from succession.privacy import service as privacy_service
from succession.profiles import jobs as profiles_jobs
from succession.rounds import jobs as rounds_jobs
from succession.rounds.service import PRICE as PRICE_OF_ROUND

log = logging.getLogger(__name__)

EVERY_MINUTE = "* * * * *"
EVERY_HOUR = "41 * * * *"
EVERY_NIGHT = "17 2 * * *"
MOST_ATTEMPTS = 5
STALLED_AFTER_SECONDS = 30
HOURS_TO_KEEP = 72
CONNECT_SECONDS = 4
SWEEP = "jobs.sweep"
WENT_WRONG = Text("This did not work. We have noted it and will look at it.")


@dataclass(frozen=True, slots=True)
class Work:
    """A job's name and its handler `(session, *, now, **arguments)`.

    A handler that names them also gets `settings`, and `progress` if the job was enqueued with a `progress_id`. One
    that begins with `transaction` instead of `session` opens its transactions itself. `cron` is its time in UTC.
    """

    name: str
    handler: Callable[..., None]
    cron: str | None = None
    lock: str | None = None


WORK = (
    Work(DELIVER, outbox_jobs.deliver, cron=EVERY_MINUTE),
    Work(audit_jobs.SEAL, audit_jobs.seal, cron=EVERY_MINUTE),
    Work(land_steps.CHECK, land_jobs.check_upload),
    Work(land_steps.IMPORT, land_jobs.import_upload),
    Work(FORGET_FILE, files_jobs.forget),
    Work(files_jobs.SWEEP, files_jobs.sweep_files, cron=EVERY_HOUR),
    Work(land_jobs.SWEEP, land_jobs.sweep_uploads, cron=EVERY_HOUR),
    Work(exclusions_jobs.RENEW, exclusions_jobs.renew_subjects, cron=EVERY_MINUTE, lock=exclusions_jobs.RENEW),
    Work("accounts.forget_security_log", accounts_jobs.forget_security_log, cron=EVERY_NIGHT),
    Work("accounts.forget_old_sessions", accounts_jobs.forget_old_sessions, cron=EVERY_NIGHT),
    Work(privacy_service.EXPORT, privacy_jobs.export),
    Work(privacy_service.ERASE, privacy_jobs.erase),
    Work(privacy_jobs.RETENTION, privacy_jobs.retention, cron=EVERY_NIGHT, lock=privacy_jobs.RETENTION),
    Work(applications_jobs.KEEPING, applications_jobs.keeping, cron=EVERY_NIGHT, lock=applications_jobs.KEEPING),
    Work(awards_jobs.KEEPING, awards_jobs.keeping, cron=EVERY_NIGHT, lock=awards_jobs.KEEPING),
    Work(awards_turns.TURN, awards_turns.turn, cron=EVERY_NIGHT, lock=awards_turns.TURN),
    Work("calls.cancelled", applications_jobs.call_cancelled),
    Work("calls.reopened", applications_jobs.call_reopened),
    Work(LISTINGS_REST, listings_jobs.file_rests),
    Work(PROFILES_REST, profiles_jobs.file_rests),
    Work(listings_jobs.APPLY_REFERENCE, listings_jobs.apply_reference, lock=listings_jobs.APPLY_REFERENCE),
    Work(jobs_decisions.FOLLOW, jobs_decisions.follow_decision),
    Work(calls_jobs.TURN, calls_jobs.turn, cron=EVERY_MINUTE, lock=calls_jobs.TURN),
    Work(monitoring_jobs.BEGIN, monitoring_jobs.begin),
    Work(monitoring_jobs.REMIND, monitoring_jobs.remind, cron=EVERY_NIGHT, lock=monitoring_jobs.REMIND),
    Work(monitoring_jobs.FORGET, monitoring_jobs.forget, cron=EVERY_NIGHT, lock=monitoring_jobs.FORGET),
    Work(PRICE_OF_ROUND, rounds_jobs.price),
    Work(matching_jobs.RENEW_MEANS, matching_jobs.renew_means, cron=EVERY_NIGHT, lock=matching_jobs.RENEW_MEANS),
)


@dataclass(frozen=True, slots=True)
class Runtime:
    """What handlers need from this process."""

    engine: Engine
    settings: Settings

    @contextmanager
    def transaction(self) -> Iterator[Session]:
        """A session that commits when the block succeeds."""
        info = {LEAST_ALIKE: self.settings.least_alike}
        with Session(self.engine, expire_on_commit=False, info=info) as session, session.begin():
            yield session


class Backoff(BaseRetryStrategy):
    """Try again after 4, 16, 64, … seconds; what was refused with a sentence would be refused again."""

    def get_retry_decision(self, *, exception: BaseException, job: Job) -> RetryDecision | None:
        """When to try again, if at all."""
        if isinstance(exception, SuccessionError) or job.attempts + 1 >= MOST_ATTEMPTS:
            return None
        return RetryDecision(retry_in={"seconds": 4 ** (job.attempts + 1)})


def declare(queue: App, work: tuple[Work, ...]) -> None:
    """The queue knows these jobs, and when the clock asks for them."""
    for item in work:
        run = partial(_run, item)
        run.__name__ = item.name  # type: ignore[attr-defined]
        task = queue.task(name=item.name, lock=item.lock, retry=Backoff(), pass_context=True)(run)
        if item.cron:
            queue.periodic(cron=item.cron)(task)
    queue.periodic(cron=EVERY_MINUTE)(queue.task(name=SWEEP, pass_context=True)(_sweep))
    queue.periodic(cron=EVERY_NIGHT)(queue.task(name="jobs.forget_old", pass_context=True)(_forget_old))


def work(settings: Settings, *, concurrency: int = 2, wait: bool = True) -> None:
    """Does jobs until it is told to stop; a database that goes away is waited for."""
    if not app.tasks.keys() & {SWEEP}:
        declare(app, WORK)
    security_log.keep_in(settings.instance)
    url = cluster.database_url(settings, DatabaseRole.APP)
    engine = make_engine(url, DatabaseRole.APP, pool_size=concurrency * 2, pool_pre_ping=True)
    runtime = Runtime(engine, settings)
    try:
        while True:
            try:
                _work_once(url, runtime, concurrency=concurrency, wait=wait)
            except (ConnectorException, OperationalError, psycopg.OperationalError) as error:
                log.warning("The database does not answer (%s). Trying again.", type(error).__name__)
                time.sleep(2)
            else:
                return
    finally:
        engine.dispose()


def _work_once(url: str, runtime: Runtime, *, concurrency: int, wait: bool) -> None:
    """One life of procrastinate's worker, beginning with a look for what a killed worker left behind."""
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    connector = PsycopgConnector(
        conninfo=address,
        kwargs={"options": f"-c role={DatabaseRole.APP}", "connect_timeout": CONNECT_SECONDS},
        timeout=CONNECT_SECONDS,
        min_size=1,
        max_size=concurrency + 3,
    )
    with app.replace_connector(connector) as live:

        async def run() -> None:
            async with live.open_async():
                await retry_stalled(live, runtime)
                await live.run_worker_async(
                    concurrency=concurrency,
                    wait=wait,
                    name="succession",
                    additional_context={"runtime": runtime},
                    stalled_worker_timeout=STALLED_AFTER_SECONDS,
                )

        asyncio.run(run())


async def retry_stalled(live: App, runtime: Runtime) -> int:
    """Jobs whose worker was killed are tried again, or have failed if that happened too often; how many there were."""
    stalled = list(await live.job_manager.get_stalled_jobs(seconds_since_heartbeat=STALLED_AFTER_SECONDS))
    for job in stalled:
        assert job.id is not None
        if job.attempts + 1 < MOST_ATTEMPTS:
            await live.job_manager.retry_job(job)
        else:
            await live.job_manager.finish_job_by_id_async(job.id, status=Status.FAILED, delete_job=False)
            _fail_progress(runtime, dict(job.task_kwargs), WENT_WRONG)
        log.warning("Job %s (%s) had lost its worker.", job.id, job.task_name)
    return len(stalled)


async def _sweep(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - the clock hands its time over
    await retry_stalled(context.app, context.additional_context["runtime"])


async def _forget_old(context: JobContext, timestamp: int) -> None:  # noqa: ARG001 - as above
    """Jobs that were done some days ago are gone from the queue; failed ones stay until somebody has looked."""
    await context.app.job_manager.delete_old_jobs(nb_hours=HOURS_TO_KEEP)


def _run(item: Work, context: JobContext, **arguments: Any) -> None:
    """Calls the handler with what it asks for; the work's page learns how it ended."""
    runtime: Runtime = context.additional_context["runtime"]
    arguments.pop("timestamp", None)
    progress = _progress(runtime, arguments)
    extra = {"now": datetime.now(UTC), "settings": runtime.settings, "progress": progress}
    asked_for = inspect.signature(item.handler).parameters
    given = {**arguments, **{name: value for name, value in extra.items() if name in asked_for}}
    try:
        if "transaction" in asked_for:
            item.handler(runtime.transaction, **given)
        else:
            with runtime.transaction() as session:
                item.handler(session, **given)
    except SuccessionError as refusal:
        if progress is not None:
            progress.fail(refusal.text)
        raise
    except BaseException:
        is_last = context.job.attempts + 1 >= MOST_ATTEMPTS
        if progress is not None and is_last:
            progress.fail(WENT_WRONG)
        raise


def _progress(runtime: Runtime, arguments: dict[str, Any]) -> Progress | None:
    given = arguments.pop("progress_id", None)
    return None if given is None else Progress(runtime.transaction, UUID(given))


def _fail_progress(runtime: Runtime, arguments: dict[str, Any], sentence: Text) -> None:
    progress = _progress(runtime, arguments)
    if progress is not None:
        progress.fail(sentence)
