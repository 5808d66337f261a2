"""What the page of one import shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.blueprints.land.wording import on_page
from succession.geo.findings import Finding
from succession.land import drawings, policy, previews, queries
from succession.land.drawings import Picture
from succession.land.models import ImportState, LandImport
from succession.land.owner import Owner
from succession.land.queries import ParcelLine
from succession.land.report import Outcome, Report, RowReport, unpacked
from succession.land.requests import Provenance

MOST_ROWS_SHOWN = 200
MOST_PARCELS_SHOWN = 100
MOST_SPANS = 6


@dataclass(frozen=True, slots=True)
class Group:
    """Rows that share an outcome and a reason: `example` is the sentence of the first of them."""

    outcome: Outcome
    example: Finding
    rows: tuple[int, ...]

    @property
    def spans(self) -> str:
        """The rows as "5–9, 12"; the end is left out where there are too many."""
        spans: list[tuple[int, int]] = []
        for row in self.rows:
            if spans and spans[-1][1] == row - 1:
                spans[-1] = (spans[-1][0], row)
            else:
                spans.append((row, row))
        words = [str(first) if first == last else f"{first}–{last}" for first, last in spans[:MOST_SPANS]]
        return ", ".join(words) + (" …" if len(spans) > MOST_SPANS else "")


@dataclass(frozen=True, slots=True)
class ImportPage:
    """One import, the rows that are asked for, and what came of it."""

    record: LandImport
    owner: Owner
    report: Report
    only: str
    picture: Picture | None
    parcels: Sequence[ParcelLine]
    shapes: dict[int, str]
    provenances: Sequence[Provenance]
    may_decide: bool

    @property
    def is_at_work(self) -> bool:
        """The worker is reading or importing."""
        return self.record.state in (ImportState.CHECKING, ImportState.IMPORTING)

    @property
    def is_waiting(self) -> bool:
        """A person is to give their word."""
        return self.record.state is ImportState.CHECKED

    @property
    def is_unread(self) -> bool:
        """The file has not been read, or not as chosen last."""
        return self.record.state is ImportState.UPLOADED

    @property
    def is_done(self) -> bool:
        """The parcels are in the register."""
        return self.record.state is ImportState.DONE

    @property
    def refused_rows(self) -> Sequence[RowReport]:
        """The rows that cannot be taken."""
        return [row for row in self.report.rows if row.outcome is Outcome.REFUSED]

    @property
    def remarked_rows(self) -> Sequence[RowReport]:
        """The rows that are taken, with something to say."""
        return [row for row in self.report.rows if row.outcome is not Outcome.REFUSED]

    @property
    def groups(self) -> Sequence[Group]:
        """What there is to say, once for all rows it is said of; refusals first, then by how many rows it concerns."""
        rows: dict[tuple[Outcome, str], list[int]] = {}
        examples: dict[tuple[Outcome, str], Finding] = {}
        for row in self.report.rows:
            for reason in row.reasons:
                rows.setdefault((row.outcome, reason.code), []).append(row.row)
                examples.setdefault((row.outcome, reason.code), reason)
        groups = [Group(key[0], examples[key], tuple(numbers)) for key, numbers in rows.items()]
        return sorted(groups, key=lambda group: (group.outcome is not Outcome.REFUSED, -len(group.rows)))

    @property
    def shown_rows(self) -> Sequence[RowReport]:
        """The rows that are asked for."""
        chosen = {"refused": self.refused_rows, "remarks": self.remarked_rows}.get(self.only, self.report.rows)
        return chosen[:MOST_ROWS_SHOWN]

    @property
    def hidden_rows(self) -> int:
        """How many rows with reasons the page leaves out."""
        return len(self.report.rows) - min(len(self.report.rows), MOST_ROWS_SHOWN) + self.report.rows_left_out


def import_page(session: Session, actor: Actor, import_id: UUID, *, only: str = "") -> ImportPage:
    """Everything the page needs, for the owner of the import; nobody else learns that it exists."""
    record = queries.land_import(session, actor, import_id)
    owner = queries.owner_of_import(session, record)
    is_done = record.state is ImportState.DONE
    parcels = queries.parcels_of_import(session, actor, record.id, most=MOST_PARCELS_SHOWN) if is_done else []
    picture = (
        previews.picture_of_parcels(session, actor, import_id=record.id)
        if is_done
        else previews.picture_of_import(session, record.id)
    )
    return ImportPage(
        record=record,
        owner=owner,
        report=on_page(unpacked(record.report)) if record.report else Report(file=record.file_name),
        only=only if only in {"all", "refused", "remarks"} else "",
        picture=picture,
        parcels=parcels,
        shapes=drawings.small_shapes(session, [line.id for line in parcels]),
        provenances=queries.provenances(session, actor, import_id=record.id) if is_done else [],
        may_decide=policy.may_import(actor, owner),
    )
