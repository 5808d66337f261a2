"""Reading door of accounts for lists of people: who stands behind a public id."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Role
from succession.accounts.models import Account, AccountRole, Membership


@dataclass(frozen=True, slots=True)
class Named:
    """A person as a list may name them, if the reader may know who it is."""

    name: str
    roles: frozenset[Role]
    organisation_ids: frozenset[int]


def named(session: Session, public_ids: Iterable[UUID]) -> dict[UUID, Named]:
    """The people of these public ids; whoever is gone is left out."""
    roles = select(func.array_agg(AccountRole.role)).where(AccountRole.account_id == Account.id)
    works_for = select(func.array_agg(Membership.organisation_id)).where(Membership.account_id == Account.id)
    statement = select(
        Account.public_id,
        Account.name,
        roles.correlate(Account).scalar_subquery().label("roles"),
        works_for.correlate(Account).scalar_subquery().label("organisation_ids"),
    ).where(Account.public_id.in_(list(public_ids)))
    return {
        row.public_id: Named(
            row.name, frozenset(Role(role) for role in row.roles or ()), frozenset(row.organisation_ids or ())
        )
        for row in session.execute(statement)
    }
