import errno
import gzip
import io
import struct
import zipfile

import pytest
from shapely.geometry import Point

from succession.geo.findings import FileRefused
from succession.geo.formats.archives import private_folder
from succession.geo.formats.limits import Limits
from tests.factories.geo import shapefile_parts, write_geojson, write_vector, write_zip


@pytest.fixture
def good(tmp_path):
    return write_geojson(tmp_path / "felder.geojson").read_bytes()


def locked(path, content):
    """A zip whose one member carries the mark of encryption."""
    write_zip(path, {"felder.geojson": content})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.find(signature) + offset] |= 1
    path.write_bytes(data)
    return path


def test_one_file_in_a_zip_is_read(import_file, tmp_path, good):
    outcome = import_file(
        write_zip(tmp_path / "a.zip", {"ordner/felder.geojson": good, "__MACOSX/._felder.geojson": b"x"})
    )
    assert len(outcome.rows) == 4


@pytest.mark.parametrize(
    "name", ["../felder.geojson", "/etc/felder.geojson", "C:\\felder.geojson", "a/../../b.geojson", "x" * 300]
)
def test_a_member_that_would_leave_the_folder_is_refused(import_file, tmp_path, good, name):
    assert import_file(write_zip(tmp_path / "a.zip", {name: good})).refused == "archive-unsafe-name"


def test_a_link_in_a_zip_is_refused(import_file, tmp_path):
    with zipfile.ZipFile(tmp_path / "a.zip", "w") as archive:
        link = zipfile.ZipInfo("felder.geojson")
        link.external_attr = 0o120777 << 16
        archive.writestr(link, "/etc/passwd")
    assert import_file(tmp_path / "a.zip").refused == "archive-unsafe-name"


def test_a_zip_with_a_password_is_refused(import_file, tmp_path, good):
    assert import_file(locked(tmp_path / "a.zip", good)).refused == "archive-password"


def test_a_zip_within_a_zip_is_refused(import_file, tmp_path, good):
    inner = write_zip(tmp_path / "inner.zip", {"felder.geojson": good}).read_bytes()
    assert import_file(write_zip(tmp_path / "a.zip", {"inner.zip": inner})).refused == "archive-nested"


def test_a_bomb_is_refused_before_it_is_unpacked(import_file, tmp_path):
    path = write_zip(tmp_path / "a.zip", {"felder.geojson": b"0" * 20_000_000})
    assert import_file(path, limits=Limits(unpacked_bytes=1_000_000)).refused == "archive-too-large"
    by_ratio = Limits(ratio_from_bytes=1_000_000)
    assert import_file(path, limits=by_ratio).refused == "archive-too-large"


def test_a_bomb_that_lies_about_its_size_is_refused_while_unpacking(import_file, tmp_path):
    path = write_zip(tmp_path / "a.zip", {"felder.geojson": b"0" * 20_000_000})
    data = bytearray(path.read_bytes())
    for signature, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        struct.pack_into("<I", data, data.find(signature) + offset, 1_000)
    path.write_bytes(data)
    assert import_file(path, limits=Limits(unpacked_bytes=1_000_000)).refused in {
        "archive-damaged",
        "archive-too-large",
    }


def test_a_gzip_bomb_is_refused(import_file, tmp_path):
    path = tmp_path / "a.xml.gz"
    path.write_bytes(gzip.compress(b"<" + b"0" * 20_000_000))
    assert import_file(path, limits=Limits(ratio_from_bytes=1_000_000)).refused == "archive-too-large"


def test_too_many_members_are_refused(import_file, tmp_path):
    path = write_zip(tmp_path / "a.zip", {f"{number}.txt": b"" for number in range(20)})
    assert import_file(path, limits=Limits(archive_members=10)).refused == "archive-too-many-files"


def test_the_same_member_twice_is_refused(import_file, tmp_path, good):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("felder.geojson", good)
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("felder.geojson", good)
    assert import_file(path).refused == "archive-duplicate"


