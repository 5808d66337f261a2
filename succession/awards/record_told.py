"""What a check of a record says to people: of every line what was looked at, and whether it holds. Pure."""

from collections.abc import Iterator
from dataclasses import dataclass

from succession.awards.record_check import Flaw, Report
from succession.awards.record_lines import Line, line_of_file
from succession.i18n import Text

FLAWS = {
    Flaw.CHANGED: Text("This line was changed after the record was made."),
    Flaw.OPENING: Text("The value and its salt do not belong to this line."),
    Flaw.CONTRADICTS: Text("This line does not follow from the others."),
    Flaw.UNREADABLE: Text("This line cannot be read."),
    Flaw.WRITING: Text("This line is written in another way than the product writes it."),
}

UNCHANGED = Text("unchanged since the record was made")
RECOMPUTED = Text("unchanged, and computed again")
SEALED = Text("unchanged; the figure is sealed and could not be computed again")
HIDDEN = Text("unchanged; the value is hidden, its owner can open it")
RUN = Text("unchanged; its hashes stand in the full record")
OPENED = Text("unchanged, and the value fits what was committed to")


@dataclass(frozen=True, slots=True)
class CheckedLine:
    """One line: what it is about, what was looked at, and what is wrong. `detail` is the reason for experts."""

    number: int
    about: str
    name: str
    """The id of a criterion or a field, if the line has one."""
    looked_at: Text
    wrong: Text | None
    detail: str


@dataclass(frozen=True, slots=True)
class Group:
    """Lines that belong together: of the decision, or of one letter."""

    letter: str | None
    lines: tuple[CheckedLine, ...]

    @property
    def holds(self) -> bool:
        """Whether all of them hold."""
        return all(one.wrong is None for one in self.lines)


ABOUT = {
    "call": Text("Call and lot"),
    "run": Text("Scoring run"),
    "principles": Text("Principles"),
    "lot": Text("Facts of the lot"),
    "lottery": Text("Draw of lots"),
    "sealed": Text("What is sealed"),
    "applicant": Text("Applicant"),
    "value": Text("Statement"),
    "unproven": Text("What was not proven"),
    "points": Text("Points"),
    "sum": Text("Sum"),
    "offers": Text("Ranks of the offers"),
    "order": Text("Order"),
    "decision": Text("Decision"),
}


def groups(report: Report) -> tuple[Group, ...]:
    """The lines of everybody together, and before and after them those of the decision."""
    found: list[tuple[str | None, list[CheckedLine]]] = []
    for place, line in enumerate(report.record.lines):
        letter = line.get("letter") if line["line"] != "decision" else None
        if not found or found[-1][0] != letter:
            found.append((letter if isinstance(letter, str) else None, []))
        found[-1][1].append(_checked(report, place, line))
    return tuple(Group(letter, tuple(lines)) for letter, lines in found)


def of_the_file(report: Report) -> Iterator[tuple[int, Text, str]]:
    """What is wrong outside of the lines: in the frame of the file."""
    numbers = {line_of_file(place) for place in range(len(report.record.lines))}
    for problem in report.problems:
        if problem.line not in numbers:
            yield problem.line, FLAWS[problem.flaw], problem.reason


def _checked(report: Report, place: int, line: Line) -> CheckedLine:
    problem = report.problem_of(place)
    return CheckedLine(
        number=line_of_file(place),
        about=line["line"],
        name=str(line.get("criterion") or line.get("field") or ""),
        looked_at=_looked_at(report, line),
        wrong=None if problem is None else FLAWS[problem.flaw],
        detail="" if problem is None else problem.reason,
    )


def _looked_at(report: Report, line: Line) -> Text:
    if "commitment" in line:
        if "opening" in line:
            return OPENED
        if line["line"] == "run":
            return RUN
        return SEALED if line["line"] in ("points", "sum", "order") else HIDDEN
    computed = line["line"] in ("principles", "lottery", "sealed", "points", "sum", "offers", "order")
    return RECOMPUTED if computed or report.is_rebuilt else UNCHANGED
