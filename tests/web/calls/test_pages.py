from datetime import UTC, datetime, timedelta
from xml.etree import ElementTree as ET

import pytest

from succession.accounts.actor import Role
from succession.accounts.models import Account
from tests.factories.accounts import a_browser, an_account, an_organisation, sign_in
from tests.factories.calls import (
    a_closed_call,
    a_draft_call,
    a_principle_set,
    a_published_call,
    an_open_call,
    some_parcels,
)
from tests.factories.organisations import a_member


@pytest.fixture
def now():
    return datetime.now(UTC)


def as_clerk(app, session, scene):
    client = app.test_client()
    sign_in(client, session, session.get_one(Account, scene.clerk.account_id))
    return client


def test_everybody_reads_open_coming_and_past_calls(client, session, now):
    an_open_call(session, now=now, title="Offene Flächen")
    a_published_call(session, now=now, title="Kommende Flächen")
    a_closed_call(session, now=now, title="Vergangene Flächen")
    assert "Offene Flächen" in client.get("/calls").text
    assert "Kommende Flächen" not in client.get("/calls").text
    assert "Kommende Flächen" in client.get("/calls?when=coming").text
    assert "Vergangene Flächen" in client.get("/calls?when=past").text
    assert "Offene Flächen" in client.get("/calls?words=offene&kind=lease").text
    assert "Offene Flächen" not in client.get("/calls?words=Xyz").text
    assert client.get("/calls?when=nonsense&kind=1&page=x&words=%25").status_code == 200


def test_the_public_page_says_what_is_given_out_and_how_to_apply(client, session, now):
    scene = an_open_call(session, now=now, lots=3)
    page = client.get(f"/calls/{scene.call.public_id}")
    assert page.status_code == 200
    for words in (
        "Rathausplatz 1",
        "Lotto 6 aus 49",
        "Ökologischer Landbau",
        scene.call.lottery_commitment,
        scene.parcels[1].name,
    ):
        assert words in page.text
    assert scene.call.lottery_secret not in page.text
    assert len(client.get(f"/calls/{scene.call.public_id}/map.json").json["features"]) == 3


def test_the_notice_is_a_pdf_and_the_feed_is_atom(client, session, now):
    scene = an_open_call(session, now=now, title="Flächen <b>& mehr</b>")
    paper = client.get(f"/calls/{scene.call.public_id}/notice")
    assert paper.data.startswith(b"%PDF")
    feed = client.get("/calls.atom")
    assert feed.mimetype == "application/atom+xml"
    entry = ET.fromstring(feed.data).find("{http://www.w3.org/2005/Atom}entry")
    assert entry.find("{http://www.w3.org/2005/Atom}title").text == "Flächen <b>& mehr</b>"


def test_a_draft_is_nobodys_business(app, client, session, now):
    scene = a_draft_call(session, now=now)
    assert client.get(f"/calls/{scene.call.public_id}").status_code == 404
    other, _ = a_browser(app, session, Role.LANDOWNER)
    for path in ("", "/check", "/preview", "/about", "/lots", "/cancel", "/change", "/draw"):
        assert other.get(f"/my-calls/{scene.call.public_id}{path}").status_code == 404


def test_every_page_of_a_draft_opens_for_its_clerk(app, session, now):
    scene = a_draft_call(session, now=now, lots=2)
    clerk = as_clerk(app, session, scene)
    paths = ["", "/about", "/lots", "/prices", "/term", "/principles", "/dates", "/lottery", "/documents", "/contact"]
    for path in (*paths, "/check", "/preview", f"/lots/{scene.lots[0].public_id}/edit"):
        assert clerk.get(f"/my-calls/{scene.call.public_id}{path}").status_code == 200, path
    assert clerk.get("/my-calls").status_code == 200
    assert clerk.get("/my-calls/new").status_code == 200


