"""Legal texts in versions, and the details that fill them. No Flask."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, UniqueConstraint, func
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, PublicIdMixin, TextEnum, one_of
from succession.legal.vocabulary import LONGEST_DETAIL, LONGEST_TEXT, Detail, LegalPage, TextLanguage


class LegalText(PublicIdMixin, Base):
    """One version of one page in one language; the highest number is in force, the others stay readable.

    `body` is what the operator wrote, with its gaps; `published` is the same with the details of that time filled in.
    """

    __tablename__ = "legal_text"
    __table_args__ = (
        one_of("page", LegalPage),
        one_of("language", TextLanguage),
        UniqueConstraint("page", "language", "version"),
        CheckConstraint("version >= 1", name="version_counts"),
        CheckConstraint(f"length(body) BETWEEN 1 AND {LONGEST_TEXT}", name="body_sized"),
    )

    page: Mapped[LegalPage] = mapped_column(TextEnum(LegalPage))
    language: Mapped[TextLanguage] = mapped_column(TextEnum(TextLanguage))
    version: Mapped[int]
    body: Mapped[str]
    published: Mapped[str]
    written_at: Mapped[datetime] = mapped_column(server_default=func.now())
    author_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)


class LegalDetail(Base):
    """A name, an address, an authority: entered once, filled into every text."""

    __tablename__ = "legal_detail"
    __table_args__ = (
        one_of("detail", Detail),
        CheckConstraint(f"length(value) <= {LONGEST_DETAIL}", name="value_short"),
    )

    detail: Mapped[Detail] = mapped_column(TextEnum(Detail), primary_key=True)
    value: Mapped[str]
