import shutil
import sqlite3

import numpy as np
import pyogrio
import pytest
import shapely
from shapely.geometry import LineString, Point

from succession.geo.formats.limits import Limits
from tests.factories.geo import (
    EAST,
    NAMES,
    NORTH,
    curved_polygon_wkb,
    field,
    fields,
    moved,
    write_parquet,
    write_vector,
    write_zip,
)

WRITERS = {
    "GeoPackage": lambda path: write_vector(path.with_suffix(".gpkg"), "GPKG"),
    "FlatGeobuf": lambda path: write_vector(path.with_suffix(".fgb"), "FlatGeobuf", epsg=25833, SPATIAL_INDEX="NO"),
    "GeoParquet": lambda path: write_parquet(path.with_suffix(".parquet"), fields()),
}


@pytest.mark.parametrize("kind", WRITERS)
def test_every_database_is_read_and_left_alone(import_file, tmp_path, kind):
    path = WRITERS[kind](tmp_path / "felder")
    before = {other.name: other.read_bytes() for other in tmp_path.iterdir() if other.is_file()}
    outcome = import_file(path)
    assert outcome.names == list(NAMES)
    assert outcome.source.format == kind
    assert outcome.refusals == outcome.findings == [[]] * 4
    assert {other.name: other.read_bytes() for other in tmp_path.iterdir() if other.is_file()} == before


@pytest.mark.parametrize("kind", WRITERS)
def test_a_wrong_name_does_not_matter_and_is_said(import_file, tmp_path, kind):
    path = WRITERS[kind](tmp_path / "felder")
    outcome = import_file(path.rename(tmp_path / "felder.csv"))
    assert outcome.names == list(NAMES)
    assert outcome.notes == ["wrong-extension"]


