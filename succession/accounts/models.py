"""People, organisations, who belongs to which, and who is signed in. No Flask."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from succession.accounts.actor import Role
from succession.accounts.duties import MembershipRole
from succession.db import Base, PublicIdMixin, TextEnum, one_of
from succession.i18n import Text


class Language(StrEnum):
    """The languages of the product."""

    GERMAN = "de"
    ENGLISH = "en"


class OrganisationKind(StrEnum):
    """What an organisation is in the field: four kinds of owner, and two that help."""

    MUNICIPALITY = "municipality"
    PARISH = "parish"
    FOUNDATION = "foundation"
    PRIVATE = "private"
    ADVISORY = "advisory"
    MANAGING_OFFICE = "managing_office"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _ORGANISATION_KINDS[self]


_ORGANISATION_KINDS = {
    OrganisationKind.MUNICIPALITY: Text("Municipality"),
    OrganisationKind.PARISH: Text("Parish"),
    OrganisationKind.FOUNDATION: Text("Foundation"),
    OrganisationKind.PRIVATE: Text("Private owner"),
    OrganisationKind.ADVISORY: Text("Advisory body"),
    OrganisationKind.MANAGING_OFFICE: Text("Managing office"),
}


class Account(PublicIdMixin, Base):
    """A person who can sign in."""

    __tablename__ = "account"
    __table_args__ = (
        one_of("language", Language),
        CheckConstraint("position('@' in email) > 1", name="email_shape"),
        Index("uq_account_email", func.lower(text("email")), unique=True),
    )

    email: Mapped[str]
    name: Mapped[str]
    password_hash: Mapped[str]
    language: Mapped[Language] = mapped_column(TextEnum(Language), server_default=Language.GERMAN.value)
    is_demo: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    blocked_at: Mapped[datetime | None]
    password_changed_at: Mapped[datetime | None]


class AccountRole(Base):
    """One of the things a person comes to the product for."""

    __tablename__ = "account_role"
    __table_args__ = (one_of("role", Role),)

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), primary_key=True)
    role: Mapped[Role] = mapped_column(TextEnum(Role), primary_key=True)


class Organisation(PublicIdMixin, Base):
    """An owner of land or businesses, an advisory body, or an office that manages for others."""

    __tablename__ = "organisation"
    __table_args__ = (
        one_of("kind", OrganisationKind),
        CheckConstraint("length(btrim(name)) > 0", name="name_given"),
        Index("uq_organisation_name_kind", func.lower(text("name")), "kind", unique=True),
    )

    name: Mapped[str]
    kind: Mapped[OrganisationKind] = mapped_column(TextEnum(OrganisationKind))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class Membership(Base):
    """A person works for an organisation, in one role."""

    __tablename__ = "membership"
    __table_args__ = (one_of("role", MembershipRole), UniqueConstraint("organisation_id", "account_id"))

    id: Mapped[int] = mapped_column(primary_key=True)
    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id, ondelete="CASCADE"))
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    role: Mapped[MembershipRole] = mapped_column(TextEnum(MembershipRole))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class AccountSession(Base):
    """One signed-in browser; the token itself is only in its cookie, here is its hash."""

    __tablename__ = "account_session"

    id: Mapped[int] = mapped_column(primary_key=True)
    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]


class SignInBrake(Base):
    """How often signing in has failed for an account, from a network address, or for both together.

    The key is a hash, the row is forgotten after a day, and the table is unlogged: a crash of the database loses it.
    """

    __tablename__ = "sign_in_brake"
    __table_args__ = ({"prefixes": ["UNLOGGED"]},)

    key_hash: Mapped[bytes] = mapped_column(primary_key=True)
    failures: Mapped[int] = mapped_column(server_default=text("0"))
    last_tried_at: Mapped[datetime] = mapped_column(index=True)
    blocked_until: Mapped[datetime | None]
    succeeded_at: Mapped[datetime | None]
