"""The open format `award-1` for `succession recompute`: the answer of a record, and what does not hold. Pure."""

from collections.abc import Mapping
from typing import Any

from succession.awards.record_check import Problem, check
from succession.awards.record_frame import frame_of_case

FORMAT = "award-1"


def answer(case: Mapping[str, Any], path: str) -> dict[str, Any]:
    """What the record says came out; whether it holds is said by `problems`."""
    record = frame_of_case(case, path)
    totals = {line["letter"]: line.get("total") for _, line in record.every("sum")}
    return {
        "record": "full" if record.is_full else "public",
        "record_hash": record.record_hash,
        "total": {letter: total for letter, total in totals.items() if total is not None},
        "ranking": record.first("order")[1].get("ranking"),
        "decided": record.first("decision")[1].get("letter"),
    }


def problems(text: str) -> list[str]:
    """What does not hold, each with its line in the file."""
    return [_told(one) for one in check(text).problems]


def _told(problem: Problem) -> str:
    return f"line {problem.line}: {problem.reason}"
