"""Reports of something that should not be here: reasons, decisions, and what follows. Pure."""

import secrets
from datetime import timedelta
from enum import StrEnum

from succession.accounts.limits import HOUR, Limit
from succession.i18n import Text

LONGEST_REPORT = 4000
LONGEST_STATEMENT = 4000
SHORTEST_STATEMENT = 20
SIGNS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
TIME_TO_COMPLAIN = timedelta(days=183)  # Art. 20(1) DSA: at least six months
REPORTS_OF_A_NETWORK = Limit("reports of a network", 6, HOUR)
REPORTS_OF_ALL = Limit("reports of all", 120, HOUR)


class Reason(StrEnum):
    """Why somebody reports something."""

    PERSONAL = "personal"
    FALSE = "false"
    OFFENSIVE = "offensive"
    UNLAWFUL = "unlawful"
    BELONGS_TO_OTHERS = "belongs_to_others"
    BARRIER = "barrier"
    OTHER = "other"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _REASONS[self]


_REASONS = {
    Reason.PERSONAL: Text("It gives something away about a person"),
    Reason.FALSE: Text("It is false, or meant to deceive"),
    Reason.OFFENSIVE: Text("It insults or threatens people"),
    Reason.UNLAWFUL: Text("It breaks another law"),
    Reason.BELONGS_TO_OTHERS: Text("A picture or a text belongs to somebody else"),
    Reason.BARRIER: Text("I cannot use the page, there is a barrier"),
    Reason.OTHER: Text("Something else"),
}


class AboutKind(StrEnum):
    """What kind of thing is reported."""

    LISTING = "listing"
    PAGE = "page"


class Decision(StrEnum):
    """What was decided about the thing."""

    KEEP = "keep"
    HIDE = "hide"
    REMOVE = "remove"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _DECISIONS[self]

    @property
    def explanation(self) -> Text:
        """What will be true afterwards."""
        return _EXPLANATIONS[self]


_DECISIONS = {
    Decision.KEEP: Text("It stays"),
    Decision.HIDE: Text("It is hidden until it has been changed"),
    Decision.REMOVE: Text("It is removed for good"),
}
_EXPLANATIONS = {
    Decision.KEEP: Text("Nothing changes on the page."),
    Decision.HIDE: Text("Nobody else sees it any more. Its owner can change it and publish it again."),
    Decision.REMOVE: Text("Nobody else sees it any more, and it cannot be published again."),
}


class Ground(StrEnum):
    """On what a decision rests (Art. 17(3)(d) and (e) DSA)."""

    NOTHING_WRONG = "nothing_wrong"
    LAW = "law"
    TERMS = "terms"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _GROUNDS[self]


_GROUNDS = {
    Ground.NOTHING_WRONG: Text("We found neither a breach of the law nor of our terms of use."),
    Ground.LAW: Text("It breaks the law."),
    Ground.TERMS: Text("It breaks our terms of use."),
}


class Side(StrEnum):
    """Who may complain about a decision."""

    REPORTER = "reporter"
    OWNER = "owner"


def fits(decision: Decision, ground: Ground) -> bool:
    """Whether the ground can carry the decision: what stays breaks nothing, what goes breaks something."""
    return (decision is Decision.KEEP) == (ground is Ground.NOTHING_WRONG)


def new_reference() -> str:
    """A number to name on the phone: eight signs that cannot be mixed up."""
    signs = "".join(secrets.choice(SIGNS) for _ in range(8))
    return f"M-{signs[:4]}-{signs[4:]}"
