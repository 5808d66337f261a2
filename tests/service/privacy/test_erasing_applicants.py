"""After an erasure nothing of an applicant is left, but what the file of a decided call declares to keep (P2)."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import func

from succession.accounts.actor import Role
from succession.accounts.models import Account
from succession.applications.exact import ApplicationPlace
from succession.applications.states import ApplicationState, FarmsteadKind
from succession.awards import service_objections
from tests.conftest import settings_for
from tests.factories.accounts import an_account
from tests.factories.applicants import an_application_sent
from tests.factories.calls import an_open_call
from tests.factories.organisations import acting
from tests.factories.outward import told
from tests.service.privacy.test_erasing import erase, everything

OPEN = tuple(f"wiesenralle{number:02}x" for number in range(8))
ALWAYS = tuple(f"brachpieper{number:02}x" for number in range(4))


@pytest.fixture
def settings(tmp_path):
    return settings_for("postgresql+psycopg://nowhere", tmp_path)


@pytest.fixture
def now():
    return datetime.now(UTC)


def applied(session, call, account, marks, **values):
    """An application that says one word of its own in each place."""
    name, address, phone, told_about_organic = (next(marks) for _ in range(4))
    row = an_application_sent(
        session, call, account, name=f"Hof {name}", address=f"{address} 7", phone=phone,
        answers={"organic": True, "remark": told_about_organic}, special={"member": True}, **values,
    )  # fmt: skip
    point = func.ST_SetSRID(func.ST_MakePoint(650_000, 5_870_000), 25832)
    place = {"kind": next(iter(FarmsteadKind)), "geom": point, "salt": "0" * 64}
    session.add(ApplicationPlace(application_id=row.id, is_sent=True, label=name, **place))
    session.commit()


def test_nothing_is_left_of_drafts_and_of_what_is_sealed(session, settings, now):
    account, marks = an_account(session, Role.SEEKER), iter(OPEN)
    applied(session, an_open_call(session, now=now).call, account, marks)
    applied(session, an_open_call(session, now=now).call, account, marks, state=ApplicationState.DRAFT)
    before = everything(session)
    assert [marker for marker in OPEN if marker not in before] == []
    erase(session, account, settings)
    after = everything(session)
    assert [marker for marker in OPEN if marker in after] == []


def test_of_a_decided_call_no_way_to_reach_the_person_is_left(session, settings, now):
    scene, _ = told(session, now=now)
    row = scene.applications["Bernd Buche"]
    account = session.get_one(Account, row.applicant_account_id)
    account.name, account.phone = f"Bernd {ALWAYS[0]}", ALWAYS[1]
    row.phone, row.email = ALWAYS[2], f"{ALWAYS[3]}@example.org"
    body = "Ich sehe es anders."
    service_objections.raise_online(session, acting(session, account, now), row.public_id, 1, body, now=now)
    session.commit()
    assert [marker for marker in ALWAYS if marker not in everything(session)] == []
    erase(session, account, settings)
    after = everything(session)
    assert [marker for marker in ALWAYS if marker in after] == []
    assert row.code in after, "the pseudonymous line stays"
