"""The pages of organisations: what each person reaches, and the way from an invitation to membership."""

import re
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from succession.accounts.actor import Role
from succession.accounts.duties import MandateScope, MembershipRole
from succession.accounts.models import Membership, Organisation, OrganisationKind
from succession.accounts.models_organisations import Mandate, OrganisationInvitation
from succession.accounts.organisations import MandateState
from succession.accounts.tokens import link_for, new_token
from succession.outbox.models import OutboxMail
from tests.factories.accounts import a_browser, an_account, an_organisation, sign_in
from tests.factories.organisations import KEY, a_mandate, a_member, an_office

ADMINISTRATOR, CLERK, READER = MembershipRole.ADMINISTRATOR, MembershipRole.CLERK, MembershipRole.READER


def member_browser(app, session, organisation, role, *roles):
    browser, account = a_browser(app, session, *(roles or (Role.LANDOWNER,)))
    a_member(session, organisation, role, account=account)
    return browser, account


@pytest.fixture
def municipality(session):
    return an_organisation(session, name="Gemeinde Lanz", supervisor="Der Landesbeauftragte")


@pytest.fixture
def leader(app, session, municipality):
    return member_browser(app, session, municipality, ADMINISTRATOR)


def page(organisation, tail=""):
    return f"/organisations/{organisation.public_id}{tail}"


def new_values(**more):
    given = {"kind": "municipality", "name": "Gemeinde Boberow", "data_law": "gdpr"}
    return {**given, **more}


def test_a_landowner_enters_an_organisation_and_a_coordinator_checks_it(app, session):
    browser, _ = a_browser(app, session, Role.LANDOWNER)
    assert browser.get("/organisations").status_code == 200
    answer = browser.post("/organisations/new", data=new_values(website="https://boberow.example"))
    assert answer.status_code == 302
    made = session.scalars(select(Organisation).where(Organisation.name == "Gemeinde Boberow")).one()
    assert made.verified_at is None
    assert browser.get(page(made)).status_code == 200
    assert browser.post(page(made, "/verification")).status_code == 403
    coordinator, _ = a_browser(app, session, Role.COORDINATOR)
    assert "Gemeinde Boberow" in coordinator.get("/organisations").text
    assert coordinator.post(page(made, "/verification")).status_code == 302
    session.refresh(made)
    assert made.verified_at is not None


def test_what_is_entered_wrongly_comes_back_filled(app, session):
    browser, _ = a_browser(app, session, Role.LANDOWNER)
    wrong = browser.post("/organisations/new", data=new_values(website="javascript:alert(1)", phone="0581 1"))
    assert wrong.status_code == 422
    assert 'value="0581 1"' in wrong.text
    assert browser.post("/organisations/new", data=new_values(kind="advisory")).status_code == 422
    assert browser.post("/organisations/new", data=new_values(name="x" * 10_000)).status_code == 422


def test_more_fields_than_the_form_has_change_nothing(app, session):  # S3
    browser, _ = a_browser(app, session, Role.LANDOWNER)
    browser.post("/organisations/new", data=new_values(verified_at="2026-01-01", id="1"))
    assert session.scalars(select(Organisation.verified_at)).all() == [None]


def test_a_coordinator_takes_out_what_is_not_who_it_says(app, session):
    organisation = an_organisation(session, verified_at=None)
    browser, _ = a_browser(app, session, Role.COORDINATOR)
    assert browser.get(page(organisation, "/rejection")).status_code == 200
    assert browser.post(page(organisation, "/rejection"), data={"reason": ""}).status_code == 422
    assert browser.post(page(organisation, "/rejection"), data={"reason": "Kein Amt"}).status_code == 302
    assert browser.get(page(organisation)).status_code == 404


PAGES = ("", "/data", "/invitations/new", "/leaving", "/mandates/new", "/rejection")
WHO = {
    # who: the pages that open, in the order of PAGES
    "administrator": (200, 200, 200, 200, 200, 404),
    "clerk": (200, 403, 403, 200, 403, 404),
    "reader": (200, 403, 403, 200, 403, 404),
    "office": (200, 403, 403, 404, 404, 404),
    "former office": (404, 404, 404, 404, 404, 404),
    "stranger": (404, 404, 404, 404, 404, 404),
    "advisor": (404, 404, 404, 404, 404, 404),
    "seeker": (404, 404, 404, 404, 404, 404),
    "coordinator": (200, 403, 200, 404, 404, 200),
}


@pytest.mark.parametrize("who", WHO)
def test_which_pages_of_an_organisation_open_for_whom(app, session, municipality, who):  # S1 S2
    browser = visitor_of(app, session, municipality, who)
    answers = tuple(browser.get(page(municipality, tail)).status_code for tail in PAGES)
    assert answers == WHO[who]


