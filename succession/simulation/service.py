"""The writing door of simulations: sets are tried, and that they were is logged."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.calls import queries as call_queries
from succession.calls.models import Call
from succession.calls.states import state_at
from succession.errors import Forbidden
from succession.principles import document as principle_documents
from succession.principles import drafts, shipped
from succession.principles import queries as principle_queries
from succession.principles.refusals import BadDocument
from succession.principles.texts import Wording
from succession.simulation import policy, queries
from succession.simulation.kinds import FEWEST_IN_PUBLIC, FEWEST_SETS, MOST_SETS, PAST, Basis
from succession.simulation.models import Simulation
from succession.simulation.refusals import NotPast, TooFewForPublic, WrongNumberOfSets


@dataclass(frozen=True, slots=True)
class PastLot:
    """The lot of a past call whose applicants stand in."""

    call: UUID
    number: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """What shall be tried: for which owner, which sets (keys of shipped ones, public ids of its own), and on whom."""

    organisation_id: int
    sets: tuple[str, ...]
    is_public: bool
    past: PastLot | None = None


@dataclass(frozen=True, slots=True)
class _Set:
    title: Wording
    document: principle_documents.PrincipleDocument
    farm_answers: Mapping[str, Any]

    def kept(self) -> dict[str, Any]:
        """As the log holds it."""
        return {
            "title": dict(self.title),
            "identifier": self.document.identifier,
            "document": self.document.raw,
            "farm_answers": dict(self.farm_answers),
        }


def simulate(session: Session, actor: Actor, wanted: Wanted, *, now: datetime) -> Simulation:
    """The sets have been tried and the log says so; refused on a call that is not past."""
    authorize(policy.may_simulate, actor, wanted.organisation_id)
    sets = _sets(session, actor, wanted)
    made = Simulation(
        owner_organisation_id=wanted.organisation_id,
        made_by_account_id=actor.account_id,
        made_at=now,
        is_public=wanted.is_public,
        sets=[one.kept() for one in sets],
    )
    if wanted.past is None:
        farms = principle_queries.farms_of(session, wanted.organisation_id)
        made.basis, made.applicants = Basis.SAMPLE_FARMS, len(farms)
        made.farms = [
            {"key": one.key, "name": dict(one.name), "summary": dict(one.summary), "answers": dict(one.answers)}
            for one in farms
        ]
    else:
        _try_on_past(session, actor, made, sets, wanted.past, now=now)
    session.add(made)
    session.flush()
    audit.record(session, actor, "simulation.made", kind="simulation", public_id=made.public_id, now=now)
    return made


def _try_on_past(
    session: Session, actor: Actor, made: Simulation, sets: Sequence[_Set], wanted: PastLot, *, now: datetime
) -> None:
    """The call must be over, and in public large enough; who they were is not kept."""
    call = call_queries.call_for(session, actor, wanted.call)
    _check_past(call, made.owner_organisation_id, now)
    lot = call_queries.lot_of(session, call, wanted.number)
    documents = [(one.title, one.document) for one in sets]
    found = queries.past_outlook(session, actor, call, lot, documents, is_public=made.is_public)
    made.applicants = len(found.contenders)
    if made.is_public and made.applicants < FEWEST_IN_PUBLIC:
        raise TooFewForPublic
    made.basis, made.call_id, made.lot_number = Basis.PAST_CALL, call.id, lot.number


def _check_past(call: Call, organisation_id: int, now: datetime) -> None:
    if call.owner_organisation_id != organisation_id:
        raise Forbidden
    if state_at(call, now) not in PAST:
        raise NotPast


def _sets(session: Session, actor: Actor, wanted: Wanted) -> list[_Set]:
    """Two to four different ones; an own one must be readable and belong to this owner."""
    keys = list(dict.fromkeys(wanted.sets))
    if not FEWEST_SETS <= len(keys) <= MOST_SETS:
        raise WrongNumberOfSets
    return [_set(session, actor, key, wanted.organisation_id) for key in keys]


def _set(session: Session, actor: Actor, key: str, organisation_id: int) -> _Set:
    if key in shipped.names():
        published = shipped.document(key)
        return _Set(published.name, published, {})
    try:
        public_id = UUID(key)
    except ValueError as error:
        raise WrongNumberOfSets from error
    found = principle_queries.set_for(session, actor, public_id)
    if found.owner_organisation_id != organisation_id:
        raise Forbidden
    document = drafts.attempt(found.document)
    if not isinstance(document, principle_documents.PrincipleDocument):
        raise BadDocument(document)
    return _Set({"de": found.title, "en": found.title}, document, found.farm_answers)
