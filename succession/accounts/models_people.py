"""What leads a person to their account by a link, and how often a door was used. No Flask."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, func
from sqlalchemy.orm import Mapped, mapped_column

from succession.accounts.actor import Role
from succession.accounts.models import Account
from succession.db import Base, PublicIdMixin, TextEnum, one_of


class Purpose(StrEnum):
    """What a link in a mail is good for."""

    CONFIRM = "confirm"
    PASSWORD = "password"  # noqa: S105 - what the link is for
    EMAIL = "email"
    UNDO_EMAIL = "undo_email"


class AccountToken(Base):
    """A link that works once; the secret is in the mail only, here is its hash.

    `address` is the new one for a change of address, and the former one for taking that change back.
    """

    __tablename__ = "account_token"
    __table_args__ = (
        one_of("purpose", Purpose),
        CheckConstraint("(purpose IN ('email', 'undo_email')) = (address IS NOT NULL)", name="address_when_changed"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    purpose: Mapped[Purpose] = mapped_column(TextEnum(Purpose))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    address: Mapped[str | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime] = mapped_column(index=True)
    used_at: Mapped[datetime | None]


class AccountInvitation(PublicIdMixin, Base):
    """Somebody was asked by mail to join in a role; the link works once."""

    __tablename__ = "account_invitation"
    __table_args__ = (
        one_of("role", Role),
        CheckConstraint("num_nonnulls(accepted_at, withdrawn_at) <= 1", name="one_end"),
    )

    inviter_account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    address: Mapped[str]
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(TextEnum(Role))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    expires_at: Mapped[datetime] = mapped_column(index=True)
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    accepted_account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"), index=True)


class RateCount(Base):
    """How often a door was used in its current period, by a person, an address or a network; the key is a hash.

    The table is unlogged: a crash of the database loses it.
    """

    __tablename__ = "rate_count"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    key_hash: Mapped[bytes] = mapped_column(primary_key=True)
    ends_at: Mapped[datetime] = mapped_column(index=True)
    uses: Mapped[int]
