"""The pages of a lot, from the deadline to the decision, clicked through by two people of the office."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from succession.accounts.actor import Role
from succession.accounts.models import Account
from succession.awards import queries_decision
from succession.awards.models_evidence import EvidenceItem, ItemState
from tests.factories.accounts import an_account, sign_in
from tests.factories.awards import a_call_to_decide, decided, declared, evidenced, prepared, scored


def address(scene, page="", lot=1):
    return f"/my-calls/{scene.call.public_id}/lots/{lot}{page}"


def as_person(client, session, actor):
    sign_in(client, session, session.get(Account, actor.account_id))


@pytest.fixture
def scene(session):
    return a_call_to_decide(session)


PAGES = ["", "/ranking", "/evidence", "/interests", "/preparation", "/decision", "/waiting-list", "/points"]


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_is_there_from_the_beginning(client, session, scene, page):
    as_person(client, session, scene.clerk)
    answer = client.get(address(scene, page))
    assert answer.status_code == 200
    assert "Los 1" in answer.text


@pytest.mark.parametrize("page", PAGES)
def test_strangers_find_no_page(client, session, scene, page):
    sign_in(client, session, an_account(session, Role.LANDOWNER))
    assert client.get(address(scene, page)).status_code == 404


@pytest.mark.parametrize("page", PAGES)
def test_every_page_says_what_is_there_after_the_decision(client, session, scene, page):
    decided(session, scene)
    as_person(client, session, scene.clerk)
    assert client.get(address(scene, page)).status_code == 200


def test_two_people_lead_a_lot_to_the_decision(client, session, scene):
    as_person(client, session, scene.clerk)
    assert client.post(address(scene, "/ranking"), data={"cause": "first"}).status_code == 302
    shown = client.get(address(scene, "/ranking")).text
    assert shown.index("Anna Ahorn") < shown.index("Bernd Buche") < shown.index("Carla Castanie")
    due = (datetime.now(UTC) + timedelta(days=14)).date().isoformat()
    assert client.post(address(scene, "/evidence"), data={"due_on": due}).status_code == 302
    for item in session.scalars(select(EvidenceItem)).all():
        at = address(scene, f"/evidence/{item.public_id}")
        assert client.get(at).status_code == 200
        assert client.post(f"{at}/paper", data={"note": "Original gesehen"}).status_code == 302
        session.refresh(item)
        judged = {"accepted": "yes", "revision": item.revision}
        assert client.post(f"{at}/judgement", data=judged).status_code == 302
    own = {"own-has_interest": "no"}
    assert client.post(address(scene, "/interests/own"), data=own).status_code == 302
    assert client.post(address(scene, "/preparation"), data={"run": "1"}).status_code == 302
    made = queries_decision.standing_preparation(session, scene.lot.id)
    check = address(scene, f"/preparation/{made.public_id}/check")
    assert client.post(check, data={"revision": made.revision}).status_code == 409
    as_person(client, session, scene.second)
    client.post(address(scene, "/interests/own"), data=own)
    assert client.post(check, data={"revision": made.revision}).status_code == 302
    as_person(client, session, scene.clerk)
    form = minutes(scene, made)
    assert client.post(address(scene, "/decision"), data=form).status_code == 302
    assert client.post(address(scene, "/decision"), data=form).status_code == 409
    assert "Gemeinderat" in client.get(address(scene, "/decision")).text
    assert "Bernd Buche" in client.get(address(scene, "/waiting-list")).text


def minutes(scene, made, **values):
    return {
        "chosen": scene.applications["Anna Ahorn"].code,
        "preparation": str(made.public_id),
        "body": "Gemeinderat",
        "decided_on": datetime.now(UTC).date().isoformat(),
        "is_public": "yes",
        "votes_for": "9",
        "votes_against": "2",
        "votes_abstained": "0",
        **values,
    }


def test_a_departure_without_a_reason_comes_back_filled(client, session, scene):
    made = prepared(session, scene)
    as_person(client, session, scene.clerk)
    form = minutes(scene, made, chosen=scene.applications["Bernd Buche"].code, item="TOP 99")
    answer = client.post(address(scene, "/decision"), data=form)
    assert answer.status_code == 422
    assert "TOP 99" in answer.text


def test_the_second_to_judge_sees_what_stands_and_keeps_what_they_typed(client, session, scene):  # R13
    scored(session, scene)
    as_person(client, session, scene.clerk)
    due = (datetime.now(UTC) + timedelta(days=14)).date().isoformat()
    client.post(address(scene, "/evidence"), data={"due_on": due})
    item = session.scalars(select(EvidenceItem)).first()
    at = address(scene, f"/evidence/{item.public_id}")
    client.post(f"{at}/paper", data={"note": "Original gesehen"})
    session.refresh(item)
    old = item.revision
    client.post(f"{at}/judgement", data={"accepted": "no", "reason": "Abgelaufen", "revision": old})
    answer = client.post(f"{at}/judgement", data={"accepted": "no", "reason": "Unleserlich", "revision": old})
    assert answer.status_code == 409
    assert "Abgelaufen" in answer.text
    assert "Unleserlich" in answer.text


def test_the_ranking_goes_into_spreadsheets_as_it_is_sorted(client, session, scene):  # U10
    scored(session, scene)
    as_person(client, session, scene.clerk)
    table = client.get(address(scene, "/ranking.csv?sort=name"))
    lines = table.data.decode("utf-8-sig").splitlines()
    assert [line.split(";")[1] for line in lines[1:]] == ["Anna Ahorn", "Bernd Buche", "Carla Castanie"]
    assert lines[1].split(";")[0] == "1"
    book = client.get(address(scene, "/ranking.xlsx"))
    assert book.data.startswith(b"PK")


def test_every_applicant_has_a_scorecard_with_reasons(client, session, scene):
    run = scored(session, scene)
    as_person(client, session, scene.clerk)
    code = scene.applications["Bernd Buche"].code
    answer = client.get(address(scene, f"/runs/{run.number}/applicants/{code}"))
    assert answer.status_code == 200
    assert "Ökologischer Landbau" in answer.text
    assert client.get(address(scene, f"/runs/{run.number}/applicants/NIEMAND")).status_code == 404


def test_an_applicant_hands_in_a_paper_and_nobody_else_sees_it(client, session):
    scene = a_call_to_decide(session, with_accounts=True)
    scored(session, scene)
    as_person(client, session, scene.clerk)
    due = (datetime.now(UTC) + timedelta(days=14)).date().isoformat()
    client.post(address(scene, "/evidence"), data={"due_on": due})
    anna = scene.applications["Anna Ahorn"]
    item = session.scalars(select(EvidenceItem)).first()
    at = f"/my-applications/{anna.public_id}/evidence"
    sign_in(client, session, session.get(Account, scene.applications["Bernd Buche"].applicant_account_id))
    assert client.get(at).status_code == 404
    assert client.post(f"{at}/{item.public_id}", data={"note": "fremd"}).status_code == 404
    sign_in(client, session, session.get(Account, anna.applicant_account_id))
    assert client.get(at).status_code == 200
    assert client.get(f"{at}/{item.public_id}").status_code == 200
    assert client.post(f"{at}/{item.public_id}", data={}).status_code == 422
    assert client.post(f"{at}/{item.public_id}", data={"note": "liegt beim Amt"}).status_code == 302
    session.refresh(item)
    assert item.state is ItemState.HANDED_IN


def test_nobody_reads_of_an_award_before_the_body_has_decided(client, session, scene):
    scored(session, scene)
    evidenced(session, scene)
    declared(session, scene)
    as_person(client, session, scene.clerk)
    for page in PAGES:
        text = client.get(address(scene, page)).text
        assert "Zuschlag" not in text
        assert "vergeben an" not in text
