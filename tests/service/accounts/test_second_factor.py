from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pyotp
import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts import queries, queries_second_factor, service_second_factor, service_second_step
from succession.accounts.actor import Actor, Role
from succession.accounts.models import AccountSession
from succession.accounts.models_second_factor import ListCode, Passkey, TotpSecret
from succession.accounts.passkeys import NewKey
from succession.accounts.second_factor import Way
from succession.accounts.service_second_step import Given, Tokens
from succession.accounts.tokens import hash_token, new_token
from succession.errors import Conflict, Forbidden, NotFound, Refused, TooMany
from succession.outbox.models import OutboxMail
from tests.factories.accounts import an_account
from tests.factories.second_factor import KEYS, SECRET, a_printed_list, a_session, an_app, recovery_codes

NOW = datetime(2026, 11, 2, 9, tzinfo=UTC)
STEP = timedelta(seconds=30)


@pytest.fixture
def person(session):
    return an_account(session, Role.ADVISOR)


def half_signed(session, account):
    """A token of somebody who has entered the right password."""
    token = new_token()
    session.add(AccountSession(account_id=account.id, token_hash=hash_token(token), created_at=NOW, last_seen_at=NOW))
    session.commit()
    return token


def pass_with(session, account, way, code, *, token=None, now=NOW):
    actor, whole = queries.actor_of(session, account.id), new_token()
    tokens = Tokens(token or half_signed(session, account), whole)
    service_second_step.pass_with_code(session, actor, tokens, Given(way, code), KEYS, now=now)
    session.commit()
    return whole


def signed_in(session, token, now=NOW):
    return queries.signed_in(session, hash_token(token), now=now)


def told(session):
    return [str(mail.values["happened"]) for mail in session.scalars(select(OutboxMail).order_by(OutboxMail.id))]


@pytest.mark.parametrize(("steps", "is_right"), [(-2, False), (-1, True), (0, True), (1, True), (2, False)])
def test_a_phone_may_be_wrong_by_one_step(session, person, steps, is_right):  # S9
    code = an_app(session, person).at(NOW + steps * STEP)
    if not is_right:
        with pytest.raises(Refused):
            pass_with(session, person, Way.APP, code)
        return
    assert not signed_in(session, pass_with(session, person, Way.APP, code)).is_half


def test_a_code_of_the_app_counts_once_and_so_does_every_earlier_one(session, person):  # S9
    app = an_app(session, person)
    pass_with(session, person, Way.APP, app.at(NOW))
    for steps in (0, -1):
        with pytest.raises(Refused):
            pass_with(session, person, Way.APP, app.at(NOW + steps * STEP))
    pass_with(session, person, Way.APP, app.at(NOW + STEP))


def test_the_secret_is_not_in_the_database(session, person):
    an_app(session, person)
    assert SECRET.encode() not in session.get_one(TotpSecret, person.id).sealed_secret


def test_without_the_second_step_a_session_is_half_and_dies_after_ten_minutes(session, person):
    an_app(session, person)
    token = half_signed(session, person)
    assert signed_in(session, token).is_half
    assert signed_in(session, token, NOW + timedelta(minutes=9)).is_half
    assert signed_in(session, token, NOW + timedelta(minutes=10)) is None


def test_the_token_from_before_the_second_step_is_dead_after_it(session, person):
    token = half_signed(session, person)
    whole = pass_with(session, person, Way.APP, an_app(session, person).at(NOW), token=token)
    assert signed_in(session, token) is None
    found = signed_in(session, whole)
    assert not found.is_half
    assert found.actor.roles == {Role.ADVISOR}


def test_a_role_that_needs_a_second_step_does_not_count_without_one(session, person):
    found = signed_in(session, half_signed(session, person))
    assert not found.is_half
    assert found.actor.lacks_second_factor
    assert found.actor.roles == frozenset()
    assert found.actor.withheld == {Role.ADVISOR}


def test_demo_accounts_may_do_without_where_the_installation_says_so(session):
    token = half_signed(session, an_account(session, Role.ADVISOR, is_demo=True))
    spared = queries.signed_in(session, hash_token(token), now=NOW, spares_demo=True)
    assert spared.actor.roles == {Role.ADVISOR}
    assert signed_in(session, token).actor.roles == frozenset()


def test_a_printed_list_is_asked_for_in_order_and_each_code_counts_once(session, person):
    codes = a_printed_list(session, person, NOW)
    own = queries_second_factor.own_factors(session, person.id)
    assert (own.next_number, own.printed_left) == (2, 49)
    with pytest.raises(Refused):
        pass_with(session, person, Way.PRINTED, codes[2])  # number 3, while 2 is asked for
    pass_with(session, person, Way.PRINTED, f"{codes[1][:4]} {codes[1][4:]}")
    with pytest.raises(Refused):
        pass_with(session, person, Way.PRINTED, codes[1])
    pass_with(session, person, Way.PRINTED, codes[2])


