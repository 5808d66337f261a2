"""The ground of all tables: naming, shared columns, engines by role, the public role's reading session. No Flask."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    DateTime,
    Dialect,
    Engine,
    ForeignKey,
    MetaData,
    Text,
    TypeDecorator,
    create_engine,
    func,
    text,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, declared_attr, mapped_column, registry

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


class DatabaseRole(StrEnum):
    """The three roles; the login is a member of the first two, only `APP` is a member of `PUBLIC`."""

    OWNER = "succession_owner"
    APP = "succession_app"
    PUBLIC = "succession_public"


class Base(DeclarativeBase):
    """Every table of the product."""

    registry = registry(
        metadata=MetaData(naming_convention=NAMING), type_annotation_map={datetime: DateTime(timezone=True)}
    )


class TextEnum(TypeDecorator[StrEnum]):
    """A closed list kept as text and read back as its `StrEnum`; put `one_of(column, list)` into `__table_args__`."""

    impl = Text
    cache_ok = True

    def __init__(self, choices: type[StrEnum]) -> None:
        super().__init__()
        self.choices = choices

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        """What is stored; a word that is not in the list is an error of ours."""
        return None if value is None else self.choices(value).value

    def process_result_value(self, value: str | None, dialect: Dialect) -> StrEnum | None:  # noqa: ARG002
        """The member of the list."""
        return None if value is None else self.choices(value)


def one_of(column: str, choices: type[StrEnum]) -> CheckConstraint:
    """The constraint that holds a column to its closed list; an unknown (null) passes."""
    listed = ", ".join(f"'{choice.value}'" for choice in choices)
    return CheckConstraint(f"{column} IN ({listed})", name=f"{column}_known")


class PublicIdMixin:
    """A number that never leaves the server, and a UUID that may."""

    id: Mapped[int] = mapped_column(primary_key=True)
    public_id: Mapped[UUID] = mapped_column(unique=True, server_default=func.gen_random_uuid())


class OwnedMixin:
    """Owned by an organisation or by an account: exactly one (put `owned_by_one()` into `__table_args__`)."""

    @declared_attr
    def owner_organisation_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("organisation.id", ondelete="RESTRICT"), index=True)

    @declared_attr
    def owner_account_id(cls) -> Mapped[int | None]:
        return mapped_column(ForeignKey("account.id", ondelete="RESTRICT"), index=True)


def owned_by_one() -> CheckConstraint:
    """The constraint that belongs to `OwnedMixin`."""
    return CheckConstraint("num_nonnulls(owner_organisation_id, owner_account_id) = 1", name="owned_by_one")


def make_engine(url: str, role: DatabaseRole | None = None, **options: Any) -> Engine:
    """An engine whose connections act as `role`, also after RESET ROLE and at the end of a transaction.

    The role is set by the connection's own options, so one URL of a login that is member of owner and app is enough.
    """
    arguments: dict[str, Any] = {"options": f"-c role={role.value}"} if role is not None else {}
    return create_engine(url, connect_args=arguments, **options)


@contextmanager
def public_reading(session: Session) -> Iterator[Session]:
    """A reading session that has no right on any exact location.

    It lives on the caller's connection within a savepoint of its own. Leaving rolls that savepoint back, and with it
    goes the role, also after an error. What was read stays usable, detached. It does not see what `session` has in its
    identity map; pending changes of `session` are flushed first, under the caller's own role.
    """
    session.flush()
    with Session(
        bind=session.connection(),
        join_transaction_mode="create_savepoint",
        autoflush=False,
        expire_on_commit=False,
    ) as reader:
        reader.execute(text("SET LOCAL ROLE succession_public"))
        yield reader
