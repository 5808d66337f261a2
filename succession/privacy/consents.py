"""What people may consent to, in which words, and how they may say so. Pure.

A consent is never needed for using the product, and nothing is consented to until a person says so.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from succession.i18n import Text


class ConsentPurpose(StrEnum):
    """What may be consented to."""

    OUTCOME_QUESTION = "outcome_question"


class ConsentWay(StrEnum):
    """How a consent was given or withdrawn."""

    PAGE = "page"
    PHONE = "phone"
    LETTER = "letter"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _WAYS[self]


_WAYS = {
    ConsentWay.PAGE: Text("on this page"),
    ConsentWay.PHONE: Text("by phone"),
    ConsentWay.LETTER: Text("by letter"),
}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words that somebody consents to. Whoever changes them changes the version too: old consents keep theirs."""

    version: str
    title: Text
    sentence: Text


WORDINGS = {
    ConsentPurpose.OUTCOME_QUESTION: Wording(
        "2026-11",
        Text("Ask me later how it went"),
        Text(
            "A year after a handover you may write to me once and ask how it went. My answer helps others; I need not "
            "give one."
        ),
    )
}


@dataclass(frozen=True, slots=True)
class ConsentState:
    """How one consent stands; `since` is the last act, None if there was none."""

    purpose: ConsentPurpose
    wording: Wording
    is_given: bool
    since: datetime | None
    way: ConsentWay | None
