"""`succession privacy`, `succession retention` and `succession erase-account`: personal data for operators."""

import json
import sys
from datetime import UTC, datetime
from uuid import UUID

import click
from sqlalchemy.orm import Session

from succession.accounts import queries as accounts
from succession.accounts.actor import Actor
from succession.cli.exits import said
from succession.cli.session import REFUSED, WRONG_USE, database_session, settings_or_exit
from succession.marks import Person
from succession.privacy import (
    erasing,
    processing,
    queries,
    queries_affected,
    service,
    service_archive,
    service_retention,
)
from succession.privacy.models import ErasureWay

ROW = "{:<44} {:<24} {:<22} {:>5} {:>7} {:>6}"
MOMENTS = click.DateTime(["%Y-%m-%d", "%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"])


@click.group("privacy")
def privacy() -> None:
    """Personal data: erase again after a restore, find whom an accident concerns, print the register."""


@privacy.command("replay-ledger")
def replay_ledger() -> None:
    """Erase everybody again who was erased before an older backup was brought back."""
    settings = settings_or_exit()
    with database_session(settings) as session:
        done = service.replay_ledger(session, Actor.system(), settings, now=datetime.now(UTC))
    for erased in done:
        erased.remove_files()
    click.echo(f"{len(done)} erased again.", err=True)


@privacy.command()
@click.option("--from", "since", type=MOMENTS, required=True, help="The beginning, in UTC.")
@click.option("--to", "until", type=MOMENTS, required=True, help="The end, in UTC; not included.")
@click.option("--account", "email", help="Only what was done with the account of this e-mail address.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def affected(since: datetime, until: datetime, email: str | None, *, as_json: bool) -> None:
    """List whom an accident concerns: who was signed in, did something, or owns what was read or changed."""
    if until <= since:
        click.echo("--to must be later than --from.", err=True)
        sys.exit(WRONG_USE)
    with database_session() as session:
        whose = None if email is None else _person_or_exit(session, email).public_id
        found = queries_affected.affected(
            session,
            Actor.system(),
            since=since.replace(tzinfo=UTC),
            until=until.replace(tzinfo=UTC),
            account_public_id=whose,
        )
    if as_json:
        listed = [
            {"account": str(one.public_id), "name": one.name, "email": one.email, "why": list(map(said, one.reasons))}
            for one in found
        ]
        click.echo(json.dumps({"affected": listed}, ensure_ascii=False))
        return
    for one in found:
        click.echo(f"{one.public_id}  {one.email or '-'}  {one.name}: {', '.join(map(said, one.reasons))}")
    click.echo(f"{len(found)} people.", err=True)


@privacy.command("register")
@click.option("--language", type=click.Choice(["de", "en"]), default="de", show_default=True)
def register(language: str) -> None:
    """Print the register of processing as CSV (Art. 30)."""
    click.echo(processing.as_csv(language), nl=False)


@click.group("retention")
def retention() -> None:
    """What has had its time goes by itself every night; here by hand."""


@retention.command("run")
@click.option("--dry-run", is_flag=True, help="Only say what would go.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def run(*, dry_run: bool, as_json: bool) -> None:
    """Delete what has had its time, and tell people what goes soon."""
    settings, now = settings_or_exit(), datetime.now(UTC)
    with database_session(settings) as session:
        if dry_run:
            lines = service_retention.plan(session, Actor.system(), now=now)
            erased: tuple[service.Erased, ...] = ()
        else:
            service_archive.delete_offered(session, Actor.system(), now=now)
            outcome = service_retention.run(session, Actor.system(), settings, now=now)
            lines, erased = outcome.lines, outcome.erased
    for one in erased:
        one.remove_files()
    if not dry_run:
        service_retention.sweep_files(settings, now=now)
    if as_json:
        rows = [
            {"class": said(line.title), "table": line.table, "after": line.column, "days": line.days}
            | {"due": line.due, "told": line.told}
            for line in lines
        ]
        click.echo(json.dumps({"dry_run": dry_run, "rules": rows}, ensure_ascii=False))
        return
    click.echo(ROW.format("class", "table", "after", "days", "due", "told"))
    for line in lines:
        click.echo(ROW.format(said(line.title), line.table, line.column, line.days, line.due, line.told))
    click.echo("Nothing was changed." if dry_run else "Done.", err=True)


@click.command("erase-account")
@click.argument("who", metavar="EMAIL")
@click.option("--yes", is_flag=True, help="Do not ask.")
def erase_account(who: str, *, yes: bool) -> None:
    """Erase the person with the e-mail address EMAIL (or the number of the account), and say what stays."""
    settings = settings_or_exit()
    with database_session(settings) as session:
        person = _person_or_exit(session, who)
        shares = erasing.shares(session, person)
        alone = queries.sole_administrator_of(session, person.account_id)
        _say(shares, alone)
        if not yes and not click.confirm(f"Erase {person.name}?", err=True):
            sys.exit(REFUSED)
        erased = service.erase_person(
            session, Actor.system(), person, settings, way=ErasureWay.OPERATOR, now=datetime.now(UTC)
        )
    erased.remove_files()
    click.echo(f"Erased. Number in the ledger: {erased.erasure.account_public_id}", err=True)


def _say(shares: list[erasing.Share], alone: list[str]) -> None:
    for share in shares:
        click.echo(
            f"{said(share.data_class.title)}: {share.goes} deleted, {share.loses_name} kept without the person, "
            f"{share.stays} kept",
            err=True,
        )
        if share.hold is not None and share.stays:
            click.echo(f"  {said(share.hold.reason)} {said(share.hold.until)}", err=True)
    for name in alone:
        click.echo(f"Nobody else manages “{name}”.", err=True)


def _person_or_exit(session: Session, who: str) -> Person:
    """By e-mail address, or by the number of an account: people on paper have no address."""
    account = accounts.account_by_email(session, who)
    if account is not None:
        return Person(account.id, account.public_id, account.email, account.name)
    try:
        found = queries.person_by_public_id(session, UUID(who))
    except ValueError:
        found = None
    if found is None:
        click.echo(f"There is no account with the address or number {who}.", err=True)
        sys.exit(REFUSED)
    return found
