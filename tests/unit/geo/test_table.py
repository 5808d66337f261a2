import pytest
import shapely

from succession.geo.formats.limits import Limits
from tests.factories.geo import NAMES, field, fields, moved

WKT = [one.wkt for one in fields()]


def write(path, delimiter=";", encoding="utf-8", quote="", header="name{0}groesse{0}wkt"):
    lines = [header.format(delimiter)]
    lines += [delimiter.join((name, "1,5", f"{quote}{wkt}{quote}")) for name, wkt in zip(NAMES, WKT, strict=True)]
    path.write_bytes(("\r\n".join(lines) + "\r\n").encode(encoding))
    return path


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp1252", "utf-16"])
@pytest.mark.parametrize("delimiter", [";", "\t", "|"])
def test_tables_of_every_make_are_read(import_file, tmp_path, delimiter, encoding):
    outcome = import_file(write(tmp_path / "a.csv", delimiter, encoding), crs="EPSG:25832")
    assert outcome.names == list(NAMES)
    assert [row.values["groesse"] for row in outcome.rows] == ["1,5"] * 4
    assert outcome.refusals == [[]] * 4
    assert outcome.notes == (["encoding-guessed"] if encoding == "cp1252" else [])


def test_commas_part_columns_where_the_geometry_is_quoted(import_file, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("name,wkt\n" + "".join(f'"{n}","{w}"\n' for n, w in zip(NAMES, WKT, strict=True)), encoding="utf-8")
    assert import_file(path, crs="25832").names == list(NAMES)


def test_commas_in_a_bare_geometry_are_explained(import_file, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("name,wkt\n" + "".join(f"{n},{w}\n" for n, w in zip(NAMES, WKT, strict=True)), encoding="utf-8")
    assert import_file(path).refused == "csv-no-geometry"


def test_a_table_without_a_system_is_refused_with_the_guess(import_file, tmp_path):
    outcome = import_file(write(tmp_path / "a.csv"))
    assert outcome.refused == "crs-missing"
    assert outcome.error.text.values["second"].values["guess"] == "EPSG:25832"


def test_the_system_may_stand_in_the_geometry(import_file, tmp_path):
    path = tmp_path / "a.csv"
    rows = "".join(f'"SRID=25833;{moved(one, 25833).wkt}"\n' for one in fields())
    path.write_text("wkt\n" + rows + '"SRID=4326;POLYGON((11 53,12 53,12 54,11 53))"\n', encoding="utf-8")
    outcome = import_file(path)
    assert outcome.refusals == [[], [], [], [], ["crs-differs"]]


def test_hexadecimal_wkb_is_read(import_file, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("name;geom\nx;" + shapely.to_wkb(field(), hex=True) + "\n", encoding="utf-8")
    assert import_file(path, crs="25832").refusals == [[]]


def test_a_line_for_excel_only_is_skipped(import_file, tmp_path):
    path = write(tmp_path / "a.csv")
    path.write_bytes(b"sep=;\r\n" + path.read_bytes())
    assert import_file(path, crs="25832").names == list(NAMES)


def test_bad_lines_are_refused_by_themselves(import_file, tmp_path):
    path = tmp_path / "a.csv"
    lines = ["name;wkt", f"a;{WKT[0]}", "b;", "c", "", f"d;{WKT[1]};e", "f;POLYGON((1 2", f"g;{WKT[2]}"]
    path.write_text("\n".join(lines), encoding="utf-8")
    outcome = import_file(path, crs="25832")
    assert [row.row for row in outcome.rows] == [1, 2, 3, 4, 5, 6]
    assert outcome.refusals == [
        [],
        ["null-geometry"],
        ["columns-differ"],
        ["columns-differ"],
        ["geometry-unreadable"],
        [],
    ]


def test_names_of_columns_are_all_there_and_all_different(import_file, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text(f"a;a;;wkt\n1;2;3;{WKT[0]}\n", encoding="utf-8")
    assert import_file(path, crs="25832").source.columns == ("a", "a (2)", "column 3")


@pytest.mark.parametrize(
    ("content", "refused"),
    [
        (f"a;{WKT[0]}\nb;{WKT[1]}\n", "csv-no-header"),
        ("name;x;y\nHof;1;2\n", "csv-no-geometry"),
        ("just a text", "csv-no-geometry"),
        ("name;wkt\n", "csv-no-geometry"),
        (f"name;wkt\na\0b;{WKT[0]}\n", "unknown-format"),
        ("name;wkt\n" + "x" * 5000 + f"a\0b;{WKT[0]}\n", "csv-broken"),
        ("name;wkt\na;POINT(1 2)\n", "no-usable-geometry"),
    ],
)
def test_what_is_no_table_of_areas_is_refused(import_file, tmp_path, content, refused):
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8")
    assert import_file(path, crs="25832").refused == refused


def test_one_endless_line_is_refused_before_it_fills_the_memory(import_file, tmp_path):
    path = tmp_path / "a.csv"
    path.write_text("name;wkt " * 100_000, encoding="utf-8")
    assert import_file(path, limits=Limits(csv_field_characters=10_000)).refused == "csv-broken"


def test_limits_hold(import_file, tmp_path):
    path = write(tmp_path / "a.csv")
    assert import_file(path, crs="25832", limits=Limits(rows=2)).refused == "too-many-rows"
    assert import_file(path, crs="25832", limits=Limits(columns=2)).refused == "too-many-columns"
    assert import_file(path, crs="25832", limits=Limits(csv_field_characters=50)).refused == "csv-broken"
