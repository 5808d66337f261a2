"""Applications, what was sent of them, and envelopes on paper. Sealed until the deadline: read them by `sealing`."""

from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import (
    CHAR,
    DDL,
    BigInteger,
    CheckConstraint,
    ForeignKey,
    Numeric,
    String,
    UniqueConstraint,
    event,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.applications.states import (
    LONGEST_ADDRESS,
    LONGEST_INITIALS,
    LONGEST_NAME,
    LONGEST_TIES,
    ApplicationState,
    Way,
)
from succession.db import Base, PublicIdMixin, TextEnum, one_of

NO_ANSWERS = text("'{}'::jsonb")


class Envelope(PublicIdMixin, Base):
    """A letter on paper: recorded unopened; opened after the deadline by one person, confirmed by another."""

    __tablename__ = "envelope"
    __table_args__ = (
        UniqueConstraint("call_id", "number"),
        UniqueConstraint("call_id", "idempotency_key"),
        CheckConstraint("number >= 1", name="number_counts"),
        CheckConstraint("length(initials) >= 1", name="initials_given"),
        CheckConstraint("confirmed_by_account_id <> opened_by_account_id", name="four_eyes"),
        CheckConstraint("confirmed_at IS NULL OR opened_at IS NOT NULL", name="opened_before_confirmed"),
        CheckConstraint("withdrawn_on IS NULL OR confirmed_at IS NOT NULL", name="confirmed_before_withdrawn"),
    )

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="RESTRICT"), index=True)
    number: Mapped[int]
    """Written on the envelope by who took it in."""
    arrived_at: Mapped[datetime]
    initials: Mapped[str] = mapped_column(String(LONGEST_INITIALS))
    recorded_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    recorded_at: Mapped[datetime] = mapped_column(server_default=func.now())
    idempotency_key: Mapped[UUID]
    opened_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    opened_at: Mapped[datetime | None]
    confirmed_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    confirmed_at: Mapped[datetime | None]
    scan_file_id: Mapped[int | None] = mapped_column(ForeignKey("stored_file.id", ondelete="SET NULL"), index=True)
    withdrawn_on: Mapped[date | None]
    """The day on which a letter came in that withdrew it."""
    withdrawal_file_id: Mapped[int | None] = mapped_column(
        ForeignKey("stored_file.id", ondelete="SET NULL"), index=True
    )


class Application(PublicIdMixin, Base):
    """One applicant's application to one call. What is typed here is the working copy; what counts was sent."""

    __tablename__ = "application"
    __table_args__ = (
        one_of("way", Way),
        one_of("state", ApplicationState),
        UniqueConstraint("call_id", "code"),
        UniqueConstraint("call_id", "applicant_account_id"),
        UniqueConstraint("envelope_id"),
        CheckConstraint("revision >= 1", name="revision_counts"),
        CheckConstraint("max_area_m2 > 0", name="max_area_there"),
        CheckConstraint("checked_by_account_id <> entered_by_account_id", name="four_eyes"),
        CheckConstraint("way = 'online' OR envelope_id IS NOT NULL", name="paper_has_an_envelope"),
        CheckConstraint(
            "state <> 'submitted' OR (arrived_at IS NOT NULL AND receipt_hash IS NOT NULL)",
            name="submitted_is_receipted",
        ),
        CheckConstraint("(state = 'withdrawn') = (withdrawn_at IS NOT NULL)", name="withdrawn_has_a_time"),
    )

    call_id: Mapped[int] = mapped_column(ForeignKey("call.id", ondelete="RESTRICT"), index=True)
    applicant_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    code: Mapped[str] = mapped_column(String(12))
    """The applicant's id in lottery and record; it survives withdrawing and applying again."""
    way: Mapped[Way] = mapped_column(TextEnum(Way), server_default=Way.ONLINE.value)
    state: Mapped[ApplicationState] = mapped_column(
        TextEnum(ApplicationState), server_default=ApplicationState.DRAFT.value
    )
    name: Mapped[str] = mapped_column(String(LONGEST_NAME), server_default="")
    address: Mapped[str] = mapped_column(String(LONGEST_ADDRESS), server_default="")
    email: Mapped[str | None] = mapped_column(String(254))
    phone: Mapped[str | None] = mapped_column(String(40))
    is_group: Mapped[bool] = mapped_column(server_default=text("false"))
    ties: Mapped[str] = mapped_column(String(LONGEST_TIES), server_default="")
    """In the applicant's words: who of them sits in council, church council or office."""
    max_area_m2: Mapped[Decimal | None] = mapped_column(Numeric(14, 2))
    """In a round over many parcels: no more than this is wanted."""
    is_connected: Mapped[bool] = mapped_column(server_default=text("false"))
    """In a round over many parcels: they must lie together."""
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=NO_ANSWERS)
    revision: Mapped[int] = mapped_column(server_default=text("1"))
    sent_revision: Mapped[int | None]
    """The working copy as it was when it was sent; a later one holds changes that nobody has sent yet."""
    is_of_owner: Mapped[bool] = mapped_column(server_default=text("false"))
    """Found when it was sent: the applicant works for the owner or for its office."""
    arrived_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    receipt_hash: Mapped[str | None] = mapped_column(CHAR(64))
    envelope_id: Mapped[int | None] = mapped_column(ForeignKey(Envelope.id, ondelete="RESTRICT"))
    entered_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    checked_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())
    reduce_at: Mapped[datetime | None]
    """From when on only the pseudonymous line is kept: half a year after the Wartefrist, ten years after the lease."""
    told_at: Mapped[datetime | None]
    """When the applicant was told that it will be reduced."""
    reduced_at: Mapped[datetime | None]


