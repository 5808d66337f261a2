"""The pages for everybody: they answer without an account, in both languages, and leave nothing behind."""

import pytest
from sqlalchemy import text

from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_published_search

OPEN_PAGES = [
    "/",
    "/hand-over",
    "/give-out-land",
    "/how-it-works",
    "/talk",
    "/sources",
    "/imprint",
    "/privacy",
    "/accessibility",
]


@pytest.mark.parametrize("path", OPEN_PAGES)
@pytest.mark.parametrize(("language", "word"), [("de", "Lieber sprechen?"), ("en", "Rather talk?")])
def test_everybody_reads_them_and_finds_somebody_to_call(client, path, language, word):
    answer = client.get(path, headers={"Accept-Language": language})
    assert answer.status_code == 200
    assert word in answer.text
    assert f'<html lang="{language}"' in answer.text


def test_the_quiet_question_is_answered_in_place_and_keeps_its_ticks(client, session):
    a_small_region(session)
    for _ in range(5):
        a_published_search(session, a_profile(session))
    answer = client.get("/?farm=1&dwelling=1", headers={"Accept-Language": "de"})
    assert "mindestens 5 Menschen" in answer.text
    assert 'name="farm" value="1" checked' in answer.text
    assert 'name="lease" value="1" checked' not in answer.text


def test_the_quiet_question_leaves_no_trace(client, session):
    before = session.scalar(text("SELECT count(*) FROM audit_entry"))
    answer = client.get("/?farm=1")
    assert "Set-Cookie" not in answer.headers
    assert session.scalar(text("SELECT count(*) FROM audit_entry")) == before