def test_a_zip_cut_off_is_refused(import_file, tmp_path, good):
    whole = write_zip(tmp_path / "a.zip", {"felder.geojson": good}).read_bytes()
    for end in range(4, len(whole), 41):
        (tmp_path / "b.zip").write_bytes(whole[:end])
        assert import_file(tmp_path / "b.zip").refused == "archive-damaged"


def test_an_empty_zip_and_one_without_data_say_so(import_file, tmp_path):
    assert import_file(write_zip(tmp_path / "a.zip", {})).refused == "archive-empty"
    assert import_file(write_zip(tmp_path / "b.zip", {"lies.pdf": b"%PDF"})).refused == "archive-without-data"
    assert import_file(write_zip(tmp_path / "c.zip", {"[Content_Types].xml": b"<x/>"})).refused == "unknown-format"


def test_several_files_are_named_and_one_may_be_chosen(import_file, tmp_path, good):
    path = write_zip(tmp_path / "a.zip", {"a.geojson": good, "b.geojson": good})
    assert import_file(path).refused == "archive-several-files"
    assert len(import_file(path, layer="b").rows) == 4


def test_of_several_formats_the_richest_is_read(import_file, tmp_path, good):
    package = write_vector(tmp_path / "x.gpkg", "GPKG").read_bytes()
    outcome = import_file(write_zip(tmp_path / "a.zip", {"a.geojson": good, "b.gpkg": package, "c.txt": b"hallo"}))
    assert outcome.source.format == "GeoPackage"


def test_the_shapefile_of_areas_with_most_rows_is_taken(import_file, tmp_path):
    parts = shapefile_parts(tmp_path)
    (tmp_path / "p").mkdir()
    points = shapefile_parts(tmp_path / "p", geometries=[Point(1, 2)] * 9)
    members = {f"daten/felder{suffix}": content for suffix, content in parts.items()}
    members |= {f"daten/punkte{suffix}": content for suffix, content in points.items()}
    outcome = import_file(write_zip(tmp_path / "a.zip", members))
    assert outcome.source.layer == "felder"
    assert outcome.source.layers == ("felder", "punkte")
    assert outcome.notes == ["layer-chosen"]


def test_a_gzipped_file_is_read(import_file, tmp_path, good):
    (tmp_path / "a.geojson.gz").write_bytes(gzip.compress(good))
    assert len(import_file(tmp_path / "a.geojson.gz").rows) == 4


def test_a_gzipped_archive_is_refused(import_file, tmp_path, good):
    inner = write_zip(tmp_path / "a.zip", {"a.geojson": good}).read_bytes()
    (tmp_path / "a.zip.gz").write_bytes(gzip.compress(inner))
    assert import_file(tmp_path / "a.zip.gz").refused == "archive-nested"


def test_a_full_disk_is_said_plainly(tmp_path):
    with pytest.raises(FileRefused) as refused, private_folder(tmp_path):
        raise OSError(errno.ENOSPC, "No space left on device")
    assert refused.value.code == "disk-full"
    assert list(tmp_path.iterdir()) == []


def test_the_folder_is_private_and_gone_after_any_error(tmp_path):
    with private_folder(tmp_path) as folder:
        assert folder.stat().st_mode & 0o077 == 0
    with pytest.raises(KeyError), private_folder(tmp_path):
        raise KeyError
    assert list(tmp_path.iterdir()) == []


def test_what_a_killed_process_left_is_swept_and_what_is_in_use_stays(tmp_path):
    left = tmp_path / "succession-import-left"
    left.mkdir()
    (left / ".lock").touch()
    with private_folder(tmp_path) as mine:
        assert not left.exists()
        with private_folder(tmp_path):
            assert mine.exists()


def test_a_made_up_archive_is_never_a_trace(import_file, tmp_path):
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("a.geojson", b"{}")
    (tmp_path / "a.zip").write_bytes(b"PK\x03\x04" + buffer.getvalue()[20:])
    assert import_file(tmp_path / "a.zip").refused
