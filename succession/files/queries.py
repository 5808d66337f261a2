"""Reading doors of files."""

from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.errors import NotFound
from succession.files import policy
from succession.files.models import StoredFile
from succession.files.policy import FileOwner


def kept(session: Session, actor: Actor, public_id: UUID, *, lock: bool = False) -> StoredFile:
    """A file that the actor may see as its keeper; a foreign one does not exist."""
    statement = select(StoredFile).where(StoredFile.public_id == public_id, policy.visible_files(actor))
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def bytes_of(session: Session, owner: FileOwner) -> int:
    """How much the owner keeps here."""
    mine = (
        StoredFile.owner_account_id == owner.account_id
        if owner.organisation_id is None
        else StoredFile.owner_organisation_id == owner.organisation_id
    )
    return int(session.scalar(select(func.coalesce(func.sum(StoredFile.bytes), 0)).where(mine)) or 0)


def public_ids(session: Session) -> frozenset[UUID]:
    """Every file that a row speaks of."""
    return frozenset(session.scalars(select(StoredFile.public_id)))


def files_of_account(session: Session, account_id: int) -> list[StoredFile]:
    """The files of one person, for their export and erasure."""
    return list(
        session.scalars(select(StoredFile).where(StoredFile.owner_account_id == account_id).order_by(StoredFile.id))
    )