class ApplicationLot(Base):
    """A lot that the applicant wants, in the working copy."""

    __tablename__ = "application_lot"
    __table_args__ = (
        UniqueConstraint("application_id", "rank", deferrable=True, initially="DEFERRED"),
        CheckConstraint("rank >= 1", name="rank_counts"),
        CheckConstraint("bid_cents_year >= 0", name="bid_not_negative"),
    )

    application_id: Mapped[int] = mapped_column(ForeignKey(Application.id, ondelete="CASCADE"), primary_key=True)
    lot_id: Mapped[int] = mapped_column(ForeignKey("call_lot.id", ondelete="CASCADE"), primary_key=True)
    rank: Mapped[int | None]
    bid_cents_year: Mapped[int | None] = mapped_column(BigInteger)
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB, server_default=NO_ANSWERS)


class ApplicationMember(Base):
    """One of several people who apply together."""

    __tablename__ = "application_member"

    application_id: Mapped[int] = mapped_column(ForeignKey(Application.id, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))


class ApplicationEvidence(Base):
    """A document that the applicant has laid beside an answer."""

    __tablename__ = "application_evidence"

    application_id: Mapped[int] = mapped_column(ForeignKey(Application.id, ondelete="CASCADE"), primary_key=True)
    question: Mapped[str] = mapped_column(String(80), primary_key=True)
    file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"), primary_key=True, index=True)


class ApplicationSpecial(Base):
    """Answers on religion (Art. 9 DSGVO): by consent, apart from all else, seen by who scores, deleted first."""

    __tablename__ = "application_special"

    application_id: Mapped[int] = mapped_column(ForeignKey(Application.id, ondelete="CASCADE"), primary_key=True)
    is_sent: Mapped[bool] = mapped_column(primary_key=True)
    """The working copy, or the one that was sent."""
    answers: Mapped[dict[str, Any]] = mapped_column(JSONB)
    salt: Mapped[str] = mapped_column(CHAR(64))
    consented_at: Mapped[datetime]


