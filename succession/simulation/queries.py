"""Reading doors of simulations: what was tried for an owner, and one of them worked out again."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.duties import Duty
from succession.accounts.models import Organisation
from succession.accounts.organisations import OWNER_KINDS
from succession.allocation.conditions import Facts
from succession.allocation.points_statements import facts
from succession.applications.queries_admitted import admitted
from succession.calls import queries as call_queries
from succession.calls.models import Call, CallLot
from succession.calls.states import state_at
from succession.errors import NotFound
from succession.principles import document as principle_documents
from succession.principles import shipped
from succession.principles.models import PrincipleSet
from succession.principles.texts import Wording
from succession.simulation import past, policy
from succession.simulation.kinds import PAST, Basis
from succession.simulation.models import Simulation
from succession.simulation.outlook import Contender, Outlook, Trial, outlook
from succession.simulation.refusals import NobodyThere

MOST_LISTED = 200


@dataclass(frozen=True, slots=True)
class SimulationLine:
    """One simulation as a list or a council paper names it."""

    public_id: UUID
    made_at: datetime
    owner_organisation_id: int
    basis: Basis
    call_title: str | None
    lot_number: int | None
    applicants: int
    is_public: bool
    sets: tuple[tuple[Wording, str], ...]
    """Title and identifier of each set."""


@dataclass(frozen=True, slots=True)
class Choice:
    """A set that can be chosen: `key` is that of a shipped one, or the public id of the owner's own."""

    key: str
    title: Wording
    is_own: bool


def simulations_of(
    session: Session, actor: Actor, *, organisation_id: int | None = None, call: Call | None = None
) -> tuple[SimulationLine, ...]:
    """The log, the newest first: of one owner, and of a call all that used its set or its applicants."""
    authorize(policy.may_enter, actor, None)
    statement = (
        select(Simulation, Call.title)
        .outerjoin(Call, Call.id == Simulation.call_id)
        .where(policy.visible_simulations(actor))
        .order_by(Simulation.made_at.desc(), Simulation.id.desc())
        .limit(MOST_LISTED)
    )
    owner = call.owner_organisation_id if call is not None else organisation_id
    if owner is not None:
        statement = statement.where(Simulation.owner_organisation_id == owner)
    lines = [_line(one, title) for one, title in session.execute(statement)]
    if call is None:
        return tuple(lines)
    wanted = _identifier_of(session, call)
    return tuple(one for one in lines if wanted in {identifier for _, identifier in one.sets})


def simulation_for(session: Session, actor: Actor, public_id: UUID) -> Simulation:
    """The simulation, if the actor may read it."""
    found = session.scalar(select(Simulation).where(Simulation.public_id == public_id))
    if found is None:
        raise NotFound
    authorize(policy.may_read, actor, found, hidden=True)
    return found


def worked_out(session: Session, actor: Actor, simulation: Simulation) -> Outlook:
    """The simulation computed from what it holds; of a past call from the statements that are still kept."""
    documents = [(one["title"], principle_documents.read(one["document"])) for one in simulation.sets]
    if simulation.farms is not None:
        people = tuple(Contender(one["key"], one["name"], one["summary"]) for one in simulation.farms)
        trials = [
            Trial(title, document, _farm_answers(simulation.farms, one["farm_answers"]))
            for (title, document), one in zip(documents, simulation.sets, strict=True)
        ]
        return outlook(people, trials)
    call = session.get_one(Call, simulation.call_id)
    lot = call_queries.lot_of(session, call, simulation.lot_number or 0)
    return past_outlook(session, actor, call, lot, documents, is_public=simulation.is_public)


def past_outlook(
    session: Session,
    actor: Actor,
    call: Call,
    lot: CallLot,
    documents: Sequence[tuple[Wording, principle_documents.PrincipleDocument]],
    *,
    is_public: bool,
) -> Outlook:
    """The sets on the applicants of a lot; the seal and the duty to score are checked where they are read."""
    people = past.of_lot(admitted(session, actor, call), lot)
    if not people:
        raise NobodyThere
    asked = call_queries.principles_of(call)
    trials = [Trial(title, document, past.answers(people, lot, asked, document)) for title, document in documents]
    return outlook(past.contenders(people), trials, lot_facts(lot), tells_ways=not is_public)


def lot_facts(lot: CallLot) -> Facts:
    """What conditions on the lot read."""
    return facts(lot.facts, {}, "$.lot")


def choices(session: Session, actor: Actor, organisation_id: int | None) -> list[Choice]:
    """The owner's own sets, then all shipped ones."""
    own: list[Choice] = []
    if organisation_id is not None:
        authorize(policy.may_simulate, actor, organisation_id)
        statement = select(PrincipleSet).where(PrincipleSet.owner_organisation_id == organisation_id)
        rows = session.scalars(statement.order_by(PrincipleSet.number.desc()))
        own = [Choice(str(one.public_id), {"de": one.title, "en": one.title}, is_own=True) for one in rows]
    return [*own, *(Choice(key, shipped.document(key).name, is_own=False) for key in shipped.names())]


def owners(session: Session, actor: Actor) -> list[Organisation]:
    """For whom the actor may simulate, by name."""
    authorize(policy.may_enter, actor, None)
    ids = actor.organisations_with(Duty.READ)
    statement = select(Organisation).where(Organisation.id.in_(ids), Organisation.kind.in_(OWNER_KINDS))
    return list(session.scalars(statement.order_by(Organisation.name, Organisation.id)))


def past_calls(session: Session, actor: Actor, organisation_id: int, now: datetime) -> list[tuple[Call, list[CallLot]]]:
    """The owner's calls whose applicants may stand in, with their lots; for whoever may score."""
    authorize(policy.may_simulate, actor, organisation_id)
    if not actor.may_for(Duty.SCORE, organisation_id):
        return []
    statement = select(Call).where(Call.owner_organisation_id == organisation_id).order_by(Call.closes_at.desc())
    found = [call for call in session.scalars(statement) if state_at(call, now) in PAST]
    return [(call, call_queries.lots_of(session, call)) for call in found]


def call_title(session: Session, simulation: Simulation) -> str:
    """What the past call is called; nothing for sample farms."""
    return session.get_one(Call, simulation.call_id).title if simulation.call_id is not None else ""


def _farm_answers(
    farms: Sequence[Mapping[str, Any]], own: Mapping[str, Mapping[str, Any]]
) -> dict[str, Mapping[str, Any]]:
    return {one["key"]: {**one["answers"], **own.get(one["key"], {})} for one in farms}


def _identifier_of(session: Session, call: Call) -> str | None:
    if call.principle_set_id is None:
        return None
    return session.get_one(PrincipleSet, call.principle_set_id).identifier


def _line(one: Simulation, call_title: str | None) -> SimulationLine:
    return SimulationLine(
        public_id=one.public_id,
        made_at=one.made_at,
        owner_organisation_id=one.owner_organisation_id,
        basis=one.basis,
        call_title=call_title,
        lot_number=one.lot_number,
        applicants=one.applicants,
        is_public=one.is_public,
        sets=tuple((wanted["title"], wanted["identifier"]) for wanted in one.sets),
    )
