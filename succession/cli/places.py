"""`succession places`: load the gazetteer, add places that it lacks, look one up."""

import json
import sys
from dataclasses import asdict
from gettext import NullTranslations
from pathlib import Path

import click

from succession.accounts.actor import Actor
from succession.cli.session import REFUSED, database_session, settings_or_exit
from succession.i18n import render
from succession.places import place_file, queries, service
from succession.places.gazetteer import ATTRIBUTION


@click.group("places")
def places() -> None:
    """Towns and villages, and the public areas made from them."""


@places.command()
def load() -> None:
    """Load the German gazetteer and divide the region into public areas; what is there stays as it is."""
    settings = settings_or_exit()
    with database_session(settings) as session:
        loaded = service.load_gazetteer(session, Actor.system(), region=settings.region)
    click.echo(f"{loaded.new_places} new places, {loaded.new_areas} new areas. {ATTRIBUTION}.", err=True)


@places.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON document.")
def import_file(file: Path, *, as_json: bool) -> None:
    """Add the places of a CSV FILE (name, lat, lon, population). One wrong row, and none is added."""
    settings = settings_or_exit()
    read = place_file.read(file.read_bytes(), settings.region)
    problems = [
        {"row": problem.row, "message": render(problem.reason, NullTranslations(), "en")} for problem in read.problems
    ]
    if problems:
        _report({"file": file.name, "rows": problems}, as_json=as_json)
        for problem in problems:
            click.echo(
                f"Row {problem['row']}: {problem['message']}" if problem["row"] else problem["message"], err=True
            )
        sys.exit(REFUSED)
    with database_session(settings) as session:
        added = service.add_places(session, Actor.system(), read.places, region=settings.region)
    _report({"file": file.name, **asdict(added), "rows": []}, as_json=as_json)
    click.echo(f"{added.new} new, {added.changed} changed, {added.unchanged} unchanged.", err=True)


@places.command()
@click.argument("name")
@click.option("--limit", type=click.IntRange(1, 50), default=8, show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def search(name: str, limit: int, *, as_json: bool) -> None:
    """Look a place up by NAME, as the pages do."""
    with database_session() as session:
        found = queries.search(session, name, limit=limit)
    if as_json:
        click.echo(
            json.dumps([{**asdict(each), "public_id": str(each.public_id)} for each in found], ensure_ascii=False)
        )
        return
    if not found:
        click.echo(
            f"No place is called “{name}”. Try a larger one nearby, or add it: succession places import.", err=True
        )
    for each in found:
        click.echo(f"{each.public_id}  {each.shown_name}  {each.latitude:.4f} {each.longitude:.4f}")


def _report(document: dict[str, object], *, as_json: bool) -> None:
    """The one document on standard output, if it was asked for."""
    if as_json:
        click.echo(json.dumps(document, ensure_ascii=False))
