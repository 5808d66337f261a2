"""The import of parcels beside ogr2ogr, which only copies the same file into a plain table with an index."""

import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from multiprocessing import get_context
from pathlib import Path
from statistics import median
from urllib.parse import parse_qs, urlsplit

import numpy as np
import shapely
from pyogrio.raw import write

from bench.fields import fields
from bench.table import Line
from succession import cluster, schema
from succession.config import CHECKOUT, Settings, load_settings

ROWS, MORE_ROWS, FEW_ROWS = 50_000, 500_000, 5_000
MOST_TIMES_OGR2OGR, MOST_MEMORY_MIB, MOST_GROWTH = 15.0, 600.0, 11.0
KIB_PER_MIB = 1024
ROUNDS = 3


@dataclass(frozen=True, slots=True)
class Run:
    """How long a program ran, and how much memory it held at most."""

    seconds: float
    memory_mib: float


def measure(*, quick: bool) -> list[Line]:
    """Time beside ogr2ogr, memory, and how both grow with the rows."""
    with _ground() as (settings, folder):
        many = _file(folder, ROWS)
        other = _file(folder, FEW_ROWS if quick else MORE_ROWS)
        _round(settings, many, ROUNDS)  # the first one also makes the database's log files; it does not count
        rounds = [_round(settings, many, number) for number in range(ROUNDS)]
        ours = [ours for ours, _ in rounds]
        again = _import(settings, many, "Round 0")
        grown = _import(settings, other, "Other size")
    seconds = median(run.seconds for run in ours)
    small, large = (grown, ours[0]) if quick else (replace(ours[0], seconds=seconds), grown)
    lines = [
        Line(f"import of {ROWS:,} parcels", seconds, "s"),
        Line("the same file again, nothing new", again.seconds, "s"),
        Line("its memory", max(run.memory_mib for run in ours), "MiB", MOST_MEMORY_MIB),
        Line(
            "ten times the rows: times the time",
            large.seconds / small.seconds,
            "x",
            MOST_GROWTH,
            f"memory {small.memory_mib:.0f} -> {large.memory_mib:.0f} MiB",
        ),
    ]
    theirs = [theirs for _, theirs in rounds if theirs is not None]
    if not theirs:
        print("ogr2ogr is not installed (package gdal-bin): the comparison is left out", file=sys.stderr)
        return lines
    ratio = median(ours.seconds / theirs.seconds for ours, theirs in rounds if theirs is not None)
    lines.insert(1, Line("ogr2ogr, COPY into a plain table with GiST", median(run.seconds for run in theirs), "s"))
    lines.insert(2, Line("import / ogr2ogr", ratio, "x", MOST_TIMES_OGR2OGR))
    return lines


@contextmanager
def _ground() -> Iterator[tuple[Settings, Path]]:
    """A private cluster and a folder of its own, both gone afterwards."""
    folder = Path(tempfile.mkdtemp(prefix="bench-", dir=CHECKOUT / "instance"))
    settings = load_settings({**os.environ, "SUCCESSION_INSTANCE": str(folder), "DATABASE_URL": ""})
    try:
        schema.upgrade(settings)
        yield settings, folder
    finally:
        cluster.private_cluster(settings).remove()
        shutil.rmtree(folder)


def _file(folder: Path, rows: int) -> Path:
    """A GeoPackage of so many parcels; made by another process, because a child's peak of memory begins with ours."""
    path = folder / f"parcels-{rows}.gpkg"
    process = get_context("spawn").Process(target=_write, args=(path, rows))
    process.start()
    process.join()
    if process.exitcode != 0:
        raise RuntimeError(f"{path.name} could not be made")
    return path


def _write(path: Path, rows: int) -> None:
    """The columns are those that farm offices use."""
    outlines = fields(rows)
    columns = {
        "FLIK": np.array([f"DEBBLI{number:010d}" for number in range(rows)], dtype=object),
        "groesse": shapely.area(outlines) / 10_000,
        "HBN": np.where(np.arange(rows) % 3 == 0, "GL", "AL").astype(object),
    }
    write(
        path,
        shapely.to_wkb(outlines),
        list(columns.values()),
        np.array(list(columns)),
        geometry_type="Polygon",
        crs="EPSG:25832",
        driver="GPKG",
        layer="parcels",
    )


def _round(settings: Settings, path: Path, number: int) -> tuple[Run, Run | None]:
    """Ours and theirs, one after the other."""
    return _import(settings, path, f"Round {number}"), _ogr2ogr(settings, path)


def _import(settings: Settings, path: Path, owner: str) -> Run:
    """`succession land import` as an operator runs it."""
    command = [str(Path(sys.executable).with_name("succession")), "land", "import", str(path)]
    environment = {**os.environ, "SUCCESSION_INSTANCE": str(settings.instance), "DATABASE_URL": ""}
    return _timed([*command, "--owner", owner, "--create-owner", "private", "--json"], environment)


def _ogr2ogr(settings: Settings, path: Path) -> Run | None:
    """The same file into a plain table."""
    program = shutil.which("ogr2ogr")
    if program is None:
        return None
    address = urlsplit(cluster.database_url(settings, cluster.SUPERUSER))
    host = parse_qs(address.query)["host"][0]
    target = f"PG:host={host} dbname={address.path.lstrip('/')} user={address.username}"
    options = ["-nln", "plain_parcels", "-overwrite", "--config", "PG_USE_COPY", "YES", "-lco", "SPATIAL_INDEX=GIST"]
    return _timed([program, "-f", "PostgreSQL", target, str(path), *options], dict(os.environ))


def _timed(command: list[str], environment: dict[str, str]) -> Run:
    """Runs a program to its end."""
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE)
    assert process.stderr is not None
    said = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode != 0:
        raise RuntimeError(f"{command[0]}: {said.decode(errors='replace')}")
    return Run(time.perf_counter() - began, usage.ru_maxrss / KIB_PER_MIB)
