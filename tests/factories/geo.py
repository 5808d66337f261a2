"""Small vector files of every format, written for tests: four fields near Lüchow, one of them with a hole."""

import json
import struct
import zipfile
from collections.abc import Mapping, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pyogrio
import shapely
from pyproj import CRS, Transformer
from shapely.geometry import Polygon, box
from shapely.geometry.base import BaseGeometry

from succession.config import CHECKOUT

SHARED = CHECKOUT.parent / "shared" / "data"
EAST, NORTH = 644_000.0, 5_870_000.0
NAMES = ("Am Deich", "Große Wiese", "Hinterm Hof", "Sandkuhle")


def field(number: int = 0, side: float = 100.0) -> Polygon:
    """A square field in EPSG:25832."""
    west = EAST + 500.0 * number
    return box(west, NORTH, west + side, NORTH + side)


def fields() -> list[Polygon]:
    """Four fields, the last with a pond in it."""
    pond = box(EAST + 1_520, NORTH + 20, EAST + 1_540, NORTH + 40)
    return [field(0), field(1), field(2), field(3).difference(pond)]


def moved(geometry: BaseGeometry, epsg: int) -> BaseGeometry:
    """From EPSG:25832 into another system, x before y."""
    transformer = Transformer.from_crs(25832, epsg, always_xy=True)
    result: BaseGeometry = shapely.transform(geometry, transformer.transform, interleaved=False)
    return result


def write_vector(
    path: Path,
    driver: str,
    geometries: Sequence[BaseGeometry] | None = None,
    *,
    epsg: int | None = 25832,
    layer: str | None = None,
    append: bool = False,
    kind: str | None = None,
    **options: Any,
) -> Path:
    """A file that GDAL writes, with a name and a size in hectares for each field."""
    shapes = [moved(one, epsg or 25832) for one in fields()] if geometries is None else list(geometries)
    kinds = {one.geom_type for one in shapes}
    pyogrio.raw.write(
        path,
        np.array([shapely.to_wkb(one) for one in shapes], dtype=object),
        [
            np.array([NAMES[index % 4] for index in range(len(shapes))], dtype=object),
            np.array([1.0 + index for index in range(len(shapes))]),
        ],
        ["name", "groesse"],
        driver=driver,
        geometry_type=kind or (kinds.pop() if len(kinds) == 1 else "Unknown"),
        crs=f"EPSG:{epsg}" if epsg else None,
        layer=layer,
        append=append,
        **options,
    )
    return path


def shapefile_parts(folder: Path, **options: Any) -> dict[str, bytes]:
    """The files of a Shapefile by suffix."""
    write_vector(folder / "felder.shp", "ESRI Shapefile", **options)
    return {path.suffix: path.read_bytes() for path in folder.glob("felder.*")}


