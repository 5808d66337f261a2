"""`succession check`: is everything as it should be, and if not, what to do."""

import json
import sys

import click

from succession.cli.checks import Finding, examine
from succession.cli.exits import REFUSED
from succession.config import SettingsError, load_settings


@click.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def check(*, as_json: bool) -> None:
    """Look at settings, database, worker, mail, files, accounts and legal texts; ends with 1 if something is wrong."""
    try:
        found = examine(load_settings())
    except SettingsError as error:
        found = [Finding("settings", str(error))]
    if as_json:
        listed = [{"area": one.area, "wrong": one.is_wrong, "what": one.sentence} for one in found]
        click.echo(json.dumps({"ok": not any(one.is_wrong for one in found), "findings": listed}))
    else:
        for one in sorted(found, key=lambda finding: not finding.is_wrong):
            click.echo(f"{'WRONG' if one.is_wrong else 'note '}  {one.area}: {one.sentence}")
        wrong = sum(one.is_wrong for one in found)
        click.echo("Everything is as it should be." if not wrong else f"{wrong} things to do.", err=True)
    if any(one.is_wrong for one in found):
        sys.exit(REFUSED)
