"""Writing doors of principle sets as wholes: beginning, deriving, deleting, freezing."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Organisation
from succession.audit import service as audit
from succession.errors import Conflict, Refused
from succession.i18n import Text
from succession.principles import drafts, policy, queries, service_farms
from succession.principles.document import PrincipleDocument
from succession.principles.drafts import Draft
from succession.principles.models import PrincipleRevision, PrincipleSet
from succession.principles.refusals import BadDocument, NotForThisOwner
from succession.principles.religion import asks_about_religion
from succession.principles.states import LONGEST_TITLE, Origin


@dataclass(frozen=True, slots=True)
class Beginning:
    """What a new draft begins with; `key` makes a retry the same draft."""

    organisation: UUID
    title: str
    key: UUID
    origin: Origin
    draft: Draft
    shipped_key: str | None = None


def start(session: Session, actor: Actor, beginning: Beginning, *, now: datetime) -> PrincipleSet:
    """The owner has one more draft; with its first one, the sample farms are locked."""
    owner = queries.owner_for(session, actor, beginning.organisation)
    authorize(policy.may_draft, actor, owner.id)
    _lock(session, owner)
    same = _begun_already(session, actor, beginning.key)
    if same is not None:
        return same
    refuse_religion(owner, beginning.draft)
    _check_title(beginning.title)
    service_farms.lock(session, actor, owner, now=now)
    found = _added(session, actor, beginning, owner.id, earlier=None, now=now)
    _record(session, actor, found, "principles.begun", now=now)
    return found


def derive(session: Session, actor: Actor, public_id: UUID, key: UUID, *, now: datetime) -> PrincipleSet:
    """There is a draft that begins as the frozen set; what changes is shown as the difference to it."""
    earlier = queries.set_for(session, actor, public_id)
    authorize(policy.may_draft, actor, earlier.owner_organisation_id)
    owner = queries.owner_of(session, earlier)
    _lock(session, owner)
    same = _begun_already(session, actor, key)
    if same is not None:
        return same
    if earlier.frozen_at is None:
        raise Conflict(Text("This is still a draft: change it as it is. New versions are made of frozen sets."))
    beginning = Beginning(owner.public_id, earlier.title, key, Origin.VERSION, earlier.document, earlier.shipped_key)
    found = _added(session, actor, beginning, owner.id, earlier=earlier, now=now)
    _record(session, actor, found, "principles.derived", now=now)
    return found


def delete_draft(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> None:
    """The draft is gone for good."""
    found = queries.draft_for(session, actor, public_id, lock=True)
    authorize(policy.may_draft, actor, found.owner_organisation_id)
    _record(session, actor, found, "principles.deleted", now=now)
    session.delete(found)
    session.flush()


def freeze(session: Session, actor: Actor, found: PrincipleSet, now: datetime) -> PrincipleDocument:
    """From now on neither anybody nor the database lets the set change; a frozen one stays as it is.

    A set that cannot be read, or whose criteria are known without their points, is refused with the reason.
    """
    authorize(policy.may_freeze, actor, found.owner_organisation_id)
    session.refresh(found, with_for_update=True)
    owner = queries.owner_of(session, found)
    refuse_religion(owner, found.document)
    document = drafts.attempt(found.document)
    if not isinstance(document, PrincipleDocument):
        raise BadDocument(document)
    if not document.is_complete:
        raise Refused(Text("Some criteria of this set have no points yet. Give them points, or take them out."))
    if found.frozen_at is None:
        found.frozen_at = now
        session.execute(delete(PrincipleRevision).where(PrincipleRevision.principle_set_id == found.id))
        session.flush()
        _record(session, actor, found, "principles.frozen", now=now)
    return document


def refuse_religion(owner: Organisation, draft: Draft) -> None:
    """Criteria on religion are for churches."""
    if asks_about_religion(draft) and not queries.is_church(owner):
        raise NotForThisOwner


def _lock(session: Session, owner: Organisation) -> None:
    """One beginning at a time for an owner: numbers are counted, and farms are locked once."""
    session.execute(select(Organisation.id).where(Organisation.id == owner.id).with_for_update())


def _begun_already(session: Session, actor: Actor, key: UUID) -> PrincipleSet | None:
    mine = PrincipleSet.created_by_account_id == actor.account_id, PrincipleSet.idempotency_key == key
    return session.scalars(select(PrincipleSet).where(*mine)).one_or_none()


def _check_title(said: str) -> None:
    title = said.strip()
    if not title:
        raise Refused(Text("Please give the principles a name."))
    if len(title) > LONGEST_TITLE:
        raise Refused(Text("The name may have at most %(most)s characters.", {"most": LONGEST_TITLE}))


def _added(
    session: Session, actor: Actor, beginning: Beginning, owner_id: int, *, earlier: PrincipleSet | None, now: datetime
) -> PrincipleSet:
    draft = drafts.kept(beginning.draft)
    found = PrincipleSet(
        owner_organisation_id=owner_id,
        created_by_account_id=actor.account_id,
        idempotency_key=beginning.key,
        number=queries.next_number(session, owner_id),
        title=beginning.title.strip(),
        origin=beginning.origin,
        shipped_key=beginning.shipped_key,
        derived_from_id=earlier.id if earlier is not None else None,
        document=draft,
        identifier=drafts.fingerprint(draft),
        farm_answers=earlier.farm_answers if earlier is not None else {},
        created_at=now,
        updated_at=now,
    )
    session.add(found)
    session.flush()
    return found


def _record(session: Session, actor: Actor, found: PrincipleSet, action: str, *, now: datetime) -> None:
    owner = queries.owner_of(session, found).public_id
    audit.record(session, actor, action, kind="principle_set", public_id=found.public_id, organisation=owner, now=now)
