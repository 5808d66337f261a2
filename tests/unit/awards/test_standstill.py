from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.awards.approvals import answer_by, months_after, notify_by
from succession.awards.standstill import day_of, span
from succession.i18n import PLACE_OF_TIMES


def test_fourteen_days_after_dispatch_the_last_day_still_counts_to_its_end():
    found = span(date(2026, 12, 3), 14)
    assert found.last_day == date(2026, 12, 17)
    assert found.ends_at == datetime(2026, 12, 18, 0, 0, tzinfo=PLACE_OF_TIMES)
    assert not found.is_over(datetime(2026, 12, 17, 22, 59, 59, tzinfo=UTC))
    assert found.is_over(datetime(2026, 12, 17, 23, 0, tzinfo=UTC))


@pytest.mark.parametrize(
    ("dispatched_on", "ends_utc"),
    [
        (date(2027, 3, 20), datetime(2027, 4, 3, 22, 0, tzinfo=UTC)),  # over the night in which an hour is missing
        (date(2027, 10, 20), datetime(2027, 11, 3, 23, 0, tzinfo=UTC)),  # over the night with an hour twice
        (date(2028, 2, 20), datetime(2028, 3, 5, 23, 0, tzinfo=UTC)),  # over a leap day
        (date(2027, 10, 16), datetime(2027, 10, 30, 22, 0, tzinfo=UTC)),  # ends the evening before the clocks change
        (date(2027, 10, 17), datetime(2027, 10, 31, 23, 0, tzinfo=UTC)),  # ends on the long day itself
    ],
)
def test_the_end_is_midnight_in_berlin_whatever_the_clocks_do(dispatched_on, ends_utc):
    assert span(dispatched_on, 14).ends_at.astimezone(UTC) == ends_utc


@given(st.dates(date(2025, 1, 1), date(2060, 1, 1)), st.integers(1, 90))
def test_whoever_is_in_time_by_the_day_is_in_time_by_the_clock(dispatched_on, days):
    found = span(dispatched_on, days)
    assert day_of(found.ends_at - timedelta(microseconds=1)) == found.last_day
    assert day_of(found.ends_at) == found.last_day + timedelta(days=1)
    assert (found.last_day - dispatched_on).days == days


def test_days_left_count_today_and_end_at_nothing():
    found = span(date(2026, 12, 3), 14)
    noon = datetime(2026, 12, 17, 12, 0, tzinfo=PLACE_OF_TIMES)
    assert found.days_left(noon) == 1
    assert found.days_left(noon + timedelta(days=1)) == 0
    assert found.days_left(noon - timedelta(days=14)) == 15


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_wartefrist_of_no_days_is_refused(days):
    with pytest.raises(ValueError, match="Wartefrist"):
        span(date(2026, 12, 3), days)


def test_months_end_where_the_calendar_does():
    assert months_after(date(2027, 1, 31), 1) == date(2027, 2, 28)
    assert months_after(date(2028, 1, 31), 1) == date(2028, 2, 29)
    assert notify_by(date(2026, 12, 31)) == date(2027, 1, 31)
    assert answer_by(date(2027, 1, 15)) == date(2027, 2, 15)
    assert answer_by(date(2027, 1, 15), interim_notice=True) == date(2027, 3, 15)
    assert answer_by(date(2027, 1, 15), third_party=True) == date(2027, 4, 15)
