"""Offers belong to the organisation: its people of today are told, and nothing is lost when a clerk goes."""

from uuid import uuid4

import pytest
from sqlalchemy import delete, select

from succession.accounts.actor import Role
from succession.accounts.duties import MandateScope, MembershipRole
from succession.accounts.models import Account
from succession.errors import Forbidden, NotFound, Refused
from succession.facts.kinds import Kind
from succession.listings import queries, service
from succession.listings.lifecycle import Step
from succession.listings.models import Listing
from succession.listings.service import NewListing
from succession.listings.states import ListingState
from succession.outbox.models import OutboxMail
from succession.outbox.rendering import render_mail
from succession.outbox.values import unpack
from tests.factories.accounts import an_account, an_organisation
from tests.factories.listings import a_listing
from tests.factories.organisations import a_mandate, a_member, acting, an_office

CLERK = MembershipRole.CLERK


@pytest.fixture
def owner(session):
    return an_organisation(session, name="Gemeinde Lanz")


@pytest.fixture
def clerk(session, owner):
    return a_member(session, owner, CLERK, name="Käthe Klar")


def published(session, owner, **values):
    moment = {"published_at": "2026-11-02T09:00:00+00:00", "confirmed_at": "2026-11-02T09:00:00+00:00"}
    return a_listing(session, owner, place=None, state=ListingState.PUBLISHED, **{**moment, **values})


def told(session):
    return sorted(session.scalars(select(OutboxMail.recipient_account_id)))


def test_everybody_who_makes_offers_for_the_owner_today_is_told(session, owner, clerk, now):
    office = an_office(session)
    colleague, in_office = a_member(session, owner, CLERK), a_member(session, office, CLERK)
    a_member(session, owner, MembershipRole.READER)
    former = a_member(session, owner, CLERK)
    former.blocked_at = now
    a_mandate(session, owner, office, MandateScope.IMPORT)
    listing = published(session, owner)
    service.take_step(session, acting(session, clerk, now), listing.public_id, Step.WITHDRAW, now=now)
    assert told(session) == sorted([clerk.id, colleague.id, in_office.id])
    mail = session.scalars(select(OutboxMail)).first()
    assert mail.values["doer"] == "Käthe Klar"


def test_the_subject_says_neither_owner_nor_step(session, owner, clerk, now, letterhead):
    listing = published(session, owner, title="Acker am Deich")
    service.take_step(session, acting(session, clerk, now), listing.public_id, Step.WITHDRAW, now=now)
    mail = session.scalars(select(OutboxMail)).one()
    rendered = render_mail(mail.template, unpack(mail.values), "de", letterhead)
    for word in ("Lanz", "Acker", "zurück", "Klar"):
        assert word not in rendered.subject
    assert "Käthe Klar" in rendered.body


@pytest.fixture
def letterhead():
    from succession.config import Contact
    from succession.outbox.rendering import Letterhead

    contact = Contact(name="Koordination", phone="0581 1", hours="Mo", email="hilfe@example.org")
    return Letterhead("Netzwerk", "https://example.org", contact, "Netzwerk <post@example.org>")


def test_a_persons_own_offer_is_told_to_that_person_alone(session, now):
    person = an_account(session, Role.TRANSFEROR)
    listing = published(session, person)
    service.take_step(session, acting(session, person, now), listing.public_id, Step.WITHDRAW, now=now)
    mail = session.scalars(select(OutboxMail)).one()
    assert (mail.recipient_account_id, mail.values["doer"]) == (person.id, "")


def test_an_unchecked_organisation_prepares_offers_and_publishes_none(session, now):
    organisation = an_organisation(session, name="Wer weiß", verified_at=None)
    actor = acting(session, a_member(session, organisation, CLERK), now)
    new = NewListing(Kind.FARM, "Hof", uuid4(), organisation.public_id)
    draft = service.create_listing(session, actor, new, now=now)
    with pytest.raises(Refused, match="checked"):
        service.publish(session, actor, draft.public_id, is_confirmed=True, now=now)


def test_an_office_makes_offers_for_an_owner_only_by_its_mandate(session, owner, now):
    office = an_office(session)
    actor_of = a_member(session, office, CLERK)
    new = NewListing(Kind.FARM, "Hof", uuid4(), owner.public_id)
    with pytest.raises(NotFound):
        service.create_listing(session, acting(session, actor_of, now), new, now=now)
    mandate = a_mandate(session, owner, office, MandateScope.LETTERS)
    with pytest.raises(Forbidden):
        service.create_listing(session, acting(session, actor_of, now), new, now=now)
    mandate.scopes = [MandateScope.IMPORT.value]
    session.commit()
    made = service.create_listing(session, acting(session, actor_of, now), new, now=now)
    assert made.owner_organisation_id == owner.id
    mandate.revoked_at = now
    session.commit()
    with pytest.raises(NotFound):
        queries.kept(session, acting(session, actor_of, now), made.public_id)


def test_an_offer_stays_when_the_clerk_who_made_it_goes(session, owner, clerk, now):
    new = NewListing(Kind.FARM, "Hof", uuid4(), owner.public_id)
    made = service.create_listing(session, acting(session, clerk, now), new, now=now)
    session.commit()
    session.execute(delete(Account).where(Account.id == clerk.id))
    session.commit()
    colleague = acting(session, a_member(session, owner, CLERK), now)
    assert queries.kept(session, colleague, made.public_id).public_id == made.public_id
    assert session.scalars(select(Listing.created_by_account_id)).all() == [None]
