"""Principle sets of an owner with their earlier states, and the owner's sample farms. No Flask."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import CHAR, DDL, CheckConstraint, ForeignKey, String, UniqueConstraint, event, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, PublicIdMixin, TextEnum, one_of
from succession.principles.states import LONGEST_TITLE, Origin


class PrincipleSet(PublicIdMixin, Base):
    """A document of principles: a draft until it is frozen, and then the same for ever.

    The document is kept in the shape of its canonical form (numbers that are not whole as text), because JSON numbers
    would come back as floats.
    """

    __tablename__ = "principle_set"
    __table_args__ = (
        one_of("origin", Origin),
        UniqueConstraint("owner_organisation_id", "number"),
        UniqueConstraint("created_by_account_id", "idempotency_key"),
        CheckConstraint(f"length(btrim(title)) BETWEEN 1 AND {LONGEST_TITLE}", name="title_given"),
        CheckConstraint("number >= 1", name="number_counts"),
        CheckConstraint("revision >= 1", name="revision_counts"),
        CheckConstraint("identifier ~ '^[0-9a-f]{64}$'", name="identifier_is_hash"),
        CheckConstraint("jsonb_typeof(document) = 'object'", name="document_is_object"),
        CheckConstraint("(origin = 'version') = (derived_from_id IS NOT NULL)", name="version_of_something"),
    )

    owner_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="RESTRICT"))
    created_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"))
    idempotency_key: Mapped[UUID | None]
    number: Mapped[int]
    """Counts the sets of an owner."""
    title: Mapped[str]
    origin: Mapped[Origin] = mapped_column(TextEnum(Origin))
    shipped_key: Mapped[str | None] = mapped_column(String(80))
    derived_from_id: Mapped[int | None] = mapped_column(ForeignKey("principle_set.id", ondelete="RESTRICT"), index=True)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    identifier: Mapped[str] = mapped_column(CHAR(64), index=True)
    farm_answers: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    """What the sample farms answer to this set's own questions: by the key of the farm, by the id of the question."""
    revision: Mapped[int] = mapped_column(server_default=text("1"))
    frozen_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class PrincipleRevision(Base):
    """A draft as it was saved once: what undo goes back to, and what a second saver's page is compared with."""

    __tablename__ = "principle_revision"
    __table_args__ = (CheckConstraint("revision >= 1", name="revision_counts"),)

    principle_set_id: Mapped[int] = mapped_column(ForeignKey(PrincipleSet.id, ondelete="CASCADE"), primary_key=True)
    revision: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    document: Mapped[dict[str, Any]] = mapped_column(JSONB)
    farm_answers: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    saved_at: Mapped[datetime]


class SampleFarm(PublicIdMixin, Base):
    """An invented farm as this owner wants it; after the owner's first draft it stays as it is."""

    __tablename__ = "sample_farm"
    __table_args__ = (
        UniqueConstraint("owner_organisation_id", "key"),
        CheckConstraint("length(btrim(name)) BETWEEN 1 AND 80", name="name_given"),
        CheckConstraint("length(summary) <= 400", name="summary_short"),
        CheckConstraint("key ~ '^[a-z][a-z0-9_-]*$'", name="key_is_code"),
    )

    owner_organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="RESTRICT"))
    position: Mapped[int]
    key: Mapped[str] = mapped_column(String(40))
    name: Mapped[str]
    summary: Mapped[str] = mapped_column(server_default=text("''"))
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB)
    """What the farm states, by the id of the question."""
    is_changed: Mapped[bool] = mapped_column(server_default=text("false"))
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())
    locked_at: Mapped[datetime | None]
    """When the owner's first draft began."""


SET_KEPT = """
CREATE FUNCTION keep_frozen_principles() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF OLD.frozen_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'UPDATE'
        AND to_jsonb(OLD) - 'created_by_account_id' = to_jsonb(NEW) - 'created_by_account_id' THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'a frozen principle set is never changed and never deleted' USING ERRCODE = 'restrict_violation';
END
$body$;
CREATE TRIGGER principle_set_kept_once_frozen BEFORE UPDATE OR DELETE ON principle_set
    FOR EACH ROW EXECUTE FUNCTION keep_frozen_principles()
"""
FARM_KEPT = """
CREATE FUNCTION keep_locked_sample_farms() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.locked_at IS NULL THEN
        RETURN CASE TG_OP WHEN 'DELETE' THEN OLD ELSE NEW END;
    END IF;
    IF TG_OP = 'INSERT' AND NOT EXISTS (
        SELECT 1 FROM sample_farm
        WHERE owner_organisation_id = NEW.owner_organisation_id AND locked_at IS NOT NULL
    ) THEN
        RETURN NEW;
    END IF;
    RAISE EXCEPTION 'sample farms stay as they are once drafting has begun' USING ERRCODE = 'restrict_violation';
END
$body$;
CREATE TRIGGER sample_farm_kept_once_locked BEFORE INSERT OR UPDATE OR DELETE ON sample_farm
    FOR EACH ROW EXECUTE FUNCTION keep_locked_sample_farms()
"""
event.listen(PrincipleSet.__table__, "after_create", DDL(SET_KEPT))  # type: ignore[no-untyped-call]
event.listen(SampleFarm.__table__, "after_create", DDL(FARM_KEPT))  # type: ignore[no-untyped-call]
