"""Who needs a second factor, what is withheld without it, and the codes of apps and lists. Pure."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from enum import StrEnum
from uuid import UUID

import pyotp
from pyotp.exceptions import OTPVerificationError

from succession.accounts.actor import Actor, Role
from succession.accounts.duties import Duty
from succession.accounts.sealing import Keys
from succession.i18n import Text

FREE_DUTIES = frozenset({Duty.BELONG, Duty.READ})
NEEDING_ROLES = frozenset({Role.ADVISOR, Role.COORDINATOR, Role.OPERATOR})
HALF_SIGNED_LIMIT = timedelta(minutes=10)
FRESH_PASSWORD = timedelta(minutes=10)
CHALLENGE_LIMIT = timedelta(minutes=5)
STEPS_OF_GRACE = 1
RECOVERY_CODES = 10
PRINTED_CODES = 50
FEW_CODES = 10
WARN_AFTER_FAILURES = 5
LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"  # none that look like another
RECOVERY_LETTERS = 10
PRINTED_DIGITS = 8


class Way(StrEnum):
    """How a person shows that it is them, beside the password."""

    PASSKEY = "passkey"
    APP = "app"
    PRINTED = "printed"
    RECOVERY = "recovery"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _WAYS[self]


_WAYS = {
    Way.PASSKEY: Text("Passkey on a device"),
    Way.APP: Text("App on the phone"),
    Way.PRINTED: Text("Printed list of codes"),
    Way.RECOVERY: Text("Emergency code"),
}


@dataclass(frozen=True, slots=True)
class Own:
    """What a person has set up."""

    has_app: bool = False
    passkeys: int = 0
    has_printed: bool = False
    printed_left: int = 0
    next_number: int | None = None
    recovery_left: int = 0

    @property
    def has_any(self) -> bool:
        """Whether signing in asks for a second step. Emergency codes alone are none; a used-up list still is one."""
        return self.has_app or self.passkeys > 0 or self.has_printed

    @property
    def ways(self) -> tuple[Way, ...]:
        """The ways that are open now, the easiest first."""
        has = {
            Way.PASSKEY: self.passkeys > 0,
            Way.APP: self.has_app,
            Way.PRINTED: self.printed_left > 0,
            Way.RECOVERY: self.recovery_left > 0,
        }
        return tuple(way for way in Way if has[way])


def needs_second_factor(actor: Actor) -> bool:
    """Whether the person holds a role or a duty that asks for it."""
    return not actor.roles.isdisjoint(NEEDING_ROLES) or any(grant.duty not in FREE_DUTIES for grant in actor.grants)


def without_second_factor(actor: Actor) -> Actor:
    """The same person with no more than counts without it: they may still read for their organisations."""
    if not needs_second_factor(actor):
        return actor
    return replace(
        actor,
        roles=actor.roles - NEEDING_ROLES,
        grants=frozenset(grant for grant in actor.grants if grant.duty in FREE_DUTIES),
        withheld=actor.roles & NEEDING_ROLES,
        lacks_second_factor=True,
        acting_for=None,
    )


def is_fresh(password_entered_at: datetime | None, now: datetime) -> bool:
    """Whether the password was entered so lately that the person may change how they sign in."""
    return password_entered_at is not None and now - password_entered_at < FRESH_PASSWORD


def new_totp_secret() -> str:
    """A secret for an app."""
    return pyotp.random_base32()


def totp_address(secret: str, *, account: str, issuer: str) -> str:
    """What the picture for the app says."""
    return pyotp.TOTP(secret).provisioning_uri(name=account, issuer_name=issuer)


def totp_step(secret: str, code: str, now: datetime) -> int | None:
    """The half minute for which the code is right: this one, the one before or the next; None if it is wrong."""
    try:
        return pyotp.TOTP(secret).verify_and_get_timecode(normal(code), for_time=now, valid_window=STEPS_OF_GRACE)
    except OTPVerificationError:
        return None


def new_recovery_codes() -> list[str]:
    """Ten codes of letters and digits, each for one emergency."""
    return ["".join(secrets.choice(LETTERS) for _ in range(RECOVERY_LETTERS)) for _ in range(RECOVERY_CODES)]


def new_printed_codes() -> list[str]:
    """Fifty codes of digits, to be typed from paper."""
    return [f"{secrets.randbelow(10**PRINTED_DIGITS):0{PRINTED_DIGITS}}" for _ in range(PRINTED_CODES)]


def normal(code: str) -> str:
    """The code without what people add to read it better."""
    return "".join(sign for sign in code.lower() if sign.isascii() and sign.isalnum())


def in_groups(code: str) -> str:
    """The code as it is shown: in two halves."""
    half = len(code) // 2
    return f"{code[:half]} {code[half:]}"


def code_hash(keys: Keys, person: UUID | None, code: str, *, number: int) -> bytes:
    """What is kept of a code of a list: it fits one person, and a printed one only under its number (others: 0)."""
    return keys.hash("code", str(person), str(number), normal(code))
