"""In whose name a session acts, as one more column of the statement that finds out who is signed in."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Label, and_, exists, func, select
from sqlalchemy.orm import aliased

from succession.accounts.actor import Actor, Principal, Role, Scope
from succession.accounts.models import Account, AccountRole, AccountSession
from succession.accounts.models_representation import AccountFreeze, Representation
from succession.accounts.representation import REPRESENTABLE, STAYS_WHEN_FROZEN, RepresentationKind, day_of


def is_frozen() -> ColumnElement[bool]:
    """Whether the file of the person of a `Representation` rests."""
    return exists().where(
        AccountFreeze.account_id == Representation.principal_account_id, AccountFreeze.lifted_at.is_(None)
    )


def counts(*, now: datetime) -> ColumnElement[bool]:
    """`state_of(…) is ACTIVE` as a filter; a test holds the two together."""
    return counts_on(day_of(now))


def counts_on(today: date | ColumnElement[date]) -> ColumnElement[bool]:
    """The same on a day where the people are, which may be a parameter."""
    blocked = aliased(Account)
    is_blocked = exists().where(blocked.id == Representation.principal_account_id, blocked.blocked_at.is_not(None))
    return and_(
        Representation.agent_account_id.is_not(None),
        Representation.ended_at.is_(None),
        Representation.accepted_at.is_not(None),
        Representation.confirmed_at.is_not(None),
        Representation.starts_on <= today,
        Representation.ends_on >= today,
        ~is_blocked,
        Representation.kind.in_(STAYS_WHEN_FROZEN) | ~is_frozen(),
    )


def acting_object(person: type[Account]) -> ColumnElement[Any]:
    """What `acting` needs of a person, of whom there is a `Representation`."""
    roles = select(func.jsonb_agg(AccountRole.role)).where(AccountRole.account_id == person.id).scalar_subquery()
    return func.jsonb_build_object(
        "id", person.id,
        "public_id", person.public_id,
        "name", person.name,
        "roles", roles,
        "scopes", func.to_jsonb(Representation.scopes),
        "kind", Representation.kind,
        "representation", Representation.public_id,
    )  # fmt: skip


def acting_column(*, today: ColumnElement[date]) -> Label[Any]:
    """What is needed of the person for whom the `AccountSession` acts; null if for nobody, or no longer."""
    person = aliased(Account)
    return (
        select(acting_object(person))
        .select_from(Representation)
        .join(person, person.id == Representation.principal_account_id)
        .where(
            Representation.id == AccountSession.representation_id,
            Representation.agent_account_id == AccountSession.account_id,
            counts_on(today),
        )
        .correlate(AccountSession)
        .scalar_subquery()
        .label("acting_for")
    )


def acting(actor: Actor, found: Mapping[str, Any] | None) -> Actor:
    """The actor in that person's name: with the person's roles alone, and for no organisation.

    An advisor's mandate counts only as long as they are an advisor with everything that this role asks for.
    """
    if found is None:
        return actor
    kind = RepresentationKind(found["kind"])
    if kind is RepresentationKind.ADVISOR and Role.ADVISOR not in actor.roles:
        return actor
    roles = frozenset(Role(role) for role in found["roles"] or ()) & REPRESENTABLE
    principal = Principal(
        account_id=found["id"],
        account_public_id=UUID(found["public_id"]),
        name=found["name"],
        roles=roles,
        scopes=frozenset(Scope(scope) for scope in found["scopes"]),
        representation_public_id=UUID(found["representation"]),
        is_heir=kind is RepresentationKind.HEIR,
    )
    return replace(actor, roles=roles, withheld=frozenset(), grants=frozenset(), desk=None, acting_for=principal)
