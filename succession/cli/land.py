"""`succession land`: bring parcels in from a file, list who owns land."""

import gc
import json
import signal
import sys
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from types import FrameType
from typing import Any

import click
from sqlalchemy.orm import Session

from succession.accounts import queries as accounts
from succession.accounts import service as accounts_service
from succession.accounts.actor import Actor
from succession.accounts.models import OrganisationKind
from succession.cli.session import REFUSED, database_session, settings_or_exit
from succession.config import Settings
from succession.errors import Refused, SuccessionError
from succession.geo.formats.fields import FIELDS
from succession.geo.intake import Rules
from succession.geo.region import Region
from succession.i18n import AnyText, Text, load_translations, render
from succession.land import failures, queries, service, service_managed
from succession.land.owner import Owner
from succession.land.report import Outcome, Report, document
from succession.land.requests import ImportRequest, Provenance

OWNER_KINDS = ("municipality", "parish", "foundation", "private")
SHOWN_ROWS = 20
Say = Callable[[AnyText], str]


class NotRefused(Exception):
    """Carries a report out of a transaction that is to leave nothing behind."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.report = report


@dataclass(frozen=True, slots=True)
class Whose:
    """Whose land a file holds: one owner's, or that of the owners of an office."""

    owner: str | None
    create: str | None
    office: str | None


@click.group("land")
def land() -> None:
    """Parcels: bring them in from the file that an office has."""


def _columns(_: click.Context, __: click.Parameter, given: tuple[str, ...]) -> dict[str, str]:
    """`FIELD=COLUMN` as a mapping."""
    columns = {}
    for pair in given:
        name, equals, column = pair.partition("=")
        if not equals or name not in FIELDS:
            raise click.BadParameter(f"{pair!r}: write FIELD=COLUMN; the fields are {', '.join(FIELDS)}.")
        columns[name] = column
    return columns


@land.command("import")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--owner", metavar="NAME", help="Whose land it is: the name of an organisation.")
@click.option("--managed-by", metavar="OFFICE", help="The office that brings it in for several owners, named by row.")
@click.option("--owner-column", metavar="COLUMN", help="The column that names the owner, with --managed-by.")
@click.option("--create-owner", type=click.Choice(OWNER_KINDS), help="Make the organisation if there is none.")
@click.option("--layer", metavar="L", help="The layer to read, if the file has several.")
@click.option("--crs", metavar="EPSG:N", help="The coordinate system, if the file does not say it or says it wrongly.")
@click.option("--map", "columns", multiple=True, callback=_columns, metavar="FIELD=COLUMN", help="What fills a field.")
@click.option("--dry-run", is_flag=True, help="Check everything, import nothing.")
@click.option("--skip-refused", is_flag=True, help="Import the good rows and leave the refused ones out.")
@click.option("--allow-outside-region", is_flag=True, help="Also take what lies outside the region.")
@click.option("--source", default="", metavar="TEXT", help="Where the file comes from (default: its name).")
@click.option("--source-date", type=click.DateTime(["%Y-%m-%d"]), help="The day the data are of.")
@click.option("--licence", default="", metavar="TEXT", help="The licence of the data, such as dl-de/by-2-0.")
@click.option("--attribution", default="", metavar="TEXT", help="What has to be named wherever the data are shown.")
@click.option("--language", type=click.Choice(["de", "en"]), default="en", show_default=True)
@click.option("--json", "as_json", is_flag=True, help="Print the report as one JSON document.")
def import_file(file: Path, language: str, *, as_json: bool, **options: Any) -> None:
    """Import the parcels of FILE for an owner: all of them, or none if one is refused.

    With --managed-by an office brings in the land of all owners that have given it a mandate to do so; a column of the
    file names the owner of each row.
    """
    whose = _whose(options)
    say = _speaker(language)
    settings = settings_or_exit()
    signal.signal(signal.SIGTERM, _leave)
    gc.freeze()  # what is loaded by now stays: no need to look through it again and again
    try:
        with failures.explained():
            report = _imported(settings, _request(file, settings, options), whose)
    except SuccessionError as error:
        report = Report(file=file.name, dry_run=options["dry_run"], reasons=(failures.as_finding(error),))
    if as_json:
        click.echo(json.dumps(document(report, say), ensure_ascii=False, indent=2))
    _tell(report, say, to_stderr=as_json)
    sys.exit(REFUSED if report.is_refused else 0)


