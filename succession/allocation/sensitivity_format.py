"""The open format `sensitivity-1`: reads a table and weights strictly, says how firmly the winner stands. Pure."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from succession.allocation.sensitivity import Change, Reduction, sensitivity
from succession.allocation.table import table
from succession.records.documents import DocumentError, decimal, number, required, sequence

FORMAT = "sensitivity-1"

PLACES_OF_REDUCTIONS = 6
"""As in the reference cases; everything else has ten."""


def answer(case: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The keys of `expected` in the reference cases, as decimals."""
    rows = table(case, path)
    found = sensitivity(rows, _weights(case, path, len(rows[0])))
    return {
        "scores": [decimal(score) for score in found.scores],
        "winner": found.winner,
        "weight_interval_keeping_winner": [[decimal(i.lower), decimal(i.upper)] for i in found.intervals],
        "smallest_relative_change": _change(found.smallest_change),
        "pair_weight_reduction": {
            f"{i}-{j}-{criterion}": _reduction(reduction)
            for (i, j, criterion), reduction in sorted(found.reductions.items(), key=lambda item: item[0][::-1])
        },
    }


def _change(change: Change | None) -> dict[str, Any] | None:
    if change is None:
        return None
    return {
        "criterion": change.criterion,
        "direction": change.direction.value,
        "fraction": decimal(change.fraction),
    }


def _reduction(reduction: Reduction | None) -> list[Any] | None:
    return None if reduction is None else [decimal(reduction.amount, PLACES_OF_REDUCTIONS), reduction.feasible]


def _weights(case: Mapping[str, Any], path: str, columns: int) -> tuple[Fraction, ...]:
    at = f"{path}.weights"
    values = sequence(required(case, "weights", path), at)
    weights = tuple(number(value, f"{at}[{place}]") for place, value in enumerate(values))
    if len(weights) != columns:
        raise DocumentError(at, f"has {len(weights)} entries where the table has {columns} columns")
    for place, weight in enumerate(weights):
        if weight < 0:
            raise DocumentError(f"{at}[{place}]", "a weight is never negative")
    if not sum(weights):
        raise DocumentError(at, "at least one weight must be greater than 0")
    return weights
