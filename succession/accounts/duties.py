"""What a person may do for an organisation: as its member, or in the office that has its mandate. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache

from succession.i18n import Text


class MembershipRole(StrEnum):
    """What a member does for an organisation."""

    CLERK = "clerk"
    CHECKER = "checker"
    READER = "reader"
    ADMINISTRATOR = "administrator"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _MEMBERSHIP_ROLES[self]


_MEMBERSHIP_ROLES = {
    MembershipRole.CLERK: Text("Clerk"),
    MembershipRole.CHECKER: Text("Checker"),
    MembershipRole.READER: Text("Reader"),
    MembershipRole.ADMINISTRATOR: Text("Administrator"),
}


class MandateScope(StrEnum):
    """What an owner lets an office do in its name."""

    IMPORT = "import"
    CALL = "call"
    SCORE = "score"
    LETTERS = "letters"
    DECIDE = "decide"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _MANDATE_SCOPES[self]


_MANDATE_SCOPES = {
    MandateScope.IMPORT: Text("Bring in land and make offers"),
    MandateScope.CALL: Text("Prepare and publish calls"),
    MandateScope.SCORE: Text("Check and score applications"),
    MandateScope.LETTERS: Text("Write letters in the owner's name"),
    MandateScope.DECIDE: Text("Decide"),
}


class Duty(StrEnum):
    """One thing that somebody may do for one organisation; to belong to it comes with membership, never by mandate."""

    BELONG = "belong"
    READ = "read"
    IMPORT = "import"
    OFFER = "offer"
    CALL = "call"
    SCORE = "score"
    LETTERS = "letters"
    DECIDE = "decide"
    ADMINISTER = "administer"


REMEMBERED = 20_000
_MEMBER = frozenset({Duty.BELONG, Duty.READ})
_CLERK = _MEMBER | frozenset({Duty.IMPORT, Duty.OFFER, Duty.CALL, Duty.SCORE, Duty.LETTERS})
_OF_MEMBERS: dict[MembershipRole, frozenset[Duty]] = {
    MembershipRole.READER: _MEMBER,
    MembershipRole.CHECKER: _MEMBER | {Duty.SCORE},
    MembershipRole.CLERK: _CLERK,
    MembershipRole.ADMINISTRATOR: _CLERK | {Duty.DECIDE, Duty.ADMINISTER},
}
_OF_MANDATES: dict[MandateScope, frozenset[Duty]] = {
    MandateScope.IMPORT: frozenset({Duty.IMPORT, Duty.OFFER}),
    MandateScope.CALL: frozenset({Duty.CALL}),
    MandateScope.SCORE: frozenset({Duty.SCORE}),
    MandateScope.LETTERS: frozenset({Duty.LETTERS}),
    MandateScope.DECIDE: frozenset({Duty.DECIDE}),
}


@dataclass(frozen=True, slots=True)
class Grant:
    """One duty for one organisation."""

    organisation_id: int
    duty: Duty


@lru_cache(maxsize=REMEMBERED)
def of_member(organisation_id: int, role: MembershipRole) -> frozenset[Grant]:
    """What a member of the organisation may do for it."""
    return frozenset(Grant(organisation_id, duty) for duty in _OF_MEMBERS[role])


def of_mandate(owner_id: int, role: MembershipRole, scopes: Iterable[MandateScope]) -> frozenset[Grant]:
    """What a member of the managing office may do for the owner: their own duties, as far as the mandate goes.

    Whoever may only read in the office may only read what is the owner's; an owner is never administered by its office.
    """
    return _lent(owner_id, role, frozenset(scopes))


@lru_cache(maxsize=REMEMBERED)
def _lent(owner_id: int, role: MembershipRole, scopes: frozenset[MandateScope]) -> frozenset[Grant]:
    """Remembered: an office with a hundred owners is asked for at every request of its clerks."""
    allowed = frozenset({Duty.READ}).union(*(_OF_MANDATES[scope] for scope in scopes))
    return frozenset(Grant(owner_id, duty) for duty in _OF_MEMBERS[role] & allowed)
