from datetime import timedelta

import pytest

from succession.accounts import passwords, queries, service_email, service_recovery
from succession.accounts.actor import Actor, Role
from succession.accounts.links import DeadLink, LinkState
from succession.accounts.models import AccountSession
from succession.accounts.models_people import Purpose
from succession.accounts.service_recovery import NewPassword
from succession.accounts.tokens import hash_token
from succession.errors import Conflict, Refused
from tests.factories.accounts import PASSWORD, an_account
from tests.factories.mails import a_link, mails_to, read, templates_to, token_in

VISITOR = Actor.visitor()
NEW = NewPassword("sieben krumme äpfel", "Nachfolge Elbtal")
OLD, OTHER = "alt@example.org", "neu@example.org"


@pytest.fixture
def person(session):
    return an_account(session, Role.SEEKER, email=OLD, name="Käthe Muster")


@pytest.fixture
def actor(session, person):
    return queries.actor_of(session, person.id)


def signed_in(session, person, now, *tokens):
    for token in tokens:
        session.add(
            AccountSession(account_id=person.id, token_hash=hash_token(token), created_at=now, last_seen_at=now)
        )
    session.commit()


def alive(session, now, *tokens):
    return [token for token in tokens if queries.signed_in(session, hash_token(token), now=now) is not None]


def ask(session, now, email=OLD):
    service_recovery.ask_for_reset(session, VISITOR, email, a_link(), now=now)


def reset(session, now, mail=-1, new=NEW):
    token = token_in(mails_to(session, OLD)[mail])
    service_recovery.reset_password(session, VISITOR, token, new, now=now)
    session.commit()


def test_a_new_password_ends_every_session_and_the_person_is_told(session, person, now):  # S7, S10
    signed_in(session, person, now - timedelta(minutes=5), "phone", "laptop")
    ask(session, now)
    assert "/new-password/" in read(mails_to(session, OLD)[0])
    reset(session, now)
    assert passwords.is_password(NEW.text, person.password_hash)
    assert alive(session, now, "phone", "laptop") == []
    assert templates_to(session, OLD) == ["set_password", "password_changed"]


def test_a_link_to_a_new_password_works_once_within_an_hour(session, person, now):  # S10
    ask(session, now)
    with pytest.raises(DeadLink) as dead:
        reset(session, now + timedelta(hours=1))
    assert dead.value.state is LinkState.EXPIRED
    reset(session, now + timedelta(minutes=59))
    with pytest.raises(DeadLink) as dead:
        reset(session, now + timedelta(minutes=59), mail=0)
    assert dead.value.state is LinkState.USED


def test_using_one_link_ends_the_others_and_asking_again_does_not(session, person, now):
    ask(session, now)
    ask(session, now)
    reset(session, now, mail=0)
    with pytest.raises(DeadLink):
        reset(session, now, mail=1)


def test_unknown_blocked_and_impatient_addresses_get_nothing(session, person, now):  # S6
    an_account(session, email="zu@example.org", blocked_at=now)
    ask(session, now, "niemand@example.org")
    ask(session, now, "zu@example.org")
    for _ in range(5):
        ask(session, now)
    assert (mails_to(session, "niemand@example.org"), mails_to(session, "zu@example.org")) == ([], [])
    assert len(mails_to(session, OLD)) == 3


@pytest.mark.parametrize("text", [PASSWORD, "passwort1", "Käthe-Muster-1", "kurz"])
def test_the_rules_hold_here_too(session, person, now, text):  # S5
    ask(session, now)
    with pytest.raises(Refused):
        reset(session, now, new=NewPassword(text))


def test_a_link_of_one_kind_opens_no_other_door(session, person, now):
    ask(session, now)
    token = token_in(mails_to(session, OLD)[0])
    with pytest.raises(DeadLink):
        service_email.confirm_change(session, VISITOR, token, a_link(), now=now)
    with pytest.raises(DeadLink):
        service_email.undo_change(session, VISITOR, token, a_link(), now=now)


def test_changing_the_password_ends_all_other_sessions_and_the_copied_cookie(session, person, actor, now):  # S7
    signed_in(session, person, now - timedelta(minutes=5), "here", "elsewhere")
    service_recovery.change_password(session, actor, NEW, token="here", fresh_token="fresh", now=now)
    session.commit()
    assert alive(session, now, "here", "elsewhere", "fresh") == ["fresh"]


def change(session, actor, now, wanted=OTHER):
    service_email.ask_for_change(session, actor, wanted, a_link(), now=now)
    session.commit()


def test_a_new_address_counts_once_it_is_confirmed_and_the_former_is_told(session, person, actor, now):  # S9
    change(session, actor, now)
    assert person.email == OLD
    mail = mails_to(session, OTHER)[0]
    assert service_email.new_address(session, VISITOR, token_in(mail), Purpose.EMAIL, now=now) == OTHER
    service_email.confirm_change(session, VISITOR, token_in(mail), a_link(), now=now)
    assert person.email == OTHER
    notice = mails_to(session, OLD)[0]
    assert notice.template == "accounts/address_changed"
    assert OTHER not in read(notice)


def test_the_former_address_takes_the_change_back_for_a_week_and_shuts_everybody_out(session, person, actor, now):  # S9
    signed_in(session, person, now - timedelta(minutes=5), "thief")
    change(session, actor, now)
    service_email.confirm_change(session, VISITOR, token_in(mails_to(session, OTHER)[0]), a_link(), now=now)
    undo = token_in(mails_to(session, OLD)[0])
    later = now + timedelta(days=6, hours=23)
    service_email.undo_change(session, VISITOR, undo, a_link(), now=later)
    session.commit()
    assert person.email == OLD
    assert not passwords.is_password(PASSWORD, person.password_hash)
    assert alive(session, now, "thief") == []
    assert templates_to(session, OLD)[-1] == "set_password"
    with pytest.raises(DeadLink):
        service_email.undo_change(session, VISITOR, undo, a_link(), now=later)


def test_after_a_week_the_change_stays(session, person, actor, now):
    change(session, actor, now)
    service_email.confirm_change(session, VISITOR, token_in(mails_to(session, OTHER)[0]), a_link(), now=now)
    with pytest.raises(DeadLink):
        service_email.undo_change(
            session, VISITOR, token_in(mails_to(session, OLD)[0]), a_link(), now=now + timedelta(days=7)
        )


def test_a_taken_address_is_told_and_the_person_learns_nothing(session, actor, now):  # S6
    an_account(session, email=OTHER)
    change(session, actor, now)
    assert templates_to(session, OTHER) == ["address_in_use"]


def test_an_address_that_somebody_took_meanwhile_stays_theirs(session, person, actor, now):
    change(session, actor, now)
    token = token_in(mails_to(session, OTHER)[0])
    an_account(session, email=OTHER)
    with pytest.raises(Conflict):
        service_email.confirm_change(session, VISITOR, token, a_link(), now=now)
    assert person.email == OLD


def test_a_second_wish_ends_the_first(session, actor, now):
    change(session, actor, now)
    change(session, actor, now, "dritte@example.org")
    with pytest.raises(DeadLink):
        service_email.confirm_change(session, VISITOR, token_in(mails_to(session, OTHER)[0]), a_link(), now=now)
