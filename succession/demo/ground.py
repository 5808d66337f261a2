"""The parcels of the demo region: fields drawn around real villages, shared out among their owners, and registered."""

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import numpy as np
from shapely import LineString
from shapely.geometry import Polygon, mapping
from sqlalchemy import func, select, text, update
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.demo.fields import FieldShape, Village, cut_down, draw
from succession.demo.identity import chances, demo_id
from succession.demo.manuscript import FieldNames, Manuscript, OfferText
from succession.geo import crs
from succession.geo.intake import Rules
from succession.land import service
from succession.land.facts import NewParcel
from succession.land.models import LandImport, LandUse, Parcel
from succession.land.owner import Owner
from succession.land.requests import ImportRequest, Provenance
from succession.places import elbe
from succession.places.models import Place

FIELDS_PER_VILLAGE = 19
ATTRIBUTION = "Demoregion: erfundene Flurstücke, selbst gezeichnet"
IMPORTED_OWNER = "municipality"
_SHARES = {"municipality": 8, "foundation": 6, "parish": 4, "private": 2}

_SAME_IDS = text("""
    UPDATE parcel SET public_id = given.public_id
    FROM unnest(CAST(:keys AS text[]), CAST(:public_ids AS uuid[])) AS given(parcel_key, public_id)
    WHERE parcel.parcel_key = given.parcel_key AND parcel.owner_organisation_id = :organisation
""")


@dataclass(frozen=True, slots=True)
class Ground:
    """One parcel before it is registered: whose it is, for which offer, and what is known of it."""

    owner: str
    offer: str
    village: str
    key: str
    name: str
    outline: Polygon
    land_use: LandUse
    crop: str
    soil_points: Decimal | None
    official_area_m2: Decimal

    @property
    def public_id(self) -> UUID:
        """The same every time."""
        return demo_id("parcel", self.key)


def places_by_name(session: Session, names: set[str]) -> dict[str, tuple[int, float, float]]:
    """Number and stored location of each named place of the region; an unknown name is an error of the texts."""
    rows = session.execute(
        select(Place.shown_name, Place.id, func.ST_X(Place.location), func.ST_Y(Place.location)).where(
            Place.shown_name.in_(names), Place.region_km == 0
        )
    )
    found = {name: (number, x, y) for name, number, x, y in rows}
    if missing := names - found.keys():
        raise LookupError(f"not in the gazetteer: {', '.join(sorted(missing))}")
    return found


def plan(manuscript: Manuscript, places: Mapping[str, tuple[int, float, float]]) -> list[Ground]:
    """Every parcel of the demo region. Pure."""
    needs: defaultdict[str, list[OfferText]] = defaultdict(list)
    for offer in manuscript.offers:
        if offer.parcels:
            needs[offer.place].append(offer)
    villages = [
        Village(name, *places[name][1:], fields=max(FIELDS_PER_VILLAGE, sum(o.parcels for o in offers) + 4))
        for name, offers in sorted(needs.items())
    ]
    river = LineString(_planar(elbe.course()))
    shapes = draw(villages, river, chances("fields"))
    ground: list[Ground] = []
    for number, village in enumerate(villages, start=1):
        own = [shape for shape in shapes if shape.village == village.name]
        ground += _shared_out(own, needs[village.name], number, manuscript.fields)
    return ground


def register(
    session: Session, ground: Sequence[Ground], owners: Mapping[str, tuple[Owner, Actor]], *, now: datetime
) -> dict[str, list[int]]:
    """All parcels are in the register; their numbers by the offer they belong to. One owner's come by a real import."""
    for name, (owner, actor) in owners.items():
        own = [each for each in ground if each.owner == name]
        if name == IMPORTED_OWNER:
            _import(session, actor, owner, own, now=now)
        elif own:
            service.add_parcels(session, actor, owner, [_new(each) for each in own], now=now)
    made = select(Parcel.public_id, Parcel.id).where(Parcel.public_id.in_([each.public_id for each in ground]))
    ids = {row.public_id: row.id for row in session.execute(made)}
    by_offer: defaultdict[str, list[int]] = defaultdict(list)
    for each in ground:
        by_offer[each.offer].append(ids[each.public_id])
    return by_offer


def _planar(positions: Sequence[tuple[float, float]]) -> list[tuple[float, float]]:
    """Longitudes and latitudes as stored coordinates."""
    line = crs.to_storage(LineString(positions), crs.LONLAT)
    return [(x, y) for x, y in line.coords]


def _shared_out(
    shapes: Sequence[FieldShape], offers: Sequence[OfferText], village: int, names: FieldNames
) -> list[Ground]:
    """Each offer gets neighbouring fields; the rest is shared among the owners."""
    left = list(shapes)
    chance = chances("owners", str(village))
    taken: list[tuple[FieldShape, str, OfferText | None]] = []
    for offer in sorted(offers, key=lambda offer: -offer.parcels):
        first = chance.choice(left)
        left.sort(key=lambda shape: shape.outline.distance(first.outline))
        chosen, left = left[: offer.parcels], left[offer.parcels :]
        taken += [(_sized(shape, offer.hectares), offer.owner or offer.key, offer) for shape in chosen]
    owners = chance.choices(list(_SHARES), weights=list(_SHARES.values()), k=len(left))
    taken += [(shape, owner, None) for shape, owner in zip(left, owners, strict=True)]
    return [
        replace(_described(shape, offer, f"{village:02d}-{number:02d}", names), owner=owner)
        for number, (shape, owner, offer) in enumerate(taken, start=1)
    ]


