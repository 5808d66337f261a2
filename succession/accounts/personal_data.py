"""What the accounts room holds on a person, in the order in which an erasure goes through it.

A part of the room that has tables of its own lists them in `personal_data_<part>.py` and is named in REGISTER here,
before the account itself: everything that points at a person goes before the person.
"""

from datetime import timedelta

from sqlalchemy import ColumnElement, and_

from succession.accounts import (
    personal_data_acting,
    personal_data_organisations,
    personal_data_people,
    personal_data_second_factor,
)
from succession.accounts.brake import Count, count_keys
from succession.accounts.models import Account, AccountRole, AccountSession, Membership, Organisation, SignInBrake
from succession.i18n import Text
from succession.marks import (
    Concern,
    DataClass,
    LegalGround,
    Marked,
    OnErasure,
    OnExpiry,
    Person,
    Retention,
    names,
    table_of,
)

UNCONFIRMED_STAYS = timedelta(days=7)
ACCOUNT = DataClass(
    key="account",
    title=Text("Your account"),
    purpose=Text("So that you can sign in, and others know whom they deal with."),
    ground=LegalGround.CONTRACT,
    keeping=Text("Until you close your account."),
)
SIGN_IN = DataClass(
    key="sign_in",
    title=Text("Signing in"),
    purpose=Text("So that only you get into your account, and guessing passwords takes too long."),
    ground=LegalGround.LEGITIMATE_INTEREST,
    keeping=Text("Until you sign out or the session has ended; counts of wrong passwords for 30 days at most."),
)
MEMBERSHIP = DataClass(
    key="membership",
    title=Text("Whom you work for"),
    purpose=Text("So that you can act for your organisation."),
    ground=LegalGround.CONTRACT,
    keeping=Text("Until you leave the organisation or close your account."),
    recipients=Text("the other members of your organisation"),
)


def _counts_of(person: Person) -> ColumnElement[bool]:
    """The count over all network addresses; those for one address cannot be found again, and go after 30 days."""
    return SignInBrake.key_hash == count_keys(person.email or "", "")[Count.ACCOUNT]


REGISTER: tuple[Marked, ...] = (
    *personal_data_organisations.REGISTER,
    *personal_data_people.REGISTER,
    *personal_data_second_factor.REGISTER,
    Marked(
        table=table_of(AccountSession),
        plain=("id", "public_id"),
        personal=(
            "account_id",
            "created_at",
            "last_seen_at",
            "ended_at",
            "is_lasting",
            "desk",
            "browser",
            "network",
            "representation_id",
            "password_entered_at",
            "second_factor_at",
            "challenge_at",
        ),
        secret=("token_hash", "pending_secret", "challenge"),
        data_class=SIGN_IN,
        concerns=(Concern(names(AccountSession.account_id), OnErasure.DELETE),),
        retention=(Retention("ended_at", timedelta(days=1)), Retention("last_seen_at", timedelta(days=31))),
    ),
    *personal_data_acting.REGISTER,
    Marked(
        table=table_of(SignInBrake),
        plain=("failures", "last_tried_at", "blocked_until", "succeeded_at"),
        secret=("key_hash",),
        data_class=SIGN_IN,
        concerns=(Concern(_counts_of, OnErasure.DELETE, is_exported=False),),
        retention=(Retention("last_tried_at", timedelta(days=30)),),
    ),
    Marked(
        table=table_of(Membership),
        plain=("id",),
        personal=("organisation_id", "account_id", "role", "created_at"),
        data_class=MEMBERSHIP,
        concerns=(Concern(names(Membership.account_id), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(Organisation),
        plain=(
            "id",
            "public_id",
            "name",
            "kind",
            "data_law",
            "supervisor",
            "postal_address",
            "phone",
            "email",
            "website",
            "verified_at",
            "created_at",
        ),
        personal=("registered_by_account_id",),
        data_class=MEMBERSHIP,
        concerns=(
            Concern(
                names(Organisation.registered_by_account_id),
                OnErasure.CLEAR,
                clears={"registered_by_account_id": None},
            ),
        ),
    ),
    Marked(
        table=table_of(AccountRole),
        plain=(),
        personal=("account_id", "role"),
        data_class=ACCOUNT,
        concerns=(Concern(names(AccountRole.account_id), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(Account),
        plain=("id", "is_demo"),
        personal=(
            "public_id",
            "email",
            "name",
            "language",
            "created_at",
            "blocked_at",
            "password_changed_at",
            "confirmed_at",
            "terms_version",
            "terms_accepted_at",
            "phone",
            "postal_address",
            "call_hours",
            "takes_voicemail",
            "preferred_contact",
        ),
        secret=("password_hash",),
        data_class=ACCOUNT,
        concerns=(Concern(names(Account.id), OnErasure.DELETE),),
        retention=(
            Retention(
                "created_at",
                UNCONFIRMED_STAYS,
                only=and_(Account.confirmed_at.is_(None), Account.email.is_not(None)),
                on_expiry=OnExpiry.ERASE_PERSON,
            ),
        ),
    ),
)
