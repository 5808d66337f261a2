"""What is held on a person in organisations: mandates they gave, invitations to them."""

from datetime import timedelta

from sqlalchemy import ColumnElement, func

from succession.accounts.models_organisations import Mandate, OrganisationInvitation
from succession.i18n import Text
from succession.marks import (
    Concern,
    DataClass,
    LegalGround,
    Marked,
    OnErasure,
    Person,
    Retention,
    names,
    table_of,
)

MANDATE = DataClass(
    key="mandate",
    title=Text("Mandates you gave for your organisation"),
    purpose=Text("So that it can be seen who let an office act for the owner, and since when."),
    ground=LegalGround.PUBLIC_TASK,
    keeping=Text("As long as the organisation is here; your name is taken out when you close your account."),
    recipients=Text("the members of the owner and of the office"),
)
INVITATION = DataClass(
    key="organisation_invitation",
    title=Text("Invitations to work for an organisation"),
    purpose=Text("So that a colleague can join by a link in a mail."),
    ground=LegalGround.LEGITIMATE_INTEREST,
    keeping=Text("90 days after the link has run out."),
    recipients=Text("the administrators of the organisation"),
)


def _invited(person: Person) -> ColumnElement[bool]:
    """Those that went to the person's address."""
    return func.lower(OrganisationInvitation.email) == (person.email or "").lower()


REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(Mandate),
        plain=(
            "id",
            "public_id",
            "owner_organisation_id",
            "owner_kind",
            "office_organisation_id",
            "office_kind",
            "scopes",
            "starts_on",
            "ends_on",
            "revoked_at",
            "created_at",
        ),
        personal=("given_by_account_id", "note"),
        data_class=MANDATE,
        concerns=(
            Concern(
                names(Mandate.given_by_account_id),
                OnErasure.CLEAR,
                clears={"given_by_account_id": None},
            ),
        ),
    ),
    Marked(
        table=table_of(OrganisationInvitation),
        plain=("id", "public_id"),
        personal=(
            "organisation_id",
            "email",
            "role",
            "invited_by_account_id",
            "created_at",
            "expires_at",
            "accepted_at",
            "withdrawn_at",
        ),
        secret=("token_hash",),
        data_class=INVITATION,
        concerns=(
            Concern(_invited, OnErasure.DELETE, hides=("invited_by_account_id",)),
            Concern(
                names(OrganisationInvitation.invited_by_account_id),
                OnErasure.CLEAR,
                clears={"invited_by_account_id": None},
                hides=("email",),
            ),
        ),
        retention=(Retention("expires_at", timedelta(days=90)),),
    ),
)
