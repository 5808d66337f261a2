"""Upload → report with map → word → done; nothing comes in before the word, and only once."""

import io
from uuid import uuid4

import pytest
import shapely
from sqlalchemy import func, select

from succession.accounts.actor import Role
from succession.land.models import ImportState, LandImport, Parcel
from tests.factories.accounts import a_browser, an_organisation
from tests.factories.land import Row, a_field, a_file


@pytest.fixture
def landowner(app, session):
    """A browser of a person with land of their own and a municipality."""
    browser, person = a_browser(app, session, Role.LANDOWNER)
    municipality = an_organisation(session, members=[person], name="Gemeinde Lanz")
    return browser, person, municipality


def hand_in(browser, path, owner="me", key=None, **values):
    data = {"owner": owner, "key": str(key or uuid4()), **values}
    data["file"] = (io.BytesIO(path.read_bytes()), path.name)
    return browser.post("/land/import", data=data, content_type="multipart/form-data")


def good_file(tmp_path, count=3):
    return a_file(tmp_path, [Row(a_field(i), {"FLIK": f"DE{i}", "HBN": "AL"}) for i in range(count)])


def mixed_file(tmp_path):
    return a_file(tmp_path, [Row(a_field(0)), Row(shapely.Point(680_000, 5_870_000)), Row(a_field(1, size=3.0))])


def parcels(session):
    return session.scalar(select(func.count(Parcel.id)))


def the_import(session):
    return session.scalars(select(LandImport).execution_options(populate_existing=True)).one()


def uploads(app):
    return sorted(app.extensions["settings"].uploads.glob("*"))


def test_nothing_comes_in_before_the_person_says_so(app, session, landowner, tmp_path):
    browser, _, _ = landowner
    answer = hand_in(browser, good_file(tmp_path))
    assert answer.status_code == 302
    page = browser.get(answer.location)
    assert page.status_code == 200
    assert parcels(session) == 0
    assert the_import(session).state is ImportState.CHECKED
    assert b"<path" in page.data
    assert len(browser.get(f"{answer.location}/map.json").json["features"]) == 3

    done = browser.post(f"{answer.location}/confirmation", follow_redirects=True)
    assert done.status_code == 200
    assert parcels(session) == 3
    assert the_import(session).state is ImportState.DONE
    assert the_import(session).stored_name is None
    assert len(browser.get(f"{answer.location}/map.json").json["features"]) == 3


def test_the_file_is_gone_when_it_is_taken_over_or_thrown_away(app, session, landowner, tmp_path):
    browser, _, _ = landowner
    before = uploads(app)
    first = hand_in(browser, good_file(tmp_path)).location
    second = hand_in(browser, good_file(tmp_path)).location
    assert len(uploads(app)) == len(before) + 2
    browser.post(f"{first}/confirmation")
    browser.post(f"{second}/discard")
    assert uploads(app) == before
    assert browser.get(second).status_code == 404


def test_the_same_form_sent_twice_is_one_import(app, session, landowner, tmp_path):  # R5
    browser, _, _ = landowner
    key, path = uuid4(), good_file(tmp_path)
    first, second = hand_in(browser, path, key=key), hand_in(browser, path, key=key)
    assert first.location == second.location
    assert session.scalar(select(func.count(LandImport.id))) == 1
    for _ in range(2):
        assert browser.post(f"{first.location}/confirmation").status_code == 302
    assert parcels(session) == 3


def test_land_comes_in_for_an_organisation_of_ones_own_only(app, session, landowner, tmp_path):
    browser, _, municipality = landowner
    stranger = an_organisation(session)
    assert hand_in(browser, good_file(tmp_path), owner=str(stranger.public_id)).status_code == 422
    browser.post(f"{hand_in(browser, good_file(tmp_path), owner=str(municipality.public_id)).location}/confirmation")
    assert set(session.scalars(select(Parcel.owner_organisation_id))) == {municipality.id}