def visitor_of(app, session, municipality, who):
    office = an_office(session)
    match who:
        case "administrator" | "clerk" | "reader":
            return member_browser(app, session, municipality, MembershipRole(who))[0]
        case "office" | "former office":
            ended = {"ends_on": date(2026, 1, 1)} if who == "former office" else {}
            a_mandate(session, municipality, office, **ended)
            return member_browser(app, session, office, ADMINISTRATOR)[0]
        case "stranger":
            return member_browser(app, session, an_organisation(session), ADMINISTRATOR)[0]
        case _:
            return a_browser(app, session, Role(who))[0]


@pytest.mark.parametrize("who", ["clerk", "office", "stranger", "seeker"])
def test_nobody_else_does_what_an_administrator_does(app, session, municipality, leader, who):  # S2
    _, person = leader
    browser = visitor_of(app, session, municipality, who)
    made = a_mandate(session, municipality, an_office(session))
    invitation = an_invitation(session, municipality)[0]
    posts = {
        page(municipality, "/data"): new_values(),
        page(municipality, "/invitations/new"): {"email": "a@example.org", "role": "reader"},
        page(municipality, f"/invitations/{invitation.public_id}/withdrawal"): {},
        page(municipality, f"/members/{person.public_id}"): {"role": "reader"},
        page(municipality, f"/members/{person.public_id}/removal"): {},
        page(municipality, "/mandates/new"): {},
        page(municipality, "/verification"): {},
        page(municipality, "/rejection"): {"reason": "x"},
        f"/organisations/mandates/{made.public_id}/end": {},
    }
    answers = {address: browser.post(address, data=data).status_code for address, data in posts.items()}
    assert set(answers.values()) <= {403, 404, 422}, answers
    assert session.scalars(select(Mandate.revoked_at)).all() == [None] * len(session.scalars(select(Mandate)).all())
    assert session.scalar(select(Membership.role).where(Membership.account_id == person.id)) is ADMINISTRATOR


def an_invitation(session, organisation, email="neu@example.org", **values):
    token = new_token()
    moment = values.pop("created_at", None) or organisation.verified_at + timedelta(days=300)
    given = {
        "organisation_id": organisation.id,
        "email": email,
        "role": CLERK,
        "token_hash": link_for(token, KEY).token_hash,
        "created_at": moment,
        "expires_at": moment + timedelta(days=3650),
        **values,
    }
    made = OrganisationInvitation(**given)
    session.add(made)
    session.commit()
    return made, f"/organisations/invitations/{token}"


def test_an_invitation_goes_by_mail_and_only_the_mail_holds_its_link(app, session, municipality, leader):  # S10
    browser, _ = leader
    answer = browser.post(page(municipality, "/invitations/new"), data={"email": "neu@example.org", "role": "clerk"})
    assert answer.status_code == 302
    mail = session.scalars(select(OutboxMail)).one()
    assert (mail.recipient_address, mail.template) == ("neu@example.org", "organisations/invitation")
    assert "neu@example.org" in browser.get(page(municipality)).text
    made = session.scalars(select(OrganisationInvitation)).one()
    browser.post(page(municipality, f"/invitations/{made.public_id}/withdrawal"))
    assert "neu@example.org" not in browser.get(page(municipality)).text


def test_the_way_from_the_link_to_membership(app, client, session, municipality):
    made, link = an_invitation(session, municipality)
    shown = client.get(link)
    assert shown.status_code == 200
    assert "Gemeinde Lanz" in shown.text
    assert f"next={link}".replace("/", "%2F") in shown.text or f"next={link}" in shown.text
    assert client.post(link).status_code in {401, 302}
    person = an_account(session, Role.LANDOWNER, email="neu@example.org")
    sign_in(client, session, person)
    assert client.get(link).status_code == 200
    assert session.scalar(select(Membership)) is None  # looking changes nothing
    assert client.post(link).status_code == 302
    assert session.scalars(select(Membership)).one().role is CLERK
    assert client.get(link).status_code == 404
    assert client.post(link).status_code == 404
    session.refresh(made)
    assert made.accepted_at is not None


def test_an_invitation_for_another_address_says_so(app, session, municipality):
    _, link = an_invitation(session, municipality)
    browser, _ = a_browser(app, session, Role.SEEKER)
    shown = browser.get(link)
    assert shown.status_code == 200
    assert "<form" not in shown.text.split("<main")[1]
    assert browser.post(link).status_code == 403


@pytest.mark.parametrize("token", ["nonsense", "x" * 5000, "%00", "ä"])
def test_forged_links_lead_nowhere(client, token):
    assert client.get(f"/organisations/invitations/{token}").status_code == 404


def test_a_role_is_changed_and_a_member_taken_out_at_once(app, session, municipality, leader):
    browser, _ = leader
    clerk_browser, clerk = member_browser(app, session, municipality, CLERK)
    address = page(municipality, f"/members/{clerk.public_id}")
    assert browser.get(address).status_code == 200
    assert browser.post(address, data={"role": "nonsense"}).status_code == 422
    assert browser.post(address, data={"role": "reader"}).status_code == 302
    assert clerk_browser.get(page(municipality)).status_code == 200
    assert browser.post(f"{address}/removal").status_code == 302
    assert clerk_browser.get(page(municipality)).status_code == 404  # at the next request
    assert browser.get(address).status_code == 404


