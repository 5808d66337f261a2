"""Writing doors of land: importing a file, single parcels and farmsteads."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import uuid4

import numpy as np
from geoalchemy2.shape import from_shape
from shapely import Point
from sqlalchemy import text
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.errors import Refused
from succession.geo import crs
from succession.geo.cleaning import clean_all
from succession.geo.findings import FileRefused, Finding
from succession.geo.formats import fields
from succession.geo.formats.opening import open_source
from succession.geo.formats.source import Source
from succession.land import failures, identity, overlaps, policy, previews, reading, staging, taking
from succession.land.exact import ParcelLocation, SiteLocation
from succession.land.facts import NewParcel, NewSite
from succession.land.models import ImportState, LandImport, Parcel, Site
from succession.land.owner import Owner
from succession.land.report import Report, decided, held_back, packed
from succession.land.requests import ImportRequest
from succession.land.tally import Tally, tally


def import_parcels(
    session: Session,
    actor: Actor,
    request: ImportRequest,
    *,
    now: datetime,
    progress: reading.Progress | None = None,
) -> Report:
    """The file's parcels are the owner's, all or none of them; the report says what became of every row.

    A row that is refused holds the others back, unless the request leaves refused rows out. Accidents of disk and
    database are raised as `Unavailable`; the caller then rolls back.
    """
    authorize(policy.may_import, actor, request.owner)
    with failures.explained():
        report, columns = _read(session, request, progress)
        if not report.reasons:
            report = _decided(report, _recognised(session, request.owner, tuple(columns)), request)
        if not (report.is_refused or request.dry_run):
            record = _kept(session, actor, request, report, now=now)
            taking.take_over(session, record, tuple(columns), now=now)
            audit.record(session, actor, "land.imported", kind="land_import", public_id=record.public_id, now=now)
        elif request.record_id is not None and not report.reasons:
            previews.keep(session, request.record_id)
        staging.leave_room(session)
    return report


def _read(session: Session, request: ImportRequest, progress: reading.Progress | None) -> tuple[Report, fields.Columns]:
    """The rows are staged; a file that cannot be taken as a whole gives a report with its reasons."""
    report = Report(file=request.shown_name, dry_run=request.dry_run)
    columns: fields.Columns = {}
    staging.open_room(session)
    try:
        with open_source(request.path, file_name=request.file_name, layer=request.layer, crs=request.crs) as source:
            report = _described(report, source)
            columns = fields.mapping(source.columns, request.columns)
            report = replace(report, columns=columns)
            reading.stage(session, source, columns, request.rules, progress)
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


def _recognised(session: Session, owner: Owner, columns: tuple[str, ...]) -> Tally:
    """Every row has its outcome. From here on imports for one owner wait for each other, until the transaction ends."""
    key = f"land:{owner.organisation_id}:{owner.account_id}"
    session.execute(text("SELECT pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key})
    identity.recognise(session, organisation_id=owner.organisation_id, account_id=owner.account_id, fields=columns)
    overlaps.find_overlaps(session)
    return tally(session)


def _decided(report: Report, result: Tally, request: ImportRequest) -> Report:
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


def _kept(session: Session, actor: Actor, request: ImportRequest, report: Report, *, now: datetime) -> LandImport:
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


def add_parcels(
    session: Session, actor: Actor, owner: Owner, parcels: Sequence[NewParcel], *, now: datetime
) -> list[Parcel]:
    """The parcels are in the register, in this order; an outline that cannot be stored is refused, and with it all."""
    authorize(policy.may_import, actor, owner)
    outlines = np.empty(len(parcels), dtype=object)
    outlines[:] = [parcel.outline for parcel in parcels]
    cleaned = clean_all(outlines)
    shapes = [one.geometry for one in cleaned if one.geometry is not None]
    for one in cleaned:
        if one.refusals:
            raise Refused(one.refusals[0].text)
    added = [
        Parcel(
            public_id=parcel.public_id or uuid4(),
            owner_organisation_id=owner.organisation_id,
            owner_account_id=owner.account_id,
            parcel_key=parcel.parcel_key,
            reference=parcel.reference,
            name=parcel.name,
            official_area_m2=parcel.official_area_m2,
            land_use=parcel.land_use,
            crop_name=parcel.crop_name,
            soil_points=parcel.soil_points,
            created_at=now,
            updated_at=now,
        )
        for parcel in parcels
    ]
    session.add_all(added)
    session.flush()
    session.add_all(
        ParcelLocation(parcel_id=parcel.id, geom=from_shape(shape, crs.STORAGE_EPSG))
        for parcel, shape in zip(added, shapes, strict=True)
    )
    session.flush()
    return added


def create_site(session: Session, actor: Actor, owner: Owner, site: NewSite, *, now: datetime) -> Site:
    """There is a farmstead or workshop with its exact point."""
    authorize(policy.may_import, actor, owner)
    created = Site(
        public_id=site.public_id or uuid4(),
        owner_organisation_id=owner.organisation_id,
        owner_account_id=owner.account_id,
        name=site.name,
        created_at=now,
    )
    session.add(created)
    session.flush()
    session.add(SiteLocation(site_id=created.id, geom=from_shape(Point(site.x, site.y), crs.STORAGE_EPSG)))
    session.flush()
    audit.record(session, actor, "land.site_created", kind="site", public_id=created.public_id, now=now)
    return created