def _sized(shape: FieldShape, hectares: tuple[float, float] | None) -> FieldShape:
    """The field, or the part of it that is as large as its offer says."""
    if hectares is None:
        return shape
    return replace(shape, outline=cut_down(shape.outline, *(size * 10_000 for size in hectares)))


def _described(shape: FieldShape, offer: OfferText | None, key: str, names: FieldNames) -> Ground:
    """What an office would know of the field."""
    chance = chances("parcel", key)
    land_use = _land_use(shape, offer, int(key[-2:]), chance.random())
    is_wet = land_use is LandUse.GRASSLAND
    crop = chance.choice(names.crops_wet if is_wet else names.crops_dry)
    soil = Decimal(round(chance.triangular(18, 62, 34 + 8 * shape.wetness)))
    area_m2 = crs.area_m2(shape.outline)
    return Ground(
        owner="",
        offer=offer.key if offer else "",
        village=shape.village,
        key=key,
        name=chance.choice(names.wet if shape.wetness > 0.4 or is_wet else names.dry),
        outline=shape.outline,
        land_use=land_use,
        crop=crop if land_use in {LandUse.ARABLE, LandUse.GRASSLAND} else "",
        soil_points=soil if chance.random() > 0.15 and land_use is not LandUse.FOREST else None,
        official_area_m2=Decimal(round(area_m2 * chance.uniform(0.996, 1.004))),
    )


def _land_use(shape: FieldShape, offer: OfferText | None, number: int, chance: float) -> LandUse:
    """As the offer says, its uses in turn; else by how near the river is."""
    said = offer.facts.get("land_uses") if offer is not None else None
    if isinstance(said, list) and said:
        return LandUse(said[number % len(said)])
    wet = offer is not None and offer.facts.get("drainage") in {"wet", "partly"}
    return LandUse.GRASSLAND if wet or chance < shape.wetness * 0.9 else LandUse.ARABLE


def _new(ground: Ground) -> NewParcel:
    return NewParcel(
        outline=ground.outline,
        public_id=ground.public_id,
        parcel_key=_cadastral_key(ground.key),
        name=ground.name,
        land_use=ground.land_use,
        crop_name=ground.crop or None,
        soil_points=ground.soil_points,
        official_area_m2=ground.official_area_m2,
    )


def _cadastral_key(key: str) -> str:
    """Shaped like a real key, in a district that does not exist."""
    village, number = key.split("-")
    return f"0399{village}00{village[-1]}{int(number) * 7:05d}____".ljust(20, "_")


def _import(session: Session, actor: Actor, owner: Owner, ground: Sequence[Ground], *, now: datetime) -> None:
    """The owner's parcels come as a file, as an office would hand it in, and the import stays in the history."""
    outlines = np.empty(len(ground), dtype=object)
    outlines[:] = [each.outline for each in ground]
    features = [
        {"type": "Feature", "geometry": mapping(outline), "properties": _properties(each)}
        for each, outline in zip(ground, crs.to_lonlat_all(outlines), strict=True)
    ]
    with TemporaryDirectory(prefix="succession-demo-") as folder:
        path = Path(folder) / "Gemeindeflaechen.geojson"
        path.write_text(json.dumps({"type": "FeatureCollection", "features": features}), encoding="utf-8")
        request = ImportRequest(
            path=path,
            owner=owner,
            rules=Rules(region=None),
            provenance=Provenance(source="Liegenschaftsamt (Demo)", attribution=ATTRIBUTION),
        )
        report = service.import_parcels(session, actor, request, now=now)
    if report.counts.imported != len(ground):
        raise LookupError(f"the demo parcels were not imported whole: {report.counts}, {report.reasons[:3]}")
    session.execute(
        _SAME_IDS,
        {
            "organisation": owner.organisation_id,
            "keys": [_cadastral_key(each.key) for each in ground],
            "public_ids": [str(each.public_id) for each in ground],
        },
    )
    imports = update(LandImport).where(LandImport.owner_organisation_id == owner.organisation_id)
    session.execute(imports.values(public_id=demo_id("import", IMPORTED_OWNER)))
    session.expire_all()


def _properties(ground: Ground) -> dict[str, object]:
    """The columns of the office's file."""
    return {
        "flurstueckskennzeichen": _cadastral_key(ground.key),
        "schlagname": ground.name,
        "nutzung": ground.land_use.value,
        "kultur": ground.crop or None,
        "ackerzahl": None if ground.soil_points is None else int(ground.soil_points),
        "flaeche_m2": int(ground.official_area_m2),
    }
