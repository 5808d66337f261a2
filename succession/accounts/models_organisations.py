"""Which office acts for which owner, since when and how far, and who is invited to an organisation. No Flask."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, ForeignKeyConstraint, Text, func, text
from sqlalchemy.dialects.postgresql import ARRAY, ExcludeConstraint
from sqlalchemy.orm import Mapped, mapped_column

from succession.accounts.duties import MandateScope, MembershipRole
from succession.accounts.models import Account, Organisation, OrganisationKind
from succession.accounts.organisations import OWNER_KINDS
from succession.db import Base, PublicIdMixin, TextEnum, one_of

_OWNERS = ", ".join(f"'{kind.value}'" for kind in OWNER_KINDS)
_SCOPES = ", ".join(f"'{scope.value}'" for scope in MandateScope)


class Mandate(PublicIdMixin, Base):
    """An owner lets an office act in its name, from a day on, within named limits, until a day or until revoked.

    The kinds are copies that a foreign key holds to those of the organisations, so that a CHECK can say who may be
    what. Two mandates of one pair never overlap; one that was revoked no longer counts.
    """

    __tablename__ = "mandate"
    __table_args__ = (
        ForeignKeyConstraint(
            ["owner_organisation_id", "owner_kind"],
            [Organisation.id, Organisation.kind],
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        ForeignKeyConstraint(
            ["office_organisation_id", "office_kind"],
            [Organisation.id, Organisation.kind],
            onupdate="CASCADE",
            ondelete="CASCADE",
        ),
        CheckConstraint(f"owner_kind IN ({_OWNERS})", name="owner_may_own"),
        CheckConstraint("office_kind = 'managing_office'", name="office_manages"),
        CheckConstraint("owner_organisation_id <> office_organisation_id", name="two_organisations"),
        CheckConstraint(f"cardinality(scopes) > 0 AND scopes <@ ARRAY[{_SCOPES}]", name="scopes_known"),
        CheckConstraint("ends_on >= starts_on", name="ends_after_start"),
        ExcludeConstraint(
            ("owner_organisation_id", "="),
            ("office_organisation_id", "="),
            (text("daterange(starts_on, ends_on, '[]')"), "&&"),
            where=text("revoked_at IS NULL"),
            name="ex_mandate_one_at_a_time",
        ),
    )

    owner_organisation_id: Mapped[int]
    owner_kind: Mapped[OrganisationKind] = mapped_column(TextEnum(OrganisationKind))
    office_organisation_id: Mapped[int] = mapped_column(index=True)
    office_kind: Mapped[OrganisationKind] = mapped_column(TextEnum(OrganisationKind))
    scopes: Mapped[list[str]] = mapped_column(ARRAY(Text))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    revoked_at: Mapped[datetime | None]
    given_by_account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"), index=True)
    note: Mapped[str] = mapped_column(server_default=text("''"))
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())


class OrganisationInvitation(PublicIdMixin, Base):
    """Somebody is asked to join an organisation in one role; the link is in a mail, here is only its hash."""

    __tablename__ = "organisation_invitation"
    __table_args__ = (
        one_of("role", MembershipRole),
        CheckConstraint("position('@' in email) > 1", name="email_shape"),
    )

    organisation_id: Mapped[int] = mapped_column(ForeignKey(Organisation.id, ondelete="CASCADE"), index=True)
    email: Mapped[str]
    role: Mapped[MembershipRole] = mapped_column(TextEnum(MembershipRole))
    token_hash: Mapped[bytes] = mapped_column(unique=True)
    invited_by_account_id: Mapped[int | None] = mapped_column(ForeignKey(Account.id, ondelete="SET NULL"), index=True)
    created_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
