"""`succession jobs`: the worker and its queue."""

import json
import logging
import sys
from datetime import UTC, datetime

import click

from succession import schema, worker
from succession.cli.session import REFUSED, WRONG_USE, database_session, settings_or_exit
from succession.cluster import ClusterError
from succession.errors import Conflict
from succession.jobs import queries, service
from succession.outbox import service as outbox
from succession.outbox.values import Mail


@click.group("jobs")
def jobs() -> None:
    """Do the jobs of the queue, look at them, try them again."""


@jobs.command()
@click.option("--concurrency", type=click.IntRange(1, 32), default=2, show_default=True, help="Jobs at the same time.")
@click.option("--until-empty", is_flag=True, help="End when nothing is left to do.")
def work(concurrency: int, *, until_empty: bool) -> None:
    """Do jobs until told to stop."""
    settings = settings_or_exit()
    logging.basicConfig(level=logging.WARNING, format="%(asctime)s %(name)s %(levelname)s %(message)s")
    logging.getLogger("psycopg.pool").setLevel(logging.ERROR)  # it repeats itself while the database is away
    try:
        schema.upgrade(settings)
    except ClusterError as error:
        click.echo(str(error), err=True)
        sys.exit(REFUSED)
    worker.work(settings, concurrency=concurrency, wait=not until_empty)


@jobs.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
@click.option("--failed", is_flag=True, help="List the failed jobs too.")
def status(*, as_json: bool, failed: bool) -> None:
    """Say how many jobs wait, run, are done and have failed, and whether a worker is alive."""
    with database_session() as session:
        state = queries.status(session)
        rows = queries.latest(session, "failed") if failed else []
    if as_json:
        listed = [{"id": row.id, "name": row.task_name, "attempts": row.attempts} for row in rows]
        click.echo(json.dumps({"counts": state.counts, "workers": state.workers, "failed": listed}))
        return
    for name, count in state.counts.items():
        click.echo(f"{name:<10} {count}")
    click.echo(f"{'workers':<10} {state.workers}")
    for row in rows:
        click.echo(f"failed: {row.id} {row.task_name}, tried {row.attempts} times")


@jobs.command()
@click.argument("job_ids", nargs=-1, type=click.IntRange(min=1), metavar="[NUMBER]...")
@click.option("--all", "every", is_flag=True, help="All that have failed.")
def retry(job_ids: tuple[int, ...], *, every: bool) -> None:
    """Try failed jobs again, by their numbers or all."""
    if bool(job_ids) == every:
        click.echo("Name the jobs by their numbers, or use --all.", err=True)
        sys.exit(WRONG_USE)
    now = datetime.now(UTC)
    try:
        with database_session() as session:
            count = service.retry_failed(session, now=now) if every else len(job_ids)
            for job_id in job_ids:
                service.retry(session, job_id, now=now)
    except Conflict as error:
        click.echo(str(error), err=True)
        sys.exit(REFUSED)
    click.echo(f"{count} will be tried again.", err=True)


@jobs.command("trial-mail")
@click.argument("address")
def trial_mail(address: str) -> None:
    """Write a mail to ADDRESS that the worker sends: does it arrive?"""
    if "@" not in address or any(sign.isspace() for sign in address):
        click.echo(f"{address!r} is no e-mail address.", err=True)
        sys.exit(WRONG_USE)
    now = datetime.now(UTC)
    with database_session() as session:
        outbox.enqueue(session, Mail("operations/trial", {"written_at": now}), address=address, now=now)
    click.echo("Written. The worker sends it; succession jobs status says whether one is alive.", err=True)
