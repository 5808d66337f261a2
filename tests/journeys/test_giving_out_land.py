"""The long story of a municipality that gives out three lots, from a file with parcels to a planted hedge."""

import json
import os
import re
from datetime import UTC, datetime, timedelta

import pytest
from weasyprint import HTML

from tests.journeys import deciding_on_land as deciding
from tests.journeys import giving_out_land as giving
from tests.journeys.calendar import let_pass

pytestmark = pytest.mark.browser

WISHES = {
    "seeker": (
        "Jule Ahrend",
        {
            "organic_or_full_conversion": "yes",
            "grazing": "yes",
            "no_synthetic_pesticides": "yes",
            "nature_measures": "3",
            "young_or_founder": "yes",
        },
    ),
    "transferor": ("Hof Brandt", {"organic_or_full_conversion": "yes", "nature_measures": "2"}),
    "mentor": ("Karla Mohn", {"grazing": "yes", "small_or_part_time": "yes"}),
    "advisor": ("Agrar Nord", {"labour_above_average": "yes"}),
}


@pytest.fixture
def database(site, template):
    """Where the site keeps its data."""
    return template.replace("template", f"{os.environ.get('PYTEST_XDIST_WORKER', 'main')}_journeys")


@pytest.fixture
def paper(tmp_path):
    """One scanned page."""
    HTML(string="<html lang=de><title>Scan</title><h1>Bescheinigung</h1></html>").write_pdf(tmp_path / "scan.pdf")
    return tmp_path / "scan.pdf"


def test_a_municipality_gives_out_land_and_anybody_can_recompute_it(visit, site, database, paper, tmp_path):
    clerk, second, council = (visit(person=f"{who}@example.org") for who in ("landowner", "office", "council"))
    giving.bring_in_land(clerk, tmp_path)
    principles = giving.draft_principles(clerk)
    compare(clerk, principles)
    call = giving.prepare_call(clerk, principles, now=datetime.now(UTC))
    clerk.goto(f"{call}/check")
    giving.send(clerk)
    let_pass(database, call, timedelta(days=2))
    number = call.split("/")[-1]
    people = {who: visit(person=f"{who}@example.org") for who in WISHES}
    applications = {who: giving.apply(people[who], number, *wish) for who, wish in WISHES.items()}
    assert all("/receipt" in page.url for page in people.values())
    deciding.record_envelope(clerk, call)
    clerk.goto(f"{call}/applications")
    assert "versiegelt" in clerk.locator("main").inner_text()
    let_pass(database, call, timedelta(days=25))
    deciding.open_envelope(
        clerk, second, call, "Wilhelm Papier", {"grazing": "yes", "small_or_part_time": "yes"}, paper
    )
    deciding.score(clerk, call)
    assert "Jule Ahrend" in clerk.locator("main table tr").nth(1).inner_text()
    deciding.prove(clerk, people["seeker"], call, applications["seeker"], paper)
    deciding.prepare(clerk, second, call)
    deciding.decide(council, call)
    deciding.send_letters(clerk, call)
    reasons = deciding.object_to(
        people["transferor"], applications["transferor"], "Ich habe drei Maßnahmen, nicht zwei."
    )
    assert "auf Platz 2" in reasons
    assert "Jule" not in reasons
    deciding.answer(clerk, call, "Im Antrag standen zwei. Auch mit einer dritten bliebe die Rangfolge gleich.")
    clerk.goto(f"{call}/{deciding.LOT}/contract")
    assert "Die Wartefrist läuft" in clerk.locator("main").inner_text()
    let_pass(database, call, timedelta(days=16))
    deciding.sign(clerk, call)
    anybody_recomputes(visit("/awards"), tmp_path)
    let_pass(database, call, deciding.days_until(clerk))
    deciding.check_promise(clerk)
    assert "Eingehalten" in clerk.locator("main").inner_text()
    assert all(page.problems == [] for page in (clerk, second, council, *people.values()))


def compare(page, principles):
    """The draft beside the highest bid, on the sample farms."""
    page.goto("/my-what-if")
    page.locator("select[name=organisation]").select_option(label=giving.OWNER)
    giving.send(page, "Zeigen")
    page.locator(f"[name=sets][value$='{principles.split('/')[-1]}']").check(force=True)
    page.locator("[name=sets][value$='highest-bid']").check(force=True)
    giving.send(page, "Vergleichen")
    read = page.locator("main").inner_text()
    assert "Höchstes Gebot" in read
    assert "Für Fachleute" in read


def anybody_recomputes(page, folder):
    """A citizen computes the published award again, and finds the byte that was changed."""
    page.get_by_role("link", name="Drei Lose am Deich").first.click()
    record = page.request.get(f"{page.url}/record.json").body()
    page.get_by_role("link", name="Diese Vergabe nachrechnen").click()
    assert "Diese Niederschrift stimmt\n" in page.locator("main").inner_text()
    changed = folder / "record.json"
    assert json.loads(record)["format"] == "award-1"
    changed.write_bytes(record.replace(b'"points":"3"', b'"points":"2"', 1))
    page.goto("/check-award")
    page.locator("[name=file]").set_input_files(changed)
    giving.send(page, "Nachrechnen")
    assert "Diese Niederschrift stimmt nicht" in page.locator("main").inner_text()
    assert re.search(r"Zeile \d+", page.locator("main").inner_text())