def write_zip(path: Path, members: Mapping[str, bytes]) -> Path:
    """A zip archive with these members."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


def feature(geometry: BaseGeometry | Mapping[str, Any] | None, **properties: Any) -> dict[str, Any]:
    """A GeoJSON feature; a shapely geometry is taken as it is."""
    value = json.loads(shapely.to_geojson(geometry)) if isinstance(geometry, BaseGeometry) else geometry
    return {"type": "Feature", "properties": properties, "geometry": value}


def lonlat_fields() -> list[BaseGeometry]:
    """The four fields in longitude and latitude, wound as RFC 7946 wants."""
    return [shapely.orient_polygons(moved(one, 4326)) for one in fields()]


def write_geojson(path: Path, features: Sequence[Any] | None = None, **members: Any) -> Path:
    """A GeoJSON collection."""
    if features is None:
        features = [feature(one, name=name) for one, name in zip(lonlat_fields(), NAMES, strict=True)]
    path.write_text(json.dumps({"type": "FeatureCollection", **members, "features": list(features)}), encoding="utf-8")
    return path


def write_parquet(path: Path, geometries: Sequence[BaseGeometry], column: Mapping[str, Any] | None = None) -> Path:
    """A GeoParquet file; `column` is what its metadata say of the geometry."""
    stated = {"encoding": "WKB", "geometry_types": [], "crs": CRS.from_epsg(25832).to_json_dict()}
    geo = {"version": "1.0.0", "primary_column": "geometry", "columns": {"geometry": dict(column or stated)}}
    table = pa.table(
        {
            "name": pa.array([NAMES[index % 4] for index in range(len(geometries))]),
            "geometry": pa.array([shapely.to_wkb(one) for one in geometries], pa.binary()),
        }
    ).replace_schema_metadata({"geo": json.dumps(geo)})
    pq.write_table(table, path)
    return path


def curved_polygon_wkb(centre: tuple[float, float], radius: float) -> bytes:
    """A full circle as CURVEPOLYGON(CIRCULARSTRING(…)), which only the curved kinds of WKB can say."""
    x, y = centre
    points = [(x - radius, y), (x, y + radius), (x + radius, y), (x, y - radius), (x - radius, y)]
    inner = struct.pack("<BII", 1, 8, len(points)) + b"".join(struct.pack("<2d", *point) for point in points)
    return struct.pack("<BII", 1, 10, 1) + inner


def ring_text(polygon: Polygon, *, swapped: bool = False) -> str:
    """The shell of a polygon as a GML posList."""
    points = [(y, x) if swapped else (x, y) for x, y in polygon.exterior.coords]
    return " ".join(f"{first} {second}" for first, second in points)


def write_gml(path: Path, polygons: Sequence[Polygon], *, srs: str, swapped: bool = False) -> Path:
    """A GML 3.2 collection as a WFS answers."""
    members = "".join(
        f"""<wfs:member><app:Feld gml:id="F{number}"><app:name>{NAMES[number % 4]}</app:name><app:lage>
        <gml:Polygon srsName="{srs}" gml:id="G{number}"><gml:exterior><gml:LinearRing>
        <gml:posList>{ring_text(polygon, swapped=swapped)}</gml:posList></gml:LinearRing></gml:exterior></gml:Polygon>
        </app:lage></app:Feld></wfs:member>"""
        for number, polygon in enumerate(polygons)
    )
    path.write_text(
        f"""<?xml version="1.0" encoding="UTF-8"?>
        <wfs:FeatureCollection xmlns:wfs="http://www.opengis.net/wfs/2.0" xmlns:gml="http://www.opengis.net/gml/3.2"
        xmlns:app="http://example.org/app">{members}</wfs:FeatureCollection>""",
        encoding="utf-8",
    )
    return path


def write_gml2(path: Path, polygons: Sequence[Polygon], *, srs: str) -> Path:
    """A GML 2 collection with gml:coordinates."""
    members = "".join(
        f"""<gml:featureMember><Feld fid="f{number}"><name>{NAMES[number % 4]}</name><geom><gml:Polygon>
        <gml:outerBoundaryIs><gml:LinearRing><gml:coordinates>{" ".join(f"{x},{y}" for x, y in polygon.exterior.coords)}
        </gml:coordinates></gml:LinearRing></gml:outerBoundaryIs></gml:Polygon></geom></Feld></gml:featureMember>"""
        for number, polygon in enumerate(polygons)
    )
    path.write_text(
        f"""<?xml version="1.0"?><FeatureCollection xmlns:gml="http://www.opengis.net/gml"><gml:boundedBy>
        <gml:Box srsName="{srs}"><gml:coordinates>0,0 1,1</gml:coordinates></gml:Box></gml:boundedBy>
        {members}</FeatureCollection>""",
        encoding="utf-8",
    )
    return path


def kml_placemark(polygon: Polygon, name: str) -> str:
    """A placemark; the polygon is in longitude and latitude."""
    points = " ".join(f"{x},{y},0" for x, y in polygon.exterior.coords)
    return f"""<Placemark><name>{name}</name><ExtendedData><Data name="groesse"><value>1,5</value></Data></ExtendedData>
    <Polygon><outerBoundaryIs><LinearRing><coordinates>{points}</coordinates></LinearRing></outerBoundaryIs></Polygon>
    </Placemark>"""


def kml(*folders: tuple[str, Sequence[str]]) -> str:
    """A KML document with a folder for each group of placemarks."""
    inner = "".join(f"<Folder><name>{name}</name>{''.join(marks)}</Folder>" for name, marks in folders)
    return f"""<?xml version="1.0" encoding="UTF-8"?>
    <kml xmlns="http://www.opengis.net/kml/2.2"><Document><name>Felder</name>{inner}</Document></kml>"""


def nas_surface(*edges: str, identifier: str = "X") -> str:
    """A surface as NAS writes it, each edge of its ring a curve of its own."""
    curves = "".join(
        f"""<gml:curveMember><gml:Curve><gml:segments>{edge}</gml:segments></gml:Curve></gml:curveMember>"""
        for edge in edges
    )
    return f"""<gml:Surface gml:id="{identifier}" srsName="urn:adv:crs:ETRS89_UTM32"><gml:patches><gml:PolygonPatch>
    <gml:exterior><gml:Ring>{curves}</gml:Ring></gml:exterior></gml:PolygonPatch></gml:patches></gml:Surface>"""


def nas_edges(polygon: Polygon) -> list[str]:
    """The edges of a polygon as line segments."""
    points = list(polygon.exterior.coords)
    return [
        f"<gml:LineStringSegment><gml:posList>{a[0]} {a[1]} {b[0]} {b[1]}</gml:posList></gml:LineStringSegment>"
        for a, b in pairwise(points)
    ]


def nas_parcel(key: str, surface: str, area: int = 10_000) -> str:
    """A parcel with its key and its official area."""
    return f"""<AX_Flurstueck gml:id="{key}"><position>{surface}</position><gemarkung><AX_Gemarkung_Schluessel>
    <land>03</land><gemarkungsnummer>1234</gemarkungsnummer></AX_Gemarkung_Schluessel></gemarkung><flurstuecksnummer><AX_Flurstuecksnummer>
    <zaehler>12</zaehler><nenner>3</nenner></AX_Flurstuecksnummer></flurstuecksnummer>
    <flurstueckskennzeichen>{key}</flurstueckskennzeichen><amtlicheFlaeche uom="urn:adv:uom:m2">{area}</amtlicheFlaeche>
    <objektkoordinaten><gml:Point srsName="urn:adv:crs:ETRS89_UTM32"><gml:pos>1 2</gml:pos></gml:Point>
    </objektkoordinaten>
    <zeitpunktDerEntstehung>1600-01-01</zeitpunktDerEntstehung></AX_Flurstueck>"""


def nas_soil(surface: str, points: str) -> str:
    """A soil area with its Acker- or Grünlandzahl."""
    return f"""<AX_Bodenschaetzung><position>{surface}</position>
    <ackerzahlOderGruenlandzahl>{points}</ackerzahlOderGruenlandzahl></AX_Bodenschaetzung>"""


NAS_PERSON = "<AX_Person gml:id='P'><nachnameOderFirma>Geheim</nachnameOderFirma></AX_Person>"


def nas(*objects: str) -> str:
    """An ALKIS delivery of these objects."""
    members = "".join(f"<gml:featureMember>{one}</gml:featureMember>" for one in objects)
    return f"""<?xml version="1.0" encoding="utf-8"?><AX_Bestandsdatenauszug
    xmlns="http://www.adv-online.de/namespaces/adv/gid/6.0" xmlns:gml="http://www.opengis.net/gml/3.2"
    xmlns:wfs="http://www.adv-online.de/namespaces/adv/gid/wfs"><enthaelt><wfs:FeatureCollection>{members}
    </wfs:FeatureCollection></enthaelt></AX_Bestandsdatenauszug>"""
