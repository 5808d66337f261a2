"""What proves a person beside the password: an app's secret, passkeys, lists of codes; and counts of searches."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index, SmallInteger, Text, text
from sqlalchemy.orm import Mapped, mapped_column

from succession.accounts.models import Account
from succession.db import Base, PublicIdMixin, TextEnum, one_of

CONFIRMED = "confirmed_at IS NOT NULL"
WAITING = "confirmed_at IS NULL"


class TotpSecret(Base):
    """The secret that the person's app shares with us, sealed; `last_step` is the last one a code was taken for."""

    __tablename__ = "totp_secret"

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), primary_key=True)
    sealed_secret: Mapped[bytes]
    created_at: Mapped[datetime]
    last_step: Mapped[int] = mapped_column(BigInteger)
    last_used_at: Mapped[datetime | None]


class Passkey(PublicIdMixin, Base):
    """The public half of a key that a device of the person keeps."""

    __tablename__ = "passkey"
    __table_args__ = (CheckConstraint("sign_count >= 0", name="sign_count_not_negative"),)

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    credential_id: Mapped[bytes] = mapped_column(unique=True)
    public_key: Mapped[bytes]
    sign_count: Mapped[int] = mapped_column(BigInteger)
    label: Mapped[str] = mapped_column(Text)
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]


class ListKind(StrEnum):
    """What a list of codes is for: every day, or when everything else is lost."""

    RECOVERY = "recovery"
    PRINTED = "printed"


class CodeList(Base):
    """A list of codes of which each may be used once. A printed one counts from when its first code was entered."""

    __tablename__ = "code_list"
    __table_args__ = (
        one_of("kind", ListKind),
        Index("uq_code_list_confirmed", "account_id", "kind", unique=True, postgresql_where=text(CONFIRMED)),
        Index("uq_code_list_waiting", "account_id", "kind", unique=True, postgresql_where=text(WAITING)),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"))
    kind: Mapped[ListKind] = mapped_column(TextEnum(ListKind))
    created_at: Mapped[datetime]
    confirmed_at: Mapped[datetime | None]


class ListCode(Base):
    """One code of a list, as a hash that nobody can try out without our key."""

    __tablename__ = "list_code"
    __table_args__ = (CheckConstraint("number >= 1", name="number_positive"),)

    code_list_id: Mapped[int] = mapped_column(ForeignKey(CodeList.id, ondelete="CASCADE"), primary_key=True)
    number: Mapped[int] = mapped_column(SmallInteger, primary_key=True)
    code_hash: Mapped[bytes]
    used_at: Mapped[datetime | None]


class SearchCentre(Base):
    """Around which centre somebody searched lately: both only as hashes, and only to count different ones."""

    __tablename__ = "search_centre"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    key_hash: Mapped[bytes] = mapped_column(primary_key=True)
    centre_hash: Mapped[bytes] = mapped_column(primary_key=True)
    searched_at: Mapped[datetime] = mapped_column(index=True)
