"""The page on which an office brings in one file with the land of several owners."""

import io
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from succession.accounts.actor import Role
from succession.accounts.duties import MandateScope, MembershipRole
from succession.accounts.models_organisations import Mandate
from succession.land.models import ImportState, LandImport, Parcel
from tests.factories.accounts import a_browser, an_organisation
from tests.factories.land import Row, a_field, a_file
from tests.factories.organisations import a_mandate, a_member, an_office


@pytest.fixture
def office(session):
    return an_office(session, name="Amt Lenzen")


@pytest.fixture
def clerk(app, session, office):
    browser, account = a_browser(app, session, Role.LANDOWNER)
    a_member(session, office, MembershipRole.CLERK, account=account)
    return browser


@pytest.fixture
def owners(session, office):
    made = [an_organisation(session, name=name) for name in ("Gemeinde Lanz", "Gemeinde Boberow")]
    for owner in made:
        a_mandate(session, owner, office, MandateScope.IMPORT)
    return made


def hand_in(browser, office, path):
    data = {"owner": str(office.public_id), "key": str(uuid4())}
    data["file"] = (io.BytesIO(path.read_bytes()), path.name)
    return browser.post("/land/import", data=data, content_type="multipart/form-data")


def file_of(tmp_path, *names, column="Eigentümer"):
    return a_file(tmp_path, [Row(a_field(i), {column: name}) for i, name in enumerate(names)])


def count(session):
    return session.scalar(select(func.count(Parcel.id)))


def test_the_choice_is_there_once_an_owner_has_given_a_mandate(app, session, office, clerk):
    assert "Mehrere Eigentümerinnen" not in clerk.get("/land/import").text
    a_mandate(session, an_organisation(session), office, MandateScope.CALL)
    assert "Mehrere Eigentümerinnen" not in clerk.get("/land/import").text
    a_mandate(session, an_organisation(session), office, MandateScope.IMPORT)
    assert "Mehrere Eigentümerinnen" in clerk.get("/land/import").text


def test_upload_report_by_owner_word_done(app, session, office, clerk, owners, tmp_path):
    address = hand_in(clerk, office, file_of(tmp_path, "Gemeinde Lanz", "Gemeinde Boberow", "Gemeinde Lanz")).location
    shown = clerk.get(address).text
    assert "Gemeinde Boberow" in shown
    assert count(session) == 0
    assert len(clerk.get(f"{address}/map.json").json["features"]) == 3
    for _ in range(2):
        assert clerk.post(f"{address}/confirmation").status_code == 302
    assert clerk.get(address).status_code == 200
    assert count(session) == 3
    states = session.scalars(select(LandImport.state)).all()
    assert states == [ImportState.DONE] * 3  # the office's own, and one for each owner


def test_a_row_without_mandate_waits_for_a_word(app, session, office, clerk, owners, tmp_path):
    address = hand_in(clerk, office, file_of(tmp_path, "Gemeinde Lanz", "Gemeinde Fremd")).location
    clerk.post(f"{address}/confirmation")
    assert count(session) == 0
    clerk.post(f"{address}/choices")
    clerk.post(f"{address}/confirmation", data={"skip_refused": "yes"})
    assert count(session) == 1


def test_the_column_can_be_chosen_on_the_page(app, session, office, clerk, owners, tmp_path):
    address = hand_in(clerk, office, file_of(tmp_path, "Gemeinde Lanz", column="Wem")).location
    shown = clerk.get(address).text
    assert "--owner-column" not in shown
    assert 'name="owner_column"' in shown
    clerk.post(f"{address}/choices", data={"owner_column": "Wem"})
    clerk.post(f"{address}/confirmation")
    assert count(session) == 1


def test_a_mandate_revoked_between_reading_and_word_counts(app, session, office, clerk, owners, now, tmp_path):
    address = hand_in(clerk, office, file_of(tmp_path, "Gemeinde Lanz")).location
    for mandate in session.scalars(select(Mandate)):
        mandate.revoked_at = now
    session.commit()
    clerk.post(f"{address}/confirmation")
    assert count(session) == 0
