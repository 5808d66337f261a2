"""The writing door of rounds: all lots of a call at once, and what went in and came out is kept for good."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from fractions import Fraction
from typing import Any
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Organisation
from succession.allocation import parcels_format, two_sided_format
from succession.allocation.picking import MOST_CONNECTED
from succession.allocation.principles import identifier
from succession.applications.queries_admitted import Admitted, admitted
from succession.audit import service as audit
from succession.calls import queries as calls
from succession.calls import service_draw
from succession.calls.models import Call
from succession.calls.states import Procedure, state_at
from succession.errors import Conflict, Refused
from succession.i18n import Text
from succession.jobs.queue import enqueue
from succession.principles.document import PrincipleDocument
from succession.principles.questions import Source
from succession.records.documents import DocumentError
from succession.rounds import policy, queries, round_document
from succession.rounds.models import RoundRun
from succession.rounds.outcome import ENGINE_VERSION, outcome
from succession.rounds.round_document import Scored, Wish

PRICE = "rounds.price"

Cases = Mapping[int, Mapping[str, Any]]
"""By the number of the lot the `points-1` case of its newest scoring run."""


def run(session: Session, actor: Actor, call_id: UUID, cases: Cases, *, now: datetime) -> RoundRun:
    """One run over all lots; `cases` are the documents of the newest scoring run of every lot, by its number.

    `Conflict` while a lot is not scored, the draw is not held, or nothing has changed since the last run.
    """
    call = calls.call_for(session, actor, call_id, lock=True)
    authorize(policy.may_run, actor, call, hidden=True)
    _check(session, call, cases, now)
    principles = calls.principles_of(call)
    people = [one for one in admitted(session, actor, call) if not one.is_withdrawn]
    document = _document(session, call, principles, cases, people)
    before = queries.newest_run(session, call.id)
    if before is not None and before.input_hash == identifier(document):
        raise Conflict(Text("Nothing has changed since the last run of the round."))
    made = _made(session, call, principles, document, people)
    made.number = 1 if before is None else before.number + 1
    made.previous_hash = None if before is None else before.result_hash
    made.made_by_account_id, made.made_at = actor.account_id, now
    session.add(made)
    session.flush()
    enqueue(session, PRICE, run_id=made.public_id)
    owner = session.get_one(Organisation, call.owner_organisation_id)
    audit.record(
        session,
        actor,
        "round.run",
        kind="round_run",
        public_id=made.public_id,
        organisation=owner.public_id,
        now=now,
    )
    return made


def _check(session: Session, call: Call, cases: Cases, now: datetime) -> None:
    if call.procedure is Procedure.SINGLE_LOTS:
        raise Conflict(Text("The lots of this call are given one by one, so there is no round."))
    stands = state_at(call, now)
    if stands not in policy.RUNS:
        raise Conflict(Text("The round cannot be run now. The call stands at: %(state)s.", {"state": stands.label}))
    for lot in calls.lots_of(session, call):
        if lot.number not in cases:
            raise Conflict(Text("Lot %(number)s has not been scored yet.", {"number": lot.number}))
    if service_draw.lottery_of(call) is None:
        raise Conflict(Text("The public draw comes first: one draw holds for all lots of the round."))


def _document(
    session: Session,
    call: Call,
    principles: PrincipleDocument,
    cases: Cases,
    people: Sequence[Admitted],
) -> dict[str, Any]:
    """The open document, with the input hash of every lot's run."""
    lots = _scored(call, principles, cases)
    wishes = {one.code: _wish(one) for one in people}
    name = str(call.public_id)
    scored_from = {str(number): identifier(case) for number, case in sorted(cases.items())}
    if call.procedure is Procedure.ONE_LOT_EACH:
        case = round_document.one_lot_each(name, lots, wishes)
        return {"format": two_sided_format.FORMAT, "scored_from": scored_from, "cases": [case]}
    for one in people:
        if wishes[one.code].is_connected and len(wishes[one.code].ranking) > MOST_CONNECTED:
            raise Conflict(
                Text(
                    "%(code)s asks for connected lots and ranks more than %(most)s.",
                    {"code": one.code, "most": MOST_CONNECTED},
                )
            )
    seed = (service_draw.lottery_of(call) or {})["seed"]
    case = round_document.parcels(name, lots, wishes, queries.land_of(session, call), seed)
    return {"format": parcels_format.FORMAT, "scored_from": scored_from, "cases": [case]}


def _scored(call: Call, principles: PrincipleDocument, cases: Cases) -> dict[str, Scored]:
    """Every lot under one draw, by the rules that were frozen with the call and no others."""
    frozen = identifier(principles.points_catalogue())
    lottery = {**(service_draw.lottery_of(call) or {}), "round": round_document.ROUND}
    one_draw: dict[str, Mapping[str, Any]] = {}
    for number, case in sorted(cases.items()):
        rules = {key: value for key, value in case["catalogue"].items() if key != "lottery"}
        if identifier(rules) != frozen:
            raise Refused(Text("Lot %(number)s was scored by other principles.", {"number": number}))
        one_draw[str(number)] = {**case, "catalogue": {**rules, "lottery": lottery}}
    if call.procedure is Procedure.PARCELS:
        one_draw = dict(round_document.with_everybody(one_draw, _apart(principles)))
    try:
        return {name: round_document.scored(case) for name, case in one_draw.items()}
    except DocumentError as error:
        raise Refused(Text("The statements do not fit the principles (%(place)s).", {"place": error.path})) from error


def _apart(principles: PrincipleDocument) -> frozenset[str]:
    """What is stated, offered or measured for one lot only."""
    return frozenset(
        one.identifier for one in principles.questions if one.per_lot or one.source in (Source.BID, Source.MEASURED)
    )


def _wish(one: Admitted) -> Wish:
    """Lots by their rank; those without one come last, by number."""
    lots = sorted(one.lots, key=lambda lot: (lot.rank is None, lot.rank, lot.number))
    most = None if one.max_area_m2 is None else Fraction(one.max_area_m2)
    return Wish(tuple(str(lot.number) for lot in lots), most, one.is_connected)


def _made(
    session: Session,
    call: Call,
    principles: PrincipleDocument,
    document: dict[str, Any],
    people: Sequence[Admitted],
) -> RoundRun:
    areas = queries.land_of(session, call).areas
    result = outcome(document["format"], document["cases"][0], areas, _groups(principles, people))
    return RoundRun(
        public_id=uuid4(),
        call_id=call.id,
        document=document,
        input_hash=identifier(document),
        principle_identifier=principles.identifier,
        engine_version=ENGINE_VERSION,
        result=result,
        result_hash=identifier(result),
    )


def _groups(principles: PrincipleDocument, people: Sequence[Admitted]) -> dict[str, frozenset[str]]:
    """Who said yes to which question; nothing of special categories."""
    asked = [one for one in principles.questions if one.source is Source.DECLARED and one.special_category is None]
    said = {one.identifier: frozenset(p.code for p in people if p.answers.get(one.identifier) is True) for one in asked}
    return {name: codes for name, codes in said.items() if codes}
