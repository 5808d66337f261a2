"""Files of parcels, and parcels in the register."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from decimal import Decimal

import numpy as np
import shapely
from pyogrio.raw import write

from succession.accounts.actor import Actor
from succession.geo.intake import Rules
from succession.land import service
from succession.land.facts import NewParcel
from succession.land.owner import Owner
from succession.land.requests import ImportRequest
from tests.factories.accounts import an_organisation

X, Y = 680_000, 5_870_000
NOON = datetime(2026, 11, 2, 12, 0, tzinfo=UTC)


def a_field(column=0, row=0, *, size=100.0, dx=0.0, dy=0.0):
    """A square field near Lenzen; fields of different columns and rows do not touch."""
    left, bottom = X + column * 200 + dx, Y + row * 200 + dy
    return shapely.box(left, bottom, left + size, bottom + size)


@dataclass
class Row:
    """One feature of a file and its attributes."""

    outline: shapely.Geometry | None
    values: dict = field(default_factory=dict)


def a_file(folder, rows, *, name="parcels.gpkg", crs="EPSG:25832"):
    """A GeoPackage with these rows; the columns are those that any row names."""
    columns = list(dict.fromkeys(column for row in rows for column in row.values))
    data = [np.array([row.values.get(column) for row in rows], dtype=object) for column in columns]
    data = [values.astype(float) if all(isinstance(v, float) for v in values) else values for values in data]
    geometries = shapely.to_wkb(np.array([row.outline for row in rows], dtype=object))
    path = folder / name
    write(path, geometries, data, np.array(columns), geometry_type="Unknown", crs=crs, driver="GPKG", layer="parcels")
    return path


def an_owner(session, name="Gemeinde Lenzerwische"):
    """A municipality."""
    return Owner(organisation_id=an_organisation(session, name=name).id, name=name)


def imported(session, owner, path, *, actor=None, now=NOON, **options):
    """The report of an import by the operator, unless told otherwise; what it did is committed."""
    request = ImportRequest(path=path, owner=owner, rules=options.pop("rules", Rules()), **options)
    report = service.import_parcels(session, actor or Actor.system(), request, now=now)
    session.commit()
    return report


def parcels(session, owner, count=3, **facts):
    """So many fields in a row."""
    drafts = [
        NewParcel(outline=a_field(column), name=f"Schlag {column + 1}", soil_points=Decimal(40 + column), **facts)
        for column in range(count)
    ]
    added = service.add_parcels(session, Actor.system(), owner, drafts, now=NOON)
    session.commit()
    return added