def test_a_new_list_ends_the_old_one_once_its_first_code_was_entered(session, person):
    old = a_printed_list(session, person, NOW)
    actor, token_hash = queries.actor_of(session, person.id), a_session(session, person, NOW)
    new = service_second_factor.draft_list(session, actor, KEYS, now=NOW)
    pass_with(session, person, Way.PRINTED, old[1])
    with pytest.raises(Refused):
        service_second_factor.confirm_list(session, actor, token_hash, KEYS, new[1], now=NOW)
    service_second_factor.confirm_list(session, actor, token_hash, KEYS, new[0], now=NOW)
    with pytest.raises(Refused):
        pass_with(session, person, Way.PRINTED, old[2])
    pass_with(session, person, Way.PRINTED, new[1])


def test_a_used_up_list_does_not_open_the_door(session, person):
    a_printed_list(session, person, NOW)
    session.query(ListCode).update({"used_at": NOW})
    session.commit()
    token = half_signed(session, person)
    assert signed_in(session, token).is_half
    with pytest.raises(Refused):
        pass_with(session, person, Way.PRINTED, "00000000", token=token)


def test_codes_are_kept_as_hashes_that_fit_one_person_and_one_number(session, person):
    codes = a_printed_list(session, person, NOW)
    other = an_account(session, Role.ADVISOR)
    a_printed_list(session, other, NOW)
    stored = session.scalars(select(ListCode.code_hash)).all()
    assert not {code.encode() for code in codes} & set(stored)
    with pytest.raises(Refused):
        pass_with(session, other, Way.PRINTED, codes[1])


def test_an_emergency_code_counts_once_and_its_owner_is_told(session, person):
    an_app(session, person)
    codes = recovery_codes(session, person, NOW)
    pass_with(session, person, Way.RECOVERY, codes[3].upper())
    assert any("emergency code" in one for one in told(session))
    with pytest.raises(Refused):
        pass_with(session, person, Way.RECOVERY, codes[3])
    newer = recovery_codes(session, person, NOW)
    with pytest.raises(Refused):
        pass_with(session, person, Way.RECOVERY, codes[4])
    pass_with(session, person, Way.RECOVERY, newer[4])


def test_emergency_codes_need_something_beside_which_they_help(session, person):
    with pytest.raises(Conflict):
        recovery_codes(session, person, NOW)


def test_setting_up_an_app_needs_its_first_code_and_sends_other_browsers_to_the_second_step(session, person):
    actor = queries.actor_of(session, person.id)
    here, elsewhere = a_session(session, person, NOW), a_session(session, person, NOW)
    service_second_factor.begin_app(session, actor, here, KEYS)
    secret = KEYS.open(queries_second_factor.pending_secret(session, here))
    with pytest.raises(Refused):
        service_second_factor.confirm_app(session, actor, here, KEYS, "000000", now=NOW)
    code = pyotp.TOTP(secret).at(NOW)
    with pytest.raises(Conflict):
        service_second_factor.confirm_app(session, actor, elsewhere, KEYS, code, now=NOW)
    service_second_factor.confirm_app(session, actor, here, KEYS, code, now=NOW)
    session.commit()
    assert queries.signed_in(session, here, now=NOW).actor.roles == {Role.ADVISOR}
    assert queries.signed_in(session, elsewhere, now=NOW).is_half
    with pytest.raises(Refused):  # the code that set it up is used
        pass_with(session, person, Way.APP, code)


def test_removing_the_last_one_takes_the_emergency_codes_along_and_closes_the_role(session, person):
    an_app(session, person)
    recovery_codes(session, person, NOW)
    here = a_session(session, person, NOW, second_factor_at=NOW)
    actor = queries.actor_of(session, person.id)
    service_second_factor.remove(session, actor, Way.APP, now=NOW)
    session.commit()
    own = queries_second_factor.own_factors(session, person.id)
    assert (own.has_any, own.recovery_left) == (False, 0)
    assert queries.signed_in(session, here, now=NOW).actor.lacks_second_factor
    assert "A second step for signing in was removed" in told(session)[-1]
    assert "password alone" in str(session.scalars(select(OutboxMail).order_by(OutboxMail.id.desc())).first().values)
    with pytest.raises(NotFound):
        service_second_factor.remove(session, actor, Way.APP, now=NOW)


