"""Links in mails that work once: how long each is good, and what is said when it is not. Pure."""

from datetime import datetime, timedelta
from enum import StrEnum

from succession.errors import SuccessionError
from succession.i18n import Text

CONFIRM_LIMIT = timedelta(hours=48)
PASSWORD_LIMIT = timedelta(hours=1)
EMAIL_LIMIT = timedelta(hours=48)
UNDO_LIMIT = timedelta(days=7)
INVITATION_LIMIT = timedelta(days=14)


class LinkState(StrEnum):
    """What became of a link."""

    GOOD = "good"
    USED = "used"
    EXPIRED = "expired"
    UNKNOWN = "unknown"


class DeadLink(SuccessionError):
    """The link cannot be used; the page says what to do instead."""

    status = 410

    def __init__(self, state: LinkState) -> None:
        super().__init__(_SENTENCES[state])
        self.state = state


_SENTENCES = {
    LinkState.GOOD: Text("This link works."),
    LinkState.USED: Text("This link has been used already."),
    LinkState.EXPIRED: Text("This link is too old."),
    LinkState.UNKNOWN: Text("We do not know this link."),
}


def state_of(*, expires_at: datetime, ended_at: datetime | None, now: datetime) -> LinkState:
    """Whether a link that exists may still be used."""
    if ended_at is not None:
        return LinkState.USED
    return LinkState.GOOD if now < expires_at else LinkState.EXPIRED
