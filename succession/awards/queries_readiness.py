"""The reading door that says how far a lot is: what differs from the last run, and what is missing."""

from dataclasses import dataclass
from typing import Any

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.awards import causes, queries, queries_evidence, queries_input
from succession.awards.case import case_hash
from succession.awards.models import Cause, ScoringRun
from succession.awards.models_evidence import ItemState
from succession.awards.queries import Desk
from succession.awards.queries_proposed import proposed
from succession.awards.readiness import Facts, Gap, gaps
from succession.calls import queries as calls


@dataclass(frozen=True, slots=True)
class Readiness:
    """How far a lot is."""

    run: ScoringRun | None
    gaps: tuple[Gap, ...]
    causes: tuple[Cause, ...]
    """For which of them the lot can be scored now."""

    @property
    def is_ready(self) -> bool:
        """Whether the office can prepare."""
        return not self.gaps


def readiness(session: Session, actor: Actor, desk: Desk) -> Readiness:
    """As things stand now; `Sealed` before the deadline."""
    run = queries.newest_run(session, desk.lot.id)
    document = queries_input.input_of(session, actor, desk)
    sold = sum(one.lot_id == desk.lot.id for one in calls.sold_parcels(session, desk.call))
    if run is None:
        facts = Facts(
            has_run=False,
            is_stale=False,
            points_open=0,
            points_unconfirmed=0,
            to_ask=0,
            evidence_open=0,
            evidence_unjudged=0,
            tied_first=False,
            sold=sold,
        )
        return Readiness(None, gaps(facts), (Cause.FIRST,))
    result = queries.result(run)
    first = proposed(session, desk, result)
    states = _states_of_first(session, desk, first)
    points = queries.awarded_points(session, desk.lot.id)
    facts = Facts(
        has_run=True,
        is_stale=case_hash(document) != run.input_hash,
        points_open=_points_open(document, desk, len(points)),
        points_unconfirmed=sum(row.confirmed_at is None for row in points),
        to_ask=len(queries_evidence.still_to_ask(session, desk, run)),
        evidence_open=states.count(ItemState.ASKED),
        evidence_unjudged=states.count(ItemState.HANDED_IN),
        tied_first=len(first) > 1,
        sold=sold,
    )
    differs = causes.differences(run.document, document, queries_input.awarded_fields(desk.principles))
    return Readiness(run, gaps(facts), causes.causes_for(differs))


def _states_of_first(session: Session, desk: Desk, first: tuple[str, ...]) -> list[ItemState]:
    """Of whoever stands first, and of all whose figures count in the points of others."""
    codes = queries.codes_of(session, desk.call.id)
    relative = set(desk.principles.catalogue.relative)
    return [
        item.state
        for application, items in queries_evidence.items_for(session, desk).items()
        for criterion, item in items.items()
        if codes[application] in first or criterion in relative
    ]


def _points_open(document: dict[str, Any], desk: Desk, given: int) -> int:
    """How many points of the body are missing: one for each question and everybody who has not withdrawn."""
    fields = queries_input.awarded_fields(desk.principles)
    people = sum(not one.get("withdrawn", False) for one in document["applicants"])
    return max(0, len(fields) * people - given)
