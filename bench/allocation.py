"""Giving out land: every measurement of this room, one module a kind."""

from bench import rounds
from bench.table import Line


def measure(*, quick: bool) -> list[Line]:
    """Rounds of single lots."""
    return rounds.measure(quick=quick)
