"""`succession demo`: fill an empty installation with the demo region."""

import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime

import click

from succession.accounts.actor import Actor
from succession.accounts.demo_logins import DEMO_LOGINS, DEMO_PASSWORD
from succession.cli.exits import said
from succession.cli.session import REFUSED, database_session, settings_or_exit
from succession.demo import service
from succession.errors import SuccessionError
from succession.i18n import Text


@click.command("demo")
@click.option("--json", "as_json", is_flag=True, help="Print what there is as one JSON document.")
def demo(*, as_json: bool) -> None:
    """Fill an empty installation with the demo region: invented people, land, offers and searches along the Elbe."""
    settings = settings_or_exit()
    try:
        if settings.is_production:
            raise SuccessionError(Text("This is a production installation: the demo region does not belong here."))
        with database_session(settings) as session:
            region = service.build(session, Actor.system(), now=datetime.now(UTC))
    except SuccessionError as error:
        click.echo(said(error.text), err=True)
        sys.exit(REFUSED)
    if as_json:
        click.echo(json.dumps(asdict(region)))
    click.echo("The demo region is there now." if region.is_new else "The demo region is there already.", err=True)
    click.echo(
        f"{region.businesses} businesses, {region.land_offers} offers of land, {region.parcels} parcels, "
        f"{region.seekers} seekers.",
        err=True,
    )
    click.echo(f"Sign in as {', '.join(DEMO_LOGINS)}; the password is {DEMO_PASSWORD}", err=True)