def test_a_passkey_of_somebody_else_cannot_be_removed(session, person):
    other = an_account(session, Role.ADVISOR)
    key = Passkey(account_id=other.id, credential_id=b"1", public_key=b"2", sign_count=0, label="x", created_at=NOW)
    session.add(key)
    session.commit()
    with pytest.raises(NotFound):
        service_second_factor.remove(session, queries.actor_of(session, person.id), Way.PASSKEY, key.public_id, now=NOW)


def test_a_device_is_set_up_once(session, person):
    actor, here = queries.actor_of(session, person.id), a_session(session, person, NOW)
    service_second_factor.add_passkey(session, actor, here, NewKey(b"id", b"key", 0), "Mein Handy", now=NOW)
    other = queries.actor_of(session, an_account(session).id)
    there = a_session(session, session.get(type(person), other.account_id), NOW)
    with pytest.raises(Conflict):
        service_second_factor.add_passkey(session, other, there, NewKey(b"id", b"key", 0), "Meins", now=NOW)


def test_a_question_to_a_device_is_answered_once_and_within_five_minutes(session, person):
    actor, here = queries.actor_of(session, person.id), a_session(session, person, NOW)
    service_second_step.set_challenge(session, actor, here, b"question", now=NOW)
    assert service_second_step.take_challenge(session, actor, here, now=NOW) == b"question"
    assert service_second_step.take_challenge(session, actor, here, now=NOW) == b""
    service_second_step.set_challenge(session, actor, here, b"question", now=NOW)
    assert service_second_step.take_challenge(session, actor, here, now=NOW + timedelta(minutes=6)) == b""


def test_a_coordinator_helps_back_in_and_the_person_is_signed_out_and_told(session, person):  # S23
    an_app(session, person)
    here = a_session(session, person, NOW, second_factor_at=NOW)
    for role in (Role.SEEKER, Role.ADVISOR):
        stranger = queries.actor_of(session, an_account(session, role).id)
        with pytest.raises(Forbidden):
            service_second_factor.reset(session, stranger, person, identified="id", now=NOW)
    helper = queries.actor_of(session, an_account(session, Role.COORDINATOR).id)
    service_second_factor.reset(session, helper, person, identified="id", now=NOW)
    session.commit()
    assert queries.signed_in(session, here, now=NOW) is None
    assert not queries_second_factor.own_factors(session, person.id).has_any
    assert "somebody asked us to" in told(session)[-1]


def test_nobody_resets_their_own_second_step(session):
    account = an_account(session, Role.COORDINATOR)
    with pytest.raises(Forbidden):
        service_second_factor.reset(session, queries.actor_of(session, account.id), account, identified="id", now=NOW)


def test_guessing_is_braked_and_the_person_is_told_once(session, person):  # S9
    actor = queries.actor_of(session, person.id)
    for _ in range(5):
        service_second_step.reserve_try(session, actor, now=NOW)
    assert told(session) == []
    service_second_step.reserve_try(session, actor, now=NOW + timedelta(minutes=1))
    with pytest.raises(TooMany):
        service_second_step.reserve_try(session, actor, now=NOW + timedelta(minutes=1))
    assert len(told(session)) == 1


def test_the_same_code_at_the_same_time_lets_one_browser_in(database):  # S9
    with Session(database.engine, expire_on_commit=False) as session:
        account = an_account(session, Role.ADVISOR)
        app_code = an_app(session, account).at(NOW)
        printed = a_printed_list(session, account, NOW)
        emergency = recovery_codes(session, account, NOW)

    def attempt(way, code):
        def act(_):
            with Session(database.engine, expire_on_commit=False) as session:
                try:
                    pass_with(session, account, way, code)
                except Refused:
                    return False
            return True

        with ThreadPoolExecutor(8) as pool:
            return sum(pool.map(act, range(8)))

    assert attempt(Way.APP, app_code) == 1
    assert attempt(Way.PRINTED, printed[1]) == 1
    assert attempt(Way.RECOVERY, emergency[0]) == 1
    with Session(database.engine) as session:
        count = select(func.count()).select_from(AccountSession).where(AccountSession.second_factor_at.is_not(None))
        assert session.scalar(count) == 4  # three, and the one in which the list was set up


def test_a_second_step_is_ones_own_business(session, person):
    stranger = queries.actor_of(session, an_account(session).id)
    with pytest.raises(Forbidden):
        queries_second_factor.details(session, stranger, person.id)
    with pytest.raises(Forbidden):
        service_second_factor.draft_list(session, Actor.visitor(), KEYS, now=NOW)