@pytest.mark.parametrize("kind", WRITERS)
def test_a_database_cut_off_anywhere_is_refused(import_file, tmp_path, capfd, kind):
    path = WRITERS[kind](tmp_path / "felder")
    whole = path.read_bytes()
    for end in [*range(1, 200, 13), *range(200, len(whole), max(1, len(whole) // 20))]:
        path.write_bytes(whole[:end])
        assert import_file(path).refused, end
    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize("kind", WRITERS)
def test_limits_hold(import_file, tmp_path, kind):
    path = WRITERS[kind](tmp_path / "felder")
    assert import_file(path, limits=Limits(rows=3)).refused == "too-many-rows"
    assert import_file(path, limits=Limits(columns=0)).refused == "too-many-columns"


@pytest.mark.parametrize("kind", WRITERS)
def test_a_named_system_beats_the_one_in_the_file(import_file, tmp_path, kind):
    outcome = import_file(WRITERS[kind](tmp_path / "felder"), crs="EPSG:31468")
    assert outcome.refusals == [["outside-region"]] * 4


def test_of_several_layers_the_one_of_areas_with_most_rows_is_taken(import_file, tmp_path):
    path = write_vector(tmp_path / "a.gpkg", "GPKG", [], layer="leer", kind="Polygon")
    write_vector(path, "GPKG", [Point(EAST, NORTH)] * 9, layer="punkte", append=True)
    write_vector(path, "GPKG", [field()], layer="ein Feld", append=True)
    write_vector(path, "GPKG", fields(), layer="felder", append=True)
    outcome = import_file(path)
    assert outcome.source.layer == "felder"
    assert outcome.source.layers == ("leer", "punkte", "ein Feld", "felder")
    assert outcome.notes == ["layer-chosen"]
    assert len(import_file(path, layer="ein Feld").rows) == 1


def test_an_unknown_layer_is_refused_with_the_list(import_file, tmp_path):
    outcome = import_file(write_vector(tmp_path / "a.gpkg", "GPKG", layer="felder"), layer="Felder")
    assert outcome.refused == "unknown-layer"
    assert outcome.error.text.values["layers"] == "felder"


def test_empty_layers_and_layers_of_lines_are_errors(import_file, tmp_path):
    empty = write_vector(tmp_path / "a.gpkg", "GPKG", [], kind="Polygon")
    assert import_file(empty).refused == "no-rows"
    lines = write_vector(tmp_path / "b.gpkg", "GPKG", [LineString([(EAST, NORTH), (EAST + 9, NORTH)])])
    assert import_file(lines).refused == "no-usable-geometry"
    unknown = write_vector(tmp_path / "c.gpkg", "GPKG", [Point(EAST, NORTH), LineString([(0, 0), (1, 1)])])
    assert import_file(unknown).refused == "no-usable-geometry"


def test_a_file_without_a_system_is_refused_with_the_guess(import_file, tmp_path):
    with pytest.warns(UserWarning, match="'crs' was not provided"):
        path = write_vector(tmp_path / "a.fgb", "FlatGeobuf", fields(), epsg=None)
    assert import_file(path).refused == "crs-missing"


def test_curves_and_heights_are_made_plain(import_file, tmp_path):
    path = tmp_path / "a.gpkg"
    high = shapely.to_wkb(shapely.force_3d(field(), 21), output_dimension=3)
    values = np.array([curved_polygon_wkb((EAST, NORTH), 50), high], dtype=object)
    pyogrio.raw.write(path, values, [np.array([1, 2])], ["n"], driver="GPKG", geometry_type="Unknown", crs="EPSG:25832")
    outcome = import_file(path)
    assert outcome.findings == [["curve-linearised"], []]
    assert not any(row.geometry.has_z for row in outcome.rows)


def test_rows_that_the_table_has_lost_are_missed(import_file, tmp_path):
    path = write_vector(tmp_path / "a.gpkg", "GPKG", layer="felder")
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE other (a)")
        database.execute("DROP TABLE other")
    database.close()
    assert len(import_file(path).rows) == 4


def test_a_geopackage_that_is_open_elsewhere_is_refused(import_file, tmp_path):
    path = write_vector(tmp_path / "a.gpkg", "GPKG")
    (tmp_path / "a.gpkg-wal").write_bytes(b"x")
    assert import_file(path).refused == "file-in-use"


def test_a_view_that_may_never_end_is_refused_unread(import_file, tmp_path):
    path = write_vector(tmp_path / "a.gpkg", "GPKG", layer="felder")
    with sqlite3.connect(path) as database:
        database.execute(
            "CREATE VIEW v AS WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT i FROM n"
        )
    database.close()
    assert import_file(path).refused == "geopackage-view"


@pytest.mark.parametrize(
    "columns",
    [
        "a.fid, a.geom FROM felder a, felder b, felder c, felder d",
        "fid, geom, hex(zeroblob(400000000)) AS n FROM felder",
    ],
    ids=["rows", "values"],
)
def test_a_layer_that_is_computed_without_measure_is_refused(import_file, tmp_path, columns):
    path = write_vector(tmp_path / "a.gpkg", "GPKG", layer="felder")
    register_view(path, f"SELECT {columns}")
    assert import_file(path, limits=Limits(rows=200)).refused == "geopackage-view"


def test_a_column_that_is_computed_without_measure_is_refused(import_file, tmp_path):
    path = write_vector(tmp_path / "a.gpkg", "GPKG", layer="felder")
    with sqlite3.connect(path) as database:
        database.execute("ALTER TABLE felder ADD COLUMN n TEXT GENERATED ALWAYS AS (hex(zeroblob(400000000)))")
    database.close()
    assert import_file(path).refused == "geopackage-view"


def test_a_layer_that_is_a_plain_view_is_read(import_file, tmp_path):
    path = write_vector(tmp_path / "a.gpkg", "GPKG", layer="felder")
    register_view(path, "SELECT fid, geom FROM felder WHERE fid < 3")
    assert len(import_file(path, layer="v").rows) == 2


def register_view(path, select):
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE VIEW v AS {select}")
        database.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, srs_id) VALUES ('v', 'features', 'v', 25832)"
        )
        database.execute("INSERT INTO gpkg_geometry_columns VALUES ('v', 'geom', 'POLYGON', 25832, 0, 0)")
    database.close()


def test_a_database_that_is_no_geopackage_is_refused(import_file, tmp_path):
    with sqlite3.connect(tmp_path / "a.gpkg") as database:
        database.execute("CREATE TABLE personen (name TEXT)")
        database.execute("INSERT INTO personen VALUES ('x')")
    database.close()
    assert import_file(tmp_path / "a.gpkg").refused in {"file-damaged", "no-layers"}


def test_a_geodatabase_is_read_as_folder_and_as_zip(import_file, tmp_path):
    folder = tmp_path / "felder.gdb"
    write_vector(folder, "OpenFileGDB", layer="felder")
    assert import_file(folder).names == list(NAMES)
    members = {f"export/felder.gdb/{path.name}": path.read_bytes() for path in folder.iterdir()}
    outcome = import_file(write_zip(tmp_path / "a.gdb.zip", members))
    assert (outcome.names, outcome.source.format) == (list(NAMES), "FileGDB")
    shutil.rmtree(folder)


def test_other_folders_and_missing_files_are_refused(import_file, tmp_path):
    assert import_file(tmp_path).refused == "file-is-folder"
    assert import_file(tmp_path / "nichts.gpkg").refused == "file-missing"


def test_parquet_without_a_system_means_degrees_and_null_means_unknown(import_file, tmp_path):
    lonlat = [moved(one, 4326) for one in fields()]
    implied = write_parquet(tmp_path / "a.parquet", lonlat, {"encoding": "WKB", "geometry_types": []})
    assert import_file(implied).refusals == [[]] * 4
    metres = write_parquet(tmp_path / "b.parquet", fields(), {"encoding": "WKB", "geometry_types": []})
    assert import_file(metres).refusals == [["metres-not-degrees"]] * 4
    unknown = write_parquet(tmp_path / "c.parquet", fields(), {"encoding": "WKB", "geometry_types": [], "crs": None})
    assert import_file(unknown).refused == "crs-missing"


@pytest.mark.parametrize(
    ("column", "refused"),
    [
        ({"encoding": "polygon"}, "parquet-encoding"),
        ({"encoding": "WKB", "crs": "file:/etc/passwd"}, "crs-unknown"),
        ({"encoding": "WKB", "crs": {"type": "nonsense"}}, "crs-missing"),
    ],
)
def test_parquet_that_cannot_be_read_says_why(import_file, tmp_path, column, refused):
    assert import_file(write_parquet(tmp_path / "a.parquet", fields(), column)).refused == refused


def test_a_plain_parquet_file_is_no_geoparquet(import_file, tmp_path):
    import pyarrow as pa
    import pyarrow.parquet as pq

    pq.write_table(pa.table({"a": [1]}), tmp_path / "a.parquet")
    assert import_file(tmp_path / "a.parquet").refused == "parquet-without-geometry"


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (b"", "file-empty"),
        (b"%PDF-1.7", "unknown-format"),
        (b"\x89PNG\r\n", "unknown-format"),
        (b"\xd0\xcf\x11\xe0", "unknown-format"),
        (b"\x00\x01\x02\x03" * 50, "unknown-format"),
        (b"SQLite format 3\0", "file-damaged"),
        (b"fgb\x03fgb\x01" + b"\xff" * 40, "file-damaged"),
        (b"PAR1" + b"\xff" * 40 + b"PAR1", "file-damaged"),
        (b"PK\x03\x04", "archive-damaged"),
        (b"\x1f\x8b\x08", "archive-damaged"),
    ],
)
def test_what_only_looks_like_a_file_of_ours_is_refused(import_file, tmp_path, capfd, content, refused):
    (tmp_path / "a.bin").write_bytes(content)
    outcome = import_file(tmp_path / "a.bin")
    assert outcome.refused == refused
    assert capfd.readouterr() == ("", "")
