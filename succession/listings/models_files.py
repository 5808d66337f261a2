"""Which photos and documents belong to an offer, and in what order. No Flask."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base
from succession.listings.models import Listing


class ListingFile(Base):
    """A photo or document of an offer; a file belongs to one offer only."""

    __tablename__ = "listing_file"
    __table_args__ = (UniqueConstraint("stored_file_id"),)

    listing_id: Mapped[int] = mapped_column(ForeignKey(Listing.id, ondelete="CASCADE"), primary_key=True)
    stored_file_id: Mapped[int] = mapped_column(ForeignKey("stored_file.id", ondelete="CASCADE"), primary_key=True)
    position: Mapped[int]
