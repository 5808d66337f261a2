"""The steps that every import takes, for one owner or for several: read, recognise, decide, keep on record."""

from dataclasses import replace
from datetime import datetime
from decimal import Decimal

from sqlalchemy import text
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.geo import crs
from succession.geo.findings import FileRefused, Finding
from succession.geo.formats import fields
from succession.geo.formats.opening import open_source
from succession.geo.formats.source import Source
from succession.land import identity, overlaps, reading, staging
from succession.land.models import ImportState, LandImport
from succession.land.owner import Owner, OwnersByName
from succession.land.report import Report, decided, held_back, packed
from succession.land.requests import ImportRequest
from succession.land.tally import Tally, tally


def read(
    session: Session, request: ImportRequest, progress: reading.Progress | None, managed: list[Owner] | None = None
) -> tuple[Report, fields.Columns]:
    """The rows are staged; a file that cannot be taken as a whole gives a report with its reasons.

    With `managed` each row names its owner, who must be one of these.
    """
    report = Report(file=request.shown_name, dry_run=request.dry_run)
    columns: fields.Columns = {}
    staging.open_room(session)
    try:
        with open_source(request.path, file_name=request.file_name, layer=request.layer, crs=request.crs) as source:
            report = _described(report, source)
            columns = fields.mapping(source.columns, request.columns)
            report = replace(report, columns=columns)
            owners = None
            if managed is not None:
                owners = OwnersByName(fields.owner_column(source.columns, request.owner_column), managed)
            reading.stage(session, source, columns, request.rules, progress, owners=owners)
            report = _described(report, source)
    except FileRefused as refusal:
        return replace(report, reasons=(Finding(refusal.code, refusal.text),)), {}
    return report, columns


def _described(report: Report, source: Source) -> Report:
    """The report with what the source says of itself."""
    return replace(
        report,
        format=source.format,
        layer=source.layer,
        crs=None if source.crs is None else crs.label(source.crs),
        notes=tuple(source.notes),
        layers=source.layers,
        present_columns=source.columns,
    )


def recognised(session: Session, owner: Owner, columns: tuple[str, ...]) -> Tally:
    """Every row has its outcome. From here on imports for one owner wait for each other, until the transaction ends."""
    key = f"land:{owner.organisation_id}:{owner.account_id}"
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key})
    identity.recognise(session, organisation_id=owner.organisation_id, account_id=owner.account_id, fields=columns)
    overlaps.find_overlaps(session)
    return tally(session)


def decide(report: Report, result: Tally, request: ImportRequest) -> Report:
    """The report with its sums, after the rule "all or none"."""
    counts = decided(result.counts, skip_refused=request.skip_refused)
    is_held_back = counts.taken == 0 and counts.refused > 0
    return replace(
        report,
        counts=counts,
        area_ha=Decimal(0) if is_held_back else result.area_ha,
        rows=held_back(result.rows) if is_held_back else result.rows,
        rows_left_out=result.rows_left_out,
    )


def keep(session: Session, actor: Actor, request: ImportRequest, report: Report, *, now: datetime) -> LandImport:
    """The import is on record with its report."""
    record = session.get(LandImport, request.record_id) if request.record_id is not None else None
    if record is None:
        record = LandImport(
            owner_organisation_id=request.owner.organisation_id,
            owner_account_id=request.owner.account_id,
            started_by_account_id=actor.account_id,
            file_name=request.shown_name[:255],
            source=request.provenance.source or request.shown_name[:255],
            source_on=request.provenance.source_on,
            licence=request.provenance.licence,
            attribution=request.provenance.attribution,
            created_at=now,
        )
        session.add(record)
    record.state = ImportState.DONE
    record.format, record.layer, record.crs = report.format, report.layer, report.crs
    record.rows_read = report.counts.read
    record.report = packed(report)
    record.finished_at = now
    session.flush()
    return record
