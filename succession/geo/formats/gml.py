"""GML feature collections (2 and 3.x, also answers of a WFS), read as a stream. Pure but for the file."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from pyproj import CRS

from succession.geo.findings import FileRefused, Finding
from succession.geo.formats.columns import storable
from succession.geo.formats.gdal import too_many_columns, too_many_rows
from succession.geo.formats.gml_geometry import AREA_NAMES, GEOMETRY_NAMES, read, srs_name, system
from succession.geo.formats.layers import Layer, Shape, choose
from succession.geo.formats.limits import Limits
from succession.geo.formats.sniffing import Kind
from succession.geo.formats.source import BATCH_SIZE, FieldValue, Record
from succession.geo.formats.xmltext import Element, features, local, text_of
from succession.i18n import Text

_DEEPEST = 6
_GML_ID = "gml_id"


@dataclass(slots=True)
class _Seen:
    """What the first pass saw of one type of feature."""

    rows: int = 0
    kinds: dict[str, int] = field(default_factory=dict)
    columns: dict[str, None] = field(default_factory=dict)
    srs: str | None = None


class GmlSource:
    """One feature type of a GML document."""

    format = Kind.GML.value
    crs_is_implied = False

    def __init__(self, path: Path, *, limits: Limits, layer: str | None, crs: CRS | None) -> None:
        self._path, self._limits = path, limits
        seen, self._default_srs = self._survey()
        if not seen:
            raise FileRefused("no-rows", Text("The GML file holds no features."))
        found = [Layer(name, _shape(one), one.rows, ", ".join(sorted(one.kinds))) for name, one in seen.items()]
        chosen, self.notes = choose(found, layer)
        self.layer: str | None = chosen.name
        self.layers = tuple(seen)
        self.declared: int | None = chosen.rows
        self.columns = tuple(seen[chosen.name].columns)
        self._srs = seen[chosen.name].srs or self._default_srs
        stated, self._north_first = system(self._srs) if self._srs else (None, False)
        self.crs = crs if crs is not None else stated

    def batches(self, size: int = BATCH_SIZE) -> Iterator[list[Record]]:
        """Every feature of the chosen type in file order."""
        batch: list[Record] = []
        for row, feature in enumerate(features(self._path, frozenset({self.layer or ""})), start=1):
            batch.append(self._record(row, feature))
            if len(batch) >= size:
                yield batch
                batch = []
        if batch:
            yield batch

    def _survey(self) -> tuple[dict[str, _Seen], str | None]:
        """One pass: which types of feature there are, how many, of what shape and in which system."""
        seen: dict[str, _Seen] = {}
        default: str | None = None
        rows = 0
        for feature in features(self._path):
            name = local(feature)
            if name in ("Envelope", "Box"):
                default = default or feature.get("srsName")
                continue
            rows += 1
            if rows > self._limits.rows:
                raise too_many_rows(self._limits)
            one = seen.setdefault(name, _Seen())
            one.rows += 1
            geometry = _geometry(feature)
            kind = local(geometry) if geometry is not None else "–"
            one.kinds[kind] = one.kinds.get(kind, 0) + 1
            if geometry is not None and one.srs is None:
                one.srs = srs_name(geometry) or _bounds_srs(feature)
            one.columns.update(dict.fromkeys(_values(feature)))
            if len(one.columns) > self._limits.columns:
                raise too_many_columns(self._limits)
        return seen, default

    def _record(self, row: int, feature: Element) -> Record:
        values = _values(feature)
        element = _geometry(feature)
        if element is None:
            return Record(row, None, values)
        stated = srs_name(element)
        if stated is not None and stated != self._srs and system(stated) != system(self._srs or ""):
            text = Text("This row is in another coordinate system (%(crs)s) than most.", {"crs": stated[:60]})
            return Record(row, None, values, (Finding("crs-differs", text),))
        geometry = read(element, north_first=self._north_first)
        return Record(row, geometry.geometry, values, geometry.refusals, geometry.findings)


def _shape(seen: _Seen) -> Shape:
    if any(kind in AREA_NAMES for kind in seen.kinds):
        return Shape.AREAS
    return Shape.UNKNOWN if "MultiGeometry" in seen.kinds else Shape.OTHER


def _geometry(feature: Element) -> Element | None:
    """The feature's area if it has one, else its first geometry."""
    first: Element | None = None
    for value in feature:
        if local(value) == "boundedBy":
            continue
        for inner in value:
            if local(inner) in AREA_NAMES:
                return inner
            if local(inner) in GEOMETRY_NAMES and first is None:
                first = inner
    return first


def _bounds_srs(feature: Element) -> str | None:
    for value in feature:
        if local(value) == "boundedBy":
            return srs_name(value)
    return None


def _values(feature: Element) -> dict[str, FieldValue]:
    """The texts of a feature by the names of their elements; repeated ones are joined."""
    values: dict[str, FieldValue] = {}
    for key, value in feature.attrib.items():
        if str(key).rpartition("}")[2] in ("id", "fid"):
            values[_GML_ID] = storable(str(value))
    _collect(feature, values, 0)
    return values


def _collect(element: Element, values: dict[str, FieldValue], depth: int) -> None:
    for part in element:
        name = local(part)
        if name in GEOMETRY_NAMES or name == "boundedBy" or depth > _DEEPEST:
            continue
        if len(part):
            _collect(part, values, depth + 1)
            continue
        text = text_of(part)
        if text is None:
            values.setdefault(name, None)
        elif values.get(name):
            values[name] = storable(f"{values[name]}, {text}")
        else:
            values[name] = storable(text)
