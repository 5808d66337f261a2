import gzip
import zipfile

import pytest

from succession.geo.formats.weighing import is_light
from tests.factories.geo import fields, write_parquet, write_vector

MOST = 100_000


def packed_zip(path, size):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.geojson", b" " * size)
    return path


def packed_gzip(path, size):
    path.write_bytes(gzip.compress(b" " * size))
    return path


@pytest.mark.parametrize("pack", [packed_zip, packed_gzip])
def test_a_packed_file_weighs_what_is_in_it(tmp_path, pack):
    assert is_light(pack(tmp_path / "little", MOST), MOST)
    assert not is_light(pack(tmp_path / "much", MOST + 1), MOST)


def test_a_plain_file_weighs_what_it_is(tmp_path):
    path = tmp_path / "a.geojson"
    path.write_bytes(b"{" + b" " * (MOST - 1))
    assert is_light(path, MOST)
    assert not is_light(path, MOST - 1)


def test_rows_of_a_parquet_file_weigh_however_well_they_are_packed(tmp_path):
    path = write_parquet(tmp_path / "a.parquet", fields())
    assert is_light(path, MOST)
    path = write_parquet(tmp_path / "b.parquet", fields() * 500)
    assert path.stat().st_size < MOST
    assert not is_light(path, MOST)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04broken", b"\x1f\x8bbroken", b"PAR1broken", b"%PDF", b"\0\1\2"])
def test_what_will_be_refused_at_once_is_light(tmp_path, content):
    path = tmp_path / "a"
    path.write_bytes(content)
    assert is_light(path, MOST)


def test_a_geopackage_is_light(tmp_path):
    assert is_light(write_vector(tmp_path / "a.gpkg", "GPKG"), 10 * MOST)
