"""Writing doors of land: importing a file, single parcels and farmsteads."""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

import numpy as np
from geoalchemy2.shape import from_shape
from shapely import Point
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.errors import Refused
from succession.geo import crs
from succession.geo.cleaning import clean_all
from succession.land import failures, file_import, policy, previews, reading, staging, taking
from succession.land.exact import ParcelLocation, SiteLocation
from succession.land.facts import NewParcel, NewSite
from succession.land.models import Parcel, Site
from succession.land.owner import Owner
from succession.land.report import Report
from succession.land.requests import ImportRequest


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
        report, columns = file_import.read(session, request, progress)
        if not report.reasons:
            result = file_import.recognised(session, request.owner, tuple(columns))
            report = file_import.decide(report, result, request)
        if not (report.is_refused or request.dry_run):
            record = file_import.keep(session, actor, request, report, now=now)
            taking.take_over(session, record, tuple(columns), now=now)
            audit.record(
                session,
                actor,
                "land.imported",
                kind="land_import",
                public_id=record.public_id,
                organisation=request.owner.public_id,
                now=now,
            )
        elif request.record_id is not None and not report.reasons:
            previews.keep(session, request.record_id)
        staging.leave_room(session)
    return report


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
