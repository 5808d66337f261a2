"""The days that leases ask for, as an iCalendar file: when to prepare a call, and when notice is due. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta

LONGEST_LINE = 73


@dataclass(frozen=True, slots=True)
class Entry:
    """One day in the calendar; `uid` stays the same when it is made again."""

    uid: str
    day: date
    title: str
    words: str = ""


def calendar(entries: Iterable[Entry], *, name: str, now: datetime) -> bytes:
    """The whole file (RFC 5545)."""
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    lines = ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Succession//Leases//DE", f"X-WR-CALNAME:{_text(name)}"]
    for entry in entries:
        lines += [
            "BEGIN:VEVENT",
            f"UID:{entry.uid}",
            f"DTSTAMP:{stamp}",
            f"DTSTART;VALUE=DATE:{entry.day:%Y%m%d}",
            f"DTEND;VALUE=DATE:{entry.day + timedelta(days=1):%Y%m%d}",
            f"SUMMARY:{_text(entry.title)}",
            *([f"DESCRIPTION:{_text(entry.words)}"] if entry.words else []),
            "TRANSP:TRANSPARENT",
            "END:VEVENT",
        ]
    return "".join(f"{part}\r\n" for line in [*lines, "END:VCALENDAR"] for part in _folded(line)).encode("utf-8")


def _text(words: str) -> str:
    """A text in which nothing is a separator."""
    kept = "".join(sign for sign in words if sign == "\n" or ord(sign) >= ord(" "))
    for sign, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        kept = kept.replace(sign, escaped)
    return kept


def _folded(line: str) -> list[str]:
    """Lines of at most 75 bytes; those that go on begin with a blank."""
    parts, current = [], ""
    for sign in line:
        if len((current + sign).encode("utf-8")) > LONGEST_LINE:
            parts.append(current)
            current = " "
        current += sign
    return [*parts, current]
