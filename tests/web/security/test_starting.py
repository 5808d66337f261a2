"""S18: however the web process is started, nobody unfinished or with known passwords goes public."""

from dataclasses import replace

import pytest
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, Role
from succession.app import create_app
from succession.config import Environment
from succession.legal import service
from succession.legal.vocabulary import Detail
from succession.web import starting
from succession.web.starting import NotReadyError, is_this_machine
from tests.factories.accounts import an_account
from tests.factories.applications import an_application

DETAILS = {detail: f"Angabe zu {detail.value}" for detail in Detail}


def public(database):
    return replace(database.settings, environment=Environment.PRODUCTION, base_url="https://nachfolge.example.org")


def complete(database, now):
    with Session(database.engine) as session:
        service.save_details(session, Actor.system(), DETAILS, now=now)
        service.take_on(session, Actor.system(), now=now)
        session.commit()


def test_with_open_legal_texts_it_does_not_start_and_says_which(database):
    with pytest.raises(NotReadyError, match=r"imprint \(de\)"):
        create_app(public(database))


def test_with_complete_texts_it_starts(database, now):
    complete(database, now)
    with an_application(public(database)) as app:
        answer = app.test_client().get("/imprint", base_url="https://nachfolge.example.org")
    assert answer.status_code == 200
    assert "[" not in answer.text.split("<article")[1].split("</article>")[0]


def test_one_gap_is_enough_to_refuse(database, now):
    complete(database, now)
    with Session(database.engine) as session:
        service.save_details(session, Actor.system(), {Detail.PHONE: ""}, now=now)
        session.commit()
    with pytest.raises(NotReadyError):
        create_app(public(database))


def test_demo_accounts_are_never_public(database, now):
    complete(database, now)
    with Session(database.engine) as session:
        an_account(session, Role.SEEKER, is_demo=True)
    with pytest.raises(NotReadyError, match="demo accounts"):
        create_app(public(database))


def test_if_the_database_is_away_at_the_start_it_is_asked_with_the_first_request(database, now, monkeypatch):
    def away(_):
        raise OperationalError("SELECT 1", {}, ConnectionError())

    monkeypatch.setattr(starting, "refuse_unready", away)
    address = {"base_url": "https://nachfolge.example.org"}
    with an_application(public(database)) as app:
        client = app.test_client()
        assert client.get("/talk", **address).status_code == 503
        assert client.get("/healthz", **address).status_code == 200
        complete(database, now)
        assert client.get("/talk", **address).status_code == 200


@pytest.mark.parametrize(("address", "status"), [("127.0.0.1", 200), ("192.0.2.7", 403), ("2001:db8::1", 403)])
def test_demo_accounts_answer_this_machine_only_whatever_opened_the_port(client, session, address, status):
    an_account(session, Role.SEEKER, is_demo=True)
    answer = client.get("/talk", environ_base={"REMOTE_ADDR": address})
    assert answer.status_code == status


def test_without_demo_accounts_others_are_answered(client):
    assert client.get("/talk", environ_base={"REMOTE_ADDR": "192.0.2.7"}).status_code == 200


@pytest.mark.parametrize(("address", "here"), [("::1", True), ("", True), (None, True), ("nonsense", False)])
def test_what_counts_as_this_machine(address, here):
    assert is_this_machine(address) is here


def test_a_public_installation_takes_on_no_gap(session, now):
    actor = Actor.system()
    service.save_details(session, actor, DETAILS, now=now)
    service.take_on(session, actor, now=now)
    with pytest.raises(service.Refused), session.begin_nested():
        service.save_details(session, actor, {Detail.PHONE: ""}, is_public=True, now=now)
