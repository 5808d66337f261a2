from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest

from succession.accounts.actor import Role
from succession.files.purposes import Purpose
from succession.listings import publication, queries_files
from succession.listings.models_files import ListingFile
from succession.listings.models_releases import ListingRelease
from tests.factories.accounts import a_browser
from tests.factories.files import BAD_DOCUMENTS, BAD_PHOTOS, a_document, a_photo
from tests.factories.listings import NOW, a_listing, a_published_listing
from tests.factories.places import a_small_region


@pytest.fixture
def scene(app, session):
    a_small_region(session)
    browser, person = a_browser(app, session, Role.TRANSFEROR)
    return browser, person


def hand_in(browser, listing, content, *, field="photo", name="hof.jpg", words="Die Scheune von Süden"):
    data = {field: (BytesIO(content), name), "description": words}
    return browser.post(f"/my-offers/{listing.public_id}/{field}s", data=data, content_type="multipart/form-data")


def the_photo(session, listing, purpose=Purpose.OFFER_PHOTO):
    return queries_files.files_of(session, listing.id, purpose)[0]


def test_a_photo_of_a_published_offer_is_there_for_everybody_without_a_cookie(app, session, scene):  # S12 LP-9
    browser, person = scene
    listing = a_published_listing(session, person)
    assert hand_in(browser, listing, a_photo()).status_code == 302
    photo = the_photo(session, listing)
    visitor = app.test_client()
    page = visitor.get(f"/offers/{listing.public_id}").text
    assert f"/media/{photo.public_id}/medium.jpg" in page
    assert "Die Scheune von Süden" in page
    assert "hof.jpg" not in page
    for size in ("small", "medium", "large"):
        answer = visitor.get(f"/media/{photo.public_id}/{size}.jpg")
        assert answer.status_code == 200
        assert answer.mimetype == "image/jpeg"
        assert "Set-Cookie" not in answer.headers
        assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
        assert "Cookie" not in answer.headers.get("Vary", "")
        assert answer.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("state", ["draft", "confidential", "withdrawn"])
def test_a_photo_of_what_is_not_shown_is_there_only_for_its_owner(app, session, scene, state):  # P14
    browser, person = scene
    listing = a_listing(session, person) if state == "draft" else a_published_listing(session, person)
    hand_in(browser, listing, a_photo())
    photo = the_photo(session, listing)
    if state == "confidential":
        listing.is_confidential = True
        publication.refresh(session, listing)
    if state == "withdrawn":
        publication.remove(session, listing)
    session.commit()
    stranger, _ = a_browser(app, session, Role.TRANSFEROR, Role.SEEKER)
    for other in (app.test_client(), stranger):
        assert other.get(f"/media/{photo.public_id}/large.jpg").status_code == 404
    assert stranger.get(f"/my-files/{photo.public_id}/large.jpg").status_code == 404
    mine = browser.get(f"/my-files/{photo.public_id}/large.jpg")
    assert (mine.status_code, mine.headers["Cache-Control"]) == (200, "no-store")
    assert f"/media/{photo.public_id}" not in app.test_client().get(f"/offers/{listing.public_id}").text


def test_a_document_is_saved_never_shown_and_only_for_its_owner(app, session, scene):  # S12
    browser, person = scene
    listing = a_published_listing(session, person)
    assert hand_in(browser, listing, a_document(), field="document", name="plan.pdf").status_code == 302
    document = the_photo(session, listing, Purpose.OFFER_DOCUMENT)
    answer = browser.get(f"/my-files/{document.public_id}/document.pdf")
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.data.startswith(b"%PDF-")
    stranger, _ = a_browser(app, session, Role.SEEKER)
    assert stranger.get(f"/my-files/{document.public_id}/document.pdf").status_code == 404
    assert app.test_client().get(f"/media/{document.public_id}/large.jpg").status_code == 404
    assert str(document.public_id) not in app.test_client().get(f"/offers/{listing.public_id}").text


