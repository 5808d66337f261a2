"""However much there is, a list of these rooms asks the database a dozen times at most."""  # R1

from datetime import UTC, date, datetime

import pytest

from succession.accounts.actor import Role
from succession.accounts.models import Account
from succession.land import service_leases
from succession.land.service_leases import LeaseValues
from tests.factories.accounts import an_account, sign_in
from tests.factories.applicants import an_application_sent
from tests.factories.calls import a_closed_call, a_draft_call, an_open_call
from tests.factories.monitoring import a_watched_contract
from tests.factories.principles import a_draft

MANY = 6
BUDGET = 12


@pytest.fixture(scope="module")
def now():
    return datetime.now(UTC)


def asked(browser, statements, address):
    """How often, once the page has been seen before."""
    assert browser.get(address).status_code == 200
    statements.clear()
    assert browser.get(address).status_code == 200
    return len(statements)


def test_lists_of_the_office_stay_in_their_budget(app, session, statements, now):
    scene = a_closed_call(session, now=now)
    account = session.get_one(Account, scene.clerk.account_id)
    for number in range(MANY):
        a_draft_call(session, now=now, owner=scene.owner, clerk=scene.clerk, title=f"Entwurf {number}", lots=2)
        found = an_open_call(session, now=now, owner=scene.owner, clerk=scene.clerk, title=f"Offen {number}")
        a_draft(session, scene.owner, account, title=f"Grundsätze {number}", now=now)
        lease = LeaseValues(f"Hof {number}", 100_00, date(2020, 10, 1), date(2029, 9, 30))
        service_leases.enter(session, scene.clerk, found.parcels[0].public_id, lease, now=now)
    session.commit()
    browser = app.test_client()
    sign_in(browser, session, account)
    lists = ("/my-calls", "/leases", "/leases/calendar", "/my-principles", "/promises", "/my-what-if", "/calls")
    counts = {address: asked(browser, statements, address) for address in lists}
    assert {address: count for address, count in counts.items() if count > BUDGET} == {}


def test_lists_of_an_applicant_stay_in_their_budget(app, session, statements, now):
    person = an_account(session, Role.SEEKER)
    for _ in range(MANY):
        an_application_sent(session, an_open_call(session, now=now, lots=2).call, person)
    browser = app.test_client()
    sign_in(browser, session, person)
    counts = {address: asked(browser, statements, address) for address in ("/my-applications", "/my-promises")}
    assert {address: count for address, count in counts.items() if count > BUDGET} == {}


def test_lists_of_awards_and_promises_stay_in_their_budget(app, session, statements, now):
    scenes = [a_watched_contract(session, now=now)[0] for _ in range(2)]
    office = app.test_client()
    sign_in(office, session, session.get_one(Account, scenes[0].clerk.account_id))
    lists = {"/awards": app.test_client(), "/kept-promises": app.test_client(), "/promises": office}
    counts = {address: asked(browser, statements, address) for address, browser in lists.items()}
    assert {address: count for address, count in counts.items() if count > BUDGET} == {}
