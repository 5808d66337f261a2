"""Who may hand in, see and remove files. Pure.

What others see of a photo is decided by what it belongs to, in the room above.
"""

from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, false, or_, true

from succession.accounts.actor import Actor
from succession.accounts.duties import Duty
from succession.files.models import StoredFile
from succession.files.purposes import SCORING_ONLY, Purpose


@dataclass(frozen=True, slots=True)
class FileOwner:
    """Exactly one of the two numbers is there."""

    organisation_id: int | None = None
    account_id: int | None = None
    purpose: Purpose = Purpose.OFFER_DOCUMENT
    """For an organisation the purpose says whose work it is."""


def may_add(actor: Actor, owner: FileOwner) -> bool:
    """For oneself, for the person one acts for, or for an organisation with that duty."""
    return actor.is_system or actor.may_change_for(
        owner.purpose.duty, owner_organisation_id=owner.organisation_id, owner_account_id=owner.account_id
    )


def may_view(actor: Actor, file: StoredFile) -> bool:
    """Its owner, who acts for them, and who works for the organisation."""
    if actor.is_system:
        return True
    if file.owner_organisation_id is not None and file.purpose in SCORING_ONLY:
        return actor.may_for(Duty.SCORE, file.owner_organisation_id)
    return actor.owns(owner_organisation_id=file.owner_organisation_id, owner_account_id=file.owner_account_id)


def may_remove(actor: Actor, file: StoredFile) -> bool:
    """Whoever may add."""
    return may_add(actor, FileOwner(file.owner_organisation_id, file.owner_account_id, file.purpose))


def visible_files(actor: Actor) -> ColumnElement[bool]:
    """`may_view` as a filter."""
    if actor.is_system:
        return true()
    if actor.own_account_id is None:
        return false()
    return or_(
        StoredFile.owner_account_id == actor.own_account_id,
        and_(StoredFile.owner_organisation_id.in_(actor.organisation_ids), StoredFile.purpose.not_in(SCORING_ONLY)),
        StoredFile.owner_organisation_id.in_(actor.organisations_with(Duty.SCORE)),
    )
