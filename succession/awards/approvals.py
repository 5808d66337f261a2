"""Approvals around a contract: who must agree or be told, by when, and what follows from silence. Pure."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from succession.i18n import Text

LONGEST_BODY = 160
LONGEST_NOTE = 1000


class ApprovalKind(StrEnum):
    """What kind of step it is."""

    SUPERVISION = "supervision"
    CHURCH_DISTRICT = "church_district"
    OTHER = "other"
    LEASE_NOTIFICATION = "lease_notification"
    SALE_APPROVAL = "sale_approval"

    @property
    def label(self) -> Text:
        """What the office reads."""
        return _KINDS[self].label

    @property
    def explanation(self) -> Text:
        """What the step is about, in a sentence or two."""
        return _KINDS[self].explanation

    @property
    def comes_before_contract(self) -> bool:
        """Whether nothing may be signed before it is settled; the others follow the signing."""
        return _KINDS[self].before

    @property
    def silence_agrees(self) -> bool:
        """Whether the law takes silence until the end for a yes."""
        return _KINDS[self].silence_agrees


@dataclass(frozen=True, slots=True)
class _Kind:
    label: Text
    explanation: Text
    before: bool
    silence_agrees: bool


_KINDS = {
    ApprovalKind.SUPERVISION: _Kind(
        Text("Approval by the supervision"),
        Text("Where the supervision of the municipality must agree, nothing is signed before it has."),
        before=True,
        silence_agrees=False,
    ),
    ApprovalKind.CHURCH_DISTRICT: _Kind(
        Text("Approval by the church district"),
        Text("Where the church district must agree, nothing is signed before it has."),
        before=True,
        silence_agrees=False,
    ),
    ApprovalKind.OTHER: _Kind(
        Text("Another approval"),
        Text("Whoever else must agree before the signing."),
        before=True,
        silence_agrees=False,
    ),
    ApprovalKind.LEASE_NOTIFICATION: _Kind(
        Text("Notification of the lease (LPachtVG)"),
        Text(
            "The lessor tells the authority of the lease within one month of signing. The authority then has one "
            "month, with an interim notice two. If it says nothing, the lease stands."
        ),
        before=False,
        silence_agrees=True,
    ),
    ApprovalKind.SALE_APPROVAL: _Kind(
        Text("Approval of the sale (GrdstVG)"),
        Text(
            "Until the authority approves, the sale waits. It has one month, with an interim notice two, and three if "
            "somebody may step in. If it says nothing, the sale is approved."
        ),
        before=False,
        silence_agrees=True,
    ),
}


class StepOutcome(StrEnum):
    """How a step ended."""

    OPEN = "open"
    AGREED = "agreed"
    BY_SILENCE = "by_silence"
    NOT_NEEDED = "not_needed"
    REFUSED = "refused"

    @property
    def label(self) -> Text:
        """What everybody reads."""
        return _OUTCOMES[self]

    @property
    def is_settled(self) -> bool:
        """Whether the way on is free."""
        return self in (StepOutcome.AGREED, StepOutcome.BY_SILENCE, StepOutcome.NOT_NEEDED)


_OUTCOMES = {
    StepOutcome.OPEN: Text("open"),
    StepOutcome.AGREED: Text("agreed"),
    StepOutcome.BY_SILENCE: Text("agreed by silence, the time is over"),
    StepOutcome.NOT_NEEDED: Text("not needed"),
    StepOutcome.REFUSED: Text("refused"),
}


def notify_by(signed_on: date) -> date:
    """The last day on which the lessor tells the authority of a lease: one month after the signing."""
    return months_after(signed_on, 1)


def answer_by(asked_on: date, *, interim_notice: bool = False, third_party: bool = False) -> date:
    """The day after which silence agrees: one month after the papers arrived.

    Two months with an interim notice, three if somebody may step in.
    """
    return months_after(asked_on, 3 if third_party else 2 if interim_notice else 1)


def months_after(day: date, months: int) -> date:
    """The same day of a later month, or its last day where it has no such day (§ 188 BGB)."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
