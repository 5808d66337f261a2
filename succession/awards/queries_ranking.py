"""The reading door of the ranking: every applicant by name with points by line, place, and what became of evidence."""

from dataclasses import dataclass
from fractions import Fraction

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.allocation import explanation
from succession.allocation.catalogue import Catalogue
from succession.allocation.scorecards import Scorecard
from succession.awards import queries, queries_evidence
from succession.awards.case import catalogue_of
from succession.awards.models import ScoringRun
from succession.awards.models_evidence import EvidenceItem, ItemState
from succession.awards.queries import Desk
from succession.awards.told import taken_off
from succession.awards.working import compared_totals
from succession.i18n import Text
from succession.principles.texts import in_language
from succession.principles.wordings import wordings


@dataclass(frozen=True, slots=True)
class Column:
    """One line of the principles."""

    identifier: str
    label: str


@dataclass(frozen=True, slots=True)
class Row:
    """One applicant in the ranking, or beside it with the reason."""

    code: str
    name: str
    is_on_paper: bool
    place: int | None
    is_tied: bool
    total: Fraction | None
    points: tuple[Fraction, ...]
    off: Fraction
    """What limits of groups take off; without it the points do not add up to the total."""
    because: tuple[Text, ...]
    """Why behind the place before, or why out."""
    evidence: tuple[tuple[ItemState, int], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The whole ranking of a run."""

    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    applies: bool

    @property
    def has_limits(self) -> bool:
        """Whether a limit takes something off somebody."""
        return any(row.off for row in self.rows)


def table(session: Session, actor: Actor, desk: Desk, run: ScoringRun, language: str) -> Table:
    """Everybody: by place, then those who are out, then those who withdrew."""
    found = queries.result(run)
    catalogue = catalogue_of(run.document)
    words = wordings(desk.principles, language)
    people = queries.applicants(session, actor, desk)
    totals = compared_totals(run.result)
    cards = {card.applicant.identifier: card for card in found.cards}
    tied = {code for group in found.undecided for code in group}
    evidence = queries_evidence.items_for(session, desk)
    rows = []
    for code, one in people.items():
        card = cards.get(code)
        place = found.ranking.index(code) + 1 if code in found.ranking else None
        because: tuple[Text, ...] = (Text("Withdrew the application."),)
        if place is not None:
            because = explanation.why_behind(catalogue, found, code, words)
        elif card is not None:
            because = explanation.not_ranked_because(catalogue, found, card, words)
        rows.append(
            Row(
                code=code,
                name=one.name,
                is_on_paper=one.way.value == "paper",
                place=place,
                is_tied=code in tied,
                total=totals.get(code),
                points=() if card is None else tuple(line.points for line in card.lines),
                off=Fraction(0) if card is None else _off(catalogue, card),
                because=because,
                evidence=_counted(evidence.get(one.application_id, {})),
            )
        )
    columns = tuple(
        Column(criterion.identifier, in_language(desk.principles.words[criterion.identifier].label, language))
        for criterion in desk.principles.catalogue.criteria
    )
    return Table(columns, tuple(sorted(rows, key=_by_place)), found.applies)


def sorted_by(table: Table, key: str) -> Table:
    """By name, or by the points of one line, the most first; anything else is the ranking itself."""
    columns = [column.identifier for column in table.columns]
    if key == "name":
        return Table(table.columns, tuple(sorted(table.rows, key=lambda row: row.name.casefold())), table.applies)
    if key not in columns:
        return table
    at = columns.index(key)
    scored = sorted(table.rows, key=lambda row: row.points[at] if row.points else Fraction(-(10**9)), reverse=True)
    return Table(table.columns, tuple(scored), table.applies)


def _off(catalogue: Catalogue, card: Scorecard) -> Fraction:
    return sum((points for _, points in taken_off(catalogue, card)), Fraction(0))


def _by_place(row: Row) -> tuple[bool, int, bool, str]:
    return (row.place is None, row.place or 0, not row.points, row.name.casefold())


def _counted(items: dict[str, EvidenceItem]) -> tuple[tuple[ItemState, int], ...]:
    states = [item.state for item in items.values()]
    return tuple((state, states.count(state)) for state in ItemState if state in states)
