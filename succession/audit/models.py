"""The record of who did what: written once, never changed. No Flask."""

from datetime import datetime
from enum import StrEnum
from uuid import UUID

from sqlalchemy import DDL, CheckConstraint, Index, event, func
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, TextEnum, one_of


class ActedAs(StrEnum):
    """In what capacity something was done."""

    PERSON = "person"
    SYSTEM = "system"
    VISITOR = "visitor"


class AuditEntry(Base):
    """One act; holds codes and public ids only, so that nothing in it needs to be erased or corrected.

    There is no foreign key on purpose: an entry outlives what it speaks of. A trigger refuses UPDATE, DELETE and
    TRUNCATE, and the application's role has no right to them either.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        one_of("acted_as", ActedAs),
        CheckConstraint("(acted_as = 'person') = (account_public_id IS NOT NULL)", name="person_named"),
        CheckConstraint("action ~ '^[a-z_]+(\\.[a-z_]+)+$'", name="action_is_code"),
        CheckConstraint("kind ~ '^[a-z_]+$'", name="kind_is_code"),
        Index("ix_audit_entry_kind_public_id", "kind", "public_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    acted_as: Mapped[ActedAs] = mapped_column(TextEnum(ActedAs))
    account_public_id: Mapped[UUID | None] = mapped_column(index=True)
    action: Mapped[str]
    kind: Mapped[str]
    public_id: Mapped[UUID | None]


# As in the revision that makes the table; the tests hold the two together.
NEVER_CHANGED = """
CREATE FUNCTION refuse_change_of_audit_entry() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'audit_entry is never changed';
END
$body$;
CREATE TRIGGER audit_entry_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_entry
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_entry();
REVOKE UPDATE, DELETE, TRUNCATE ON audit_entry FROM succession_app
"""
event.listen(AuditEntry.__table__, "after_create", DDL(NEVER_CHANGED))  # type: ignore[no-untyped-call]
