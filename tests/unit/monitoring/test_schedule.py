from datetime import date

import pytest

from succession.monitoring.schedule import Standing, due_days, standing
from succession.principles.promises import Promise

WORDS = {"de": "x", "en": "x"}
BEGIN, END = date(2030, 10, 31), date(2042, 10, 30)


def promise(**values):
    return Promise("hedge", WORDS, WORDS, WORDS, **{"first_due_months": 4, **values})


def test_a_single_promise_has_one_day_and_a_month_without_that_day_ends_earlier():
    assert due_days(promise(), BEGIN, END) == (date(2031, 2, 28),)


def test_a_repeated_one_goes_on_until_the_contract_ends():
    days = due_days(promise(first_due_months=12, every_months=12), BEGIN, END)
    assert days[0] == date(2031, 10, 31)
    assert len(days) == 11
    assert days[-1] <= END


def test_a_number_of_times_is_kept_to():
    assert len(due_days(promise(every_months=12, times=3), BEGIN, END)) == 3


def test_what_would_fall_after_the_end_has_no_day():
    assert due_days(promise(first_due_months=200), BEGIN, END) == ()


def test_without_an_end_a_promise_is_looked_at_once_or_as_often_as_it_says():
    assert len(due_days(promise(every_months=12), BEGIN, None)) == 1
    assert len(due_days(promise(every_months=12, times=5), BEGIN, None)) == 5


def test_nobody_is_asked_more_than_sixty_times():
    assert len(due_days(promise(every_months=1, times=900), BEGIN, None)) == 60


@pytest.mark.parametrize(
    ("today", "is_found", "ended_on", "stands"),
    [
        (date(2031, 1, 1), False, None, Standing.LATER),
        (date(2031, 3, 2), False, None, Standing.SOON),
        (date(2031, 4, 1), False, None, Standing.DUE),
        (date(2031, 4, 15), False, None, Standing.DUE),
        (date(2031, 4, 16), False, None, Standing.OVERDUE),
        (date(2031, 4, 16), True, None, Standing.FOUND),
        (date(2031, 4, 16), False, date(2031, 3, 31), Standing.DROPPED),
        (date(2031, 4, 16), False, date(2031, 4, 1), Standing.OVERDUE),
    ],
)
def test_how_a_check_stands(today, is_found, ended_on, stands):
    assert standing(date(2031, 4, 1), today, is_found=is_found, ended_on=ended_on) is stands
