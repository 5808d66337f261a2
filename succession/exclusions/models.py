"""Who must not learn of what somebody offers or seeks, and the keys by which an account is recognised. No Flask."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, LargeBinary, String, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from succession.db import Base, OwnedMixin, PublicIdMixin, TextEnum, one_of, owned_by_one
from succession.exclusions.kinds import ExclusionKind


class Exclusion(PublicIdMixin, OwnedMixin, Base):
    """One person, firm or place on the list of one owner. It holds for everything that this owner publishes."""

    __tablename__ = "exclusion"
    __table_args__ = (
        owned_by_one(),
        one_of("kind", ExclusionKind),
        CheckConstraint("(kind = 'place') = (place_id IS NOT NULL)", name="place_of_a_place"),
        CheckConstraint("kind = 'place' OR name <> '' OR address <> ''", name="names_somebody"),
        UniqueConstraint(
            "owner_organisation_id",
            "owner_account_id",
            "kind",
            "name",
            "address",
            "place_id",
            name="uq_exclusion_entry",
            postgresql_nulls_not_distinct=True,
        ),
    )

    kind: Mapped[ExclusionKind] = mapped_column(TextEnum(ExclusionKind))
    name: Mapped[str] = mapped_column(String(120), server_default=text("''"))
    address: Mapped[str] = mapped_column(String(200), server_default=text("''"))
    """The e-mail address of a person; of a firm also its website."""
    place_id: Mapped[int | None] = mapped_column(ForeignKey("place.id", ondelete="RESTRICT"), index=True)
    created_by_account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class ExclusionKey(Base):
    """One way in which an account would be recognised as meant, as a hash."""

    __tablename__ = "exclusion_key"

    exclusion_id: Mapped[int] = mapped_column(ForeignKey(Exclusion.id, ondelete="CASCADE"), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True, index=True)


class ExclusionSubject(Base):
    """An account or organisation whose keys are stored; the fingerprint tells when they are no longer right."""

    __tablename__ = "exclusion_subject"
    __table_args__ = (
        CheckConstraint("num_nonnulls(account_id, organisation_id) = 1", name="one_subject"),
        UniqueConstraint("account_id"),
        UniqueConstraint("organisation_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int | None] = mapped_column(ForeignKey("account.id", ondelete="CASCADE"))
    organisation_id: Mapped[int | None] = mapped_column(ForeignKey("organisation.id", ondelete="CASCADE"))
    fingerprint: Mapped[str]


class ExclusionSubjectKey(Base):
    """One way in which an account or organisation can be recognised, as a hash."""

    __tablename__ = "exclusion_subject_key"

    subject_id: Mapped[int] = mapped_column(ForeignKey(ExclusionSubject.id, ondelete="CASCADE"), primary_key=True)
    key: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True, index=True)