@land.command()
@click.option("--json", "as_json", is_flag=True, help="Print one JSON document.")
def owners(*, as_json: bool) -> None:
    """List the organisations and how much land each has."""
    with database_session() as session:
        found = queries.owners(session, Actor.system())
    if as_json:
        click.echo(json.dumps([entry.as_dict() for entry in found], ensure_ascii=False))
        return
    for entry in found:
        click.echo(f"{entry.name:40} {entry.kind:16} {entry.parcels:7} parcels {entry.area_m2 / 10_000:12.2f} ha")


def _leave(_: int, __: FrameType | None) -> None:
    """Being ended is an exit like any other: the transaction is rolled back, unpacked files go."""
    click.echo("Ended from outside. Nothing was imported.", err=True)
    sys.exit(REFUSED)


def _speaker(language: str) -> Say:
    """How sentences are written in `language`."""
    translations = load_translations(language)
    return lambda sentence: render(sentence, translations, language)


def _whose(options: dict[str, Any]) -> Whose:
    """Whose land it is; one owner or one office must be named."""
    whose = Whose(options["owner"], options["create_owner"], options["managed_by"])
    if (whose.owner is None) == (whose.office is None):
        raise click.UsageError("Name either --owner or --managed-by.")
    if whose.office is not None and whose.create is not None:
        raise click.UsageError("--create-owner goes with --owner only.")
    if whose.office is None and options["owner_column"] is not None:
        raise click.UsageError("--owner-column goes with --managed-by only.")
    return whose


def _request(file: Path, settings: Settings, options: dict[str, Any]) -> ImportRequest:
    """The request but for its owner, who is looked up in the database."""
    box = settings.region
    day = options["source_date"]
    return ImportRequest(
        path=file,
        owner=Owner(),
        layer=options["layer"],
        crs=options["crs"],
        columns=options["columns"],
        owner_column=options["owner_column"],
        rules=Rules(Region(box.west, box.south, box.east, box.north), options["allow_outside_region"]),
        provenance=Provenance(
            options["source"], day.date() if day else None, options["licence"], options["attribution"]
        ),
        dry_run=options["dry_run"],
        skip_refused=options["skip_refused"],
    )


def _imported(settings: Settings, request: ImportRequest, whose: Whose) -> Report:
    """The report; whatever was refused or only tried leaves nothing behind, not even a new owner."""
    try:
        with database_session(settings) as session:
            now = datetime.now(UTC)
            actor = Actor.system()
            report = _for_whom(session, actor, request, whose, now=now)
            if report.is_refused or report.dry_run:
                raise NotRefused(report)
    except NotRefused as carried:
        return carried.report
    return report


def _for_whom(session: Session, actor: Actor, request: ImportRequest, whose: Whose, *, now: datetime) -> Report:
    """The report of the import for one owner, or for those of an office."""
    if whose.office is not None:
        office = _office(session, whose.office)
        return service_managed.import_managed(session, actor, request.for_owner(office), now=now)
    found = _owner(session, actor, whose.owner or "", whose.create, now=now)
    return service.import_parcels(session, actor, request.for_owner(found), now=now)


def _office(session: Session, name: str) -> Owner:
    """The office of that name."""
    found = accounts.organisations_named(session, name, OrganisationKind.MANAGING_OFFICE)
    if not found:
        raise Refused(Text("There is no office named “%(name)s”.", {"name": name}))
    return Owner(organisation_id=found[0].id, name=found[0].name, public_id=found[0].public_id, is_office=True)


def _owner(session: Session, actor: Actor, name: str, create: str | None, *, now: datetime) -> Owner:
    """The owner of that name; made if asked for."""
    kind, owner_kinds = OrganisationKind(create) if create else None, [OrganisationKind(one) for one in OWNER_KINDS]
    found = [entry for entry in accounts.organisations_named(session, name, kind) if entry.kind in owner_kinds]
    if not found and kind is not None:
        found = [accounts_service.find_or_create_organisation(session, actor, name, kind, now=now)]
    if not found:
        names = [entry.name for entry in queries.owners(session, actor)]
        raise Refused(
            Text(
                "There is no owner named “%(name)s”. The owners are: %(owners)s. "
                "To make a new one, add --create-owner municipality, parish, foundation or private.",
                {"name": name, "owners": ", ".join(names[:40]) or "–"},
            )
        )
    if len(found) > 1:
        raise Refused(
            Text(
                "There are several owners named “%(name)s”. Say which by --create-owner: %(kinds)s.",
                {"name": name, "kinds": ", ".join(entry.kind.value for entry in found)},
            )
        )
    return Owner(organisation_id=found[0].id, name=found[0].name, public_id=found[0].public_id)


