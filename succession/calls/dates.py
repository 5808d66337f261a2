"""Dates of a call in the time of the region: what a clock shows, the exact minute, and what makes no sense. Pure."""

from datetime import UTC, date, datetime, time, timedelta

from succession.calls.limits import LEAST_DAYS_OPEN
from succession.errors import Refused
from succession.i18n import PLACE_OF_TIMES, Text, Value


def moment(day: date, clock: time) -> datetime:
    """The moment at which clocks in the region show this; refused where they never do, or do twice."""
    local = datetime.combine(day, clock.replace(second=0, microsecond=0))
    early = local.replace(tzinfo=PLACE_OF_TIMES, fold=0)
    late = local.replace(tzinfo=PLACE_OF_TIMES, fold=1)
    words: dict[str, Value] = {"day": day, "time": f"{clock:%H:%M}"}
    if early.astimezone(UTC).astimezone(PLACE_OF_TIMES).replace(tzinfo=None) != local:
        raise Refused(
            Text(
                "On %(day)s there is no %(time)s: the clocks are put forward that night. Please choose another time.",
                words,
            )
        )
    if early.utcoffset() != late.utcoffset():
        raise Refused(
            Text(
                "On %(day)s there is %(time)s twice: the clocks are put back that night. Please choose another time.",
                words,
            )
        )
    return early.astimezone(UTC)


def wrong_dates(opens_at: datetime | None, closes_at: datetime | None, *, now: datetime) -> Text | None:
    """What is wrong with opening and deadline, seen from now; None if they make sense."""
    if opens_at is None or closes_at is None:
        return Text("Say when the call opens and when it closes.")
    if closes_at <= opens_at:
        return Text("The call would close before it opens. Please check both dates.")
    if opens_at <= now:
        return Text("The opening lies in the past. Please choose a later time.")
    if closes_at - opens_at < timedelta(days=LEAST_DAYS_OPEN):
        return Text("A call is open for at least %(days)s days, so that everybody has a chance.", _LEAST)
    return None


def wrong_new_deadline(old: datetime, new: datetime, *, now: datetime) -> Text | None:
    """What is wrong with the deadline of a call that was changed while it was open; None if it will do."""
    if new < old:
        return Text("A change never makes the deadline earlier.")
    if new - now < timedelta(days=LEAST_DAYS_OPEN):
        return Text(
            "After a change there are at least %(days)s days left to apply. Please choose a later time.", _LEAST
        )
    return None


def wrong_draw(draw_on: date | None, closes_at: datetime | None) -> Text | None:
    """The public draw is held on a later day than the deadline, so that nobody knows it when the list is closed."""
    if draw_on is None or closes_at is None:
        return Text("Name the public draw and its day.")
    if draw_on <= closes_at.astimezone(PLACE_OF_TIMES).date():
        return Text("The public draw has to be held on a later day than the deadline.")
    return None


_LEAST = {"days": LEAST_DAYS_OPEN}
