"""The weights that choices between farms imply, by linear programs; and where choices contradict themselves. Pure.

A weighting is a weight for each criterion, none below 0, together 1. A choice for the left farm says that it has more
points under the weighting, by at least one point in a hundred; "both alike" says that the difference is less.
What cannot be fulfilled together costs slack, and the weighting with the least slack is taken; among all such the one
that leaves the greatest distance to every choice, and then the one nearest to equal weights.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations

from ortools.linear_solver import pywraplp

from succession.principles.pairs import Pair, Shares
from succession.principles.states import Choice

MARGIN = 0.01
TOLERANCE = 1e-7
WHOLE = 100
ROUGHLY_EQUAL = 2
"""Points of a hundred; weights in whole percent cannot be held to less."""


@dataclass(frozen=True, slots=True)
class Stated:
    """One choice in one case; `number` is that of the pair, from 1."""

    number: int
    choice: Choice


@dataclass(frozen=True, slots=True)
class Interval:
    """How low and how high a weight can be, in percent, with all choices as well fulfilled as can be."""

    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Implied:
    """What some choices say: weights in whole percent that add up to 100, how sure each is, and what does not fit."""

    weights: Mapping[str, int]
    intervals: Mapping[str, Interval]
    unfulfilled: tuple[int, ...]
    """The cases whose choice these weights do not give."""


def implied(pairs: Sequence[Pair], shares: Shares, criteria: Sequence[str], stated: Iterable[Stated]) -> Implied:
    """The weights behind the choices of one sheet or of many together."""
    rows = [_row(pairs, shares, criteria, one) for one in stated]
    least = _solve(rows, criteria, "slack")
    sure = {
        one: Interval(
            max(_solve(rows, criteria, "low", of=one, slack=least.slack).objective, 0.0) * WHOLE,
            _solve(rows, criteria, "high", of=one, slack=least.slack).objective * WHOLE,
        )
        for one in criteria
    }
    widest = _solve(rows, criteria, "distance", slack=least.slack)
    chosen = _solve(rows, criteria, "equal", slack=least.slack, distance=widest.objective)
    weights = rounded(dict(zip(criteria, chosen.weights, strict=True)))
    return Implied(weights, sure, _unfulfilled(rows, criteria, weights))


def contradiction(
    pairs: Sequence[Pair], shares: Shares, criteria: Sequence[str], stated: Sequence[Stated]
) -> tuple[int, ...]:
    """The smallest set of choices that no weighting fulfils together, by the numbers of the cases; () if there is none.

    Of several equally small ones, the one with the earliest cases.
    """
    rows = {one.number: _row(pairs, shares, criteria, one) for one in stated}
    if _fit([*rows.values()], criteria):
        return ()
    for size in range(1, len(rows) + 1):
        for numbers in combinations(sorted(rows), size):
            if not _fit([rows[number] for number in numbers], criteria):
                return numbers
    return tuple(sorted(rows))


def rounded(weights: Mapping[str, float]) -> dict[str, int]:
    """Whole percent that add up to 100: the largest rests are rounded up, the earlier criterion first among equals."""
    exact = {key: max(value, 0.0) * WHOLE for key, value in weights.items()}
    found = {key: int(value + TOLERANCE) for key, value in exact.items()}
    short = WHOLE - sum(found.values())
    by_rest = sorted(exact, key=lambda key: found[key] - exact[key])
    for key in by_rest[:short]:
        found[key] += 1
    return found


@dataclass(frozen=True, slots=True)
class _Row:
    """One choice as a line of a linear program: the differences of shares, and whether they are to be about 0."""

    number: int
    differences: tuple[float, ...]
    is_equal: bool


@dataclass(frozen=True, slots=True)
class _Solved:
    objective: float
    weights: tuple[float, ...]
    slack: float


def _row(pairs: Sequence[Pair], shares: Shares, criteria: Sequence[str], stated: Stated) -> _Row:
    pair = pairs[stated.number - 1]
    sign = -1 if stated.choice is Choice.SECOND else 1
    found = tuple(float(sign * (shares[pair.first][one] - shares[pair.second][one])) for one in criteria)
    return _Row(stated.number, found, stated.choice is Choice.EQUAL)


def _fit(rows: Sequence[_Row], criteria: Sequence[str]) -> bool:
    return _solve(rows, criteria, "slack").slack < TOLERANCE


def _solve(
    rows: Sequence[_Row],
    criteria: Sequence[str],
    aim: str,
    *,
    of: str = "",
    slack: float | None = None,
    distance: float | None = None,
) -> _Solved:
    """One linear program: the least slack, or with it a weight's end, the widest distance, the evenest weights."""
    solver = pywraplp.Solver.CreateSolver("GLOP")
    weights = [solver.NumVar(0, 1, f"w{place}") for place in range(len(criteria))]
    solver.Add(solver.Sum(weights) == 1)
    wide = solver.NumVar(0, 1, "distance")
    slacks = []
    for row in rows:
        one = solver.NumVar(0, solver.infinity(), f"s{row.number}")
        slacks.append(one)
        said = solver.Sum([weight * by for weight, by in zip(weights, row.differences, strict=True)])
        if row.is_equal:
            solver.Add(said <= MARGIN + one)
            solver.Add(said >= -MARGIN - one)
        else:
            solver.Add(said >= MARGIN - one)
            solver.Add(said >= wide - one)
    total = solver.Sum(slacks) if slacks else solver.NumVar(0, 0, "none")
    if slack is not None:
        solver.Add(total <= slack + TOLERANCE)
    if distance is not None:
        solver.Add(wide >= distance - TOLERANCE)
    if aim == "slack":
        solver.Minimize(total)
    elif aim == "distance":
        solver.Maximize(wide)
    else:
        _aim_at_weights(solver, aim, weights, criteria.index(of) if of else 0)
    if solver.Solve() != pywraplp.Solver.OPTIMAL:
        raise ArithmeticError("weights that add up to 1 always exist, so this program has an answer")
    return _Solved(
        solver.Objective().Value(),
        tuple(weight.solution_value() for weight in weights),
        sum(one.solution_value() for one in slacks),
    )


def _aim_at_weights(solver: pywraplp.Solver, aim: str, weights: Sequence[pywraplp.Variable], place: int) -> None:
    """One weight as low or as high as can be, or all of them as even as can be."""
    if aim == "low":
        solver.Minimize(weights[place])
        return
    if aim == "high":
        solver.Maximize(weights[place])
        return
    even, apart = 1 / len(weights), []
    for number, weight in enumerate(weights):
        one = solver.NumVar(0, 1, f"a{number}")
        solver.Add(one >= weight - even)
        solver.Add(one >= even - weight)
        apart.append(one)
    solver.Minimize(solver.Sum(apart))


def _unfulfilled(rows: Sequence[_Row], criteria: Sequence[str], weights: Mapping[str, int]) -> tuple[int, ...]:
    """Exactly, with the rounded weights: the left farm must be ahead, or for equals both nearly so."""
    found = []
    for row in rows:
        said = sum(
            (Fraction(weights[one]) * Fraction(by) for one, by in zip(criteria, row.differences, strict=True)),
            Fraction(0),
        )
        fulfilled = abs(said) <= ROUGHLY_EQUAL if row.is_equal else said > 0
        if not fulfilled:
            found.append(row.number)
    return tuple(sorted(set(found)))
