"""Cells of the European grid (ETRS89-LAEA, EPSG:3035) of 1, 5 and 10 km by their official codes. Pure."""

import re
from dataclasses import dataclass

from shapely import MultiPolygon, Point, Polygon
from shapely.geometry.polygon import orient

from succession.geo import crs

SIZES_M = (1_000, 5_000, 10_000)
_CODE = re.compile(r"CRS3035RES(\d{4,5})mN(\d{7})E(\d{7})", re.ASCII)


@dataclass(frozen=True, slots=True)
class Cell:
    """One cell by its size and the south-west corner, in whole metres of EPSG:3035."""

    size_m: int
    north: int
    east: int

    @property
    def code(self) -> str:
        """The name of the cell in official statistics (Regulation (EU) 2018/1799)."""
        return f"CRS3035RES{self.size_m}mN{self.north:07d}E{self.east:07d}"

    @property
    def outline(self) -> MultiPolygon:
        """The cell in storage coordinates."""
        east, north, size = self.east, self.north, self.size_m
        square = Polygon([(east, north), (east + size, north), (east + size, north + size), (east, north + size)])
        stored = crs.to_storage(square, crs.AREA)
        assert isinstance(stored, Polygon)
        return MultiPolygon([orient(stored)])

    @property
    def reference(self) -> tuple[int, int]:
        """Its middle in whole metres of storage: the same for everything in the cell."""
        half = self.size_m // 2
        middle = crs.to_storage(Point(self.east + half, self.north + half), crs.AREA)
        assert isinstance(middle, Point)
        return round(middle.x), round(middle.y)


def cell_at(x: float, y: float, size_m: int) -> Cell:
    """The cell that holds a stored location."""
    point = crs.to_equal_area(Point(x, y))
    assert isinstance(point, Point)
    return Cell(size_m, int(point.y // size_m) * size_m, int(point.x // size_m) * size_m)


def cell_of(code: str) -> Cell | None:
    """The cell with this code; None if there is none of that name among the sizes we use."""
    match = _CODE.fullmatch(code)
    if match is None:
        return None
    cell = Cell(int(match[1]), int(match[2]), int(match[3]))
    fits = cell.size_m in SIZES_M and cell.north % cell.size_m == 0 and cell.east % cell.size_m == 0
    return cell if fits else None
