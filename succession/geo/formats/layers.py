"""Which of a file's layers is read. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from succession.geo.findings import FileRefused, Finding
from succession.i18n import Text


class Shape(StrEnum):
    """What a layer holds, as far as the file says so."""

    AREAS = "areas"
    OTHER = "other"
    UNKNOWN = "unknown"
    NONE = "none"


@dataclass(frozen=True, slots=True)
class Layer:
    """A layer as a file lists it; `rows` is None where nobody knows before reading."""

    name: str
    shape: Shape
    rows: int | None
    declared_as: str = ""


def shape_of(declared: str | None) -> Shape:
    """The shape behind a geometry type as files write it, such as "MultiPolygon Z"."""
    if not declared:
        return Shape.NONE
    word = declared.replace("2.5D ", "").replace("3D ", "").replace("Measured ", "").split()[0].casefold()
    if word in ("polygon", "multipolygon", "curvepolygon", "multisurface", "surface", "polyhedralsurface"):
        return Shape.AREAS
    if word in ("unknown", "geometry", "geometrycollection"):
        return Shape.UNKNOWN
    return Shape.OTHER


def choose(layers: Sequence[Layer], wanted: str | None) -> tuple[Layer, tuple[Finding, ...]]:
    """The wanted layer, or the layer of areas with most rows and a note that says so; raises `FileRefused`."""
    if wanted is not None:
        for layer in layers:
            if layer.name == wanted:
                return layer, ()
        text = Text(
            "The file has no layer “%(wanted)s”. It has: %(layers)s.",
            {"wanted": wanted[:100], "layers": _listed(layers)},
        )
        raise FileRefused("unknown-layer", text)
    if not layers:
        raise FileRefused("no-layers", Text("The file holds no layer with data."))
    usable = [layer for layer in layers if layer.shape in (Shape.AREAS, Shape.UNKNOWN)]
    if not usable:
        raise _no_areas(layers)
    best = max(usable, key=lambda layer: (layer.rows != 0, layer.shape is Shape.AREAS, layer.rows or 0))
    if best.rows == 0:
        raise FileRefused("no-rows", Text("The file holds no rows: every layer of areas in it is empty."))
    if len(layers) == 1:
        return best, ()
    others = [layer for layer in layers if layer is not best]
    note = Text(
        "The file has %(count)s layers; “%(chosen)s” was taken. The others: %(others)s. Name another with --layer.",
        {"count": len(layers), "chosen": best.name, "others": _listed(others)},
    )
    return best, (Finding("layer-chosen", note),)


def _no_areas(layers: Sequence[Layer]) -> FileRefused:
    found = ", ".join(sorted({layer.declared_as or layer.shape.value for layer in layers}))
    return no_usable_geometry(found)


def no_usable_geometry(found: str) -> FileRefused:
    """The refusal of a file without a single area; `found` names what it has."""
    text = Text(
        "The file holds no areas (found: %(found)s). Only polygons can be imported.", {"found": found[:200] or "–"}
    )
    return FileRefused("no-usable-geometry", text)


def _listed(layers: Sequence[Layer]) -> str:
    names = [layer.name for layer in layers[:20]]
    return ", ".join(names) + (" …" if len(layers) > 20 else "")
