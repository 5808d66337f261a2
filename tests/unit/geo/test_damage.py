import random
import resource

import pytest

from succession.geo.formats.limits import Limits
from succession.geo.intake import Rules
from tests.factories.geo import (
    NAMES,
    NAS_PERSON,
    field,
    fields,
    kml,
    kml_placemark,
    lonlat_fields,
    nas,
    nas_edges,
    nas_parcel,
    nas_soil,
    nas_surface,
    shapefile_parts,
    write_geojson,
    write_gml,
    write_parquet,
    write_vector,
    write_zip,
)

SURFACE = nas_surface(*nas_edges(field()))
MAKERS = {
    "gpkg": lambda path: write_vector(path, "GPKG"),
    "fgb": lambda path: write_vector(path, "FlatGeobuf"),
    "parquet": lambda path: write_parquet(path, fields()),
    "geojson": write_geojson,
    "gml": lambda path: write_gml(path, fields(), srs="EPSG:25832"),
    "kml": lambda path: text(path, kml(("a", [kml_placemark(one, "x") for one in lonlat_fields()]))),
    "xml": lambda path: text(path, nas(nas_parcel("0312340000012", SURFACE), nas_soil(SURFACE, "40"), NAS_PERSON)),
    "csv": lambda path: text(
        path, "name;wkt\n" + "".join(f"{n};{one.wkt}\n" for n, one in zip(NAMES, fields(), strict=True))
    ),
    "zip": lambda path: write_zip(path, {f"a{s}": part for s, part in shapefile_parts(path.parent).items()}),
}
LIMITS = Limits(unpacked_bytes=64 * 1024 * 1024)


def text(path, content):
    path.write_text(content, encoding="utf-8")
    return path


def damaged(content, chance):
    """The bytes cut off, overwritten here and there (rather near the start), or with a piece repeated."""
    data = bytearray(content)
    way = chance.random()
    if way < 0.3:
        return bytes(data[: chance.randrange(len(data))])
    if way < 0.9:
        for _ in range(chance.choice([1, 1, 2, 5, 20])):
            reach = len(data) if chance.random() < 0.6 else min(len(data), 600)
            data[chance.randrange(reach)] = chance.choice([0, 1, 127, 128, 255, chance.randrange(256)])
        return bytes(data)
    start, place = chance.randrange(len(data)), chance.randrange(len(data))
    data[place:place] = data[start : start + chance.randrange(1, 200)]
    return bytes(data)


def attempts(import_file, tmp_path, kind, seed, count):
    """Import a file damaged in so many ways; only refusals may come, which `import_file` gives as an outcome."""
    chance = random.Random(seed)
    whole = MAKERS[kind](tmp_path / f"a.{kind}").read_bytes()
    path = tmp_path / f"damaged.{kind}"
    for _ in range(count):
        path.write_bytes(damaged(whole, chance))
        rules = Rules(allow_outside_region=chance.random() < 0.5)
        crs = chance.choice([None, None, "EPSG:25832"])
        outcome = import_file(path, rules, crs=crs, limits=LIMITS)
        for row in outcome.rows:
            assert (row.geometry is None) == bool(row.refusals)
            assert row.geometry is None or row.geometry.is_valid


@pytest.mark.parametrize("kind", MAKERS)
def test_no_damage_ends_in_a_trace(import_file, tmp_path, capfd, kind):
    attempts(import_file, tmp_path, kind, seed=1, count=25)
    assert capfd.readouterr() == ("", "")


@pytest.mark.long
@pytest.mark.parametrize("seed", range(5))
@pytest.mark.parametrize("kind", MAKERS)
def test_no_damage_ends_in_a_trace_or_fills_the_memory(import_file, tmp_path, capfd, kind, seed):
    attempts(import_file, tmp_path, kind, seed=1_000 + seed, count=50)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    attempts(import_file, tmp_path, kind, seed=2_000 + seed, count=400)
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000
    assert capfd.readouterr() == ("", "")
