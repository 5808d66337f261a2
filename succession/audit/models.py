"""The record of who did what: written once, never changed, and sealed in a chain. No Flask."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import DDL, BigInteger, CheckConstraint, ForeignKey, Index, event, func
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column, relationship

from succession.db import Base, TextEnum, one_of


class ActedAs(StrEnum):
    """In what capacity something was done."""

    PERSON = "person"
    SYSTEM = "system"
    VISITOR = "visitor"


class AuditEntry(Base):
    """One act; holds codes and public ids only, so that nothing in it needs to be erased or corrected.

    There is no foreign key on purpose: an entry outlives what it speaks of. A trigger refuses UPDATE, DELETE and
    TRUNCATE, and the application's role has no right to them either. What is personal stands in `AuditDetail`.
    """

    __tablename__ = "audit_entry"
    __table_args__ = (
        one_of("acted_as", ActedAs),
        CheckConstraint("(acted_as = 'person') = (account_public_id IS NOT NULL)", name="person_named"),
        CheckConstraint("on_behalf_of IS NULL OR acted_as = 'person'", name="only_persons_act_for_others"),
        CheckConstraint("action ~ '^[a-z_]+(\\.[a-z_]+)+$'", name="action_is_code"),
        CheckConstraint("kind ~ '^[a-z_]+$'", name="kind_is_code"),
        CheckConstraint("length(detail_hash) = 32", name="detail_hash_whole"),
        Index("ix_audit_entry_kind_public_id", "kind", "public_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    written_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    """By the clock of the database, whatever time the caller named."""
    acted_as: Mapped[ActedAs] = mapped_column(TextEnum(ActedAs))
    account_public_id: Mapped[UUID | None] = mapped_column(index=True)
    on_behalf_of: Mapped[UUID | None] = mapped_column(index=True)
    """The person for whom somebody else acted."""
    organisation_public_id: Mapped[UUID | None] = mapped_column(index=True)
    """In whose name it was done."""
    action: Mapped[str]
    kind: Mapped[str]
    public_id: Mapped[UUID | None]
    detail_hash: Mapped[bytes | None]

    detail: Mapped["AuditDetail | None"] = relationship(back_populates="entry", lazy="raise")


class AuditDetail(Base):
    """What is personal about an act; its row may go, its salted hash stays in the entry and gives nothing away."""

    __tablename__ = "audit_detail"
    __table_args__ = (CheckConstraint("length(salt) = 32", name="salt_long"),)

    entry_id: Mapped[int] = mapped_column(ForeignKey(AuditEntry.id, ondelete="RESTRICT"), primary_key=True)
    salt: Mapped[bytes]
    detail: Mapped[dict[str, Any]] = mapped_column(JSONB)

    entry: Mapped[AuditEntry] = relationship(back_populates="detail", lazy="raise")


class AuditSeal(Base):
    """One link of the chain: it covers the link before, the entry and the time of the seal."""

    __tablename__ = "audit_seal"
    __table_args__ = (
        CheckConstraint("number >= 1", name="number_counts"),
        CheckConstraint("length(hash) = 32", name="hash_whole"),
    )

    number: Mapped[int] = mapped_column(BigInteger, primary_key=True, autoincrement=False)
    entry_id: Mapped[int] = mapped_column(ForeignKey(AuditEntry.id, ondelete="RESTRICT"), unique=True)
    sealed_at: Mapped[datetime]
    hash: Mapped[bytes]


# As in the revisions that make the tables; the tests hold them together.
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
DETAIL_ONLY_GOES = """
CREATE FUNCTION refuse_change_of_audit_detail() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'audit_detail is never changed, only erased';
END
$body$;
CREATE TRIGGER audit_detail_never_changed BEFORE UPDATE OR TRUNCATE ON audit_detail
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_detail();
REVOKE UPDATE, TRUNCATE ON audit_detail FROM succession_app
"""
SEAL_NEVER_CHANGED = """
CREATE FUNCTION refuse_change_of_audit_seal() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    RAISE EXCEPTION 'audit_seal is never changed';
END
$body$;
CREATE TRIGGER audit_seal_never_changed BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_seal
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_seal();
REVOKE UPDATE, DELETE, TRUNCATE ON audit_seal FROM succession_app
"""
event.listen(AuditEntry.__table__, "after_create", DDL(NEVER_CHANGED))  # type: ignore[no-untyped-call]
event.listen(AuditDetail.__table__, "after_create", DDL(DETAIL_ONLY_GOES))  # type: ignore[no-untyped-call]
event.listen(AuditSeal.__table__, "after_create", DDL(SEAL_NEVER_CHANGED))  # type: ignore[no-untyped-call]
