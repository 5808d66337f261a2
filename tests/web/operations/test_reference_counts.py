"""The coordination's page of reference counts."""

import csv
import io

import pytest
from sqlalchemy import text

from succession.accounts.actor import Role
from succession.places import queries_levels
from tests.factories.accounts import a_browser
from tests.factories.places import a_small_region

GERMAN = {"Accept-Language": "de"}
HEAD = "area;branch;count;source;date\n"


@pytest.fixture
def browser(app, session):
    a_small_region(session)
    return a_browser(app, session, Role.COORDINATOR)[0]


def bring(browser, rows):
    file = (io.BytesIO((HEAD + rows).encode()), "counts.csv")
    return browser.post("/reference-counts", data={"file": file}, headers=GERMAN, content_type="multipart/form-data")


def test_estimates_are_called_estimates(browser):
    page = browser.get("/reference-counts", headers=GERMAN).text
    assert "Noch ist nichts gezählt." in page
    assert "Schätzungen aus Fläche und Einwohnerzahl" in page


def test_the_template_comes_back_as_a_file(browser, session):
    shown = browser.get("/reference-counts/template.csv")
    assert shown.mimetype == "text/csv"
    rows = list(csv.DictReader(io.StringIO(shown.get_data(as_text=True).lstrip("\ufeff")), delimiter=";"))
    assert {row["is_estimate"] for row in rows} == {"yes"}
    own = rows[0]
    counted = f"{own['area']};{own['branch']};17;Gemeinde;2026-05-01\n"
    assert bring(browser, counted).status_code == 302
    assert queries_levels.reference_size(session)[0] == 1
    assert (
        session.scalar(text("SELECT count(*) FROM procrastinate_jobs WHERE task_name = 'listings.apply_reference'"))
        == 1
    )
    page = browser.get("/reference-counts", headers=GERMAN).text
    assert "Gemeinde, 1. Mai 2026" in page or "Gemeinde, 01.05.2026" in page


def test_one_wrong_row_and_nothing_is_taken(browser, session):
    answer = bring(browser, "L4-9;farm;3;Gemeinde;2026-05-01\nL4-0;farm;3;Gemeinde;2026-05-01\n")
    assert answer.status_code == 422
    assert "Zeile 2:" in answer.text
    assert queries_levels.reference_size(session)[0] == 0


def test_a_form_without_a_file_is_said_so(browser):
    assert browser.post("/reference-counts", data={}).status_code == 422


def test_it_is_for_the_coordination_only(app, session, browser):
    for role in (Role.TRANSFEROR, Role.SEEKER, Role.ADVISOR, Role.LANDOWNER):
        other, _ = a_browser(app, session, role)
        assert other.get("/reference-counts").status_code == 403
        assert bring(other, "").status_code == 403
