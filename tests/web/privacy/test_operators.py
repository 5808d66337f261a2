"""The register of processing as page, CSV and PDF (P5), and the list of who was erased."""

import csv
import io
import subprocess
from datetime import UTC, datetime

import pytest

from succession.accounts.actor import Actor, Role
from succession.privacy import processing, service
from succession.privacy.models import ErasureWay
from succession.privacy.register import data_classes
from tests.conftest import settings_for
from tests.factories.accounts import a_browser, an_account
from tests.factories.listings import a_listing
from tests.factories.places import a_small_region
from tests.factories.privacy import as_person


@pytest.fixture
def coordinator(app, session):
    return a_browser(app, session, Role.COORDINATOR, language="en")[0]


def opened(client, path):
    answer = client.get(path)
    assert answer.status_code == 200
    return answer


def test_the_page_names_every_kind_of_data(coordinator):
    page = opened(coordinator, "/operations/processing").text
    assert [one.title.msgid for one in data_classes() if one.title.msgid not in page.replace("&#39;", "'")] == []


def test_the_csv_has_a_line_for_each_kind_of_data_and_nothing_that_computes():
    text = processing.as_csv("de")
    rows = list(csv.reader(io.StringIO(text.removeprefix("\ufeff")), delimiter=";"))
    assert len(rows) == len(data_classes()) + 1
    assert {len(row) for row in rows} == {len(processing.HEADINGS)}
    tables = {table for row in rows[1:] for table in row[-1].split(", ")}
    assert {"account", "listing", "search", "outbox_mail", "audit_entry", "consent_act"} <= tables


def test_the_pdf_holds_the_same_and_can_be_read_aloud(tmp_path):
    from succession.privacy.documents import register_as_pdf

    made = register_as_pdf(settings_for("postgresql+psycopg://x", tmp_path), "en", now=datetime.now(UTC))
    path = tmp_path / "register.pdf"
    path.write_bytes(made)
    words = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
    assert "Register of processing" in words
    facts = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=True).stdout
    assert "Tagged:          yes" in facts


def test_who_was_erased_is_listed_without_a_name_and_texts_of_others_can_be_ticked_off(session, coordinator, tmp_path):
    a_small_region(session)
    gone, other = an_account(session, name="Wiebke Muster-Erika"), an_account(session)
    a_listing(session, other, description="Fragen Sie Wiebke Muster-Erika.")
    settings = settings_for("postgresql+psycopg://x", tmp_path)
    erased = service.erase_person(
        session, Actor.system(), as_person(gone), settings, way=ErasureWay.OPERATOR, now=datetime.now(UTC)
    )
    session.commit()
    page = opened(coordinator, "/operations/erasures").text
    assert "Muster" not in page
    assert "by the operator" in page
    assert coordinator.post(f"/operations/erasures/{erased.erasure.public_id}/seen").status_code == 302
    assert "looked at on" in coordinator.get("/operations/erasures").text


@pytest.mark.parametrize("path", ["/operations/processing", "/operations/processing.csv", "/operations/erasures"])
def test_they_are_not_for_everybody(app, session, path):
    client, _ = a_browser(app, session, Role.SEEKER)
    assert client.get(path).status_code == 403
