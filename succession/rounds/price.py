"""What the rule of a round costs: the most that any placement could give out, and the fewest who are passed over. Pure.

CP-SAT with one worker, a fixed seed and a limit on its deterministic time, so that the answer is the same every time.
What was not proven in that time says so by its bound. Only the worker loads this module.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction
from math import lcm
from typing import Any

from ortools.sat.python import cp_model

from succession.records.documents import number

DETERMINISTIC_SECONDS = 2.0
"""By the solver's own count of its work; for hundreds of parcels that is a minute or so by the clock."""
Case = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Extreme:
    """The best that was found, and the bound beyond which nothing lies; equal if it is proven."""

    found: Fraction
    bound: Fraction

    @property
    def is_proven(self) -> bool:
        """Whether nothing better exists."""
        return self.found == self.bound


def most_placed(case: Case) -> Extreme | None:
    """One lot each: as many applicants as possible, whatever the points."""
    model = cp_model.CpModel()
    taken = {
        (code, lot): model.new_bool_var(f"{code}/{lot}")
        for code, wishes in case["applicants"].items()
        for lot in wishes
        if code in case["objects"][lot]["priorities"]
    }
    for code in case["applicants"]:
        model.add_at_most_one(var for (one, _), var in taken.items() if one == code)
    for lot, entry in case["objects"].items():
        model.add(sum(var for (_, one), var in taken.items() if one == lot) <= int(number(entry["capacity"], "$")))
    model.maximize(sum(taken.values()))
    return _solved(model, 1)


def most_land(case: Case) -> Extreme | None:
    """Many parcels: the most land any allocation within the limits gives out; connectedness is left aside.

    So the price of the rule is never told too low where somebody asks for connected parcels.
    """
    model, taken, areas, scale = _division(case)
    model.maximize(sum(areas[lot] * var for (_, lot), var in taken.items()))
    return _solved(model, scale)


def fewest_passed_over(case: Case) -> Extreme | None:
    """Many parcels: the fewest pairs of an applicant and a parcel passed over; None where somebody asks for connected.

    A pair counts if the parcel is free or goes to somebody lower in its order, and it fits once what they like less
    is given back.
    """
    if any(wish["contiguous"] for wish in case["applicants"].values()):
        return None
    model, taken, areas, scale = _division(case)
    passed = []
    for (code, lot), var in taken.items():
        wish = case["applicants"][code]
        limit = _units(number(wish["max_area"], "$"), scale)
        ranking = wish["ranking"]
        better = [taken[code, one] * areas[one] for one in ranking[: ranking.index(lot)] if (code, one) in taken]
        if areas[lot] > limit:
            continue
        order = case["parcels"][lot]["priorities"]
        before = [taken[one, lot] for one in order[: order.index(code)] if (one, lot) in taken]
        fits, pair = model.new_bool_var(f"fits {code}/{lot}"), model.new_bool_var(f"passed {code}/{lot}")
        model.add(sum(better) >= limit + 1 - areas[lot]).only_enforce_if(~fits)
        model.add(pair >= fits - var - sum(before))
        passed.append(pair)
    model.minimize(sum(passed))
    return _solved(model, 1)


def _division(
    case: Case,
) -> tuple[cp_model.CpModel, dict[tuple[str, str], cp_model.IntVar], dict[str, int], int]:
    """Who may take what within their limits, areas in whole units, and how many units are one."""
    model = cp_model.CpModel()
    exact = {lot: number(entry["area"], "$") for lot, entry in case["parcels"].items()}
    scale = lcm(*(area.denominator for area in exact.values()))
    areas = {lot: int(area * scale) for lot, area in exact.items()}
    taken = {
        (code, lot): model.new_bool_var(f"{code}/{lot}")
        for code, wish in case["applicants"].items()
        for lot in wish["ranking"]
        if code in case["parcels"][lot]["priorities"]
    }
    for code, wish in case["applicants"].items():
        own = [areas[lot] * var for (one, lot), var in taken.items() if one == code]
        model.add(sum(own) <= _units(number(wish["max_area"], "$"), scale))
    for lot in areas:
        model.add_at_most_one(var for (_, one), var in taken.items() if one == lot)
    return model, taken, areas, scale


def _units(value: Fraction, scale: int) -> int:
    return value.numerator * scale // value.denominator


def _solved(model: cp_model.CpModel, scale: int) -> Extreme | None:
    """The same answer under the same limit on every machine; None where the limit came before any answer."""
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    solver.parameters.random_seed = 0
    solver.parameters.max_deterministic_time = DETERMINISTIC_SECONDS
    if solver.solve(model) not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return None
    return Extreme(Fraction(round(solver.objective_value), scale), Fraction(round(solver.best_objective_bound), scale))
