"""Giving out land: every measurement of this room, one module a kind."""

from bench import points, rounds
from bench.table import Line


def measure(*, quick: bool) -> list[Line]:
    """Scoring, and rounds of single lots."""
    return [*points.measure(quick=quick), *rounds.measure(quick=quick)]
