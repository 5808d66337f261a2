"""`succession reference`: how many businesses of each group there are in an area, which the k-rule counts with."""

import csv
import json
import sys
from dataclasses import asdict
from datetime import UTC, datetime
from gettext import NullTranslations
from pathlib import Path

import click

from succession.accounts.actor import Actor
from succession.cli.session import REFUSED, database_session, settings_or_exit
from succession.i18n import render
from succession.listings import service_placing
from succession.places import queries_levels, reference_file, service_reference
from succession.places.place_file import RowProblem


@click.group("reference")
def reference() -> None:
    """Counts of businesses by area and group: they decide how wide an area is shown."""


@reference.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON document.")
def import_file(file: Path, *, as_json: bool) -> None:
    """Take over the counts of a CSV FILE (area, branch, count, source, date). One wrong row, and none is taken."""
    now = datetime.now(UTC)
    with database_session(settings_or_exit()) as session:
        read = reference_file.read(file.read_bytes(), queries_levels.area_codes(session), today=now.date())
        if read.problems:
            _refuse(file, read.problems, as_json=as_json)
        taken = service_reference.import_counts(session, Actor.system(), read.counts, now=now)
        wider = service_placing.apply_reference(session, Actor.system(), now=now)
    if as_json:
        click.echo(json.dumps({"file": file.name, **asdict(taken), "offers_changed": wider, "rows": []}))
    click.echo(
        f"{taken.new} new, {taken.changed} changed, {taken.unchanged} unchanged. "
        f"{wider} offers are now shown in a wider area.",
        err=True,
    )


@reference.command("export")
@click.option("--counted", is_flag=True, help="Leave the estimates out.")
def export(*, counted: bool) -> None:
    """Print the table as CSV, in the form that `import` takes."""
    with database_session(settings_or_exit()) as session:
        lines = queries_levels.reference_lines(session, only_counted=counted)
    writer = csv.writer(sys.stdout, delimiter=";", lineterminator="\n")
    writer.writerow([*reference_file.COLUMNS, "name", "is_estimate"])
    for line in lines:
        number = f"{line.number:g}"
        row = [line.area_code, line.branch, number, line.source, line.counted_on.isoformat(), line.area_name]
        writer.writerow([*row, "yes" if line.is_estimate else "no"])


def _refuse(file: Path, problems: tuple[RowProblem, ...], *, as_json: bool) -> None:
    """Every wrong row with its reason, and the end."""
    rows = [{"row": problem.row, "message": render(problem.reason, NullTranslations(), "en")} for problem in problems]
    if as_json:
        click.echo(json.dumps({"file": file.name, "rows": rows}, ensure_ascii=False))
    for row in rows:
        click.echo(f"Row {row['row']}: {row['message']}" if row["row"] else row["message"], err=True)
    sys.exit(REFUSED)
