"""Mails about one's own data; subjects are neutral, because other eyes may read a mailbox. Pure."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime

from succession.i18n import Text
from succession.marks import DataClass
from succession.outbox.personal_data import LAST_MAIL
from succession.outbox.values import Mail
from succession.privacy.erasing import Share


def erased(shares: Iterable[Share], *, erased_at: datetime) -> Mail:
    """What was deleted, what stays, why and until when. The last mail that somebody gets."""
    listed = list(shares)
    return Mail(
        LAST_MAIL,
        {
            "erased_at": erased_at,
            "gone": [share.data_class.title for share in listed if share.goes or share.loses_name],
            "stays": [
                Text("%(title)s. %(reason)s %(until)s", _why(share.data_class, share.hold.reason, share.hold.until))
                for share in listed
                if share.stays and share.hold is not None
            ],
        },
    )


def going_soon(lines: Sequence[tuple[DataClass, int, date]]) -> Mail:
    """What will be deleted because its time is over, and how to keep it."""
    return Mail(
        "privacy/going_soon",
        {
            "lines": [
                Text(
                    "%(title)s: %(number)s, on %(day)s",
                    {"title": data_class.title, "number": number, "day": day},
                )
                for data_class, number, day in lines
            ],
            "path": "/my-data",
        },
    )


def archive_offer(archive_name: str, organisation_name: str, lines: Sequence[str]) -> Mail:
    """The list of files that a public body offers to its archive."""
    return Mail(
        "privacy/archive_offer",
        {"archive": archive_name, "organisation": organisation_name, "lines": list(lines), "number": len(lines)},
    )


def _why(data_class: DataClass, reason: Text, until: Text) -> dict[str, Text]:
    return {"title": data_class.title, "reason": reason, "until": until}
