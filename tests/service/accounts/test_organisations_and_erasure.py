"""What belongs to an organisation stays when one of its people is erased; what was the person's own goes."""

import pytest
from sqlalchemy import func, select

from succession.accounts import queries_organisations, service_mandates, service_members
from succession.accounts.actor import Role
from succession.accounts.duties import MandateScope, MembershipRole
from succession.accounts.models import Account, Membership
from succession.accounts.models_organisations import Mandate, OrganisationInvitation
from succession.accounts.service_mandates import MandateValues
from succession.land import queries as land
from succession.land.models import LandImport, Parcel
from succession.land.owner import Owner
from succession.listings.models import Listing
from succession.privacy import erasing
from tests.factories.accounts import an_actor, an_organisation
from tests.factories.land import NOON, Row, a_field, a_file, imported
from tests.factories.listings import a_listing
from tests.factories.organisations import a_member, a_token, acting, an_office
from tests.factories.privacy import as_person


def counted(session):
    return {
        model.__name__: session.scalar(select(func.count(model.id))) for model in (Parcel, LandImport, Listing, Mandate)
    }


@pytest.fixture
def scene(session, tmp_path):
    """An owner whose only administrator has done everything there is to do."""
    owner = an_organisation(session, name="Gemeinde Lanz")
    leader = a_member(session, owner, MembershipRole.ADMINISTRATOR, name="Käthe Gehtbald")
    actor = acting(session, leader, NOON)
    whose = Owner(organisation_id=owner.id, name=owner.name)
    imported(session, whose, a_file(tmp_path, [Row(a_field(0))]), actor=actor)
    a_listing(session, owner, place=None, created_by_account_id=leader.id)
    office = an_office(session)
    values = MandateValues(office.public_id, [MandateScope.IMPORT], NOON.date(), note="Akte 1")
    service_mandates.give(session, actor, owner.public_id, values, now=NOON)
    _, link = a_token()
    service_members.invite(
        session, actor, owner.public_id, "neu@example.org", MembershipRole.CLERK, link=link, now=NOON
    )
    session.commit()
    return owner, leader, office


def test_parcels_imports_offers_and_mandates_stay(session, scene):
    owner, leader, office = scene
    before = counted(session)
    clerk = a_member(session, owner, MembershipRole.CLERK)
    in_office = a_member(session, office, MembershipRole.CLERK)
    gone = as_person(leader)
    erasing.erase(session, gone)
    session.commit()
    session.expire_all()
    assert session.get(Account, gone.account_id) is None
    assert counted(session) == before == {"Parcel": 1, "LandImport": 1, "Listing": 1, "Mandate": 1}
    assert session.scalars(select(Mandate.given_by_account_id)).one() is None
    assert session.scalars(select(OrganisationInvitation.invited_by_account_id)).one() is None
    for person in (clerk, in_office):
        assert len(land.own_parcels(session, acting(session, person, NOON))) == 1


def test_the_network_sees_that_nobody_leads_it_any_more(session, scene):
    owner, leader, _ = scene
    erasing.erase(session, as_person(leader))
    session.commit()
    assert session.scalars(select(Membership).where(Membership.organisation_id == owner.id)).all() == []
    coordinator = an_actor(session, Role.COORDINATOR)
    assert owner in queries_organisations.without_administrator(session, coordinator)


def test_an_invitation_to_the_erased_address_is_gone(session, scene):

    guest = a_member(session, an_organisation(session), email="neu@example.org")
    erasing.erase(session, as_person(guest))
    session.commit()
    assert session.scalars(select(OrganisationInvitation)).all() == []