@pytest.mark.parametrize("name", BAD_PHOTOS)
def test_a_bad_photo_comes_back_with_a_sentence_and_what_was_typed(session, scene, name):  # S12
    browser, person = scene
    listing = a_listing(session, person)
    answer = hand_in(browser, listing, BAD_PHOTOS[name])
    assert answer.status_code == 422
    assert "error-summary" in answer.text
    assert "Die Scheune von Süden" in answer.text


@pytest.mark.parametrize("name", BAD_DOCUMENTS)
def test_a_bad_document_comes_back_with_a_sentence(session, scene, name):  # S12
    browser, person = scene
    listing = a_listing(session, person)
    answer = hand_in(browser, listing, BAD_DOCUMENTS[name], field="document")
    assert answer.status_code == 422
    assert "error-summary" in answer.text


def test_a_form_without_a_file_says_so(session, scene):
    browser, person = scene
    listing = a_listing(session, person)
    answer = browser.post(f"/my-offers/{listing.public_id}/photos", data={"description": "Scheune"})
    assert answer.status_code == 422


def test_a_photo_goes_up_and_goes_away(session, scene):
    browser, person = scene
    listing = a_listing(session, person)
    for number in (1, 2):
        hand_in(browser, listing, a_photo(size=(10 + number, 10)), words=f"Bild {number}")
    second = queries_files.files_of(session, listing.id, Purpose.OFFER_PHOTO)[1]
    address = f"/my-offers/{listing.public_id}/files/{second.public_id}"
    assert browser.post(f"{address}/up").status_code == 302
    page = browser.get(f"/my-offers/{listing.public_id}/photos").text
    assert page.index("Bild 2") < page.index("Bild 1")
    assert browser.post(f"{address}/remove").status_code == 302
    assert browser.post(f"{address}/remove").status_code == 404
    assert session.query(ListingFile).count() == 1


def test_strangers_find_no_page_for_photos(app, session, scene):
    _, person = scene
    listing = a_listing(session, person, created_at=NOW)
    stranger, _ = a_browser(app, session, Role.TRANSFEROR)
    for address in ("photos", "documents"):
        assert stranger.get(f"/my-offers/{listing.public_id}/{address}").status_code == 404
    assert hand_in(stranger, listing, a_photo()).status_code == 404


def test_a_document_is_there_for_who_has_the_release(app, session, scene):  # LP-7
    browser, person = scene
    listing = a_published_listing(session, person)
    hand_in(browser, listing, a_document(), field="document", name="plan.pdf")
    document = the_photo(session, listing, Purpose.OFFER_DOCUMENT)
    reader, seeker = a_browser(app, session, Role.SEEKER)
    address = f"/offers/{listing.public_id}/released/documents/{document.public_id}.pdf"
    assert reader.get(address).status_code == 404
    release = a_release(session, listing, seeker)
    answer = reader.get(address)
    assert (answer.status_code, answer.headers["Cache-Control"]) == (200, "no-store")
    assert reader.get(address.replace(str(document.public_id), str(listing.public_id))).status_code == 404
    other, _ = a_browser(app, session, Role.SEEKER)
    assert other.get(address).status_code == 404
    release.revoked_at = datetime.now(UTC)
    session.commit()
    assert reader.get(address).status_code == 403


def a_release(session, listing, seeker):
    """The place of the offer is open to the seeker, as their owner has decided."""
    now = datetime.now(UTC)
    made = ListingRelease(
        listing_id=listing.id,
        account_id=seeker.id,
        purpose="Besichtigung",
        released_by_account_id=listing.owner_account_id,
        released_at=now,
        is_confirmed=True,
        ends_at=now + timedelta(days=30),
    )
    session.add(made)
    session.commit()
    return made


@pytest.mark.parametrize("words", ["Dorfstraße 3, 29471 Gartow", "Anruf: 05862 123456", "Hof von Otto Abgeber"])
def test_the_words_under_a_photo_do_not_say_whose_it_is_or_where(session, scene, words):  # LP-8
    browser, person = scene
    person.name = "Otto Abgeber"
    session.commit()
    listing = a_published_listing(session, person)
    answer = hand_in(browser, listing, a_photo(), words=words)
    assert answer.status_code == 422
    assert queries_files.files_of(session, listing.id, Purpose.OFFER_PHOTO) == []
