"""Who has asked to get to know an offer, to whom its exact place and owner are released, and every look at that."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, PublicIdMixin, TextEnum, one_of
from succession.listings.models import Listing
from succession.listings.release_states import LONGEST_PURPOSE, LONGEST_REQUEST, RequestState


class ListingReader(PublicIdMixin, Base):
    """A seeker's request to get to know an offer, and the answer; one for each person and offer.

    Of a confidential offer it is also the right to read it, until `reads_until`.
    """

    __tablename__ = "listing_reader"
    __table_args__ = (
        one_of("state", RequestState),
        UniqueConstraint("listing_id", "account_id"),
        CheckConstraint(f"length(message) BETWEEN 1 AND {LONGEST_REQUEST}", name="message_short"),
        CheckConstraint("(state IN ('accepted', 'declined', 'ended')) = (decided_at IS NOT NULL)", name="decided"),
        CheckConstraint("state <> 'accepted' OR reads_until IS NOT NULL", name="has_an_end"),
        Index("ix_listing_reader_open", "listing_id", postgresql_where=text("state = 'asked'")),
    )

    listing_id: Mapped[int] = mapped_column(ForeignKey(Listing.id, ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    state: Mapped[RequestState] = mapped_column(TextEnum(RequestState), server_default=RequestState.ASKED.value)
    message: Mapped[str] = mapped_column(String(LONGEST_REQUEST))
    asked_at: Mapped[datetime] = mapped_column(server_default=func.now())
    decided_at: Mapped[datetime | None]
    decided_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    reads_until: Mapped[datetime | None]


class ListingRelease(PublicIdMixin, Base):
    """The exact place and the owner of an offer, shown to one person, for a purpose, until an end."""

    __tablename__ = "listing_release"
    __table_args__ = (
        CheckConstraint(f"length(purpose) BETWEEN 1 AND {LONGEST_PURPOSE}", name="purpose_given"),
        CheckConstraint("ends_at > released_at", name="ends_after_it_begins"),
        Index(
            "uq_listing_release_standing",
            "listing_id",
            "account_id",
            unique=True,
            postgresql_where=text("revoked_at IS NULL"),
        ),
    )

    listing_id: Mapped[int] = mapped_column(ForeignKey(Listing.id, ondelete="CASCADE"), index=True)
    account_id: Mapped[int] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"), index=True)
    purpose: Mapped[str] = mapped_column(String(LONGEST_PURPOSE))
    released_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    released_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    is_confirmed: Mapped[bool] = mapped_column(server_default=text("false"))
    """An agent's release counts only once the person has confirmed it."""
    revoked_at: Mapped[datetime | None]
    revoked_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)


class ListingReleaseRead(Base):
    """One look at a release. Rows are added and never changed; both sides see them."""

    __tablename__ = "listing_release_read"

    id: Mapped[int] = mapped_column(primary_key=True)
    listing_release_id: Mapped[int] = mapped_column(ForeignKey(ListingRelease.id, ondelete="CASCADE"), index=True)
    read_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    read_at: Mapped[datetime]
