"""`succession audit`: who did what, and whether the record is whole."""

import json
import re
import sys
from collections.abc import Callable
from typing import Any
from uuid import UUID

import click

from succession.audit import queries, sentences, service
from succession.audit.verification import Verification
from succession.audit.verification import verify as verify_record
from succession.cli.exits import said
from succession.cli.session import REFUSED, WRONG_USE, database_session

NOTED = re.compile(r"(?P<number>[1-9][0-9]*):(?P<hash>[0-9a-f]{64})")


@click.group("audit")
def audit() -> None:
    """Look into the record of who did what, and check that nobody has changed it."""


@audit.command()
@click.option("--noted", metavar="NUMBER:HASH", help="An end of the chain that was noted elsewhere before.")
@click.option("--seal", "seals_first", is_flag=True, help="Seal what is not sealed yet before looking.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def verify(noted: str | None, *, seals_first: bool, as_json: bool) -> None:
    """Compute the chain anew; ends with 1 and the place if an entry was changed, removed or put in."""
    match = NOTED.fullmatch(noted) if noted else None
    if noted and match is None:
        click.echo("Write the noted end of the chain as NUMBER:HASH, as this command prints it.", err=True)
        sys.exit(WRONG_USE)
    with database_session() as session:
        if seals_first:
            service.seal(session)
        result = verify_record(session, noted=(int(match["number"]), match["hash"]) if match else None)
    (_print_json if as_json else _print_plain)(result)
    if not result.is_whole:
        sys.exit(REFUSED)


@audit.command()
@click.option("--about", nargs=2, required=True, metavar="KIND PUBLIC_ID", help="A thing, such as: listing UUID.")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def show(about: tuple[str, str], *, as_json: bool) -> None:
    """List every act on one thing, the oldest first."""
    kind, written = about
    try:
        public_id = UUID(written)
    except ValueError:
        click.echo(f"{written!r} is no public id: it looks like 1b4e28ba-2fa1-11d2-883f-0016d3cca427.", err=True)
        sys.exit(WRONG_USE)
    with database_session() as session:
        acts = [_as_values(act) for act in queries.acts_on(session, kind, public_id)]
    if as_json:
        click.echo(json.dumps({"kind": kind, "public_id": str(public_id), "acts": acts}))
        return
    for act in acts:
        who = act["account"] or act["acted_as"]
        acted_for = f" for {act['on_behalf_of']}" if act["on_behalf_of"] else ""
        click.echo(f"{act['at']}  {act['sentence']}  [{who}{acted_for}]")
    if not acts:
        click.echo("Nothing is on record about it.", err=True)


def _as_values(act: queries.Act) -> dict[str, Any]:
    shown: Callable[[UUID | None], str | None] = lambda value: None if value is None else str(value)  # noqa: E731
    return {
        "at": act.at.isoformat(),
        "action": act.action,
        "sentence": said(sentences.sentence(act.action)),
        "acted_as": act.acted_as.value,
        "account": shown(act.account),
        "on_behalf_of": shown(act.on_behalf_of),
        "organisation": shown(act.organisation),
        "detail": act.detail,
    }


def _print_json(result: Verification) -> None:
    document = {
        "whole": result.is_whole,
        "sealed": result.sealed,
        "unsealed": result.unsealed,
        "erased_details": result.erased_details,
        "head": {"number": result.head_number, "hash": result.head},
        "findings": [{"fault": one.fault.value, "link": one.number, "entry": one.entry_id} for one in result.findings],
    }
    click.echo(json.dumps(document))


def _print_plain(result: Verification) -> None:
    click.echo(f"{result.sealed} acts sealed, {result.unsealed} wait for the next minute.")
    click.echo(f"{result.erased_details} personal details were erased; the chain bears that.")
    for one in result.findings:
        link = f"link {one.number}" if one.number is not None else "not sealed"
        entry = f", entry {one.entry_id}" if one.entry_id is not None else ""
        click.echo(f"WRONG: {link}{entry}: {one.fault.value}", err=True)
    if result.is_whole:
        click.echo(f"The record is whole. To compare later, note: {result.head_number}:{result.head}")
