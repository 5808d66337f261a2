"""S23: people read who did what to their things; names only of those who help or work with them."""

from uuid import uuid4

import pytest

from succession.accounts.actor import Actor, Principal, Role
from succession.accounts.models import OrganisationKind
from succession.audit import service
from tests.factories.accounts import a_browser, an_account, an_actor, an_organisation, sign_in
from tests.factories.listings import a_listing

GERMAN = {"Accept-Language": "de"}


@pytest.fixture
def reader(app, session):
    """A browser with a transferor, her account and her offer."""
    client, account = a_browser(app, session, Role.TRANSFEROR, name="Frieda Muster")
    return client, account, a_listing(session, account, place=None, title="Hof am Deich")


def note(session, actor, action, now, **more):
    service.record(session, actor, action, now=now, **more)
    session.commit()


def test_the_owner_reads_that_an_advisor_looked_at_her_offer_and_who_it_was(session, reader, now):
    client, _, listing = reader
    advisor = an_actor(session, Role.ADVISOR, name="Anna Rat")
    note(session, advisor, "listing.edited", now, kind="listing", public_id=listing.public_id)
    page = client.get("/record").text
    assert "Das Angebot wurde geändert." in page
    assert "Hof am Deich" in page
    assert "Anna Rat (Beratung)" in page


def test_another_seeker_is_never_named(session, reader, now):
    client, _, listing = reader
    stranger = an_actor(session, Role.SEEKER, name="Sven Suchmann")
    note(session, stranger, "listing.edited", now, kind="listing", public_id=listing.public_id)
    page = client.get("/record").text
    assert "jemand anderes" in page
    assert "Sven" not in page
    assert "Sven" not in client.get("/record.csv").get_data(as_text=True)


def test_nobody_reads_what_concerns_others(app, session, reader, now):
    _, _, listing = reader
    note(session, Actor.system(), "listing.edited", now, kind="listing", public_id=listing.public_id)
    other, _ = a_browser(app, session, Role.TRANSFEROR)
    address = f"/record?about=listing:{listing.public_id}"
    assert "Das Angebot wurde geändert." not in other.get(address).text
    assert "Hof am Deich" not in other.get("/record").text
    assert app.test_client().get("/record").status_code == 302


def test_who_acted_for_her_is_named_and_sees_for_whom(app, session, reader, now):
    client, account, listing = reader
    helper = an_account(session, Role.SEEKER, name="Paul Nachbar")
    principal = Principal(account.id, account.public_id, account.name)
    acting = Actor(account_id=helper.id, account_public_id=helper.public_id, acting_for=principal)
    note(session, acting, "listing.edited", now, kind="listing", public_id=listing.public_id)
    assert "Paul Nachbar, in Ihrem Auftrag" in client.get("/record").text
    browser = app.test_client()
    sign_in(browser, session, helper)
    assert "Sie, im Auftrag von Frieda Muster" in browser.get("/record").text


def test_members_read_what_was_done_in_the_name_of_their_organisation(app, session, now):
    clerk, clerk_account = a_browser(app, session, Role.LANDOWNER, name="Carla Amt")
    colleague = an_account(session, Role.LANDOWNER, name="Kurt Kollege")
    office = an_organisation(
        session, OrganisationKind.MUNICIPALITY, members=(clerk_account, colleague), name="Amt Elbe"
    )
    acting = Actor(account_id=colleague.id, account_public_id=colleague.public_id)
    note(session, acting, "land.imported", now, kind="land_import", public_id=uuid4(), organisation=office.public_id)
    page = clerk.get("/record").text
    assert "Kurt Kollege, im Namen von: Amt Elbe" in page
    outsider, _ = a_browser(app, session, Role.LANDOWNER)
    assert "Kurt Kollege" not in outsider.get("/record").text


def test_the_list_has_pages_can_be_narrowed_and_bears_nonsense(session, reader, now):
    client, account, listing = reader
    for _ in range(60):
        service.record(
            session, Actor.system(), "listing.confirmed", kind="listing", public_id=listing.public_id, now=now
        )
    note(session, Actor.system(), "account.language_chosen", now, kind="account", public_id=account.public_id)
    first = client.get("/record").text
    assert "page=2" in first
    assert "noch gilt" not in client.get("/record?kind=account").text
    assert "Sprache" not in client.get(f"/record?about=listing:{listing.public_id}").text
    for nonsense in ("about=x", "about=listing:7", "kind=';--", "page=-1", "page=99999999999999"):
        assert client.get(f"/record?{nonsense}").status_code == 200
    table = client.get("/record.csv")
    assert table.mimetype == "text/csv"
    assert table.get_data(as_text=True).startswith("\ufeffWann;")
    assert len(table.get_data(as_text=True).splitlines()) == 62


def test_a_title_that_looks_like_a_formula_is_harmless_in_the_table(session, app, now):  # S13
    client, account = a_browser(app, session, Role.TRANSFEROR)
    listing = a_listing(session, account, place=None, title='=HYPERLINK("http://x")')
    note(session, Actor.system(), "listing.edited", now, kind="listing", public_id=listing.public_id)
    assert "'=HYPERLINK" in client.get("/record.csv").get_data(as_text=True)
