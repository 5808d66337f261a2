import io
from datetime import UTC, datetime, timedelta

import pytest

from succession.accounts.models import Account
from succession.awards.approvals import months_after
from succession.monitoring import queries
from succession.monitoring.models import PromiseCheck
from tests.factories.accounts import an_account, sign_in
from tests.factories.monitoring import a_watched_contract

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n"


@pytest.fixture
def watched(session):
    return a_watched_contract(session)


@pytest.fixture
def scene(watched):
    return watched[0]


@pytest.fixture
def contract(watched):
    return watched[1]


@pytest.fixture
def check(session, contract):
    """Due in the current year, so that the report of the year holds it."""
    held = queries.held_by(session, contract, today=datetime.now(UTC).date())
    row = session.get(PromiseCheck, held.promises[0].checks[0].check.id)
    row.due_on = datetime.now(UTC).date()
    session.commit()
    return row


def as_office(client, session, scene):
    sign_in(client, session, session.get(Account, scene.clerk.account_id))


def as_lessee(client, session, contract):
    sign_in(client, session, session.get(Account, queries.holder_of(session, contract).account_id))


def finding(check, **values):
    day = datetime.now(UTC).date()
    return {"revision": check.revision, "outcome": "partly", "found_on": day, "note": "Nur 60 Meter.", **values}


def test_the_office_sees_what_comes_and_writes_down_what_it_found(client, session, scene, contract, check):
    as_office(client, session, scene)
    assert "Eine Hecke wird gepflanzt." in client.get("/promises").text
    sent = finding(check, consequence="Nachpflanzen", consequence_due_on=months_after(datetime.now(UTC).date(), 6))
    answer = client.post(f"/promises/checks/{check.public_id}/findings", data=sent, follow_redirects=True)
    assert answer.status_code == 200
    assert "Nachpflanzen" in answer.text
    assert client.get(f"/promises/{contract.public_id}").status_code == 200
    one = queries.one_check(session, scene.clerk, check.public_id, today=check.due_on)
    path = f"/promises/checks/{check.public_id}/findings/{one.line.finding.public_id}/settled"
    assert client.post(path, data={"settled_on": datetime.now(UTC).date()}).status_code == 302


def test_a_finding_without_words_comes_back_with_what_was_typed(client, session, scene, check):
    as_office(client, session, scene)
    answer = client.post(
        f"/promises/checks/{check.public_id}/findings", data=finding(check, note="", consequence="Mahnung")
    )
    assert answer.status_code == 422
    assert "Mahnung" in answer.text


def test_the_lessee_reads_and_hands_in_but_finds_nothing(client, session, scene, contract, check):
    as_lessee(client, session, contract)
    assert "Eine Hecke wird gepflanzt." in client.get("/my-promises").text
    page = client.get(f"/promises/checks/{check.public_id}")
    assert page.status_code == 200
    assert "findings" not in page.text
    assert client.post(f"/promises/checks/{check.public_id}/findings", data=finding(check)).status_code in (403, 404)
    data = {"file": (io.BytesIO(b"<svg/>"), "x.svg"), "note": ""}
    bad = client.post(f"/promises/checks/{check.public_id}/evidence", data=data, content_type="multipart/form-data")
    assert bad.status_code == 422


def test_strangers_find_nothing(client, session, contract, check):
    sign_in(client, session, an_account(session))
    for path in (f"/promises/{contract.public_id}", f"/promises/checks/{check.public_id}"):
        assert client.get(path).status_code == 404
    assert client.get("/my-promises").status_code == 200


def test_another_lessee_and_an_end_are_written_down(client, session, scene, contract, check):
    as_office(client, session, scene)
    held = queries.held_by(session, contract, today=check.due_on)
    path = f"/promises/{contract.public_id}/{held.promises[1].promise.public_id}/end"
    assert client.get(path).status_code == 200
    sent = {"revision": 1, "because": "land_sold", "ended_on": contract.starts_on, "note": "Verkauft."}
    assert client.post(path, data=sent).status_code == 302
    assert "Das Land wurde verkauft" in client.get(f"/promises/{contract.public_id}").text
    early = {"name": "Nora Neu", "since_on": contract.starts_on - timedelta(days=900)}
    assert client.post(f"/promises/{contract.public_id}/lessee", data=early).status_code == 422


def test_the_year_is_a_page_a_paper_and_a_table_without_names(client, session, scene, contract, check):
    as_office(client, session, scene)
    client.post(f"/promises/checks/{check.public_id}/findings", data=finding(check, consequence="=1+1"))
    owner = queries.held_by(session, contract, today=check.due_on).owner
    path = f"/promises/report/{owner.public_id}/{check.due_on.year}"
    page = client.get(path)
    assert "Teilweise eingehalten" in page.text
    for name in scene.applications:
        assert name not in page.text
    table = client.get(f"{path}.csv").text
    assert "'=1+1" in table
    assert client.get(f"{path}.pdf").data.startswith(b"%PDF-")
    assert client.get(f"/promises/report/{owner.public_id}/1999").status_code == 200
    sign_in(client, session, an_account(session))
    assert client.get(path).status_code in (403, 404)


def test_everybody_reads_sums_but_never_of_few(client, session, scene, check):
    assert client.get("/kept-promises").status_code == 200
    as_office(client, session, scene)
    client.post(f"/promises/checks/{check.public_id}/findings", data=finding(check))
    text = client.get("/kept-promises").text
    assert "zu wenige Prüfungen" in text
    assert "Teilweise eingehalten: 1" not in text
