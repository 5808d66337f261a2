"""Refusals that carry what a page needs to show. Pure."""

from datetime import datetime

from succession.applications.draft import Gap
from succession.errors import Conflict, Refused
from succession.i18n import PLACE_OF_TIMES, Text


class TooLate(Conflict):
    """The deadline is over, be it by a second; nothing of the draft is lost."""

    def __init__(self, arrived_at: datetime, closes_at: datetime) -> None:
        super().__init__(
            Text(
                "The deadline was %(deadline)s. This arrived at %(arrived)s by our clock, and that is too late. Your "
                "draft is still here, and you can read it.",
                {"deadline": _local(closes_at), "arrived": _local(arrived_at)},
            )
        )


class NotOpen(Conflict):
    """Nobody can apply: it has not begun, or the call was cancelled."""

    def __init__(self) -> None:
        super().__init__(Text("This call does not take applications at the moment."))


class Incomplete(Refused):
    """Something is missing that must be there."""

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        super().__init__(Text("Something is still missing. The list says where."))
        self.gaps = gaps


class TookTooLong(Conflict):
    """It arrived in time but could not be taken in time; better said than half done."""

    def __init__(self) -> None:
        super().__init__(Text("This took too long, and nothing was sent. Please try again."))


def _local(moment: datetime) -> str:
    """To the second, in the time of the place: a second decides here."""
    return f"{moment.astimezone(PLACE_OF_TIMES):%d.%m.%Y, %H:%M:%S}"