def test_a_clerk_prepares_and_publishes_a_call_page_by_page(app, session, now):
    owner = an_organisation(session)
    account = an_account(session, Role.LANDOWNER)
    a_member(session, owner, account=account)
    parcels = some_parcels(session, owner, 2)
    chosen = a_principle_set(session, owner)
    client = app.test_client()
    sign_in(client, session, account)
    begun = client.post(
        "/my-calls/new",
        data={"owner": str(owner.public_id), "title": "Zwei Felder", "kind": "lease", "procedure": "single_lots"},
    )
    assert begun.status_code == 302, begun.text
    base = begun.location.removesuffix("/lots")
    for number, parcel in enumerate(parcels, 1):
        sent = client.post(f"{base}/lots", data={"name": f"Feld {number}", "parcels": [str(parcel.public_id)]})
        assert sent.status_code == 302, sent.text
    prices = {"price_kind": "fixed"}
    for number in (1, 2):
        prices |= {
            f"lot{number}-price": "500",
            f"lot{number}-reference": "650,00",
            f"lot{number}-source": "Kreis",
            f"lot{number}-reference_on": "2026-01-31",
        }
    assert client.post(f"{base}/prices", data=prices).status_code == 302
    opens, closes = (now + timedelta(days=3)).date(), (now + timedelta(days=40)).date()
    pages = {
        "term": {"term_from": "2027-10-01", "term_years": "12"},
        "principles": {"chosen": str(chosen.public_id)},
        "dates": {
            "opens_on": str(opens),
            "opens_clock": "8:00",
            "closes_on": str(closes),
            "closes_clock": "12:00",
            "standstill_days": "14",
        },
        "lottery": {"name": "Lotto", "held_on": str(closes + timedelta(days=3))},
        "contact": {"name": "Frau Beispiel", "phone": "05841 1", "address": "Rathaus"},
    }
    for page, values in pages.items():
        sent = client.post(f"{base}/{page}", data=values)
        assert sent.status_code == 302, (page, sent.text)
    unready = client.post(f"{base}/publish")
    assert unready.status_code == 422
    words = {**prices, "public_interest": "Hilft neuen Betrieben.", "de_minimis_note": "Geprüft."}
    assert client.post(f"{base}/prices", data=words).status_code == 302
    assert client.post(f"{base}/publish").status_code == 302
    assert "Zwei Felder" in app.test_client().get("/calls?when=coming").text
    assert client.get(f"{base}/about").status_code == 409


@pytest.mark.parametrize(
    ("opens", "clock"), [("2027-03-28", "02:30"), ("2027-10-31", "02:30"), ("2027-05-01", "25:00")]
)
def test_times_that_no_clock_shows_are_refused_in_words(app, session, now, opens, clock):
    scene = a_draft_call(session, now=now)
    clerk = as_clerk(app, session, scene)
    data = {"opens_on": opens, "opens_clock": clock, "closes_on": "2027-12-01", "closes_clock": "12:00"}
    sent = clerk.post(f"/my-calls/{scene.call.public_id}/dates", data={**data, "standstill_days": "14"})
    assert sent.status_code == 422
    assert "error-summary" in sent.text


def test_an_open_call_is_changed_and_cancelled_with_reasons(app, session, now):
    scene = an_open_call(session, now=now, lots=2)
    clerk = as_clerk(app, session, scene)
    base = f"/my-calls/{scene.call.public_id}"
    closes = (scene.call.closes_at + timedelta(days=7)).date()
    data = {"closes_on": str(closes), "closes_clock": "12:00", "draw_on": str(closes + timedelta(days=5))}
    assert clerk.post(f"{base}/change", data={**data, "confirmed": "y"}).status_code == 422
    changed = clerk.post(
        f"{base}/change", data={**data, "reason": "Los 2 ist verkauft.", "removed": ["2"], "confirmed": "y"}
    )
    assert changed.status_code == 302, changed.text
    public = clerk.get(f"/calls/{scene.call.public_id}").text
    assert "Los 2 ist verkauft." in public
    assert clerk.post(f"{base}/cancel", data={"reason": "Der Rat will neu beraten."}).status_code == 302
    assert "Der Rat will neu beraten." in clerk.get(f"/calls/{scene.call.public_id}").text
