from datetime import UTC, datetime, timedelta

from tests.factories.applicants import a_call_closing
from tests.web.applications.test_office import a_clerk_browser, take_in


def test_an_envelope_that_was_written_down_after_the_deadline_says_so(app, session):
    scene = a_call_closing(session, datetime.now(UTC) - timedelta(days=1))
    client = a_clerk_browser(app, session, scene)
    take_in(client, scene, scene.call.closes_at - timedelta(hours=3))
    page = client.get(f"/my-calls/{scene.call.public_id}/envelopes").text
    assert "Erst nach Ablauf der Frist in diese Liste eingetragen" in page
