from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.accounts import second_factor
from succession.accounts.actor import Actor, Role
from succession.accounts.duties import Duty, Grant, MembershipRole, of_member
from succession.accounts.sealing import Keys
from succession.accounts.second_factor import Own, Way

NOW = datetime(2026, 11, 2, 9, 0, 10, tzinfo=UTC)
SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
STEP = timedelta(seconds=30)


def a_person(*roles, grants=frozenset()):
    return Actor(account_id=1, roles=frozenset(roles), grants=frozenset(grants))


@pytest.mark.parametrize("role", Role)
def test_advisors_coordinators_and_operators_need_a_second_step_and_others_do_not(role):  # S9
    needs = role in {Role.ADVISOR, Role.COORDINATOR, Role.OPERATOR}
    assert second_factor.needs_second_factor(a_person(role)) is needs
    bare = second_factor.without_second_factor(a_person(role))
    assert (role in bare.roles) is not needs
    assert bare.lacks_second_factor is needs
    assert bare.withheld == ({role} if needs else frozenset())


@pytest.mark.parametrize("role", MembershipRole)
def test_clerks_checkers_and_administrators_may_only_read_without_it(role):  # S9
    bare = second_factor.without_second_factor(a_person(grants=of_member(7, role)))
    assert {grant.duty for grant in bare.grants} <= {Duty.READ, Duty.BELONG}
    assert bare.organisation_ids == {7}
    assert bare.lacks_second_factor is (role is not MembershipRole.READER)


def test_who_holds_two_roles_keeps_the_one_that_needs_nothing():
    bare = second_factor.without_second_factor(a_person(Role.ADVISOR, Role.SEEKER, grants={Grant(1, Duty.CALL)}))
    assert bare.roles == {Role.SEEKER}
    assert bare.grants == frozenset()


@pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_clock_may_be_wrong_by_one_step_and_not_by_two(steps, is_right):
    code = pyotp.TOTP(SECRET).at(NOW + steps * STEP)
    step = second_factor.totp_step(SECRET, code, NOW)
    assert step == (int(NOW.timestamp()) // 30 + steps if is_right else None)


def test_a_code_may_be_typed_with_a_gap():
    code = pyotp.TOTP(SECRET).at(NOW)
    assert second_factor.totp_step(SECRET, f" {code[:3]} {code[3:]} ", NOW) is not None


@given(st.text(max_size=40))
def test_nonsense_is_no_code_and_no_fault(code):
    if second_factor.normal(code) not in {pyotp.TOTP(SECRET).at(NOW + n * STEP) for n in (-1, 0, 1)}:
        assert second_factor.totp_step(SECRET, code, NOW) is None


def test_lists_hold_as_many_different_codes_as_they_say_and_none_that_is_hard_to_read():
    printed, recovery = second_factor.new_printed_codes(), second_factor.new_recovery_codes()
    assert (len(printed), len(recovery)) == (50, 10)
    assert len(set(recovery)) == 10
    assert all(len(code) == 8 and code.isdigit() for code in printed)
    assert not set("".join(recovery)) & set("il1o0")


def test_emergency_codes_alone_are_no_second_step_and_a_used_up_list_still_is():
    assert not Own(recovery_left=10).has_any
    used_up = Own(has_printed=True, printed_left=0)
    assert used_up.has_any
    assert used_up.ways == ()


def test_the_easiest_way_is_asked_for_first():
    own = Own(has_app=True, passkeys=1, has_printed=True, printed_left=3, recovery_left=1)
    assert own.ways == (Way.PASSKEY, Way.APP, Way.PRINTED, Way.RECOVERY)


def test_a_password_is_fresh_for_ten_minutes():
    assert second_factor.is_fresh(NOW, NOW + timedelta(minutes=9, seconds=59))
    assert not second_factor.is_fresh(NOW, NOW + timedelta(minutes=10))
    assert not second_factor.is_fresh(None, NOW)


def test_what_is_sealed_is_read_with_the_same_key_only():
    keys, others = Keys("a" * 40), Keys("b" * 40)
    sealed = keys.seal(SECRET)
    assert SECRET.encode() not in sealed
    assert keys.open(sealed) == SECRET
    assert others.open(sealed) is None
    assert keys.hash("printed", "1") != others.hash("printed", "1")
    assert keys.hash("a", "bc") != keys.hash("ab", "c")
