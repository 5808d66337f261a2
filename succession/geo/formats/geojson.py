"""GeoJSON, read strictly and as a stream. Pure but for the file."""

from collections.abc import Iterator
from pathlib import Path

from pyproj import CRS

from succession.geo import crs as systems
from succession.geo.findings import FileRefused, Finding
from succession.geo.formats.columns import plain
from succession.geo.formats.gdal import too_many_columns, too_many_rows
from succession.geo.formats.geojson_geometry import Reading, Wrong, check_bbox, geometry_of
from succession.geo.formats.jsontext import Document, Json, compact
from succession.geo.formats.limits import Limits
from succession.geo.formats.sniffing import Kind
from succession.geo.formats.source import BATCH_SIZE, FieldValue, Record
from succession.i18n import Text

_GEOMETRY_TYPES = (
    "Point",
    "MultiPoint",
    "LineString",
    "MultiLineString",
    "Polygon",
    "MultiPolygon",
    "GeometryCollection",
)


class GeoJsonSource:
    """One GeoJSON document: a collection, a single feature or a bare geometry."""

    format = Kind.GEOJSON.value
    layer: str | None = None
    layers: tuple[str, ...] = ()

    def __init__(self, path: Path, *, limits: Limits, layer: str | None, crs: CRS | None) -> None:
        self._path, self._limits = path, limits
        if layer is not None:
            text = Text("A GeoJSON file has no layers, so “%(wanted)s” is not in it.", {"wanted": layer[:100]})
            raise FileRefused("unknown-layer", text)
        columns, count, members = self._survey()
        self.columns = columns
        self._single = _checked_type(members)
        self._members = members
        self.declared: int | None = 1 if self._single else count
        notes: list[Finding] = []
        stated = _stated_crs(members, notes)
        self.crs_is_implied = crs is None and "crs" not in members
        self.crs = crs if crs is not None else stated
        self._by_rfc = "crs" not in members
        reading = Reading()
        check_bbox(members.get("bbox"), "bbox" in members and not self._single, None, reading)
        self.notes = (*notes, *reading.findings.values())

    def batches(self, size: int = BATCH_SIZE) -> Iterator[list[Record]]:
        """Every feature, checked on its own."""
        batch: list[Record] = []
        features = iter([self._members]) if self._single else self._document().elements()
        for row, feature in enumerate(features, start=1):
            batch.append(self._record(row, feature))
            if len(batch) >= size:
                yield batch
                batch = []
        if batch:
            yield batch

    def _document(self) -> Document:
        return Document(self._path, "features", self._limits.json_feature_bytes)

    def _survey(self) -> tuple[tuple[str, ...], int, dict[str, Json]]:
        """One pass over the file: is it whole, how many features, which properties, what is said about all."""
        document = self._document()
        columns: dict[str, None] = {}
        count = 0
        for feature in document.elements():
            count += 1
            if count > self._limits.rows:
                raise too_many_rows(self._limits)
            if isinstance(feature, dict) and isinstance(properties := feature.get("properties"), dict):
                columns.update(dict.fromkeys(properties))
                if len(columns) > self._limits.columns:
                    raise too_many_columns(self._limits)
        if isinstance(properties := document.members.get("properties"), dict):
            columns.update(dict.fromkeys(properties))
        return tuple(columns), count, document.members

    def _record(self, row: int, feature: Json) -> Record:
        reading = Reading()
        values: dict[str, FieldValue] = {}
        try:
            geometry_value = _unwrapped(feature, reading, bare=self._single)
            values = _properties(feature, reading) if isinstance(feature, dict) else {}
            geometry = None if geometry_value is None else geometry_of(geometry_value, reading)
        except Wrong as wrong:
            return Record(row, None, values, (wrong.finding,), tuple(reading.findings.values()))
        if isinstance(feature, dict) and feature is not geometry_value:
            check_bbox(feature.get("bbox"), "bbox" in feature, geometry, reading)
        if reading.wound_wrongly and self._by_rfc:
            text = Text("The outline ran in the wrong direction for GeoJSON (RFC 7946); it was turned round.")
            reading.note(Finding("ring-turned", text))
        return Record(row, geometry, values, (), tuple(reading.findings.values()))


def _checked_type(members: dict[str, Json]) -> bool:
    """Whether the document is one single feature or geometry rather than a collection; raises `FileRefused`."""
    kind = members.get("type")
    if kind == "FeatureCollection":
        if members.get("features") != []:
            text = Text("The GeoJSON collection has no list of features (“features”).")
            raise FileRefused("geojson-structure", text)
        return False
    if kind == "Feature" or kind in _GEOMETRY_TYPES:
        return True
    if kind == "Topology":
        raise FileRefused("unknown-format", Text("This is TopoJSON. Export it as GeoJSON or GeoPackage."))
    if "geometryType" in members or "spatialReference" in members:
        raise FileRefused("unknown-format", Text("This is Esri JSON. Export it as GeoJSON or GeoPackage."))
    text = Text(
        "The file is not GeoJSON: its type is “%(kind)s” and not “FeatureCollection” (capitals matter).",
        {"kind": str(kind)[:60]},
    )
    raise FileRefused("geojson-structure", text)


def _stated_crs(members: dict[str, Json], notes: list[Finding]) -> CRS | None:
    """Longitude and latitude, unless the document has the “crs” member of the old standard of 2008."""
    if "crs" not in members:
        return systems.LONLAT
    member = members["crs"]
    if member is None:
        return None
    properties = member.get("properties") if isinstance(member, dict) else None
    name = (properties.get("name") or properties.get("code")) if isinstance(properties, dict) else None
    if not isinstance(name, (str, int)):
        text = Text("The coordinate system in the file (“crs”) cannot be read. Remove it or export the file again.")
        raise FileRefused("crs-unknown", text)
    crs = systems.named(str(name))
    if crs != systems.LONLAT:
        text = Text(
            "The file names its coordinate system in the old way (“crs” member); %(crs)s was used.",
            {"crs": systems.label(crs)},
        )
        notes.append(Finding("crs-member-used", text))
    return crs


def _unwrapped(feature: Json, reading: Reading, *, bare: bool) -> Json:
    """The geometry value of a feature, or the geometry itself where the document is one."""
    if not isinstance(feature, dict):
        raise Wrong("feature-invalid", Text("This feature is empty (null) or not an object."))
    kind = feature.get("type")
    if bare and kind != "Feature":
        return feature
    if kind != "Feature":
        raise Wrong("feature-invalid", Text("“%(kind)s” stands where a “Feature” belongs.", {"kind": str(kind)[:60]}))
    if "geometry" not in feature:
        raise Wrong("geometry-missing", Text("This feature has no member “geometry”."))
    identifier = feature.get("id", "")
    if isinstance(identifier, bool) or not isinstance(identifier, (str, int, float)):
        reading.note(
            Finding("id-invalid", Text("The “id” of this feature is neither text nor a number. It was ignored."))
        )
    return feature["geometry"]


def _properties(feature: dict[str, Json], reading: Reading) -> dict[str, FieldValue]:
    if feature.get("type") != "Feature":
        return {}
    if "properties" not in feature:
        reading.note(
            Finding("properties-missing", Text("This feature has no member “properties”; it comes in without values."))
        )
        return {}
    properties = feature["properties"]
    if properties is None:
        return {}
    if not isinstance(properties, dict):
        raise Wrong("properties-invalid", Text("The “properties” of this feature are not an object."))
    return {
        name: plain(compact(value)) if isinstance(value, (dict, list)) else plain(value)
        for name, value in properties.items()
    }
