"""What is still missing before a lot can be put before the body. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from succession.i18n import Text


class Gap(StrEnum):
    """One thing that is missing, and which page of the desk helps."""

    NO_RUN = "no_run"
    STALE = "stale"
    POINTS_OPEN = "points_open"
    POINTS_UNCONFIRMED = "points_unconfirmed"
    NOT_ASKED = "not_asked"
    WAITS_FOR_EVIDENCE = "waits_for_evidence"
    EVIDENCE_UNJUDGED = "evidence_unjudged"
    TIED = "tied"
    SOLD = "sold"

    @property
    def label(self) -> Text:
        """What is missing, and what to do."""
        return _GAPS[self]

    @property
    def page(self) -> str:
        """The part of the desk where it is done."""
        return _PAGES[self]


_GAPS = {
    Gap.NO_RUN: Text("The lot has not been scored yet."),
    Gap.STALE: Text("Something has changed since the last run. Please score again."),
    Gap.POINTS_OPEN: Text("The body has not given all its points yet."),
    Gap.POINTS_UNCONFIRMED: Text("Points of the body wait for a second person."),
    Gap.NOT_ASKED: Text("Evidence has still to be asked for."),
    Gap.WAITS_FOR_EVIDENCE: Text("Evidence has not come yet."),
    Gap.EVIDENCE_UNJUDGED: Text("Evidence waits to be checked."),
    Gap.TIED: Text("Applicants are equal, and the draw has not been held yet."),
    Gap.SOLD: Text("A parcel of this call belongs to somebody else by now. Please look at the call."),
}
_PAGES = {
    Gap.NO_RUN: "ranking",
    Gap.STALE: "ranking",
    Gap.POINTS_OPEN: "points",
    Gap.POINTS_UNCONFIRMED: "points",
    Gap.NOT_ASKED: "evidence",
    Gap.WAITS_FOR_EVIDENCE: "evidence",
    Gap.EVIDENCE_UNJUDGED: "evidence",
    Gap.TIED: "ranking",
    Gap.SOLD: "overview",
}


@dataclass(frozen=True, slots=True)
class Facts:
    """What is looked at."""

    has_run: bool
    is_stale: bool
    points_open: int
    points_unconfirmed: int
    to_ask: int
    evidence_open: int
    evidence_unjudged: int
    tied_first: bool
    sold: int


def gaps(facts: Facts) -> tuple[Gap, ...]:
    """Everything that is missing, in the order of the work."""
    if not facts.has_run:
        return (Gap.SOLD, Gap.NO_RUN) if facts.sold else (Gap.NO_RUN,)
    checks: Sequence[tuple[bool, Gap]] = (
        (facts.sold > 0, Gap.SOLD),
        (facts.is_stale, Gap.STALE),
        (facts.points_open > 0, Gap.POINTS_OPEN),
        (facts.points_unconfirmed > 0, Gap.POINTS_UNCONFIRMED),
        (facts.to_ask > 0, Gap.NOT_ASKED),
        (facts.evidence_open > 0, Gap.WAITS_FOR_EVIDENCE),
        (facts.evidence_unjudged > 0, Gap.EVIDENCE_UNJUDGED),
        (facts.tied_first, Gap.TIED),
    )
    return tuple(gap for holds, gap in checks if holds)
