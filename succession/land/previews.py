"""Outlines as a map shows them: of a file that waits for a person's word, and of parcels, for their owner only."""

import json
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.geo.crs import LONLAT_EPSG
from succession.land import drawings, policy
from succession.land.drawings import Picture
from succession.land.exact import ImportPreview
from succession.land.models import Parcel

MOST_OUTLINES = 2000
FeatureCollection = dict[str, Any]

# A metre is finer than a pixel of any map that shows a whole file. Rows with something to say come first.
_KEEP = """
INSERT INTO land_import_preview (land_import_id, picture, features)
SELECT :import_id, CAST(:picture AS jsonb),
    jsonb_build_object('type', 'FeatureCollection', 'features', coalesce(jsonb_agg(feature), '[]'))
FROM (
    SELECT jsonb_build_object(
        'type', 'Feature', 'id', s.row,
        'geometry', st_asgeojson(st_transform(st_simplifypreservetopology(s.geom, 1), :lonlat), 6)::jsonb,
        'properties', jsonb_build_object('row', s.row, 'outcome', o.outcome, 'remark', s.findings IS NOT NULL)
    ) AS feature
    FROM land_staging s JOIN land_outcome o ON o.row = s.row
    WHERE s.geom IS NOT NULL
    ORDER BY s.findings IS NULL, s.row
    LIMIT :most
) shown
ON CONFLICT (land_import_id) DO UPDATE SET picture = excluded.picture, features = excluded.features
"""

_PARCELS = """
SELECT jsonb_build_object('type', 'FeatureCollection', 'features', coalesce(jsonb_agg(feature), '[]'))
FROM (
    SELECT jsonb_build_object(
        'type', 'Feature', 'id', p.public_id,
        'geometry', st_asgeojson(st_transform(l.geom, :lonlat), 6)::jsonb,
        'properties', jsonb_build_object(
            'label', coalesce(p.name, p.parcel_key, p.reference, p.crop_name, ''), 'land_use', p.land_use,
            'hectares', round((l.area_m2 / 10000)::numeric, 2)
        )
    ) AS feature
    FROM parcel p JOIN parcel_location l ON l.parcel_id = p.id
    WHERE p.id = ANY(:parcels)
    ORDER BY l.area_m2 DESC, p.id
) shown
"""


def keep(session: Session, import_id: int) -> None:
    """The outlines in the waiting room can be seen on the page of this import."""
    picture = drawings.picture(session, drawings.STAGED)
    drawn = None if picture is None else json.dumps(picture.as_json())
    values = {"import_id": import_id, "lonlat": LONLAT_EPSG, "most": MOST_OUTLINES, "picture": drawn}
    session.execute(text(_KEEP), values)


def forget(session: Session, import_id: int) -> None:
    """The outlines of this import are gone."""
    session.execute(delete(ImportPreview).where(ImportPreview.land_import_id == import_id))


def of_import(session: Session, import_id: int) -> FeatureCollection:
    """The outlines kept for an import, as GeoJSON; the caller has checked who asks."""
    kept = session.get(ImportPreview, import_id)
    return {"type": "FeatureCollection", "features": []} if kept is None else kept.features


def picture_of_import(session: Session, import_id: int) -> Picture | None:
    """The picture kept for an import; the caller has checked who asks."""
    kept = session.get(ImportPreview, import_id)
    return None if kept is None or kept.picture is None else drawings.picture_from_json(kept.picture)


def picture_of_parcels(session: Session, actor: Actor, *, import_id: int | None = None) -> Picture | None:
    """The actor's own parcels in one picture: all, or those of one import."""
    ids = _own_ids(session, actor, import_id=import_id, parcel=None)
    return drawings.picture(session, drawings.PARCELS, parcels=ids)


def of_parcels(
    session: Session, actor: Actor, *, import_id: int | None = None, parcel: UUID | None = None
) -> FeatureCollection:
    """The actor's own parcels as GeoJSON, the largest first: all, those of one import, or a single one."""
    ids = _own_ids(session, actor, import_id=import_id, parcel=parcel)
    found: FeatureCollection = session.execute(text(_PARCELS), {"parcels": ids, "lonlat": LONLAT_EPSG}).scalar_one()
    return found


def _own_ids(session: Session, actor: Actor, *, import_id: int | None, parcel: UUID | None) -> list[int]:
    chosen = select(Parcel.id).where(policy.visible_parcels(actor))
    if import_id is not None:
        chosen = chosen.where(Parcel.land_import_id == import_id)
    if parcel is not None:
        chosen = chosen.where(Parcel.public_id == parcel)
    return list(session.scalars(chosen.order_by(Parcel.id).limit(MOST_OUTLINES)))