def test_refused_rows_are_left_out_only_when_the_person_says_so(app, session, landowner, tmp_path):
    browser, _, _ = landowner
    address = hand_in(browser, mixed_file(tmp_path)).location
    for rows in ("", "?rows=refused", "?rows=remarks", "?rows=nonsense"):
        assert browser.get(address + rows).status_code == 200
    browser.post(f"{address}/confirmation")
    assert parcels(session) == 0
    assert the_import(session).state is ImportState.REFUSED
    browser.post(f"{address}/choices")
    browser.post(f"{address}/confirmation", data={"skip_refused": "yes"})
    assert parcels(session) == 2


def test_a_file_that_lies_elsewhere_can_be_read_with_the_guessed_system(app, session, landowner, tmp_path):
    browser, _, _ = landowner
    path = a_file(tmp_path, [Row(a_field(i)) for i in range(3)], crs="EPSG:25833")
    address = hand_in(browser, path).location
    page = browser.get(address).text
    assert 'selected value="EPSG:25832"' in page  # the guess is chosen already
    browser.post(f"{address}/choices", data={"crs": "EPSG:25832"})
    assert the_import(session).state is ImportState.CHECKED
    browser.post(f"{address}/confirmation")
    assert parcels(session) == 3


def test_a_file_that_is_none_says_so_on_a_page(app, session, landowner, tmp_path):
    browser, _, _ = landowner
    path = tmp_path / "land.gpkg"
    path.write_bytes(b"nothing that we know")
    address = hand_in(browser, path).location
    assert browser.get(address).status_code == 200
    assert the_import(session).state is ImportState.REFUSED
    assert browser.post(f"{address}/confirmation").status_code == 409


@pytest.mark.parametrize("content", [b""])
def test_an_empty_file_is_refused_with_the_form(app, session, landowner, tmp_path, content):
    browser, _, _ = landowner
    path = tmp_path / "land.gpkg"
    path.write_bytes(content)
    assert hand_in(browser, path).status_code == 422
    assert browser.post("/land/import", data={"owner": "me"}).status_code == 422


def test_large_files_are_left_to_the_worker(app, session, landowner, tmp_path, monkeypatch):
    monkeypatch.setattr("succession.land.steps.LARGEST_INLINE", 10)
    browser, _, _ = landowner
    answer = hand_in(browser, good_file(tmp_path))
    assert "/operations/work/" in answer.location
    assert the_import(session).state is ImportState.CHECKING
    assert browser.get(f"/land/imports/{the_import(session).public_id}").status_code == 200


def test_strangers_learn_nothing(app, session, landowner, tmp_path):  # S2
    browser, _, _ = landowner
    address = hand_in(browser, good_file(tmp_path)).location
    browser.post(f"{address}/confirmation")
    other = hand_in(browser, mixed_file(tmp_path)).location
    parcel = f"/land/parcels/{session.scalars(select(Parcel.public_id)).first()}"
    stranger, _ = a_browser(app, session, Role.LANDOWNER)
    for path in (address, f"{address}/map.json", parcel, f"{parcel}/map.json", other):
        assert stranger.get(path).status_code == 404
    for action in ("confirmation", "discard", "choices"):
        assert stranger.post(f"{other}/{action}").status_code == 404
    seeker, _ = a_browser(app, session, Role.SEEKER)
    assert seeker.get("/land").status_code == 403
    assert app.test_client().get("/land").status_code == 302


def test_my_land_lists_what_came_in(app, session, landowner, tmp_path, statements):
    browser, _, _ = landowner
    assert browser.get("/land").status_code == 200
    address = hand_in(browser, good_file(tmp_path), attribution="© Landesamt").location
    browser.post(f"{address}/confirmation")
    browser.get("/land")
    statements.clear()
    page = browser.get("/land").text
    assert len(statements) <= 12
    assert page.count("land-shape") == 3
    assert "© Landesamt" in page
    parcel = session.scalars(select(Parcel.public_id)).first()
    assert browser.get(f"/land/parcels/{parcel}").status_code == 200
    assert len(browser.get("/land/map.json").json["features"]) == 3
