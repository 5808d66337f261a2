"""Photos and documents that people hand in: what is known of them; their bytes lie in the file store. No Flask."""

from datetime import datetime

from sqlalchemy import CHAR, CheckConstraint, ForeignKey, String, func
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, OwnedMixin, PublicIdMixin, TextEnum, one_of, owned_by_one
from succession.files.limits import LONGEST_DESCRIPTION, LONGEST_NAME
from succession.files.purposes import Purpose


class StoredFile(PublicIdMixin, OwnedMixin, Base):
    """One photo or document. The original is never kept: the bytes are newly written from it."""

    __tablename__ = "stored_file"
    __table_args__ = (
        owned_by_one(),
        one_of("purpose", Purpose),
        CheckConstraint("bytes > 0", name="bytes_counted"),
        CheckConstraint("(width IS NULL) = (height IS NULL)", name="both_sides"),
        CheckConstraint("num_nonnulls(width, pages) = 1", name="photo_or_document"),
    )

    uploaded_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey("account.id", ondelete="SET NULL"), index=True
    )
    purpose: Mapped[Purpose] = mapped_column(TextEnum(Purpose))
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    """As the person called it; shown to those who keep the file, never to others."""
    description: Mapped[str] = mapped_column(String(LONGEST_DESCRIPTION), server_default="")
    """What is to be seen, in words: the text in place of the picture."""
    content_hash: Mapped[str] = mapped_column(CHAR(64))
    """Of what was handed in, so that the same file twice is recognised."""
    bytes: Mapped[int]
    width: Mapped[int | None]
    height: Mapped[int | None]
    pages: Mapped[int | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())

    @property
    def is_photo(self) -> bool:
        """A picture, as against a document."""
        return self.width is not None
