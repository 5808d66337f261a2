import struct

import pytest
from shapely.geometry import Point

from tests.factories.geo import NAMES, fields, moved, shapefile_parts, write_zip


@pytest.fixture
def parts(tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    return shapefile_parts(folder)


def zipped(path, parts, *without, **replaced):
    kept = {suffix: content for suffix, content in parts.items() if suffix not in without}
    kept |= {f".{suffix}": content for suffix, content in replaced.items()}
    return write_zip(path, {f"felder{suffix}": content for suffix, content in kept.items()})


def in_encoding(parts, encoding, language=0):
    """The table with its names in another encoding; widths stay."""
    table = parts[".dbf"]
    for name in NAMES:
        old, new = name.encode(), name.encode(encoding)
        table = table.replace(old, new + b" " * (len(old) - len(new)))
    return table[:29] + bytes((language,)) + table[30:]


def test_a_zipped_shapefile_is_read(import_file, tmp_path, parts):
    outcome = import_file(zipped(tmp_path / "a.zip", parts))
    assert outcome.names == list(NAMES)
    assert (outcome.source.format, outcome.source.layer, outcome.source.declared) == ("Shapefile", "felder", 4)
    assert outcome.refusals == [[]] * 4


def test_a_bare_shapefile_finds_its_siblings_whatever_their_case(import_file, tmp_path, parts):
    for suffix, content in parts.items():
        (tmp_path / f"felder{suffix.upper() if suffix != '.shp' else suffix}").write_bytes(content)
    assert import_file(tmp_path / "felder.shp").names == list(NAMES)
    assert sorted(path.suffix for path in tmp_path.glob("felder.*")) == [".CPG", ".DBF", ".PRJ", ".SHX", ".shp"]


@pytest.mark.parametrize("missing", [".shx", ".dbf"])
def test_a_missing_part_is_named(import_file, tmp_path, parts, missing):
    outcome = import_file(zipped(tmp_path / "a.zip", parts, missing))
    assert outcome.refused == "shapefile-incomplete"
    assert outcome.error.text.values["missing"] == missing


def test_the_shape_itself_may_be_missing(import_file, tmp_path, parts):
    assert import_file(zipped(tmp_path / "a.zip", parts, ".shp")).refused == "shapefile-incomplete"
    (tmp_path / "felder.dbf").write_bytes(parts[".dbf"])
    assert import_file(tmp_path / "felder.dbf").refused == "shapefile-incomplete"


def test_without_prj_the_system_is_asked_for_with_a_guess(import_file, tmp_path, parts):
    path = zipped(tmp_path / "a.zip", parts, ".prj")
    outcome = import_file(path)
    assert outcome.refused == "crs-missing"
    assert outcome.error.text.values["second"].values["guess"] == "EPSG:25832"
    assert import_file(path, crs="EPSG:25832").refusals == [[]] * 4


@pytest.mark.parametrize(
    "content", [b"", b"\xff\x80 nonsense", b'PROJCS["?"]', b'LOCAL_CS["Werksnetz",UNIT["metre",1]]']
)
def test_a_prj_that_says_nothing_is_no_trace(import_file, tmp_path, parts, content):
    outcome = import_file(zipped(tmp_path / "a.zip", parts, prj=content))
    assert outcome.refused == "crs-missing"


def test_a_wrong_prj_puts_the_fields_outside_and_the_right_one_is_named(import_file, tmp_path):
    folder = tmp_path / "source"
    folder.mkdir()
    moved_parts = shapefile_parts(folder, geometries=[moved(one, 25833) for one in fields()])
    path = zipped(tmp_path / "a.zip", moved_parts)
    outcome = import_file(path)
    assert outcome.refusals == [["outside-region"]] * 4
    assert outcome.rows[0].refusals[0].text.values["second"].values["guess"] == "EPSG:25833"
    assert import_file(path, crs="EPSG:25833").refusals == [[]] * 4


@pytest.mark.parametrize(
    ("cpg", "encoding", "language"),
    [
        (b"UTF-8", "utf-8", 0),
        (b"ISO-8859-1", "latin-1", 0),
        (b"1252", "cp1252", 0),
        (b"ANSI 1252", "cp1252", 0),
        (b"88591", "latin-1", 0),
        (b"nonsense", "cp1252", 0x57),
        (None, "utf-8", 0),
        (None, "cp1252", 0x57),
        (None, "cp1252", 0),
        (None, "cp850", 0x02),
    ],
)
def test_umlauts_survive_every_encoding(import_file, tmp_path, parts, cpg, encoding, language):
    replaced = {"dbf": in_encoding(parts, encoding, language)} | ({"cpg": cpg} if cpg else {})
    outcome = import_file(zipped(tmp_path / "a.zip", parts, ".cpg", **replaced))
    assert outcome.names == list(NAMES)


def test_a_cpg_that_lies_is_corrected_and_said(import_file, tmp_path, parts):
    outcome = import_file(zipped(tmp_path / "a.zip", parts, dbf=in_encoding(parts, "cp1252"), cpg=b"UTF-8"))
    assert outcome.names == list(NAMES)
    assert outcome.notes == ["encoding-corrected"]


def test_a_table_that_says_more_rows_than_it_has_is_refused(import_file, tmp_path, parts):
    table = parts[".dbf"][:4] + struct.pack("<I", 1_000) + parts[".dbf"][8:]
    outcome = import_file(zipped(tmp_path / "a.zip", parts, dbf=table))
    assert outcome.refused == "table-rows-missing"
    assert outcome.error.text.values == {"declared": 1_000, "readable": 4}


def test_a_table_of_other_length_than_the_shapes_is_refused(import_file, tmp_path, parts):
    table = parts[".dbf"][:4] + struct.pack("<I", 3) + parts[".dbf"][8:]
    assert import_file(zipped(tmp_path / "a.zip", parts, dbf=table)).refused == "shapefile-rows-differ"


@pytest.mark.parametrize("suffix", [".shp", ".shx", ".dbf"])
def test_a_part_cut_off_anywhere_is_refused(import_file, tmp_path, parts, suffix):
    for end in range(0, len(parts[suffix]) - 1, 101):
        cut = {suffix[1:]: parts[suffix][:end]}
        assert import_file(zipped(tmp_path / "a.zip", parts, **cut)).refused, end


def test_a_shapefile_of_points_says_so(import_file, tmp_path):
    (tmp_path / "p").mkdir()
    parts = shapefile_parts(tmp_path / "p", geometries=[Point(644_000, 5_870_000)])
    assert import_file(zipped(tmp_path / "a.zip", parts)).refused == "no-usable-geometry"


def test_another_layer_than_the_file_is_refused(import_file, tmp_path, parts):
    path = zipped(tmp_path / "a.zip", parts)
    assert import_file(path, layer="wege").refused == "unknown-layer"
    assert import_file(path, layer="felder").refused is None
