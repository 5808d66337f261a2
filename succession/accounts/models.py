"""People, organisations, who belongs to which, and who is signed in. No Flask."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, func, text
from sqlalchemy.orm import Mapped, mapped_column

from succession.accounts.actor import Role
from succession.accounts.data_law import DataLaw
from succession.accounts.duties import MembershipRole
from succession.db import Base, PublicIdMixin, TextEnum, one_of
from succession.i18n import Text


class Language(StrEnum):
    """The languages of the product."""

    GERMAN = "de"
    ENGLISH = "en"


class Way(StrEnum):
    """How a person wants to be reached."""

    MAIL = "mail"
    PHONE = "phone"
    LETTER = "letter"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _WAYS[self]


_WAYS = {Way.MAIL: Text("by e-mail"), Way.PHONE: Text("by phone"), Way.LETTER: Text("by letter")}


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
        one_of("preferred_contact", Way),
        CheckConstraint("position('@' in email) > 1", name="email_shape"),
        Index("uq_account_email", func.lower(text("email")), unique=True),
    )

    email: Mapped[str | None]
    """Empty for people on paper: an advisor keeps their file, and letters go to them."""
    name: Mapped[str]
    password_hash: Mapped[str]
    language: Mapped[Language] = mapped_column(TextEnum(Language), server_default=Language.GERMAN.value)
    is_demo: Mapped[bool] = mapped_column(server_default=text("false"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    blocked_at: Mapped[datetime | None]
    password_changed_at: Mapped[datetime | None]
    confirmed_at: Mapped[datetime | None]
    terms_version: Mapped[str | None]
    terms_accepted_at: Mapped[datetime | None]
    phone: Mapped[str | None]
    postal_address: Mapped[str | None]
    call_hours: Mapped[str | None]
    takes_voicemail: Mapped[bool] = mapped_column(server_default=text("false"))
    preferred_contact: Mapped[Way] = mapped_column(TextEnum(Way), server_default=Way.MAIL.value)


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
        one_of("data_law", DataLaw),
        CheckConstraint("length(btrim(name)) > 0", name="name_given"),
        UniqueConstraint("id", "kind"),
        Index(
            "uq_organisation_name_kind",
            func.lower(text("name")),
            "kind",
            unique=True,
            postgresql_where=text("verified_at IS NOT NULL"),
        ),
    )

    name: Mapped[str]
    kind: Mapped[OrganisationKind] = mapped_column(TextEnum(OrganisationKind))
    data_law: Mapped[DataLaw] = mapped_column(TextEnum(DataLaw), server_default=DataLaw.GDPR.value)
    supervisor: Mapped[str] = mapped_column(server_default=text("''"))
    postal_address: Mapped[str] = mapped_column(server_default=text("''"))
    phone: Mapped[str] = mapped_column(server_default=text("''"))
    email: Mapped[str] = mapped_column(server_default=text("''"))
    website: Mapped[str] = mapped_column(server_default=text("''"))
    registered_by_account_id: Mapped[int | None] = mapped_column(
        ForeignKey(Account.id, ondelete="SET NULL"), index=True
    )
    verified_at: Mapped[datetime | None]
    """When a coordinator has checked that it is who it says; until then nothing of it is public."""
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


class AccountSession(PublicIdMixin, Base):
    """One signed-in browser; the token itself is only in its cookie, here is its hash.

    `browser` is its family and system in two words, `network` the address cut to its network, `desk` the role whose
    menu is shown.
    """

    __tablename__ = "account_session"
    __table_args__ = (one_of("desk", Role),)

    account_id: Mapped[int] = mapped_column(ForeignKey(Account.id, ondelete="CASCADE"), index=True)
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    created_at: Mapped[datetime]
    last_seen_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    password_entered_at: Mapped[datetime | None]
    second_factor_at: Mapped[datetime | None]
    pending_secret: Mapped[bytes | None]
    challenge: Mapped[bytes | None]
    challenge_at: Mapped[datetime | None]
    is_lasting: Mapped[bool] = mapped_column(server_default=text("false"))
    desk: Mapped[Role | None] = mapped_column(TextEnum(Role))
    representation_id: Mapped[int | None] = mapped_column(
        ForeignKey("representation.id", ondelete="SET NULL"), index=True
    )
    """In whose name the person acts in this browser now."""
    browser: Mapped[str | None]
    network: Mapped[str | None]


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
