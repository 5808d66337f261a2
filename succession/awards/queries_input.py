"""What goes into the next run of a lot: statements as sent, evidence as judged, points as given, the draw as held."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.allocation.lottery import seed_from
from succession.allocation.rules import Want
from succession.applications.queries_admitted import Admitted, AdmittedLot
from succession.awards import queries
from succession.awards.case import Entrant, case
from succession.awards.models import ScoringRun
from succession.awards.models_evidence import EvidenceItem, EvidenceRequest, ItemState
from succession.awards.queries import Desk
from succession.calls.models import Call, CallLot
from succession.errors import Conflict
from succession.i18n import Text
from succession.principles.answers import stated
from succession.principles.document import Draw, PrincipleDocument
from succession.principles.questions import Measure, Source


def awarded_fields(document: PrincipleDocument) -> frozenset[str]:
    """The questions that a body answers, not the applicant."""
    return frozenset(one.identifier for one in document.questions if one.source is Source.AWARDED)


def input_of(session: Session, actor: Actor, desk: Desk, *, drawn: Sequence[str] = ()) -> dict[str, Any]:
    """The case as it would be scored now; `drawn` is the order of a draw held by hand just now."""
    people = queries.applicants(session, actor, desk)
    if any(one.is_reduced for one in people.values()):
        raise Conflict(Text("The statements of this call have been deleted. It cannot be scored any more."))
    unproven = unproven_criteria(session, desk)
    awarded = _awarded(session, desk)
    entrants = [
        Entrant(
            code=code,
            values=_values(desk, one, awarded.get(one.application_id, {})),
            unproven=unproven.get(one.application_id, frozenset()),
            withdrawn=one.is_withdrawn,
        )
        for code, one in people.items()
    ]
    lottery = _lottery(session, desk, drawn)
    return case(case_name(desk), desk.principles.points_catalogue(lottery), desk.lot.facts, entrants)


def case_name(desk: Desk) -> str:
    """The id of the case: public, and the same for every run of the lot."""
    return f"{desk.call.public_id}/{desk.lot.number}"


def unproven_criteria(session: Session, desk: Desk) -> Mapping[int, frozenset[str]]:
    """By application, what was asked for and not accepted.

    A statement that was made once holds for all lots of the call, and so does what became of it; what was stated for
    one lot is judged there.
    """
    statement = (
        select(EvidenceRequest.application_id, EvidenceRequest.lot_id, EvidenceItem.criterion, EvidenceItem.state)
        .join(EvidenceRequest, EvidenceRequest.id == EvidenceItem.request_id)
        .join(CallLot, CallLot.id == EvidenceRequest.lot_id)
        .where(CallLot.call_id == desk.call.id, EvidenceItem.state == ItemState.NOT_ACCEPTED)
    )
    per_lot = per_lot_criteria(desk.principles)
    found: dict[int, set[str]] = {}
    for row in session.execute(statement):
        if row.lot_id == desk.lot.id or row.criterion not in per_lot:
            found.setdefault(row.application_id, set()).add(row.criterion)
    return {application: frozenset(criteria) for application, criteria in found.items()}


def per_lot_criteria(document: PrincipleDocument) -> frozenset[str]:
    """Criteria whose statement is made for each lot apart."""
    apart = {one.identifier for one in document.questions if one.per_lot}
    return frozenset(one.identifier for one in document.catalogue.criteria if one.reads in apart)


def _values(desk: Desk, one: Admitted, awarded: Mapping[str, Any]) -> dict[str, Any]:
    lot = one.lot(desk.lot.number)
    assert lot is not None
    return stated(
        desk.principles,
        one.answers,
        lot.answers,
        bid=lot.bid_cents_year,
        starting_rent=desk.lot.price_cents_year,
        measured=_measured(lot),
        awarded=awarded,
    )


def _measured(lot: AdmittedLot) -> dict[str, Fraction]:
    return {} if lot.distance_km is None else {Measure.FARMSTEAD_STRAIGHT.value: lot.distance_km}


def _awarded(session: Session, desk: Desk) -> dict[int, dict[str, Any]]:
    """What bodies gave and a second person confirmed, by application and question."""
    panels = {one.identifier for one in desk.principles.questions if one.answer is Want.NUMBERS}
    found: dict[int, dict[str, Any]] = {}
    for row in queries.awarded_points(session, desk.lot.id):
        if row.confirmed_at is None:
            continue
        value = list(row.marks) if row.question in panels else {"points": row.marks[0], "reason": row.reason}
        found.setdefault(row.application_id, {})[row.question] = value
    return found


def _lottery(session: Session, desk: Desk, drawn: Sequence[str]) -> dict[str, Any] | None:
    """The draw as far as it was held; before it ties stay open."""
    match desk.principles.draw:
        case Draw.COMMITTED:
            return _committed(desk.call, desk.lot)
        case Draw.BY_HAND:
            return {"drawn": list(drawn)} if drawn else _drawn_before(queries.newest_run(session, desk.lot.id))
        case Draw.NONE:
            return None


def _committed(call: Call, lot: CallLot) -> dict[str, Any] | None:
    """Seed and proof; each lot is a round of its own."""
    if call.lottery_secret is None or not call.public_draw_result:
        return None
    return {
        "seed": seed_from(call.lottery_secret, call.public_draw_result),
        "round": f"lot {lot.number}",
        "secret": call.lottery_secret,
        "secret_commitment": call.lottery_commitment,
        "public_draw": call.public_draw_result,
    }


def _drawn_before(run: ScoringRun | None) -> dict[str, Any] | None:
    return None if run is None else run.document["catalogue"].get("lottery")
