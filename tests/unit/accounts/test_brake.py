from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.accounts.brake import (
    LONGEST_WAIT,
    Count,
    Tries,
    after_success,
    after_try,
    blocked_until,
    count_keys,
    wait_after,
)

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)


def after_failures(count, number, *, apart=timedelta(seconds=1), known=None):
    known, moment = known or Tries(), NOW
    for _ in range(number):
        known = after_try(count, known, moment)
        moment += apart
    return known


def test_the_first_tries_are_free_then_the_wait_doubles():
    waits = [wait_after(Count.PAIR, failures).total_seconds() for failures in range(1, 9)]
    assert waits == [0, 0, 0, 0, 2, 4, 8, 16]


@given(st.sampled_from(Count), st.integers(0, 10_000))
def test_a_wait_never_shrinks_with_more_failures_and_has_an_end(count, failures):
    assert wait_after(count, failures) <= wait_after(count, failures + 1) <= LONGEST_WAIT


def test_a_stranger_elsewhere_cannot_make_a_person_wait_who_has_signed_in_from_here():  # S6
    everywhere = after_failures(Count.ACCOUNT, 500)
    known_here = after_success(Count.PAIR, Tries(), NOW)
    tries = {Count.PAIR: known_here, Count.ADDRESS: Tries(), Count.ACCOUNT: everywhere}
    assert blocked_until(tries, NOW) is None
    assert blocked_until({**tries, Count.PAIR: Tries()}, NOW) is not None


def test_after_a_day_all_is_forgotten():
    known = after_failures(Count.PAIR, 12)
    assert after_try(Count.PAIR, known, NOW + timedelta(hours=30)).failures == 1


def test_the_right_password_clears_the_pair_but_gives_an_address_back_one_try_only():
    assert after_success(Count.PAIR, after_failures(Count.PAIR, 9), NOW).failures == 0
    assert after_success(Count.ADDRESS, after_failures(Count.ADDRESS, 9), NOW).failures == 8


def test_a_key_tells_neither_address_nor_account():
    keys = count_keys("Someone@Example.org ", "192.0.2.1")
    assert keys == count_keys("someone@example.org", "192.0.2.1")
    assert len(set(keys.values())) == 3
    assert all(b"example" not in key and len(key) == 32 for key in keys.values())


@pytest.mark.parametrize(("email", "address"), [("a@b.c", "192.0.2.2"), ("x@b.c", "192.0.2.1")])
def test_other_people_and_other_addresses_have_other_keys(email, address):
    assert count_keys(email, address)[Count.PAIR] != count_keys("a@b.c", "192.0.2.1")[Count.PAIR]


def test_all_addresses_of_one_home_count_as_one():
    def keys(address):
        return count_keys("a@b.c", address)

    assert keys("2001:db8:1:2::5") == keys("2001:db8:1:2:ffff::9")
    assert keys("2001:db8:1:2::5") != keys("2001:db8:1:3::5")
    assert keys("::ffff:192.0.2.1") == keys("192.0.2.1")
    assert keys("no address")
