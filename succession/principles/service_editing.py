"""Writing doors of a draft's parts: one page is saved at a time, and nobody overwrites what they have not seen."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.errors import Conflict, Refused
from succession.i18n import Text
from succession.principles import drafts, policy, queries
from succession.principles.changed import differences
from succession.principles.drafts import Draft
from succession.principles.models import PrincipleRevision, PrincipleSet
from succession.principles.parts import Part
from succession.principles.refusals import Overtaken
from succession.principles.service import refuse_religion
from succession.principles.states import LONGEST_TITLE

KEPT_REVISIONS = 50
MOST_CRITERIA = 100

Edit = Callable[[Draft], Draft]
"""Takes a draft and gives another one; what it was given stays as it is."""


def save(
    session: Session, actor: Actor, public_id: UUID, part: Part, edit: Edit, *, seen: int, now: datetime
) -> PrincipleSet:
    """The part is saved, if it is still as it was in the revision that the person has `seen`.

    Otherwise `Overtaken` says what stands there now and what they wrote. What others changed elsewhere stays.
    """
    found = queries.draft_for(session, actor, public_id, lock=True)
    authorize(policy.may_draft, actor, found.owner_organisation_id)
    yours = drafts.kept(edit(found.document))
    if seen != found.revision:
        _refuse_overtaken(found, queries.revision_of(session, found, seen), part, yours, language=actor.language)
    _check(yours)
    refuse_religion(queries.owner_of(session, found), yours)
    _store(session, found, yours, found.farm_answers, now)
    _record(session, actor, found, "principles.changed", now)
    return found


def rename(session: Session, actor: Actor, public_id: UUID, title: str, *, seen: int, now: datetime) -> PrincipleSet:
    """The set has another title in lists."""
    found = queries.draft_for(session, actor, public_id, lock=True)
    authorize(policy.may_draft, actor, found.owner_organisation_id)
    if not title.strip() or len(title.strip()) > LONGEST_TITLE:
        raise Refused(Text("The name may have at most %(most)s characters.", {"most": LONGEST_TITLE}))
    if seen > found.revision:
        raise Conflict(Text("Somebody has changed this meanwhile. Please compare and save once more."))
    found.title = title.strip()
    found.updated_at = now
    session.flush()
    return found


def answer_for_farms(
    session: Session, actor: Actor, public_id: UUID, question: str, answers: Mapping[str, Any], *, now: datetime
) -> PrincipleSet:
    """The sample farms answer this question of the draft so, by the key of the farm; None is no answer."""
    found = queries.draft_for(session, actor, public_id, lock=True)
    authorize(policy.may_draft, actor, found.owner_organisation_id)
    changed = {key: dict(said) for key, said in found.farm_answers.items()}
    for farm, answer in answers.items():
        changed.setdefault(farm, {})[question] = answer
    _store(session, found, found.document, changed, now)
    _record(session, actor, found, "principles.changed", now)
    return found


def undo(session: Session, actor: Actor, public_id: UUID, *, seen: int, now: datetime) -> PrincipleSet:
    """The draft is as it was before the last change; that change is gone."""
    found = queries.draft_for(session, actor, public_id, lock=True)
    authorize(policy.may_draft, actor, found.owner_organisation_id)
    if seen != found.revision:
        raise Conflict(Text("Somebody has changed this meanwhile. Look at it first; then undo what you want to undo."))
    earlier = session.scalars(
        select(PrincipleRevision)
        .where(PrincipleRevision.principle_set_id == found.id)
        .order_by(PrincipleRevision.revision.desc())
        .limit(1)
    ).one_or_none()
    if earlier is None:
        raise Conflict(Text("There is nothing left to undo."))
    found.document, found.farm_answers = earlier.document, earlier.farm_answers
    found.identifier = drafts.fingerprint(earlier.document)
    found.revision += 1
    found.updated_at = now
    session.delete(earlier)
    session.flush()
    _record(session, actor, found, "principles.undone", now)
    return found


def _refuse_overtaken(
    found: PrincipleSet, base: PrincipleRevision | None, part: Part, yours: Draft, *, language: str
) -> None:
    """Nothing to say if the page itself is as it was, or both wrote the same."""
    if base is not None and part(base.document) == part(found.document):
        return
    between = differences(part(found.document), part(yours), language)
    if between:
        raise Overtaken(between, found.revision)


def _check(draft: Draft) -> None:
    """Limits that keep a draft readable for people and for the database."""
    if len(draft["catalogue"]["criteria"]) > MOST_CRITERIA:
        raise Refused(Text("A set may have at most %(most)s criteria.", {"most": MOST_CRITERIA}))
    size = len(drafts.written(draft))
    if size > drafts.LARGEST_KILOBYTES * 1024:
        raise Refused(Text("These principles are too long: at most %(most)s KB.", {"most": drafts.LARGEST_KILOBYTES}))


def _store(session: Session, found: PrincipleSet, draft: Draft, farm_answers: Mapping[str, Any], now: datetime) -> None:
    """What stood there becomes an earlier state; only so many of them are kept."""
    if draft == found.document and farm_answers == found.farm_answers:
        return
    session.add(
        PrincipleRevision(
            principle_set_id=found.id,
            revision=found.revision,
            document=found.document,
            farm_answers=found.farm_answers,
            saved_at=found.updated_at,
        )
    )
    old = PrincipleRevision.revision <= found.revision - KEPT_REVISIONS
    session.execute(delete(PrincipleRevision).where(PrincipleRevision.principle_set_id == found.id, old))
    found.document, found.farm_answers = draft, dict(farm_answers)
    found.identifier = drafts.fingerprint(draft)
    found.revision += 1
    found.updated_at = now
    session.flush()


def _record(session: Session, actor: Actor, found: PrincipleSet, action: str, now: datetime) -> None:
    audit.record(session, actor, action, kind="principle_set", public_id=found.public_id, now=now)
