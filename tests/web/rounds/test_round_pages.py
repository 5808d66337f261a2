"""The round as the office runs it, and the certificate as its applicant reads it."""

import json
from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from succession.accounts.actor import Role
from succession.accounts.models import Account
from succession.allocation import two_sided_format
from succession.calls.states import CallState, Procedure
from succession.rounds import jobs
from succession.rounds.queries import newest_run
from tests.factories.accounts import an_account, sign_in
from tests.service.rounds.test_rounds import a_round, code


@pytest.fixture
def now():
    """The seal looks at the clock of the database."""
    return datetime.now(UTC)


def address(scene, page=""):
    return f"/my-calls/{scene.call.public_id}/round{page}"


def as_clerk(client, session, scene):
    sign_in(client, session, session.get(Account, scene.clerk.account_id))


def test_the_office_runs_the_round_and_reads_how_it_came_out(client, session, now):
    scene = a_round(session, now)
    as_clerk(client, session, scene)
    assert "Die Runde ist noch nicht gerechnet." in client.get(address(scene)).text
    assert client.post(address(scene)).status_code == 302
    shown = client.get(address(scene)).text
    for said in ("Los 1", "Anna", "2 von 3 Bewerbungen", "Das wird gerade gerechnet.", "Tauschen im Kreis"):
        assert said in shown
    jobs.price(session, run_id=str(newest_run(session, scene.call.id).public_id), now=now)
    session.commit()
    assert "könnten 2 Bewerbungen ein Los haben" in client.get(address(scene)).text


def test_a_second_run_without_a_change_is_refused_on_the_page(client, session, now):
    scene = a_round(session, now)
    as_clerk(client, session, scene)
    client.post(address(scene))
    again = client.post(address(scene))
    assert (again.status_code, "hat sich nichts geändert" in again.text) == (409, True)


def test_many_parcels_have_their_page_too(client, session, now):
    scene = a_round(session, now, Procedure.PARCELS)
    as_clerk(client, session, scene)
    client.post(address(scene))
    jobs.price(session, run_id=str(newest_run(session, scene.call.id).public_id), now=now)
    session.commit()
    shown = client.get(address(scene)).text
    assert "ließen sich verteilen" in shown
    assert "Neben anderen Regeln" not in shown


def test_the_document_of_a_run_recomputes(client, session, now):
    scene = a_round(session, now)
    as_clerk(client, session, scene)
    client.post(address(scene))
    document = json.loads(client.get(address(scene, "/runs/1.json")).text)
    answer = two_sided_format.answer(document["cases"][0], "$")
    assert answer["applicant_optimal"] == {code(scene, "Anna"): "1", code(scene, "Ben"): "2"}
    assert client.get(address(scene, "/runs/2.json")).status_code == 404


def test_every_certificate_can_be_read_by_the_office(client, session, now):
    scene = a_round(session, now)
    as_clerk(client, session, scene)
    client.post(address(scene))
    shown = client.get(address(scene, f"/runs/1/applicants/{code(scene, 'Carl')}")).text
    assert "Es fällt auf Platz 1 der Rangfolge dieses Loses. Diese Bewerbung hat Platz 3." in shown
    assert client.get(address(scene, "/runs/1/applicants/T9999999")).status_code == 404


def test_strangers_find_no_round(client, session, now):
    scene = a_round(session, now)
    sign_in(client, session, an_account(session, Role.LANDOWNER))
    assert client.get(address(scene)).status_code == 404
    assert client.post(address(scene)).status_code == 404


def test_the_applicant_reads_the_certificate_after_the_decision_only(client, session, now):
    account = an_account(session, Role.SEEKER)
    scene = a_round(session, now, anna=account)
    as_clerk(client, session, scene)
    client.post(address(scene))
    own = f"/my-applications/{scene.applications['Anna'].public_id}/certificate"
    sign_in(client, session, account)
    assert client.get(own).status_code == 404
    session.execute(
        text("UPDATE call SET state = :state WHERE id = :id"), {"state": CallState.DECIDED.value, "id": scene.call.id}
    )
    session.commit()
    session.expire_all()
    shown = client.get(own)
    assert "Nach der Regel fällt dieses Los auf diese Bewerbung." in shown.text
    assert client.get(f"/my-applications/{scene.applications['Ben'].public_id}/certificate").status_code == 404


def test_without_a_round_the_applicant_is_told_so(client, session, now):
    account = an_account(session, Role.SEEKER)
    scene = a_round(session, now, anna=account)
    session.execute(
        text("UPDATE call SET state = :state WHERE id = :id"), {"state": CallState.DECIDED.value, "id": scene.call.id}
    )
    session.commit()
    session.expire_all()
    sign_in(client, session, account)
    shown = client.get(f"/my-applications/{scene.applications['Anna'].public_id}/certificate").text
    assert "wurde keine Runde gerechnet" in shown


def test_the_rule_of_the_round_stands_before_those_it_is_compared_with(client, session, now):
    scene = a_round(session, now)
    as_clerk(client, session, scene)
    client.post(address(scene))
    shown = client.get(address(scene)).text
    assert shown.index("Die Regel dieser Runde") < shown.index("Die Lose fragen") < shown.index("Tauschen im Kreis")
