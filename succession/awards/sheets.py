"""A result sheet: all that one applicant is told after the decision on a lot, for the page and for the letter. Pure.

Nothing of another applicant is in it.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from succession.awards.notice_kinds import NoticeKind, Way
from succession.awards.standstill import Span
from succession.awards.told import Told
from succession.i18n import Text, Texts, Value


@dataclass(frozen=True, slots=True)
class LotNamed:
    """Which lot of which call."""

    call_title: str
    owner_name: str
    number: int
    name: str
    is_sale: bool


@dataclass(frozen=True, slots=True)
class Decided:
    """What the body has decided, as everybody may know it."""

    body: str
    decided_on: date
    is_award: bool
    departs: bool
    reason: str
    """Why the body left the ranking, or gave the lot to nobody; else empty."""


@dataclass(frozen=True, slots=True)
class Recipient:
    """Whom the letter goes to, and how."""

    application_id: int
    public_id: UUID
    account_id: int | None
    code: str
    name: str
    address: str
    way: Way


@dataclass(frozen=True, slots=True)
class LeaseEnding:
    """Land of a public owner whose lease ends soon; nobody's name but the owner's."""

    owner_name: str
    place: str
    area: Text
    ends_on: date


@dataclass(frozen=True, slots=True)
class OwnValue:
    """What stands hidden in the public record, so that its owner can check the line."""

    line: int
    label: str
    value: str
    salt: str


@dataclass(frozen=True, slots=True)
class OwnRecord:
    """How the applicant is called in the public record, and their own hidden values."""

    letter: str
    record_hash: str
    path: str
    values: tuple[OwnValue, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole sheet."""

    lot: LotNamed
    decided: Decided
    recipient: Recipient
    is_chosen: bool
    told: Told
    ways: tuple[tuple[Text, ...], ...]
    """The nearest changes that would have been enough; none where nothing small would have, or for whoever is first."""
    leases: tuple[LeaseEnding, ...]
    span: Span | None
    steps: tuple[str, ...]
    """Who else must agree before a contract is signed."""
    promises: tuple[str, ...]
    own: OwnRecord | None

    @property
    def kind(self) -> NoticeKind:
        """Which of the two letters it is."""
        return NoticeKind.CHOSEN if self.is_chosen else NoticeKind.NOT_CHOSEN

    @property
    def place(self) -> Text | Texts:
        """The place in the ranking, in a sentence."""
        if self.told.place is None:
            return Text("You have no place in the ranking.")
        return Texts(
            "One application was ranked. Yours is at place %(place)s.",
            "%(num)s applications were ranked. Yours is at place %(place)s.",
            self.told.ranked,
            {"place": self.told.place},
        )


def result_sentence(lot: LotNamed, decided: Decided, *, is_chosen: bool) -> Text:
    """What was decided, in the first sentence of the letter."""
    values: dict[str, Value] = {"body": decided.body, "day": decided.decided_on, "lot": lot.number, "name": lot.name}
    if is_chosen:
        return Text("On %(day)s it was decided (%(body)s): lot %(lot)s, “%(name)s”, shall be yours.", values)
    if decided.is_award:
        return Text(
            "On %(day)s it was decided (%(body)s): lot %(lot)s, “%(name)s”, goes to somebody else this time.", values
        )
    return Text("On %(day)s it was decided (%(body)s): lot %(lot)s, “%(name)s”, goes to nobody this time.", values)
