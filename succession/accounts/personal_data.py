"""What the accounts room holds on a person: told on request, and taken away with the account."""

from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from succession.accounts.models import Account, AccountRole, AccountSession, Membership, Organisation


def export(session: Session, account_id: int) -> dict[str, Any]:
    """Name, address, roles, memberships and the sessions of the last hours; never the password's hash."""
    account = session.get_one(Account, account_id)
    roles = session.scalars(select(AccountRole.role).where(AccountRole.account_id == account_id))
    memberships = session.execute(
        select(Organisation.name, Membership.role, Membership.created_at)
        .join(Membership, Membership.organisation_id == Organisation.id)
        .where(Membership.account_id == account_id)
    )
    sessions = session.execute(
        select(AccountSession.created_at, AccountSession.last_seen_at).where(AccountSession.account_id == account_id)
    )
    return {
        "email": account.email,
        "name": account.name,
        "language": account.language.value,
        "created_at": account.created_at.isoformat(),
        "roles": sorted(role.value for role in roles),
        "memberships": [
            {"organisation": row.name, "role": row.role.value, "since": row.created_at.isoformat()}
            for row in memberships
        ],
        "sessions": [
            {"from": row.created_at.isoformat(), "last_seen": row.last_seen_at.isoformat()} for row in sessions
        ],
    }


def erase(session: Session, account_id: int) -> None:
    """Nothing here speaks of the person any more; rooms above must have let go of the account before."""
    for model in (AccountSession, Membership, AccountRole):
        session.execute(delete(model).where(model.account_id == account_id))
    session.execute(delete(Account).where(Account.id == account_id))
