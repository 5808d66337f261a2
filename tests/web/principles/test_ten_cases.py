"""Ten cases on the screen, without a script."""

import re
from uuid import uuid4

import pytest

from tests.factories.accounts import sign_in
from tests.factories.principles import a_clerk

GERMAN = {"Accept-Language": "de"}


@pytest.fixture
def clerk(app, session):
    owner, account = a_clerk(session)
    client = app.test_client()
    sign_in(client, session, account)
    client.owner = owner
    return client


def test_a_round_from_the_beginning_to_the_draft(clerk):
    assert clerk.get("/my-principles/ten-cases", headers=GERMAN).status_code == 200
    typed = {
        "key": str(uuid4()),
        "organisation": str(clerk.owner.public_id),
        "title": "Ausschuss",
        "about": "shipped.recommended",
    }
    assert clerk.post("/my-principles/ten-cases/new", data={**typed, "title": ""}).status_code == 422
    here = clerk.post("/my-principles/ten-cases/new", data=typed, headers=GERMAN).location
    page = clerk.get(f"{here}/sheet", headers=GERMAN).text
    assert page.count("case-card") == 10
    choices = {f"case_{number}": "first" for number in range(1, 11)}
    missing = clerk.post(f"{here}/sheet", data={"way": "paper", "key": str(uuid4())}, headers=GERMAN)
    assert missing.status_code == 422
    for faction in ("Grüne Liste", "Grüne Liste"):
        sheet = {**choices, "faction": faction, "way": "screen", "key": str(uuid4())}
        assert clerk.post(f"{here}/sheet", data=sheet, headers=GERMAN).status_code == 302
    waiting = clerk.get(here, headers=GERMAN).text
    assert "2 Bögen" in waiting
    assert "Die Gewichte hinter" not in waiting, "nobody is led by the others"
    assert clerk.get(f"{here}/on-paper", headers=GERMAN).status_code == 200
    one = re.search(r"/sheets/([0-9a-f-]{36})/remove", waiting)[1]
    assert clerk.post(f"{here}/sheets/{one}/remove").status_code == 302
    clerk.post(f"{here}/close")
    closed = clerk.get(here, headers=GERMAN).text
    weights = re.findall(r'<td class="n num">(\d+) %</td>', closed)
    assert sum(int(one) for one in weights) == 100
    made = clerk.post(f"{here}/draft", data={"key": str(uuid4())})
    overview = clerk.get(made.location, headers=GERMAN)
    assert overview.status_code == 200
    assert "Noch nicht vollständig" not in overview.text


def test_an_unknown_round_and_a_strange_set_are_not_there(clerk):
    assert clerk.get(f"/my-principles/ten-cases/{uuid4()}").status_code == 404
    typed = {"key": "x", "organisation": str(clerk.owner.public_id), "title": "T", "about": "own.nobody"}
    assert clerk.post("/my-principles/ten-cases/new", data=typed).status_code == 422