class ApplicationSubmission(Base):
    """What was sent, every time: never changed, only emptied when its time is over."""

    __tablename__ = "application_submission"
    __table_args__ = (
        UniqueConstraint("application_id", "number"),
        UniqueConstraint("application_id", "idempotency_key"),
        CheckConstraint("number >= 1", name="number_counts"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    application_id: Mapped[int] = mapped_column(ForeignKey(Application.id, ondelete="CASCADE"))
    number: Mapped[int]
    arrived_at: Mapped[datetime]
    """By the clock of the database when the request arrived; for an envelope, when the office took it in."""
    written_at: Mapped[datetime] = mapped_column(server_default=func.clock_timestamp())
    content: Mapped[dict[str, Any] | None] = mapped_column(JSONB(none_as_null=True))
    hash: Mapped[str] = mapped_column(CHAR(64))
    idempotency_key: Mapped[UUID]


SENT_NEVER_CHANGES = """
CREATE FUNCTION guard_application_submission() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF NEW.arrived_at > clock_timestamp() OR EXISTS (
            SELECT 1 FROM application a JOIN call c ON c.id = a.call_id
            WHERE a.id = NEW.application_id AND c.closes_at <= NEW.arrived_at
        ) THEN
            RAISE EXCEPTION 'application_submission: arrived after the deadline';
        END IF;
        RETURN NEW;
    END IF;
    IF TG_OP = 'DELETE' THEN
        IF EXISTS (SELECT 1 FROM application a WHERE a.id = OLD.application_id) THEN
            RAISE EXCEPTION 'application_submission goes with its application only';
        END IF;
        RETURN OLD;
    END IF;
    IF NEW.content IS NOT NULL
        OR (to_jsonb(NEW) - 'content') IS DISTINCT FROM (to_jsonb(OLD) - 'content') THEN
        RAISE EXCEPTION 'application_submission is never changed, only emptied';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER application_submission_guarded BEFORE INSERT OR UPDATE OR DELETE ON application_submission
    FOR EACH ROW EXECUTE FUNCTION guard_application_submission()
"""
PAPER_BY_TWO = """
CREATE FUNCTION guard_application() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF NEW.way = 'paper' AND NEW.state = 'submitted' AND (TG_OP = 'INSERT' OR OLD.state <> 'submitted')
        AND (NEW.entered_by_account_id IS NULL OR NEW.checked_by_account_id IS NULL) THEN
        RAISE EXCEPTION 'application: paper counts when two people have entered and confirmed it';
    END IF;
    IF TG_OP = 'UPDATE' AND (NEW.code, NEW.call_id, NEW.way) IS DISTINCT FROM (OLD.code, OLD.call_id, OLD.way) THEN
        RAISE EXCEPTION 'application: code, call and way never change';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER application_guarded BEFORE INSERT OR UPDATE ON application
    FOR EACH ROW EXECUTE FUNCTION guard_application()
"""
SHUT_UNTIL_THE_DEADLINE = """
CREATE FUNCTION guard_envelope() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
    IF TG_OP = 'UPDATE' AND (NEW.call_id, NEW.number, NEW.arrived_at, NEW.initials, NEW.recorded_at)
        IS DISTINCT FROM (OLD.call_id, OLD.number, OLD.arrived_at, OLD.initials, OLD.recorded_at) THEN
        RAISE EXCEPTION 'envelope: what was recorded of an unopened envelope never changes';
    END IF;
    IF NEW.opened_at IS NOT NULL AND EXISTS (
        SELECT 1 FROM call c WHERE c.id = NEW.call_id
        AND (c.closes_at > clock_timestamp() OR c.closes_at <= NEW.arrived_at)
    ) THEN
        RAISE EXCEPTION 'envelope: shut before the deadline, and for ever if it came too late';
    END IF;
    RETURN NEW;
END
$body$;
CREATE TRIGGER envelope_guarded BEFORE INSERT OR UPDATE ON envelope
    FOR EACH ROW EXECUTE FUNCTION guard_envelope()
"""
event.listen(ApplicationSubmission.__table__, "after_create", DDL(SENT_NEVER_CHANGES))  # type: ignore[no-untyped-call]
event.listen(Application.__table__, "after_create", DDL(PAPER_BY_TWO))  # type: ignore[no-untyped-call]
event.listen(Envelope.__table__, "after_create", DDL(SHUT_UNTIL_THE_DEADLINE))  # type: ignore[no-untyped-call]
