"""Asking, answering and releasing in the browser, with every forged post in between (LP-7, P11, P14)."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy.orm import Session

from succession.accounts.actor import Role
from succession.app import create_app
from succession.extensions import db
from succession.land.exact import SiteLocation
from succession.land.models import Site
from succession.listings.models_releases import ListingReader, ListingRelease
from tests.factories.accounts import a_browser
from tests.factories.addresses import NO_ID
from tests.factories.exclusions import keeps_from
from tests.factories.listings import a_place_called, a_published_listing
from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_published_search

MESSAGE = "Wir sind zu zweit und suchen einen Hof."


@pytest.fixture
def scene(app, session):
    a_small_region(session)
    owner, owner_account = a_browser(app, session, Role.TRANSFEROR, name="Otto Abgeber", phone="05862 4711")
    seeker, seeker_account = a_browser(app, session, Role.SEEKER, name="Sina Suchende")
    a_profile(session, seeker_account, introduction="Gelernte Landwirtin.", training="master")
    site = Site(name="Hofstelle am Deich", owner_account_id=owner_account.id)
    session.add(site)
    session.flush()
    session.add(SiteLocation(site_id=site.id, geom=a_place_called(session, "Gartow").location))
    session.flush()
    listing = a_published_listing(
        session, owner_account, place=None, site_id=site.id, is_confidential=True, area_ha=83,
        title="Milchhof mit Scheune", teaser="Ein Hof im Norden sucht Menschen.",
    )  # fmt: skip
    return {
        "owner": owner,
        "owner_account": owner_account,
        "seeker": seeker,
        "seeker_account": seeker_account,
        "listing": listing,
        "offer": f"/offers/{listing.public_id}",
        "mine": f"/my-offers/{listing.public_id}",
    }


def ask(scene, message=MESSAGE, **more):
    return scene["seeker"].post(f"{scene['offer']}/ask", data={"message": message, **more}, follow_redirects=True)


def request_of(session, scene):
    session.expire_all()
    return session.query(ListingReader).filter_by(account_id=scene["seeker_account"].id).one()


def released(session, scene):
    ask(scene)
    path = f"{scene['mine']}/requests/{request_of(session, scene).public_id}"
    ends_on = (date.today() + timedelta(days=10)).isoformat()  # noqa: DTZ011 - the day of the machine is meant
    page = scene["owner"].post(
        f"{path}/release", data={"purpose": "Ein erster Besuch", "ends_on": ends_on}, follow_redirects=True
    )
    assert page.status_code == 200, page.text
    session.expire_all()
    return session.query(ListingRelease).one()


def test_a_confidential_offer_is_a_stub_for_visitors_and_for_seekers(scene, client):  # P14
    for browser in (client, scene["seeker"]):
        page = browser.get(scene["offer"])
        for word in ("Milchhof", "Scheune", "Hofstelle", "Otto", "83", "80", "Gartow"):
            assert word not in main_of(page.text), word
        assert "Ein Hof im Norden sucht Menschen." in page.text
        assert 'content="noindex, noarchive"' in page.text
        assert page.headers["X-Robots-Tag"] == "noindex, noarchive"
        listed = browser.get("/search").text
        assert "Milchhof" not in listed
        assert scene["listing"].reference in listed
        assert "Milchhof" not in browser.get("/").text


def main_of(page):
    """What is read: without drawings, and without addresses, in which any digits can stand."""
    main = page[page.index("<main") : page.index("</main>")]
    return re.sub(r"<svg.*?</svg>|(href|value|action|data-\w+)=\"[^\"]*\"", "", main, flags=re.DOTALL)


def test_the_way_from_asking_to_reading_the_page(session, scene):
    assert "Gelernte Landwirtin." in scene["seeker"].get(f"{scene['offer']}/ask").text
    assert "unterwegs" in ask(scene).text
    listed = scene["owner"].get(f"{scene['mine']}/requests").text
    assert "Sina Suchende" in listed
    assert MESSAGE in listed
    path = f"{scene['mine']}/requests/{request_of(session, scene).public_id}"
    assert "Gelernte Landwirtin." in scene["owner"].get(path).text
    assert scene["seeker_account"].email not in scene["owner"].get(path).text
    until = (date.today() + timedelta(days=10)).isoformat()  # noqa: DTZ011
    scene["owner"].post(f"{path}/accept", data={"until_on": until})
    opened = scene["seeker"].get(scene["offer"])
    assert "Milchhof mit Scheune" in opened.text
    assert opened.headers["Cache-Control"] == "no-store"
    assert "Hofstelle am Deich" not in opened.text
    scene["owner"].post(f"{path}/end")
    assert "Milchhof" not in scene["seeker"].get(scene["offer"]).text


def test_a_no_tells_nothing(session, scene):
    ask(scene)
    scene["owner"].post(f"{scene['mine']}/requests/{request_of(session, scene).public_id}/decline")
    page = scene["seeker"].get("/my-requests").text
    assert "Diesmal passt es nicht" in page
    assert "Milchhof" not in page
    assert "Diesmal passt es nicht" in ask(scene).text


def test_the_released_page_shows_place_and_owner_and_both_sides_the_log(session, scene):
    released(session, scene)
    page = scene["seeker"].get(f"{scene['offer']}/released")
    for word in ("Otto Abgeber", "05862 4711", "Hofstelle am Deich", "53.02470", "Mailbox", "Ein erster Besuch"):
        assert word in page.text, word
    assert scene["owner_account"].email not in page.text
    assert "no-store" in page.headers["Cache-Control"]
    assert "noindex" in page.headers["X-Robots-Tag"]
    assert "Sina Suchende" in page.text
    assert re.search(r"<li>.*Sina Suchende</li>", page.text)


def test_the_next_request_after_taking_it_back_is_refused_plainly(session, scene):
    release = released(session, scene)
    assert scene["seeker"].get(f"{scene['offer']}/released").status_code == 200
    scene["owner"].post(f"{scene['mine']}/releases/{release.public_id}/revoke")
    page = scene["seeker"].get(f"{scene['offer']}/released")
    assert page.status_code == 403
    for word in ("Otto", "Hofstelle", "53.0", "4711"):
        assert word not in page.text
    assert "gilt nicht mehr" in page.text


def test_the_preview_names_to_whom_what_is_released(session, scene):
    address = f"{scene['mine']}/preview?as=released"
    assert "noch niemandem etwas freigegeben" in scene["owner"].get(address).text
    released(session, scene)
    page = scene["owner"].get(address).text
    for word in ("Sina Suchende, bis", "Otto Abgeber", "Hofstelle am Deich", "Milchhof mit Scheune"):
        assert word in page, word
    for other in ("public", "seeker"):
        stub = main_of(scene["owner"].get(f"{scene['mine']}/preview?as={other}").text)
        assert "Hofstelle am Deich" not in stub


def test_an_expired_release_is_refused(session, scene):
    release = released(session, scene)
    release.released_at -= timedelta(days=40)
    release.ends_at -= timedelta(days=40)
    session.commit()
    assert scene["seeker"].get(f"{scene['offer']}/released").status_code == 403


def test_nobody_else_gets_the_page(app, session, scene, client):
    released(session, scene)
    other, _ = a_browser(app, session, Role.SEEKER)
    assert other.get(f"{scene['offer']}/released").status_code == 404
    assert client.get(f"{scene['offer']}/released").status_code == 302
    operator, _ = a_browser(app, session, Role.TRANSFEROR)
    assert operator.get(f"{scene['offer']}/released").status_code == 403


def test_foreign_offers_requests_and_releases_do_not_exist(app, session, scene):  # S2
    release = released(session, scene)
    request = request_of(session, scene).public_id
    stranger, account = a_browser(app, session, Role.TRANSFEROR)
    own = f"/my-offers/{a_published_listing(session, account).public_id}"
    day = {"until_on": "2026-12-24", "ends_on": "2026-12-24", "purpose": "x"}
    for base in (scene["mine"], own):
        for path in (f"requests/{request}", f"requests/{request}/release"):
            assert stranger.get(f"{base}/{path}").status_code == 404
        for path in (
            f"requests/{request}/accept",
            f"requests/{request}/decline",
            f"requests/{request}/end",
            f"requests/{request}/release",
            f"releases/{release.public_id}/revoke",
        ):
            assert stranger.post(f"{base}/{path}", data=day).status_code == 404, path
    assert stranger.get(f"{scene['mine']}/requests").status_code == 404
    session.expire_all()
    assert session.get(ListingRelease, release.id).revoked_at is None
    other_seeker, _ = a_browser(app, session, Role.SEEKER)
    assert other_seeker.post(f"/my-requests/{request}/take-back").status_code == 404
    assert scene["seeker"].post(f"/my-requests/{NO_ID}/take-back").status_code == 404


def test_forged_fields_change_nothing(session, scene):  # S3
    ask(scene, state="accepted", reads_until="2030-01-01", account_id="1", decided_by_account_id="1")
    assert request_of(session, scene).state.value == "asked"
    assert request_of(session, scene).reads_until is None
    path = f"{scene['mine']}/requests/{request_of(session, scene).public_id}/release"
    forged = {
        "purpose": "x",
        "ends_on": "2026-12-24",
        "account_id": "1",
        "is_confirmed": "",
        "revoked_at": "2020-01-01",
    }
    scene["owner"].post(path, data={**forged, "ends_on": (date.today() + timedelta(days=9)).isoformat()})  # noqa: DTZ011
    session.expire_all()
    (release,) = session.query(ListingRelease).all()
    assert (release.account_id, release.is_confirmed, release.revoked_at) == (scene["seeker_account"].id, True, None)


@pytest.mark.parametrize(
    "data", [{}, {"purpose": "x"}, {"purpose": "x", "ends_on": "gestern"}, {"ends_on": "2026-12-24"}]
)
def test_a_release_needs_a_purpose_and_an_end(session, scene, data):
    ask(scene)
    path = f"{scene['mine']}/requests/{request_of(session, scene).public_id}/release"
    page = scene["owner"].post(path, data=data)
    assert page.status_code == 422
    assert "error-summary" in page.text
    assert session.query(ListingRelease).count() == 0


def test_a_message_with_a_number_is_asked_about_and_nothing_typed_is_lost(session, scene):
    page = ask(scene, "Rufen Sie uns an: 05862 998877")
    assert "05862 998877" in page.text
    assert session.query(ListingReader).count() == 0
    ask(scene, "Rufen Sie uns an: 05862 998877", is_confirmed="y")
    assert session.query(ListingReader).count() == 1


def test_who_must_not_learn_of_it_finds_no_door_here_either(session, scene):
    keeps_from(session, scene["owner_account"], "Suchende, Sina")
    for path in ("", "/ask", "/released", "/outline.json"):
        assert scene["seeker"].get(f"{scene['offer']}{path}").status_code == 404
    assert ask(scene).status_code == 404
    assert scene["seeker"].get(f"/matches/{scene['listing'].public_id}").status_code == 404


def test_the_match_of_a_confidential_offer_tells_no_fact(app, session, scene):
    browser, account = a_browser(app, session, Role.SEEKER)
    wishes = {"area": ("important", {"area_min": 3})}
    a_published_search(session, a_profile(session, account), kinds=["farm"], radius_km=100, wishes=wishes)
    for path in ("/matches", f"/matches/{scene['listing'].public_id}"):
        page = main_of(browser.get(path).text)
        assert scene["listing"].reference in page
        for word in ("Milchhof", "83", "ha ", "Hektar"):
            assert word not in page, (path, word)


def test_every_look_is_kept_even_though_a_page_only_reads(database):
    """On real connections: the look is on record in a transaction of its own (S23)."""
    app = create_app(database.settings)
    app.config.update(TESTING=True, WTF_CSRF_ENABLED=False)
    with Session(database.engine, expire_on_commit=False) as session:
        a_small_region(session)
        owner, owner_account = a_browser(app, session, Role.TRANSFEROR, name="Otto Abgeber")
        seeker, _ = a_browser(app, session, Role.SEEKER, name="Sina Suchende")
        listing = a_published_listing(session, owner_account)
        seeker.post(f"/offers/{listing.public_id}/ask", data={"message": MESSAGE})
        path = f"/my-offers/{listing.public_id}/requests"
        request = session.query(ListingReader).one().public_id
        ends_on = (date.today() + timedelta(days=9)).isoformat()  # noqa: DTZ011
        owner.post(f"{path}/{request}/release", data={"purpose": "Besuch", "ends_on": ends_on})
        assert "Noch hat niemand hingesehen" in owner.get(path).text
        for _ in range(2):
            assert "Otto Abgeber" in seeker.get(f"/offers/{listing.public_id}/released").text
        assert len(re.findall(r"<li>[^<]*, Sina Suchende</li>", owner.get(path).text)) == 2
    with app.app_context():
        db.engine.dispose()
