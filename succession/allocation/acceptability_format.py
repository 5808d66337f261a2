"""The open format `smaa-1`: reads a table strictly, says in which share of weights who takes which rank. Pure."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from succession.allocation.acceptability import Draws, drawn_shares, error_bound, exact_shares
from succession.allocation.table import table
from succession.records.documents import DocumentError, decimal, number, rational, required, text

FORMAT = "smaa-1"

EXACT_CRITERIA = 3
MOST_EXACT_ROWS = 100
"""The work grows with the third power of the rows: 0.2 s for 40, 4 s for 100."""

SAMPLES = 10_000
MOST_SAMPLES = 1_000_000


def answer(case: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The keys of `expected` in the reference cases; where weights were drawn, also how, and the error."""
    rows = table(case, path)
    draws = _draws(case, path)
    if len(rows[0]) == EXACT_CRITERIA and len(rows) <= MOST_EXACT_ROWS:
        return _told(exact_shares(rows))
    return {
        **_told(drawn_shares(rows, draws)),
        "seed": draws.seed,
        "samples": draws.samples,
        "error": decimal(error_bound(draws.samples)),
    }


def _told(shares: list[list[Fraction]]) -> dict[str, Any]:
    return {
        "rank_acceptability": [[rational(share) for share in row] for row in shares],
        "as_decimal": [[decimal(share) for share in row] for row in shares],
    }


def _draws(case: Mapping[str, Any], path: str) -> Draws:
    """How weights are drawn if they must be; without a seed the id of the case is one."""
    samples = number(case.get("samples", SAMPLES), f"{path}.samples")
    if samples.denominator != 1 or not 0 < samples <= MOST_SAMPLES:
        raise DocumentError(f"{path}.samples", f"must be a whole number from 1 to {MOST_SAMPLES}")
    seed = text(case["seed"], f"{path}.seed") if "seed" in case else str(required(case, "id", path))
    return Draws(seed, int(samples))