def test_the_last_administrator_is_told_why_not(app, session, municipality, leader):
    browser, person = leader
    address = page(municipality, f"/members/{person.public_id}")
    for answer in (
        browser.post(page(municipality, "/leaving")),
        browser.post(address, data={"role": "reader"}),
        browser.post(f"{address}/removal"),
    ):
        assert answer.status_code == 409
        assert "Verwalter:in" in answer.text
    assert browser.get(page(municipality)).status_code == 200


def test_a_member_leaves(app, session, municipality, leader):
    browser, _ = member_browser(app, session, municipality, READER)
    assert browser.post(page(municipality, "/leaving")).status_code == 302
    assert browser.get(page(municipality)).status_code == 404


def mandate_values(office, **more):
    given = {"office": str(office.public_id), "scopes": ["import", "call"], "starts_on": "2026-11-02"}
    return {**given, **more}


def test_a_mandate_is_given_looked_at_and_revoked(app, session, municipality, leader):
    browser, _ = leader
    assert browser.get(page(municipality, "/mandates/new")).status_code == 200  # no office yet
    office = an_office(session, name="Amt Lenzen")
    clerk, _ = member_browser(app, session, office, CLERK)
    assert clerk.get(page(municipality)).status_code == 404
    assert browser.post(page(municipality, "/mandates/new"), data=mandate_values(office, scopes=[])).status_code == 422
    ended = mandate_values(office, ends_on="2026-11-01")
    assert browser.post(page(municipality, "/mandates/new"), data=ended).status_code == 422
    answer = browser.post(page(municipality, "/mandates/new"), data=mandate_values(office))
    assert answer.status_code == 302
    again = browser.post(page(municipality, "/mandates/new"), data=mandate_values(office, scopes=["letters"]))
    assert again.status_code == 409
    for who in (browser, clerk):
        assert "Gemeinde Lanz" in who.get(answer.location).text
    assert clerk.get(page(municipality)).status_code == 200
    assert clerk.post(f"{answer.location}/end").status_code == 403
    assert browser.post(f"{answer.location}/end").status_code == 302
    assert clerk.get(page(municipality)).status_code == 404  # at the next request
    assert clerk.get(answer.location).status_code == 200
    stranger, _ = a_browser(app, session, Role.LANDOWNER)
    assert stranger.get(answer.location).status_code == 404


def test_the_form_proposes_everything_but_the_decision(app, session, municipality, leader):
    browser, _ = leader
    an_office(session)
    form = browser.get(page(municipality, "/mandates/new")).text
    ticked = set(re.findall(r'checked[^>]*value="(\w+)"', form)) & {scope.value for scope in MandateScope}
    assert ticked == {scope.value for scope in MandateScope if scope is not MandateScope.DECIDE}


def test_an_office_sees_its_owners_filtered_sorted_and_page_by_page(app, session, statements):
    office = an_office(session, name="Amt Lenzen")
    browser, _ = member_browser(app, session, office, CLERK)
    assert browser.get("/organisations/managed").status_code == 200
    for number in range(30):
        kind = OrganisationKind.PARISH if number % 3 == 0 else OrganisationKind.MUNICIPALITY
        owner = an_organisation(session, kind, name=f"Eigentum {number:02}")
        a_mandate(session, owner, office, ends_on=date(2026, 1, 1) if number == 7 else None)
    statements.clear()
    first = browser.get("/organisations/managed").text
    assert len(statements) <= 12  # R1
    assert first.count('<article class="card">') == 25
    assert browser.get("/organisations/managed?page=2").text.count('<article class="card">') == 5
    assert browser.get("/organisations/managed?kind=parish").text.count('<article class="card">') == 10
    ended = browser.get(f"/organisations/managed?state={MandateState.ENDED}").text
    assert ended.count('<article class="card">') == 1
    assert "Eigentum 07" in ended
    for nonsense in ("?kind=x&state=y&order=z&office=u&page=-3", "?q=%25", "?q=%00", "?order=ends", "?order=newest"):
        assert browser.get(f"/organisations/managed{nonsense}").status_code == 200


def test_a_person_without_organisation_finds_out_what_to_do(app, session):
    for role in (Role.SEEKER, Role.LANDOWNER, Role.ADVISOR, Role.OPERATOR):
        browser, _ = a_browser(app, session, role)
        assert browser.get("/organisations").status_code == 200
        assert browser.get("/organisations/managed").status_code == 200
    seeker, _ = a_browser(app, session, Role.SEEKER)
    assert seeker.get("/organisations/new").status_code == 403
