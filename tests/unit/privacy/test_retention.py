from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from succession.marks import OnExpiry, Retention
from succession.privacy.register import REGISTER
from succession.privacy.retention import TOLD_BEFORE, Step, goes_at, rules, step

BEGAN = datetime(2026, 1, 1, tzinfo=UTC)
YEAR = timedelta(days=365)
SILENT = Retention("at", YEAR)
TOLD = Retention("at", YEAR, warns=True, whom=1)
DAYS = st.integers(0, 900).map(timedelta)


def test_what_has_had_its_time_goes_on_the_day_and_not_before():
    assert step(SILENT, BEGAN, None, BEGAN + YEAR - timedelta(seconds=1)) is Step.KEEP
    assert step(SILENT, BEGAN, None, BEGAN + YEAR) is Step.GO


def test_the_owner_is_told_two_weeks_before():
    assert step(TOLD, BEGAN, None, BEGAN + YEAR - TOLD_BEFORE - timedelta(seconds=1)) is Step.KEEP
    assert step(TOLD, BEGAN, None, BEGAN + YEAR - TOLD_BEFORE) is Step.WARN
    assert step(TOLD, BEGAN, BEGAN + YEAR - TOLD_BEFORE, BEGAN + YEAR) is Step.GO


@given(age=DAYS, told_after=DAYS)
def test_nothing_that_warns_goes_sooner_than_two_weeks_after_the_warning(age, told_after):
    warned_at = BEGAN + told_after
    if step(TOLD, BEGAN, warned_at, BEGAN + age) is Step.GO:
        assert BEGAN + age >= warned_at + TOLD_BEFORE
        assert age >= YEAR
    assert step(TOLD, BEGAN, None, BEGAN + age) is not Step.GO


@given(age=DAYS)
def test_the_day_that_is_named_in_the_warning_is_the_day_it_goes(age):
    now = BEGAN + age
    day = goes_at(TOLD, BEGAN, now)
    assert step(TOLD, BEGAN, now, day) is Step.GO
    assert step(TOLD, BEGAN, now, day - timedelta(seconds=1)) is Step.KEEP


def test_accounts_go_last_because_they_take_everything_of_their_person_along():
    kinds = [rule.retention.on_expiry for rule in rules(REGISTER)]
    assert kinds == sorted(kinds, key=lambda kind: kind is OnExpiry.ERASE_PERSON)


def test_the_register_of_processing_states_a_period_for_each_kind_of_data():  # P4
    from succession.privacy.processing import lines

    assert [line.data_class.key for line in lines() if not line.data_class.keeping.msgid] == []
