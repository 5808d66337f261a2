from datetime import UTC, date, datetime, time, timedelta

import pytest

from succession.calls import dates
from succession.calls.gap import Priced, gaps, total
from succession.calls.states import RUNNING, STEPS, CallState, may_follow
from succession.errors import Refused

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)


def test_a_moment_is_that_of_clocks_in_the_region():
    assert dates.moment(date(2026, 7, 1), time(12, 0)) == datetime(2026, 7, 1, 10, 0, tzinfo=UTC)
    assert dates.moment(date(2026, 12, 1), time(12, 0, 59)) == datetime(2026, 12, 1, 11, 0, tzinfo=UTC)


@pytest.mark.parametrize("day", [date(2027, 3, 28), date(2027, 10, 31)])
def test_times_that_no_clock_shows_or_two_do_are_refused(day):
    with pytest.raises(Refused):
        dates.moment(day, time(2, 0))
    dates.moment(day, time(3, 0))


def test_dates_that_make_no_sense_say_why():
    day = timedelta(days=1)
    assert dates.wrong_dates(NOW + day, NOW + 15 * day, now=NOW) is None
    for opens, closes in ((None, NOW), (NOW + 2 * day, NOW + day), (NOW, NOW + 20 * day), (NOW + day, NOW + 14 * day)):
        assert dates.wrong_dates(opens, closes, now=NOW) is not None
    assert dates.wrong_draw(date(2026, 11, 22), NOW) is not None
    assert dates.wrong_draw(date(2026, 11, 23), NOW) is None
    assert dates.wrong_new_deadline(NOW, NOW + 14 * day, now=NOW) is None
    assert dates.wrong_new_deadline(NOW + 30 * day, NOW + 29 * day, now=NOW) is not None


def test_the_gap_counts_a_year_the_term_and_three_years():
    (one,) = gaps(
        [Priced(1, 40_000, 60_000), Priced(2, 60_000, 60_000), Priced(3, None, 1)], years=12, is_paid_yearly=True
    )
    assert (one.number, one.per_year, one.over_term, one.in_three_years) == (1, 20_000, 240_000, 60_000)
    assert not one.is_above_de_minimis
    (big,) = gaps([Priced(1, 0, 1_700_000)], years=2, is_paid_yearly=True)
    assert big.in_three_years == 3_400_000
    (sold,) = gaps([Priced(1, 1_000_000, 6_100_000)], years=None, is_paid_yearly=False)
    assert sold.is_above_de_minimis
    assert total([one, big]).per_year == 1_720_000
    assert total([]) is None


def test_nothing_leads_out_of_the_end_and_every_running_state_can_be_cancelled():
    assert STEPS[CallState.MONITORED] == STEPS[CallState.CANCELLED] == frozenset()
    assert all(may_follow(state, CallState.CANCELLED) for state in RUNNING)
    assert not may_follow(CallState.DRAFT, CallState.CANCELLED)
