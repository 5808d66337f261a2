"""Writing doors of an owner's sample farms: changed before the first draft, then locked."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Organisation
from succession.audit import service as audit
from succession.errors import Conflict, NotFound, Refused
from succession.i18n import Text
from succession.principles import policy, queries
from succession.principles.models import SampleFarm
from succession.principles.sample_farms import farms

LONGEST_NAME = 80
LONGEST_SUMMARY = 400


@dataclass(frozen=True, slots=True)
class FarmStatement:
    """What an owner says of one of its sample farms."""

    name: str
    summary: str
    answers: Mapping[str, Any]


def change(
    session: Session, actor: Actor, organisation: UUID, key: str, said: FarmStatement, *, now: datetime
) -> SampleFarm:
    """The farm is as said, for this owner; refused once the owner's first draft has begun."""
    owner = queries.owner_for(session, actor, organisation)
    authorize(policy.may_draft, actor, owner.id)
    if not said.name.strip() or len(said.name) > LONGEST_NAME or len(said.summary) > LONGEST_SUMMARY:
        raise Refused(Text("Please give the farm a short name and at most two sentences."))
    session.execute(select(Organisation.id).where(Organisation.id == owner.id).with_for_update())
    copies = {farm.key: farm for farm in _copied(session, owner, now)}
    farm = copies.get(key)
    if farm is None:
        raise NotFound
    if farm.locked_at is not None:
        raise Conflict(Text("Drafting has begun, so the sample farms stay as they are."))
    farm.name, farm.summary, farm.answers = said.name.strip(), said.summary.strip(), dict(said.answers)
    farm.is_changed, farm.updated_at = True, now
    session.flush()
    audit.record(
        session,
        actor,
        "principles.farm_changed",
        kind="sample_farm",
        public_id=farm.public_id,
        organisation=owner.public_id,
        now=now,
    )
    return farm


def lock(session: Session, actor: Actor, owner: Organisation, *, now: datetime) -> None:
    """The owner's farms stay as they are now: whoever drafts must not bend them to the draft."""
    authorize(policy.may_draft, actor, owner.id)
    for farm in _copied(session, owner, now):
        if farm.locked_at is None:
            farm.locked_at = now
    session.flush()


def _copied(session: Session, owner: Organisation, now: datetime) -> list[SampleFarm]:
    """The owner's own copies, made of ours if there are none yet."""
    found = list(queries.own_farms(session, owner.id))
    if found:
        return found
    copies = [
        SampleFarm(
            owner_organisation_id=owner.id,
            position=place,
            key=farm.key,
            name=farm.name["de"],
            summary=farm.summary["de"],
            answers=dict(farm.answers),
            updated_at=now,
        )
        for place, farm in enumerate(farms())
    ]
    session.add_all(copies)
    session.flush()
    return copies
