"""Writing doors of what a person says of themselves: name, language, how to be reached, what they come for."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts import policy, policy_people
from succession.accounts.actor import Actor, Role, authorize
from succession.accounts.models import Account, AccountRole, Language, Way
from succession.accounts.names import checked_name
from succession.audit import service as audit
from succession.errors import Refused
from succession.i18n import Text

LONGEST_PHONE = 40
LONGEST_ADDRESS = 400
LONGEST_HOURS = 200
PHONE_SIGNS = frozenset("0123456789+-/() .")
FEWEST_DIGITS = 5


@dataclass(frozen=True, slots=True)
class Profile:
    """Name, language, and how a person wants to be reached."""

    name: str
    language: Language
    phone: str = ""
    postal_address: str = ""
    call_hours: str = ""
    takes_voicemail: bool = False
    preferred_contact: Way = Way.MAIL


def change_profile(session: Session, actor: Actor, values: Profile, *, now: datetime) -> None:
    """The account holds these words; a way to be reached needs what it takes to reach somebody by it."""
    authorize(policy.may_change_account, actor, actor.account_id)
    name, phone = checked_name(values.name), _checked_phone(values.phone)
    address, hours = values.postal_address.strip(), " ".join(values.call_hours.split())
    if len(address) > LONGEST_ADDRESS or len(hours) > LONGEST_HOURS:
        raise Refused(Text("This text is too long. Please shorten it."))
    if values.preferred_contact is Way.PHONE and not phone:
        raise Refused(Text("Please enter a phone number, or choose another way to be reached."))
    if values.preferred_contact is Way.LETTER and not address:
        raise Refused(Text("Please enter a postal address, or choose another way to be reached."))
    account = session.get_one(Account, actor.account_id)
    account.name, account.language = name, values.language
    account.phone, account.postal_address, account.call_hours = phone or None, address or None, hours or None
    account.takes_voicemail, account.preferred_contact = values.takes_voicemail, values.preferred_contact
    audit.record(session, actor, "account.edited", kind="account", public_id=actor.account_public_id, now=now)


def add_role(session: Session, actor: Actor, role: Role, *, now: datetime) -> None:
    """The person also comes for this; what they had before stays."""
    authorize(policy_people.may_add_role, actor, role)
    added = session.scalar(
        insert(AccountRole)
        .values(account_id=actor.account_id, role=role)
        .on_conflict_do_nothing()
        .returning(AccountRole.role)
    )
    if added is not None:
        audit.record(session, actor, "account.role_added", kind="account", public_id=actor.account_public_id, now=now)


def _checked_phone(typed: str) -> str:
    """The number as it was written; signs of phone numbers only."""
    phone = " ".join(typed.split())
    digits = sum(sign.isdigit() for sign in phone)
    if phone and (len(phone) > LONGEST_PHONE or not set(phone) <= PHONE_SIGNS or digits < FEWEST_DIGITS):
        raise Refused(Text("Please enter a phone number, such as 03841 12345."))
    return phone
