"""Giving out land: every measurement of this room, one module a kind."""

from bench import picking, points, rounds
from bench.table import Line


def measure(*, quick: bool) -> list[Line]:
    """Scoring, rounds of single lots, and picking of parcels in turn."""
    return [*points.measure(quick=quick), *rounds.measure(quick=quick), *picking.measure(quick=quick)]
