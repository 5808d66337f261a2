"""What is held on a person for links in mails and invitations, in the order in which an erasure goes through it."""

from datetime import timedelta

from sqlalchemy import ColumnElement, func, or_

from succession.accounts.models_people import AccountInvitation, AccountToken, RateCount
from succession.i18n import Text
from succession.marks import Concern, DataClass, LegalGround, Marked, OnErasure, Person, Retention, names, table_of

LINKS = DataClass(
    key="account_links",
    title=Text("Links in mails"),
    purpose=Text("So that an address is confirmed, a password set anew and a change taken back by its owner only."),
    ground=LegalGround.CONTRACT,
    keeping=Text("Until 30 days after the link has ended."),
)
INVITATIONS = DataClass(
    key="account_invitations",
    title=Text("Invitations"),
    purpose=Text("So that advisors and coordinators can ask somebody to join."),
    ground=LegalGround.LEGITIMATE_INTEREST,
    keeping=Text("Until 90 days after the invitation has ended."),
)

COUNTS = DataClass(
    key="use_counts",
    title=Text("Counts of use"),
    purpose=Text("So that nobody floods mailboxes or fills the network with accounts."),
    ground=LegalGround.LEGITIMATE_INTEREST,
    keeping=Text("Until a day after the hour or day that is counted."),
)


def _invited(person: Person) -> ColumnElement[bool]:
    """Who was invited: by the account that came of it, or by the address."""
    return or_(
        AccountInvitation.accepted_account_id == person.account_id,
        func.lower(AccountInvitation.address) == (person.email or "").lower(),
    )


REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(AccountToken),
        plain=("id",),
        personal=("account_id", "purpose", "address", "created_at", "expires_at", "used_at"),
        secret=("token_hash",),
        data_class=LINKS,
        concerns=(Concern(names(AccountToken.account_id), OnErasure.DELETE),),
        retention=(Retention("expires_at", timedelta(days=30)),),
    ),
    Marked(
        table=table_of(AccountInvitation),
        plain=("id", "public_id"),
        personal=(
            "inviter_account_id",
            "address",
            "name",
            "role",
            "created_at",
            "expires_at",
            "accepted_at",
            "withdrawn_at",
            "accepted_account_id",
        ),
        secret=("token_hash",),
        data_class=INVITATIONS,
        concerns=(
            Concern(_invited, OnErasure.DELETE, hides=("inviter_account_id",)),
            Concern(
                names(AccountInvitation.inviter_account_id),
                OnErasure.DELETE,
                hides=("address", "name", "accepted_account_id"),
            ),
        ),
        retention=(Retention("expires_at", timedelta(days=90)),),
    ),
    Marked(
        table=table_of(RateCount),
        plain=("ends_at", "uses"),
        secret=("key_hash",),
        data_class=COUNTS,
        retention=(Retention("ends_at", timedelta(days=1)),),
    ),
)
