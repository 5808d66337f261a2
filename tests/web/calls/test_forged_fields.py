"""What a form does not have cannot be written through it, however it is called."""  # S3

from datetime import UTC, datetime

import pytest
from sqlalchemy import inspect, select

from succession.accounts.actor import Role
from succession.accounts.models import Account
from succession.applications.models import Application
from succession.calls.models import Call
from succession.principles.models import PrincipleSet
from tests.factories.accounts import an_account, sign_in
from tests.factories.awards import a_call_to_decide, prepared
from tests.factories.calls import a_draft_call, an_open_call
from tests.factories.principles import a_draft

FORGED = {
    "id": "1", "public_id": "00000000-0000-4000-8000-000000000000", "state": "decided", "revision": "99",
    "owner_organisation_id": "1", "principle_set_id": "1", "published_at": "2020-01-01", "lottery_secret": "a" * 64,
    "lottery_commitment": "a" * 64, "public_draw_result": "1 2 3", "frozen_hash": "a" * 64, "frozen_at": "2020-01-01",
    "identifier": "a" * 64, "document": "{}", "number": "77", "applicant_account_id": "1", "code": "T0000000",
    "way": "paper", "arrived_at": "2020-01-01", "receipt_hash": "a" * 64, "entered_by_account_id": "1",
    "checked_by_account_id": "1", "prepared_by_account_id": "1", "points": "100", "score": "100", "role": "operator",
}  # fmt: skip
"""Columns of the tables, none of them a field of a form."""
MAY_CHANGE = {"updated_at", "title", "summary", "kind", "revision", "name", "address", "phone", "email"}


@pytest.fixture
def now():
    return datetime.now(UTC)


def values(session, row):
    """All columns but those that the form is for."""
    session.refresh(row)
    return {
        column.key: getattr(row, column.key)
        for column in inspect(type(row)).column_attrs
        if column.key not in MAY_CHANGE
    }


def browser_of(app, session, account_id):
    browser = app.test_client()
    sign_in(browser, session, session.get_one(Account, account_id))
    return browser


def test_a_call_takes_no_more_than_its_form_has(app, session, now):
    scene = a_draft_call(session, now=now)
    browser, before = browser_of(app, session, scene.clerk.account_id), values(session, scene.call)
    form = {"title": "Andere Worte", "kind": "lease", "procedure": "single_lots"}
    answer = browser.post(f"/my-calls/{scene.call.public_id}/about", data={**FORGED, **form})
    assert answer.status_code == 302
    assert values(session, scene.call) == before
    assert scene.call.title == "Andere Worte"
    begun = browser.post("/my-calls/new", data={**FORGED, **form, "owner": str(scene.owner.public_id)})
    assert begun.status_code == 302
    made = session.scalars(select(Call).order_by(Call.id.desc())).first()
    assert (made.state.value, made.published_at, made.lottery_secret) == ("draft", None, None)
    assert made.owner_organisation_id == scene.owner.id


def test_a_set_of_principles_takes_no_more_than_its_form_has(app, session, now):
    scene = a_draft_call(session, now=now)
    account = session.get_one(Account, scene.clerk.account_id)
    found = a_draft(session, scene.owner, account, now=now)
    browser, before = browser_of(app, session, account.id), values(session, found)
    browser.post(f"/my-principles/{found.public_id}/about", data={**FORGED, "seen": str(found.revision)})
    browser.post(f"/my-principles/{found.public_id}/undo", data=FORGED)
    after = values(session, found)
    for column in ("id", "public_id", "owner_organisation_id", "number", "frozen_at", "created_at"):
        assert after[column] == before[column]
    assert session.scalars(select(PrincipleSet).where(PrincipleSet.frozen_at.is_not(None))).all() == []


def test_an_application_takes_no_more_than_its_pages_have(app, session, now):
    scene, person = an_open_call(session, now=now), an_account(session, Role.SEEKER)
    browser = browser_of(app, session, person.id)
    browser.post(f"/calls/{scene.call.public_id}/apply", data=FORGED)
    row = session.scalars(select(Application)).one()
    before = values(session, row)
    assert (before["applicant_account_id"], before["state"].value, before["arrived_at"]) == (person.id, "draft", None)
    form = {"person_name": "Grete", "address": "Hof 1", "seen": str(row.revision)}
    browser.post(f"/my-applications/{row.public_id}/pages/person", data={**FORGED, **form})
    assert values(session, row) == before


def test_nobody_checks_what_they_prepared_by_a_forged_field(app, session, now):
    scene = a_call_to_decide(session, now=now)
    made = prepared(session, scene, now=now)
    browser, before = browser_of(app, session, scene.clerk.account_id), values(session, made)
    lot = f"/my-calls/{scene.call.public_id}/lots/1"
    browser.post(f"{lot}/preparation/{made.public_id}/check", data={**FORGED, "revision": str(made.revision)})
    browser.post(f"{lot}/preparation", data={**FORGED, "run": "1"})
    assert values(session, made) == before
