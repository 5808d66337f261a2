"""What is held on a person who offers, and that it goes."""

from sqlalchemy import func, select

from succession.accounts.actor import Role
from succession.listings import personal_data
from succession.listings.models import Listing, ListingPublication
from succession.listings.models_published import published_offer
from tests.factories.accounts import an_account, an_organisation
from tests.factories.listings import a_listing, a_published_listing
from tests.factories.places import a_small_region


def test_a_person_gets_all_of_their_own_offers_and_nobody_elses(session):
    a_small_region(session)
    owner, other = an_account(session, Role.TRANSFEROR), an_account(session, Role.TRANSFEROR)
    a_listing(session, owner, title="Mein Hof", price=123, wishes={"training": ("must", {"training_min": 2})})
    a_listing(session, other, title="Fremder Hof")
    (offer,) = personal_data.export(session, owner.id)["offers"]
    assert (offer["title"], offer["facts"]["price"], offer["place"]) == ("Mein Hof", 123, "Gartow")
    assert offer["wishes"]["training"]["importance"] == "must"


def test_nothing_of_a_persons_offers_is_left_and_organisations_keep_theirs(session):
    a_small_region(session)
    owner = an_account(session, Role.TRANSFEROR)
    parish = an_organisation(session, members=[owner])
    a_published_listing(session, owner)
    kept = a_published_listing(session, parish, created_by_account_id=owner.id)
    personal_data.erase(session, owner.id)
    session.expire_all()
    assert session.scalars(select(Listing.id)).all() == [kept.id]
    assert kept.created_by_account_id is None
    for table in (ListingPublication, published_offer):
        assert session.scalar(select(func.count()).select_from(table)) == 1
