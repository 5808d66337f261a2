"""The list in the browser: who sees it, how it is filled, and forged posts."""

import pytest

from succession.accounts.actor import Role
from succession.exclusions.models import Exclusion
from tests.factories.accounts import a_browser, an_organisation
from tests.factories.addresses import NO_ID
from tests.factories.exclusions import keeps_from
from tests.factories.listings import a_place_called
from tests.factories.places import a_small_region

LIST = "/who-must-not-know"


@pytest.fixture
def owner(app, session):
    return a_browser(app, session, Role.TRANSFEROR)


def names(session):
    session.expire_all()
    return [(entry.kind.value, entry.name, entry.address) for entry in session.query(Exclusion).order_by(Exclusion.id)]


def test_an_empty_list_explains_itself(owner):
    page = owner[0].get(LIST).text
    for words in ("Wer darf es nicht erfahren?", "Eine Hilfe, keine Gewähr.", "vertraulich", "Noch niemand."):
        assert words in page


def test_a_person_a_firm_and_a_place_are_put_on_the_list_and_taken_off(session, owner):
    a_small_region(session)
    browser, _ = owner
    browser.post(f"{LIST}/add/person", data={"name": "Anna Müller", "address": "anna@example.org"})
    browser.post(f"{LIST}/add/firm", data={"name": "Landhandel Meyer"})
    browser.post(f"{LIST}/add/place", data={"place_name": "Gartow"})
    page = browser.get(LIST).text
    assert "Anna Müller, anna@example.org" in page
    assert "Landhandel Meyer" in page
    assert a_place_called(session, "Gartow").shown_name in page
    for entry in session.query(Exclusion).all():
        assert browser.post(f"{LIST}/{entry.public_id}/remove").status_code == 302
    assert browser.get(LIST).text.count("Noch niemand.") == 3


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("person", {}),
        ("person", {"name": "x" * 121}),
        ("firm", {"name": "GmbH"}),
        ("place", {"place_name": "Nirgendwo"}),
        ("place", {}),
    ],
)
def test_what_names_nobody_is_explained_and_nothing_is_lost(session, owner, kind, data):
    a_small_region(session)
    page = owner[0].post(f"{LIST}/add/{kind}", data=data)
    assert page.status_code == 422
    assert "error-summary" in page.text
    assert "Fehler: " in page.text
    assert names(session) == []
    assert all(value[:100] in page.text for value in data.values())


def test_somebody_elses_line_does_not_exist(app, session, owner):  # S2
    keeps_from(session, owner[1], "Anna Müller")
    entry = session.query(Exclusion).one()
    for role in (Role.TRANSFEROR, Role.SEEKER, Role.LANDOWNER):
        stranger, _ = a_browser(app, session, role)
        assert stranger.post(f"{LIST}/{entry.public_id}/remove").status_code == 404
        assert "Anna Müller" not in stranger.get(LIST).text
    assert owner[0].post(f"{LIST}/{NO_ID}/remove").status_code == 404
    for role in (Role.ADVISOR, Role.OPERATOR, Role.COORDINATOR):
        other, _ = a_browser(app, session, role)
        assert other.get(LIST).status_code in {302, 403}


def test_an_organisations_list_is_kept_by_those_who_make_its_offers(app, session, owner):
    clerk, account = a_browser(app, session, Role.LANDOWNER)
    parish = an_organisation(session, members=[account])
    address = f"?organisation={parish.public_id}"
    clerk.post(f"{LIST}/add/person{address}", data={"name": "Anna Müller"})
    assert "Anna Müller" in clerk.get(LIST + address).text
    assert "Anna Müller" not in clerk.get(LIST).text
    assert owner[0].get(LIST + address).status_code == 404
    assert owner[0].get(f"{LIST}/add/person{address}").status_code == 404
    assert owner[0].post(f"{LIST}/add/person{address}", data={"name": "Bert Meier"}).status_code == 404
    assert [name for _, name, _ in names(session)] == ["Anna Müller"]


def test_forged_fields_write_on_nobody_elses_list(app, session, owner):  # S3
    _, victim = a_browser(app, session, Role.TRANSFEROR)
    forged = {"name": "Anna Müller", "owner_account_id": victim.id, "kind": "place", "place_id": "1"}
    owner[0].post(f"{LIST}/add/person", data=forged)
    (entry,) = session.query(Exclusion).all()
    assert (entry.owner_account_id, entry.kind.value, entry.place_id) == (owner[1].id, "person", None)


def test_a_visitor_signs_in_first(client):
    assert client.get(LIST).status_code == 302
    assert client.post(f"{LIST}/add/person", data={"name": "x"}).status_code == 401
