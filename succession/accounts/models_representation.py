"""Who acts for whom, the codes of printed letters, what waits for a person's yes, and files that rest. No Flask."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import ARRAY, CheckConstraint, ForeignKey, Index, String, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.accounts.models import Account
from succession.accounts.paper_codes import CodePurpose
from succession.accounts.representation import LONGEST, AgreedBy, FreezeReason, RepresentationKind
from succession.db import Base, PublicIdMixin, TextEnum, one_of
from succession.i18n import Text

SCOPES = "ARRAY['read', 'write', 'speak']::varchar[]"
LONGEST_NOTE = 2000


class Representation(PublicIdMixin, Base):
    """Somebody acts for a person, until a day. It counts once both have said yes and nobody has ended it."""

    __tablename__ = "representation"
    __table_args__ = (
        one_of("kind", RepresentationKind),
        one_of("agreed_by", AgreedBy),
        CheckConstraint(f"scopes <@ {SCOPES} AND 'read' = ANY (scopes)", name="scopes_known"),
        CheckConstraint(f"ends_on BETWEEN starts_on AND starts_on + {LONGEST.days}", name="ends_within_a_year"),
        CheckConstraint("principal_account_id <> agent_account_id", name="two_people"),
        CheckConstraint("(confirmed_at IS NULL) = (agreed_by IS NULL)", name="confirmed_in_some_way"),
        CheckConstraint(f"length(note) <= {LONGEST_NOTE}", name="note_short"),
        UniqueConstraint("token_hash"),
    )

    principal_account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    agent_account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"), index=True)
    created_by_account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"), index=True)
    invited_address: Mapped[str | None]
    token_hash: Mapped[bytes | None]
    agent_name: Mapped[str] = mapped_column(server_default=text("''"))
    kind: Mapped[RepresentationKind] = mapped_column(TextEnum(RepresentationKind))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(String))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    agreed_by: Mapped[AgreedBy | None] = mapped_column(TextEnum(AgreedBy))
    note: Mapped[str] = mapped_column(server_default=text("''"))
    """Who spoke to whom and when, or where the signed paper lies."""
    document_public_id: Mapped[UUID | None]
    """The scan of the signed paper, in the room of files."""
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    accepted_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class LetterCode(Base):
    """The code of one printed letter; the code itself is only on paper. A new letter makes the one before worthless."""

    __tablename__ = "letter_code"
    __table_args__ = (
        one_of("purpose", CodePurpose),
        UniqueConstraint("code_hash"),
        UniqueConstraint("purpose", "subject_public_id"),
        CheckConstraint("tries >= 0", name="tries_counted"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    purpose: Mapped[CodePurpose] = mapped_column(TextEnum(CodePurpose))
    subject_public_id: Mapped[UUID]
    """What the code confirms: a representation, a confirmation, or the account itself."""
    code_hash: Mapped[bytes]
    tries: Mapped[int] = mapped_column(server_default=text("0"))
    printed_by_account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"), index=True)
    printed_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ConfirmedAct(StrEnum):
    """What is never done in a person's name before they have said yes to it themselves."""

    PUBLISH_LISTING = "publish_listing"
    PUBLISH_SEARCH = "publish_search"
    REVEAL = "reveal"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _ACTS[self]


_ACTS = {
    ConfirmedAct.PUBLISH_LISTING: Text("Publish an offer"),
    ConfirmedAct.PUBLISH_SEARCH: Text("Publish a search"),
    ConfirmedAct.REVEAL: Text("Tell somebody name and place"),
}


class Confirmation(PublicIdMixin, Base):
    """An act that waits for the person's own yes, with what exactly others would see.

    Somebody (who, when, which number) told on the phone stands in `note`.
    """

    __tablename__ = "confirmation"
    __table_args__ = (
        one_of("act", ConfirmedAct),
        one_of("agreed_by", AgreedBy),
        CheckConstraint("(confirmed_at IS NULL) = (agreed_by IS NULL)", name="confirmed_in_some_way"),
        CheckConstraint(f"length(note) <= {LONGEST_NOTE}", name="note_short"),
        Index(
            "uq_confirmation_waiting",
            "act",
            "thing_public_id",
            unique=True,
            postgresql_where=text("confirmed_at IS NULL AND dropped_at IS NULL"),
        ),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    asked_by_account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"), index=True)
    act: Mapped[ConfirmedAct] = mapped_column(TextEnum(ConfirmedAct))
    kind: Mapped[str]
    thing_public_id: Mapped[UUID]
    fingerprint: Mapped[str]
    """Changes with everything that others would see."""
    shown: Mapped[list[Any]] = mapped_column(JSONB)
    asked_at: Mapped[datetime]
    agreed_by: Mapped[AgreedBy | None] = mapped_column(TextEnum(AgreedBy))
    note: Mapped[str] = mapped_column(server_default=text("''"))
    confirmed_at: Mapped[datetime | None]
    confirmed_by_account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"), index=True)
    """Who entered the code or noted the call: with `agreed_by` "person" the person themselves."""
    dropped_at: Mapped[datetime | None]


class AccountFreeze(PublicIdMixin, Base):
    """A person's file rests: nothing of it is shown, and only the advisor and heirs get at it."""

    __tablename__ = "account_freeze"
    __table_args__ = (
        one_of("reason", FreezeReason),
        CheckConstraint(f"length(note) <= {LONGEST_NOTE}", name="note_short"),
        Index("uq_account_freeze_resting", "account_id", unique=True, postgresql_where=text("lifted_at IS NULL")),
    )

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    reason: Mapped[FreezeReason] = mapped_column(TextEnum(FreezeReason))
    note: Mapped[str] = mapped_column(server_default=text("''"))
    frozen_at: Mapped[datetime]
    frozen_by_account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"), index=True)
    lifted_at: Mapped[datetime | None]
    lifted_by_account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"), index=True)


class RepresentationAccess(Base):
    """What somebody looked at in a person's name: one row for each day, room and thing."""

    __tablename__ = "representation_access"
    __table_args__ = (
        Index(
            "uq_representation_access_look",
            "representation_id",
            "day",
            "room",
            "thing_public_id",
            unique=True,
            postgresql_nulls_not_distinct=True,
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    representation_id: Mapped[int] = mapped_column(ForeignKey(Representation.id, ondelete="CASCADE"))
    day: Mapped[date]
    room: Mapped[str] = mapped_column(String(40))
    thing_public_id: Mapped[UUID | None]
    first_at: Mapped[datetime]
    last_at: Mapped[datetime]
    times: Mapped[int] = mapped_column(server_default=text("1"))
