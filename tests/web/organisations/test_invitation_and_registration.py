"""From the mail with an invitation to membership, for a person who has no account yet."""

import re

from sqlalchemy import select

from succession.accounts.actor import Role
from succession.accounts.duties import MembershipRole
from succession.accounts.models import Membership
from tests.factories.accounts import a_browser, an_organisation
from tests.factories.mails import mails_to, read
from tests.factories.organisations import a_member

ADDRESS = "neu@example.org"
PASSWORD = "drei hühner im regen"


def link_in(mail):
    return re.search(r"https://example\.org(/\S+)", read(mail))[1]


def test_the_invitation_is_kept_through_registration(app, client, session):
    organisation = an_organisation(session, name="Gemeinde Lanz")
    browser, leader = a_browser(app, session, Role.LANDOWNER)
    a_member(session, organisation, MembershipRole.ADMINISTRATOR, account=leader)
    page = f"/organisations/{organisation.public_id}"
    browser.post(f"{page}/invitations/new", data={"email": ADDRESS, "role": "clerk"})
    invitation = link_in(mails_to(session, ADDRESS)[0])

    shown = client.get(invitation).text
    registration = re.search(r'href="(/register\?[^"]*)"', shown)[1].replace("&amp;", "&")
    form = client.get(registration).text
    assert f'value="{ADDRESS}"' in form
    kept = re.search(r'name="next"[^>]*value="([^"]*)"', form)[1]
    assert kept == invitation

    filled = {"name": "Käthe Neu", "email": ADDRESS, "roles": ["landowner"], "password": PASSWORD}
    client.post("/register", data={**filled, "accepts_terms": "y", "next": kept})
    confirmation = link_in(mails_to(session, ADDRESS)[-1])
    kept = re.search(r'name="next"[^>]*value="([^"]*)"', client.get(confirmation).text)[1]
    answer = client.post(confirmation, data={"password": PASSWORD, "next": kept})
    assert answer.status_code == 302
    assert client.post(invitation).status_code == 302
    roles = dict(session.execute(select(Membership.account_id, Membership.role)).all())
    assert sorted(roles.values()) == ["administrator", "clerk"]
    assert "Käthe Neu" in browser.get(page).text


def test_members_see_when_the_network_looked(app, session):  # S23
    organisation = an_organisation(session)
    browser, leader = a_browser(app, session, Role.LANDOWNER)
    a_member(session, organisation, MembershipRole.ADMINISTRATOR, account=leader)
    page = f"/organisations/{organisation.public_id}"
    looked = "hat die Seite der Organisation angesehen"
    assert looked not in browser.get(page).text
    coordinator, _ = a_browser(app, session, Role.COORDINATOR, name="Svea Neugier")
    for _ in range(3):
        assert coordinator.get(page).status_code == 200
    shown = browser.get(page).text
    assert shown.count(looked) == 1
    assert "Svea Neugier" in shown
