"""The engine's whole working as data, and back again: what a run keeps does not change when the engine does. Pure."""

from collections.abc import Mapping
from fractions import Fraction
from typing import Any

from succession.allocation.catalogue import Applicant, Catalogue
from succession.allocation.points import Result, compared_total
from succession.allocation.rules import Declared
from succession.allocation.scorecards import GroupSum, Line, Scorecard

Data = Mapping[str, Any]


def as_data(catalogue: Catalogue, result: Result) -> dict[str, Any]:
    """Everything, figures as "p/q"."""
    return {
        "applies": result.applies,
        "cards": [_card(catalogue, card) for card in result.cards],
        "excluded_because": {code: list(because) for code, because in result.excluded_because.items()},
        "below_threshold": list(result.below_threshold),
        "ranking": list(result.ranking),
        "separated_by": list(result.separated_by),
        "undecided": [list(group) for group in result.undecided],
        "tied_on_total": list(result.tied_on_total),
        "single_applicant": result.single_applicant,
        "left_behind": dict(result.left_behind),
        "virtual_bids": {code: str(bid) for code, bid in result.virtual_bids.items()},
        "invited": {code: str(bid) for code, bid in result.invited.items()},
        "may_match": list(result.may_match),
        "placed": dict(result.placed),
    }


def result_of(data: Data) -> Result:
    """The result as it was computed then. What was declared stands in the lines; cards know no other facts."""
    return Result(
        applies=data["applies"],
        cards=tuple(_read_card(one) for one in data["cards"]),
        excluded_because={code: tuple(because) for code, because in data["excluded_because"].items()},
        below_threshold=tuple(data["below_threshold"]),
        ranking=tuple(data["ranking"]),
        separated_by=tuple(data["separated_by"]),
        undecided=tuple(tuple(group) for group in data["undecided"]),
        tied_on_total=tuple(data["tied_on_total"]),
        single_applicant=data["single_applicant"],
        left_behind=dict(data.get("left_behind", {})),
        virtual_bids={code: Fraction(bid) for code, bid in data.get("virtual_bids", {}).items()},
        invited={code: Fraction(bid) for code, bid in data.get("invited", {}).items()},
        may_match=tuple(data.get("may_match", ())),
        placed=dict(data.get("placed", {})),
    )


def compared_totals(data: Data) -> dict[str, Fraction]:
    """The totals as they were compared, rounded where the principles say so."""
    return {one["id"]: Fraction(one["compared_total"]) for one in data["cards"]}


def _card(catalogue: Catalogue, card: Scorecard) -> dict[str, Any]:
    return {
        "id": card.applicant.identifier,
        "lines": [_line(line) for line in card.lines],
        "groups": [{"group": one.group, "sum": str(one.sum), "counted": str(one.counted)} for one in card.groups],
        "total": str(card.total),
        "compared_total": str(compared_total(catalogue, card)),
        "excluded_because": list(card.excluded_because),
        "stage_missed": card.stage_missed,
        "wins_factor": str(card.wins_factor),
    }


def _read_card(data: Data) -> Scorecard:
    return Scorecard(
        applicant=Applicant(data["id"], {}),
        lines=tuple(_read_line(one) for one in data["lines"]),
        groups=tuple(GroupSum(one["group"], Fraction(one["sum"]), Fraction(one["counted"])) for one in data["groups"]),
        total=Fraction(data["total"]),
        excluded_because=tuple(data["excluded_because"]),
        stage_missed=data["stage_missed"],
        wins_factor=Fraction(data.get("wins_factor", 1)),
    )


def _line(line: Line) -> dict[str, Any]:
    return {
        "criterion": line.criterion,
        "kind": line.kind,
        "declared": _written(line.declared),
        "clause": line.clause,
        "step": _written(line.step),
        "points": str(line.points),
        "evidence": list(line.evidence),
        "missing": line.missing,
        "applies": line.applies,
        "reason": line.reason,
    }


def _read_line(data: Data) -> Line:
    step = _read(data["step"])
    assert not isinstance(step, tuple)
    return Line(
        criterion=data["criterion"],
        kind=data["kind"],
        declared=_read(data["declared"]),
        clause=data["clause"],
        step=step,
        points=Fraction(data["points"]),
        evidence=tuple(data["evidence"]),
        missing=data["missing"],
        applies=data["applies"],
        reason=data["reason"],
    )


def _written(value: Declared | None) -> Any:
    """A figure and a name are both texts, so each says which it is."""
    if isinstance(value, Fraction):
        return {"number": str(value)}
    if isinstance(value, str):
        return {"name": value}
    if isinstance(value, tuple):
        return {"list": [[one[0], str(one[1])] if isinstance(one, tuple) else str(one) for one in value]}
    return value


def _read(value: Any) -> Declared | None:
    if not isinstance(value, dict):
        assert value is None or isinstance(value, bool)
        return value
    if "number" in value:
        return Fraction(value["number"])
    if "name" in value:
        return str(value["name"])
    listed = value["list"]
    if listed and isinstance(listed[0], list):
        return tuple((zone, Fraction(area)) for zone, area in listed)
    return tuple(Fraction(one) for one in listed)
