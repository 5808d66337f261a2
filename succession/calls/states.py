"""The states of a call from the draft to the contract, and what a call is about. Pure."""

from datetime import datetime
from enum import StrEnum
from typing import Protocol

from succession.i18n import Text


class CallKind(StrEnum):
    """What is given out."""

    LEASE = "lease"
    SALE = "sale"
    HERITABLE_BUILDING_RIGHT = "heritable_building_right"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _KINDS[self]

    @property
    def is_paid_yearly(self) -> bool:
        """Whether the price of a lot is a sum per year; a sale is paid once."""
        return self is not CallKind.SALE


_KINDS = {
    CallKind.LEASE: Text("Lease"),
    CallKind.SALE: Text("Sale"),
    CallKind.HERITABLE_BUILDING_RIGHT: Text("Heritable building right"),
}


class Procedure(StrEnum):
    """How lots and applicants come together."""

    SINGLE_LOTS = "single_lots"
    ONE_LOT_EACH = "one_lot_each"
    PARCELS = "parcels"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _PROCEDURES[self]


_PROCEDURES = {
    Procedure.SINGLE_LOTS: Text("Each lot by itself"),
    Procedure.ONE_LOT_EACH: Text("One lot for each applicant at most"),
    Procedure.PARCELS: Text("Many parcels, shared out in one round"),
}


class PriceKind(StrEnum):
    """What the owner says about the price of a lot."""

    FIXED = "fixed"
    FLOOR = "floor"
    BID = "bid"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _PRICES[self]

    @property
    def asks_for_bids(self) -> bool:
        """Whether applicants name a price."""
        return self is not PriceKind.FIXED


_PRICES = {
    PriceKind.FIXED: Text("The price is fixed"),
    PriceKind.FLOOR: Text("Applicants offer a price, at least the one named"),
    PriceKind.BID: Text("Applicants offer a price"),
}


class CallState(StrEnum):
    """Where a call stands. Until the end of the deadline the clock decides, afterwards what people do."""

    DRAFT = "draft"
    PUBLISHED = "published"
    OPEN = "open"
    CLOSED = "closed"
    EVIDENCE = "evidence"
    PREPARED = "prepared"
    DECIDED = "decided"
    STANDSTILL = "standstill"
    APPROVALS = "approvals"
    CONTRACT = "contract"
    MONITORED = "monitored"
    CANCELLED = "cancelled"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _STATES[self]


_STATES = {
    CallState.DRAFT: Text("Draft"),
    CallState.PUBLISHED: Text("Published, opens later"),
    CallState.OPEN: Text("Open for applications"),
    CallState.CLOSED: Text("Deadline is over"),
    CallState.EVIDENCE: Text("Evidence is being checked"),
    CallState.PREPARED: Text("Prepared for the decision"),
    CallState.DECIDED: Text("Decided"),
    CallState.STANDSTILL: Text("Standstill period runs"),
    CallState.APPROVALS: Text("Waits for approvals"),
    CallState.CONTRACT: Text("Contract is being made"),
    CallState.MONITORED: Text("Contract made, promises are watched"),
    CallState.CANCELLED: Text("Cancelled"),
}

BY_THE_CLOCK = frozenset({CallState.PUBLISHED, CallState.OPEN, CallState.CLOSED})
RUNNING = (
    CallState.PUBLISHED,
    CallState.OPEN,
    CallState.CLOSED,
    CallState.EVIDENCE,
    CallState.PREPARED,
    CallState.DECIDED,
    CallState.STANDSTILL,
    CallState.APPROVALS,
    CallState.CONTRACT,
)
"""A parcel stands in at most one call in these states; the database holds that."""
BEFORE_THE_DECISION = frozenset(
    {
        CallState.DRAFT,
        CallState.PUBLISHED,
        CallState.OPEN,
        CallState.CLOSED,
        CallState.EVIDENCE,
        CallState.PREPARED,
    }
)

# A justified objection leads back to a new run, and so does a lot that its winner does not sign for; whatever has no
# contract yet may be cancelled with a reason.
STEPS: dict[CallState, frozenset[CallState]] = {
    CallState.DRAFT: frozenset({CallState.PUBLISHED}),
    CallState.PUBLISHED: frozenset({CallState.DRAFT, CallState.OPEN, CallState.CANCELLED}),
    CallState.OPEN: frozenset({CallState.CLOSED, CallState.PUBLISHED, CallState.CANCELLED}),
    CallState.CLOSED: frozenset({CallState.EVIDENCE, CallState.PREPARED, CallState.PUBLISHED, CallState.CANCELLED}),
    CallState.EVIDENCE: frozenset({CallState.PREPARED, CallState.CANCELLED}),
    CallState.PREPARED: frozenset({CallState.EVIDENCE, CallState.DECIDED, CallState.CANCELLED}),
    CallState.DECIDED: frozenset(
        {CallState.STANDSTILL, CallState.EVIDENCE, CallState.PREPARED, CallState.CANCELLED},
    ),
    CallState.STANDSTILL: frozenset(
        {CallState.APPROVALS, CallState.CONTRACT, CallState.EVIDENCE, CallState.PREPARED, CallState.CANCELLED}
    ),
    CallState.APPROVALS: frozenset({CallState.CONTRACT, CallState.EVIDENCE, CallState.PREPARED, CallState.CANCELLED}),
    CallState.CONTRACT: frozenset({CallState.MONITORED, CallState.EVIDENCE, CallState.CANCELLED}),
    CallState.MONITORED: frozenset(),
    CallState.CANCELLED: frozenset(),
}


class Timed(Protocol):
    """What the clock needs to know of a call."""

    state: CallState
    opens_at: datetime | None
    closes_at: datetime | None


def state_at(call: Timed, now: datetime) -> CallState:
    """Where the call stands at that moment: open from the opening on, closed from the deadline's minute on."""
    if call.state not in BY_THE_CLOCK:
        return call.state
    if call.opens_at is None or call.closes_at is None or now < call.opens_at:
        return CallState.PUBLISHED
    return CallState.OPEN if now < call.closes_at else CallState.CLOSED


def may_follow(state: CallState, to: CallState) -> bool:
    """Whether `to` is a step that leads on (or back) from `state`."""
    return to in STEPS[state]
