"""Reading doors of the room: sets of an owner, their versions, and the sample farms that they are tried on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.duties import Duty
from succession.accounts.models import Organisation, OrganisationKind
from succession.errors import Conflict, NotFound
from succession.i18n import Text
from succession.principles import policy
from succession.principles.models import PrincipleRevision, PrincipleSet, SampleFarm
from succession.principles.sample_farms import Farm, farms
from succession.principles.states import Origin


@dataclass(frozen=True, slots=True)
class SetLine:
    """One set in a list."""

    public_id: UUID
    title: str
    number: int
    origin: Origin
    owner: str
    identifier: str
    updated_at: datetime
    frozen_at: datetime | None


def sets_of(session: Session, actor: Actor) -> Sequence[SetLine]:
    """Everything that the actor may read, by owner, the newest first."""
    authorize(policy.may_enter, actor, None)
    statement = (
        select(PrincipleSet, Organisation.name)
        .join(Organisation, Organisation.id == PrincipleSet.owner_organisation_id)
        .where(policy.visible_sets(actor))
        .order_by(Organisation.name, PrincipleSet.number.desc())
    )
    return [
        SetLine(
            public_id=one.public_id,
            title=one.title,
            number=one.number,
            origin=one.origin,
            owner=owner,
            identifier=one.identifier,
            updated_at=one.updated_at,
            frozen_at=one.frozen_at,
        )
        for one, owner in session.execute(statement)
    ]


def set_for(session: Session, actor: Actor, public_id: UUID, *, lock: bool = False) -> PrincipleSet:
    """The set, if the actor may read it; that it exists is nobody else's business."""
    statement = select(PrincipleSet).where(PrincipleSet.public_id == public_id)
    found = session.scalars(statement.with_for_update() if lock else statement).one_or_none()
    if found is None:
        raise NotFound
    authorize(policy.may_read, actor, found, hidden=True)
    return found


def draft_for(session: Session, actor: Actor, public_id: UUID, *, lock: bool = False) -> PrincipleSet:
    """The set, if the actor may change it and it is still a draft."""
    found = set_for(session, actor, public_id, lock=lock)
    authorize(policy.may_draft, actor, found.owner_organisation_id)
    if found.frozen_at is not None:
        raise Conflict(
            Text("This set is frozen and stays as it is. You can begin a new version of it and change that one.")
        )
    return found


def owners_for(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The owners for whom the actor may draft; an office drafts for others, never for itself."""
    allowed = actor.organisations_with(Duty.CALL)
    statement = select(Organisation).where(Organisation.id.in_(allowed)).order_by(Organisation.name)
    never = (OrganisationKind.MANAGING_OFFICE, OrganisationKind.ADVISORY)
    return [one for one in session.scalars(statement) if one.kind not in never]


def owner_for(session: Session, actor: Actor, public_id: UUID) -> Organisation:
    """One of them; anything else does not exist for the actor."""
    found = next((one for one in owners_for(session, actor) if one.public_id == public_id), None)
    if found is None:
        raise NotFound
    return found


def owner_of(session: Session, found: PrincipleSet) -> Organisation:
    """Whose set it is."""
    return session.get_one(Organisation, found.owner_organisation_id)


def organisation(session: Session, organisation_id: int) -> Organisation:
    """An owner by its number."""
    return session.get_one(Organisation, organisation_id)


def is_church(owner: Organisation) -> bool:
    """Whether the owner may use criteria on religion."""
    return owner.kind is OrganisationKind.PARISH


def revision_of(session: Session, found: PrincipleSet, revision: int) -> PrincipleRevision | None:
    """The draft as it was saved once; None if that was too long ago."""
    return session.get(PrincipleRevision, (found.id, revision))


def can_undo(session: Session, found: PrincipleSet) -> bool:
    """Whether there is an earlier state to go back to."""
    earlier = exists().where(
        PrincipleRevision.principle_set_id == found.id, PrincipleRevision.revision < found.revision
    )
    return found.frozen_at is None and bool(session.scalar(select(earlier)))


def line_of(session: Session, actor: Actor, found: PrincipleSet) -> Sequence[PrincipleSet]:
    """The set with all that it was derived from, the newest first."""
    authorize(policy.may_read, actor, found, hidden=True)
    line = [found]
    while line[-1].derived_from_id is not None:
        line.append(session.get_one(PrincipleSet, line[-1].derived_from_id))
    return line


def versions_after(session: Session, actor: Actor, found: PrincipleSet) -> Sequence[PrincipleSet]:
    """The sets that were derived from this one directly."""
    authorize(policy.may_read, actor, found, hidden=True)
    statement = select(PrincipleSet).where(PrincipleSet.derived_from_id == found.id).order_by(PrincipleSet.number)
    return session.scalars(statement).all()


def frozen_sets(session: Session, actor: Actor, organisation_id: int) -> Sequence[PrincipleSet]:
    """What an owner's call may be held under without another freezing, the newest first."""
    statement = (
        select(PrincipleSet)
        .where(
            policy.visible_sets(actor),
            PrincipleSet.owner_organisation_id == organisation_id,
            PrincipleSet.frozen_at.is_not(None),
        )
        .order_by(PrincipleSet.number.desc())
    )
    return session.scalars(statement).all()


def own_farms(session: Session, organisation_id: int) -> Sequence[SampleFarm]:
    """The owner's copies of the sample farms, in order; none before anybody has changed one or begun a draft."""
    statement = select(SampleFarm).where(SampleFarm.owner_organisation_id == organisation_id)
    return session.scalars(statement.order_by(SampleFarm.position)).all()


def farms_of(session: Session, organisation_id: int) -> tuple[Farm, ...]:
    """The twelve sample farms as this owner has them."""
    own = own_farms(session, organisation_id)
    if not own:
        return farms()
    ours = {farm.key: farm for farm in farms()}
    return tuple(
        ours[one.key]
        if not one.is_changed and one.key in ours and one.answers == ours[one.key].answers
        else Farm(one.key, {"de": one.name, "en": one.name}, {"de": one.summary, "en": one.summary}, one.answers)
        for one in own
    )


def next_number(session: Session, organisation_id: int) -> int:
    """The number of the owner's next set."""
    highest = select(func.max(PrincipleSet.number)).where(PrincipleSet.owner_organisation_id == organisation_id)
    return (session.scalar(highest) or 0) + 1