def _tell(report: Report, say: Say, *, to_stderr: bool) -> None:
    """The report as people read it; beside a JSON document it goes to the other channel, shortened to the essence."""
    lines = [say(reason.text) for reason in report.reasons]
    if not report.reasons:
        lines.append(say(_headline(report)))
        lines.extend(_first_refusal(report, say))
        lines.extend(_by_owner(report, say))
    lines.extend(say(note.text) for note in report.notes)
    if not to_stderr and report.counts.read:
        lines.extend(_table(report, say))
    for line in lines:
        click.echo(line, err=to_stderr or report.is_refused)


def _first_refusal(report: Report, say: Say) -> list[str]:
    """What the first refused row lacks: often it is the same for all."""
    refused = next((row for row in report.rows if row.outcome is Outcome.REFUSED), None)
    if refused is None:
        return []
    sentences = " ".join(say(reason.text) for reason in refused.reasons)
    return [f"{say(Text('Row'))} {refused.row}: {sentences}"]


def _by_owner(report: Report, say: Say) -> list[str]:
    """What became of each owner's rows, where an office brought in several owners'."""
    return [
        say(
            Text(
                "%(owner)s: %(taken)s taken, %(held_back)s held back, %(refused)s refused",
                {
                    "owner": share.owner or Text("no owner with a mandate"),
                    "taken": share.counts.taken,
                    "held_back": share.counts.held_back,
                    "refused": share.counts.refused,
                },
            )
        )
        for share in report.shares
    ]


def _headline(report: Report) -> AnyText:
    """One sentence on how it ended."""
    counts = report.counts
    if counts.held_back or (counts.refused and not counts.taken):
        return Text(
            "%(refused)s of %(read)s rows were refused, so nothing was imported. Correct them, "
            "or add --skip-refused to leave them out.",
            {"refused": counts.refused, "read": counts.read},
        )
    if report.dry_run:
        return Text("Only checked, nothing was imported: %(read)s rows could come in.", {"read": counts.taken})
    return Text(
        "%(imported)s parcels are new, %(updated)s were updated, %(unchanged)s were unchanged.",
        {"imported": counts.imported, "updated": counts.updated, "unchanged": counts.unchanged},
    )


def _table(report: Report, say: Say) -> list[str]:
    """The sums, and the first rows that have something to say."""
    counts = report.counts
    facts: list[tuple[Text, AnyText | str]] = [
        (Text("File"), report.file),
        (Text("Format"), report.format or "–"),
        (Text("Layer"), report.layer or "–"),
        (Text("Coordinate system"), report.crs or "–"),
        (Text("Rows read"), str(counts.read)),
        (Text("Repaired"), str(counts.repaired)),
        (Text("With a warning"), str(counts.warnings)),
        (Text("Refused"), str(counts.refused)),
        (Text("Area"), Text("%(area)s ha", {"area": round(report.area_ha, 2)})),
        (Text("Columns"), ", ".join(f"{name} = {column}" for name, column in (report.columns or {}).items()) or "–"),
    ]
    lines = [""]
    lines += [f"  {say(label):20} {value if isinstance(value, str) else say(value)}" for label, value in facts]
    if report.rows:
        lines.append("")
    for row in report.rows[:SHOWN_ROWS]:
        sentences = " ".join(say(reason.text) for reason in row.reasons)
        lines.append(f"  {say(Text('Row'))} {row.row:>6}  {say(row.outcome.label):11} {sentences}")
    left_out = len(report.rows) - SHOWN_ROWS + report.rows_left_out
    if left_out > 0:
        lines.append("  " + say(Text("… and %(number)s more rows with remarks (see --json).", {"number": left_out})))
    return lines
