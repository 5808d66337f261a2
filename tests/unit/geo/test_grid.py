"""Cells of the European grid."""

from hypothesis import given
from hypothesis import strategies as st

from succession.geo.grid import SIZES_M, cell_at, cell_of

X, Y = st.floats(610_000, 780_000), st.floats(5_780_000, 5_960_000)


def test_a_cell_has_the_official_code():
    assert cell_at(680_000, 5_870_000, 1_000).code == "CRS3035RES1000mN3316000E4433000"


@given(X, Y)
def test_a_location_lies_in_its_cell_and_cells_nest(x, y):
    fine, middle, wide = (cell_at(x, y, size) for size in SIZES_M)
    for inner, outer in ((fine, middle), (middle, wide)):
        assert outer.north <= inner.north < outer.north + outer.size_m
        assert outer.east <= inner.east < outer.east + outer.size_m
    for cell in (fine, middle, wide):
        assert cell_of(cell.code) == cell
        assert cell.outline.buffer(10).contains_properly(cell.outline.centroid)
        rx, ry = cell.reference
        assert cell_at(rx, ry, cell.size_m) == cell


@given(X, Y, st.floats(-400, 400), st.floats(-400, 400))
def test_everything_in_a_cell_has_the_same_cell_and_reference(x, y, dx, dy):
    one, other = cell_at(x, y, 1_000), cell_at(x + dx, y + dy, 1_000)
    assert (one == other) == (one.code == other.code) == (one.reference == other.reference)


def test_nonsense_is_no_cell():
    for code in ("", "L4-1", "CRS3035RES1000mN3311500E4416000", "CRS3035RES2000mN3310000E4416000", "CRS3035RES1000m"):
        assert cell_of(code) is None
