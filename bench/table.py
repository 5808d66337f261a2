"""What a measurement says, and how it is printed."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Line:
    """One figure, and what it must not exceed where there is such a limit."""

    what: str
    value: float
    unit: str
    limit: float | None = None
    note: str = ""

    @property
    def holds(self) -> bool | None:
        """Whether the limit is kept; None where there is none."""
        return None if self.limit is None else self.value <= self.limit


def print_table(lines: Iterable[Line]) -> None:
    """One line a figure."""
    print(f"{'':62} {'measured':>12} {'limit':>10}")
    for line in lines:
        limit = "" if line.limit is None else f"{line.limit:g}"
        mark = {None: "", True: "holds", False: "FAILS"}[line.holds]
        print(f"{line.what:62} {line.value:>12.2f} {limit:>10} {line.unit:8} {mark:6} {line.note}")
