"""The overview of a lot: how far it is, what is missing, what to do next; and who waits for it."""

from datetime import UTC, datetime
from uuid import UUID

from flask.typing import ResponseReturnValue

from succession.applications.queries_admitted import Admitted
from succession.awards import queries, queries_decision, queries_readiness
from succession.awards.models_decision import Decision
from succession.awards.path import Standing, path
from succession.awards.queries import Desk
from succession.blueprints.awards.blueprint import bp, who_work
from succession.blueprints.awards.showing import desk_of, page
from succession.calls.states import state_at
from succession.extensions import reading
from succession.web.gate import current_actor


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>")
@who_work
def desk(call_id: UUID, number: int) -> ResponseReturnValue:
    """The path of the lot."""
    session, found = reading(), desk_of(call_id, number)
    ready = queries_readiness.readiness(session, current_actor(), found)
    prepared = queries_decision.standing_preparation(session, found.lot.id)
    decision = queries_decision.standing_decision(session, found.lot.id)
    standing = Standing(
        call_state=state_at(found.call, datetime.now(UTC)),
        gaps=ready.gaps,
        is_prepared=prepared is not None,
        is_checked=prepared is not None and prepared.checked_at is not None,
        is_decided=decision is not None,
    )
    return page(
        "desk",
        found,
        "desk",
        phases=path(standing),
        gaps=() if decision else ready.gaps,
        decision=decision,
        chosen=chosen_of(found, decision),
        applicants=len(queries.applicants(session, current_actor(), found)),
    )


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/waiting-list")
@who_work
def waiting(call_id: UUID, number: int) -> ResponseReturnValue:
    """Who comes next, if whoever got the lot does not sign."""
    session, found = reading(), desk_of(call_id, number)
    people = queries.applicants(session, current_actor(), found)
    codes = queries_decision.waiting_list(session, found.lot.id)
    decision = queries_decision.standing_decision(session, found.lot.id)
    waits = [people[code] for code in codes if code in people and not people[code].is_withdrawn]
    return page("waiting", found, "waiting", waits=waits, decision=decision)


def chosen_of(found: Desk, decision: Decision | None) -> Admitted | None:
    """Who got the lot by what the body decided."""
    if decision is None or decision.application_id is None:
        return None
    people = queries.applicants(reading(), current_actor(), found)
    return next((one for one in people.values() if one.application_id == decision.application_id), None)
