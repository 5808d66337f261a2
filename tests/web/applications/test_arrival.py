"""A deadline counts from when the request was here, not from when its turn came."""

import re
from datetime import UTC, datetime, timedelta
from time import monotonic

import pytest
from sqlalchemy import select

from succession.accounts.actor import Role
from succession.applications.models import Application, ApplicationLot, ApplicationSubmission
from succession.web.turns import ARRIVED, Turns
from tests.factories.accounts import a_browser
from tests.factories.applicants import a_call_closing


@pytest.mark.parametrize(("waited", "status"), [(2, 409), (20, 302)])
def test_what_was_here_in_time_counts_though_its_turn_came_late(app, session, waited, status):
    scene = a_call_closing(session, datetime.now(UTC) - timedelta(seconds=8))
    client, person = a_browser(app, session, Role.SEEKER)
    row = Application(
        call_id=scene.call.id, applicant_account_id=person.id, code="TURN2345", name="Grete", address="Hof 1"
    )
    session.add(row)
    session.flush()
    session.add(ApplicationLot(application_id=row.id, lot_id=scene.lots[0].id, answers={}))
    session.commit()
    base = f"/my-applications/{row.public_id}"
    key = re.search(r'name="key" value="([^"]*)"', client.get(f"{base}/check").text)[1]
    answer = client.post(
        f"{base}/submit", data={"key": key, "is_true": "yes"}, environ_base={ARRIVED: monotonic() - waited}
    )
    assert answer.status_code == status
    found = session.scalars(select(ApplicationSubmission)).all()
    assert [one.arrived_at < scene.call.closes_at for one in found] == ([True] if status == 302 else [])


def test_every_request_is_told_when_it_was_here_and_no_header_can_say_so():
    seen = {}

    def inner(environ, _start):
        seen.update(environ)
        return []

    Turns(inner)({"HTTP_SUCCESSION_ARRIVED": "1", "CONTENT_LENGTH": "0"}, None)
    assert isinstance(seen[ARRIVED], float)
    assert abs(seen[ARRIVED] - monotonic()) < 60
