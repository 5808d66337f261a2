from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import func, select, text
from sqlalchemy.orm import Session

from succession.accounts import queries, service, service_registration
from succession.accounts.actor import Actor, Role
from succession.accounts.links import DeadLink, LinkState
from succession.accounts.models import Account
from succession.accounts.models_people import AccountToken
from succession.accounts.service import Credentials
from succession.accounts.service_registration import Registration
from succession.errors import Refused
from succession.outbox.models import OutboxMail
from tests.factories.accounts import an_account
from tests.factories.mails import a_link, mails_to, read, templates_to, token_in

VISITOR = Actor.visitor()
PASSWORD = "drei hühner im regen"
ADDRESS = "kaethe@example.org"


def register(session, now, email=ADDRESS, **values):
    given = {"name": "Käthe Muster", "password": PASSWORD, "roles": (Role.SEEKER,), "terms_version": "3", **values}
    service_registration.register(session, VISITOR, Registration(email, **given), a_link(), now=now)
    session.commit()


def sign_in(session, now, password=PASSWORD, email=ADDRESS):
    return service.sign_in(session, VISITOR, Credentials(email, password, "192.0.2.1"), token="t", now=now)


def confirm(session, now, password=PASSWORD, mail=-1):
    token = token_in(mails_to(session, ADDRESS)[mail])
    return service_registration.confirm(session, VISITOR, token, password, now=now)


def test_who_registers_waits_until_the_address_is_confirmed(session, now):
    register(session, now)
    with pytest.raises(Refused):
        sign_in(session, now)
    confirm(session, now)
    assert sign_in(session, now).roles == {Role.SEEKER}
    account = queries.account_by_email(session, ADDRESS)
    assert (account.terms_version, account.terms_accepted_at, account.confirmed_at) == ("3", now, now)


def test_the_mail_has_a_link_and_the_database_does_not(session, now):  # S10
    register(session, now)
    mail = mails_to(session, ADDRESS)[0]
    token = token_in(mail)
    assert f"https://example.org/confirm/{token}\n" in read(mail)
    held = session.scalars(
        text("SELECT outbox_mail::text FROM outbox_mail UNION ALL SELECT t::text FROM account_token t")
    )
    assert not any(token in row for row in held)


def test_a_link_works_once(session, now):  # S10
    register(session, now)
    confirm(session, now)
    with pytest.raises(DeadLink) as dead:
        confirm(session, now)
    assert dead.value.state is LinkState.USED


def test_a_link_is_good_for_two_days(session, now):
    register(session, now)
    with pytest.raises(DeadLink) as dead:
        confirm(session, now + timedelta(hours=48))
    assert dead.value.state is LinkState.EXPIRED


@pytest.mark.parametrize("token", ["", "forged", "x" * 10_000, "\x00", "ä"])
def test_a_forged_link_is_not_known(session, now, token):
    with pytest.raises(DeadLink) as dead:
        service_registration.confirm(session, VISITOR, token, PASSWORD, now=now)
    assert dead.value.state is LinkState.UNKNOWN


def test_confirming_needs_the_password_so_that_nobody_finishes_what_a_stranger_began(session, now):
    register(session, now)
    with pytest.raises(Refused):
        confirm(session, now, password="another password")
    assert queries.account_by_email(session, ADDRESS).confirmed_at is None


def test_a_taken_address_gets_a_mail_and_nothing_changes(session, now):  # S6
    account = an_account(session, Role.TRANSFEROR, email=ADDRESS, name="Wer da war")
    before = account.password_hash
    register(session, now, email="KAETHE@example.org")
    session.refresh(account)
    assert (account.name, account.password_hash, templates_to(session, ADDRESS)) == (
        "Wer da war",
        before,
        ["already_registered"],
    )
    assert "Wer da war" in read(mails_to(session, ADDRESS)[0])


def test_who_registers_twice_before_confirming_begins_anew(session, now):
    register(session, now)
    register(session, now, name="Käthe Neu", password="ganz andere worte", roles=(Role.LANDOWNER,))
    with pytest.raises(DeadLink):
        confirm(session, now, mail=0)
    confirm(session, now, password="ganz andere worte")
    person = sign_in(session, now, "ganz andere worte")
    assert (person.name, person.roles) == ("Käthe Neu", {Role.LANDOWNER})


def test_one_address_gets_at_most_three_such_mails_an_hour(session, now):
    for minute in range(6):
        register(session, now + timedelta(minutes=2 * minute))
    assert len(mails_to(session, ADDRESS)) == 3
    register(session, now + timedelta(hours=1, minutes=20))
    assert len(mails_to(session, ADDRESS)) == 4


def test_another_link_comes_to_whoever_waits_and_a_word_to_whoever_does_not(session, now):
    register(session, now)
    an_account(session, email="da@example.org")
    for email in (ADDRESS, "da@example.org", "niemand@example.org"):
        service_registration.ask_for_confirmation(session, VISITOR, email, a_link(), now=now)
    assert templates_to(session, ADDRESS) == ["confirm", "confirm"]
    assert templates_to(session, "da@example.org") == ["already_confirmed"]
    assert templates_to(session, "niemand@example.org") == []
    with pytest.raises(DeadLink):
        confirm(session, now, mail=0)


def test_a_form_sent_twice_is_one_registration_with_one_mail(session, now):  # R5
    register(session, now)
    register(session, now + timedelta(seconds=2))
    assert templates_to(session, ADDRESS) == ["confirm"]
    confirm(session, now + timedelta(minutes=1))


@pytest.mark.parametrize(
    "roles", [(), (Role.COORDINATOR,), (Role.SEEKER, Role.OPERATOR), (Role.ADVISOR,), (Role.MENTOR,)]
)
def test_only_three_roles_can_be_taken_by_oneself(session, now, roles):  # S3
    with pytest.raises(Refused):
        register(session, now, roles=roles)


@pytest.mark.parametrize(
    "values",
    [
        {"password": "passwort123"},
        {"password": "kaethe.muster1"},
        {"name": "N" * 10_000},
        {"email": "аnna@example.org"},
    ],
)
def test_bad_words_make_no_account(session, now, values):  # S5
    with pytest.raises(Refused):
        register(session, now, **values)
    session.rollback()
    assert session.scalar(select(func.count()).select_from(OutboxMail)) == 0


def test_one_address_registered_by_many_at_once_has_one_account(database, now):
    def act(number):
        with Session(database.engine, expire_on_commit=False) as session:
            register(session, now, name=f"Person Nummer {'abcdefgh'[number]}")

    with ThreadPoolExecutor(8) as pool:
        list(pool.map(act, range(8)))
    with Session(database.engine) as session:
        assert session.scalar(select(func.count()).select_from(Account)) == 1
        alive = select(func.count()).select_from(AccountToken).where(AccountToken.used_at.is_(None))
        assert session.scalar(alive) == 1
