"""Consents, exports, erasures, warnings before something goes, and what was offered to archives. No Flask."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint, func, text
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, PublicIdMixin, TextEnum, one_of
from succession.i18n import Text
from succession.privacy.consents import ConsentPurpose, ConsentWay


class ErasureWay(StrEnum):
    """Why somebody was erased."""

    OWN_WISH = "own_wish"
    OPERATOR = "operator"
    EXPIRED = "expired"
    REPLAYED = "replayed"

    @property
    def label(self) -> Text:
        """What an operator reads."""
        return _WAYS[self]


_WAYS = {
    ErasureWay.OWN_WISH: Text("own wish"),
    ErasureWay.OPERATOR: Text("by the operator"),
    ErasureWay.EXPIRED: Text("time was over"),
    ErasureWay.REPLAYED: Text("again, after a backup was brought back"),
}


class ArchiveAnswer(StrEnum):
    """What an archive says to an offer."""

    TAKE = "take"
    RELEASE = "release"

    @property
    def label(self) -> Text:
        """What a clerk reads."""
        return _ANSWERS[self]


_ANSWERS = {
    ArchiveAnswer.TAKE: Text("The archive takes it over"),
    ArchiveAnswer.RELEASE: Text("The archive does not want it: it may be deleted"),
}


class ConsentAct(Base):
    """Somebody has given or withdrawn a consent: one line of the log, never changed. The newest one counts."""

    __tablename__ = "consent_act"
    __table_args__ = (one_of("purpose", ConsentPurpose), one_of("way", ConsentWay))

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[ConsentPurpose] = mapped_column(TextEnum(ConsentPurpose))
    text_version: Mapped[str] = mapped_column(String(20))
    is_given: Mapped[bool]
    way: Mapped[ConsentWay] = mapped_column(TextEnum(ConsentWay))
    acted_at: Mapped[datetime]


class DataExport(PublicIdMixin, Base):
    """A copy of all that is held on a person, made on their wish; the file is gone after some days."""

    __tablename__ = "data_export"

    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    requested_at: Mapped[datetime]
    made_at: Mapped[datetime | None]
    expires_at: Mapped[datetime | None]
    size: Mapped[int | None]
    fetched_at: Mapped[datetime | None]


class Erasure(PublicIdMixin, Base):
    """Somebody is to be erased, or has been. Nothing but a number that leads to nobody stays of them here."""

    __tablename__ = "erasure"
    __table_args__ = (one_of("way", ErasureWay),)

    account_public_id: Mapped[UUID] = mapped_column(index=True)
    way: Mapped[ErasureWay] = mapped_column(TextEnum(ErasureWay))
    requested_at: Mapped[datetime]
    erased_at: Mapped[datetime | None]
    counts: Mapped[dict[str, int]] = mapped_column(JSONB, server_default=text("'{}'::jsonb"))
    """How many rows went, by table."""
    mentions: Mapped[list[list[str]]] = mapped_column(JSONB, server_default=text("'[]'::jsonb"))
    """Things of others whose texts named the person: table and public id, for the coordinator to look at."""
    mentions_seen_at: Mapped[datetime | None]


class RetentionWarning(Base):
    """Whoever it belongs to was told that a row goes soon. A row that has been touched since needs a new warning."""

    __tablename__ = "retention_warning"

    table_name: Mapped[str] = mapped_column(String(63), primary_key=True)
    row_id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    moment: Mapped[datetime]
    warned_at: Mapped[datetime]


class ArchiveSetting(Base):
    """The archive that a public body has to offer its files to before they are deleted."""

    __tablename__ = "archive_setting"
    __table_args__ = (CheckConstraint("length(btrim(archive_name)) > 0", name="archive_named"),)

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"), primary_key=True)
    archive_name: Mapped[str] = mapped_column(String(200))
    archive_address: Mapped[str] = mapped_column(String(200))
    """The archive's e-mail address: an office's, no person's."""
    updated_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ArchiveOffer(PublicIdMixin, Base):
    """A list of files of a public body that went to its archive, and the answer."""

    __tablename__ = "archive_offer"
    __table_args__ = (
        one_of("answer", ArchiveAnswer),
        CheckConstraint("(answer IS NULL) = (answered_at IS NULL)", name="answer_has_a_time"),
        UniqueConstraint("organisation_id", "until_on"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    archive_name: Mapped[str] = mapped_column(String(200))
    until_on: Mapped[date]
    """Offered is what had ended by this day."""
    items: Mapped[list[dict[str, Any]]] = mapped_column(JSONB)
    offered_at: Mapped[datetime]
    offered_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    answer: Mapped[ArchiveAnswer | None] = mapped_column(TextEnum(ArchiveAnswer))
    answered_at: Mapped[datetime | None]
    answered_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    deleted_at: Mapped[datetime | None]
