"""The yearly report of an owner: what was due, what was found, what followed; without names. Pure."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from succession.i18n import Text
from succession.monitoring.outcomes import Outcome
from succession.monitoring.queries import AgendaLine
from succession.monitoring.schedule import Standing

FEWEST_SHOWN = 5
"""Checks; below that a public count could be read as a statement on one lessee."""


@dataclass(frozen=True, slots=True)
class Count:
    """How often something was found."""

    outcome: Outcome
    number: int


@dataclass(frozen=True, slots=True)
class YearlyReport:
    """One year of one owner. `due` are the days of the year that were not dropped."""

    year: int
    contracts: int
    due: int
    found: tuple[Count, ...]
    missed: tuple[AgendaLine, ...]
    lines: tuple[AgendaLine, ...]
    consequences_open: int
    consequences_settled: int

    @property
    def checked(self) -> int:
        """How many of the days have a finding."""
        return sum(one.number for one in self.found)


def yearly_report(lines: Sequence[AgendaLine], year: int, today: date) -> YearlyReport:
    """From all checks of an owner; those of the year count, by the day on which they were due."""
    own = [one for one in lines if one.check.due_on.year == year and one.standing is not Standing.DROPPED]
    outcomes = Counter(one.finding.outcome for one in own if one.finding is not None)
    followed = [one.finding for one in own if one.finding is not None and one.finding.consequence]
    return YearlyReport(
        year=year,
        contracts=len({one.contract.id for one in own}),
        due=len(own),
        found=tuple(Count(outcome, outcomes[outcome]) for outcome in Outcome),
        missed=tuple(one for one in own if one.finding is None and one.check.due_on < today),
        lines=tuple(own),
        consequences_open=sum(1 for one in followed if one.settled_on is None),
        consequences_settled=sum(1 for one in followed if one.settled_on is not None),
    )


HEADINGS = (
    Text("Call"),
    Text("Lot"),
    Text("Promise"),
    Text("Due on"),
    Text("Finding"),
    Text("Found on"),
    Text("What follows"),
    Text("Due by"),
    Text("Done on"),
)


def rows(report: YearlyReport, language: str) -> Iterator[tuple[object, ...]]:
    """One row for each check, for a spreadsheet; outcomes are words to be rendered."""
    for one in report.lines:
        finding = one.finding
        yield (
            one.call.title,
            one.lot.number,
            one.promise.words["text"].get(language) or one.promise.words["text"]["de"],
            one.check.due_on.isoformat(),
            one.standing.label if finding is None else finding.outcome.label,
            "" if finding is None else finding.found_on.isoformat(),
            "" if finding is None else finding.consequence,
            "" if finding is None or finding.consequence_due_on is None else finding.consequence_due_on.isoformat(),
            "" if finding is None or finding.settled_on is None else finding.settled_on.isoformat(),
        )
