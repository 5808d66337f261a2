"""Offers as a whole: made, published, and all the other steps."""

from threading import Barrier, Thread
from uuid import uuid4

import pytest
from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Role
from succession.accounts.models import Membership, MembershipRole, OrganisationKind
from succession.accounts.queries import actor_of
from succession.audit.models import AuditEntry
from succession.errors import Conflict, Forbidden, NotFound, Refused
from succession.facts.discretion import Trace
from succession.facts.kinds import Kind
from succession.facts.refusals import GivesAway
from succession.listings import queries, service
from succession.listings.lifecycle import ALLOWED, Step
from succession.listings.models import Listing, ListingPublication
from succession.listings.models_published import published_offer
from succession.listings.refusals import Incomplete
from succession.listings.service import NewListing
from succession.listings.states import ListingState, OwnerKind
from succession.listings.topics import Topic
from succession.outbox.models import OutboxMail
from succession.places.models import PlaceArea
from tests.factories.accounts import an_account, an_organisation
from tests.factories.listings import a_listing, a_published_listing
from tests.factories.places import a_small_region


@pytest.fixture
def region(session):
    a_small_region(session)


@pytest.fixture
def owner(session):
    return an_account(session, Role.TRANSFEROR)


@pytest.fixture
def actor(session, owner):
    return actor_of(session, owner.id)


def new(**values):
    return NewListing(**{"kind": Kind.FARM, "title": "Hof sucht Nachfolge", "key": uuid4(), **values})


def narrow(session, listing):
    return session.execute(select(published_offer).where(published_offer.c.id == listing.id)).one_or_none()


def test_a_new_offer_is_a_draft_that_nobody_else_sees(session, actor, now):
    listing = service.create_listing(session, actor, new(), now=now)
    assert (listing.state, listing.is_confidential) == (ListingState.DRAFT, False)
    assert session.scalar(select(func.count()).select_from(ListingPublication)) == 0


def test_the_same_form_makes_one_offer(session, actor, now):
    form = new()
    first = service.create_listing(session, actor, form, now=now)
    assert service.create_listing(session, actor, form, now=now).id == first.id


def test_two_people_may_use_the_same_key(session, actor, now):
    key = uuid4()
    other = actor_of(session, an_account(session, Role.TRANSFEROR).id)
    first = service.create_listing(session, actor, new(key=key), now=now)
    second = service.create_listing(session, other, new(key=key), now=now)
    assert first.id != second.id
    assert first.reference != second.reference


def test_a_double_click_makes_one_offer(database, now):
    """R5: the same form twice, truly at once."""
    with Session(database.engine) as session:
        account_id = an_account(session, Role.TRANSFEROR).id
    form, made, start = new(), [], Barrier(2)

    def send():
        with Session(database.engine) as session, session.begin():
            actor = actor_of(session, account_id)
            start.wait()
            made.append(service.create_listing(session, actor, form, now=now).id)

    threads = [Thread(target=send) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(made) == 2
    assert len(set(made)) == 1


def test_a_second_click_on_publish_changes_nothing(session, region, owner, actor, now):
    """R5: one record, one mail."""
    listing = a_listing(session, owner)
    for _ in range(2):
        service.publish(session, actor, listing.public_id, is_confirmed=True, now=now)
    assert session.scalar(select(func.count()).select_from(OutboxMail)) == 1
    assert listing.version == 2


def test_there_is_a_limit_to_drafts(session, owner, actor, now, monkeypatch):
    monkeypatch.setattr(service, "MOST_DRAFTS", 2)
    for _ in range(2):
        service.create_listing(session, actor, new(), now=now)
    with pytest.raises(Refused):
        service.create_listing(session, actor, new(), now=now)


def test_seekers_cannot_make_offers(session, now):
    seeker = actor_of(session, an_account(session, Role.SEEKER).id)
    with pytest.raises(Forbidden):
        service.create_listing(session, seeker, new(), now=now)


def test_a_foreign_organisation_does_not_exist(session, actor, now):
    foreign = an_organisation(session)
    with pytest.raises(NotFound):
        service.create_listing(session, actor, new(organisation=foreign.public_id), now=now)


def test_a_long_title_is_refused(session, actor, now):
    with pytest.raises(Refused):
        service.create_listing(session, actor, new(title="x" * 10_000), now=now)


def test_publishing_needs_a_title_a_description_a_place_and_a_form_of_handover(session, region, owner, actor, now):
    listing = a_listing(session, owner, title="", description="kurz", place=None, takeover_models=None)
    with pytest.raises(Incomplete) as refusal:
        service.publish(session, actor, listing.public_id, is_confirmed=True, now=now)
    assert [missing.topic for missing in refusal.value.missing] == [
        Topic.ABOUT,
        Topic.ABOUT,
        Topic.PLACE,
        Topic.TERMS,
    ]


def test_publishing_writes_codes_only_and_shows_the_area(session, region, owner, actor, now):
    listing = a_listing(session, owner, price=123_456, wishes={"training": ("must", {"training_min": 2})})
    service.publish(session, actor, listing.public_id, is_confirmed=False, now=now)
    page = session.get(ListingPublication, listing.id)
    area = session.get(PlaceArea, page.place_area_id)
    assert (area.name, area.level) == ("Gartow", 4)
    assert (page.facts["area_ha"], page.facts["price"]) == (18, 3)
    assert page.wishes == {"training": {"must": True, "values": {"training_min": 2}}}
    row = narrow(session, listing)
    assert (row.place, row.kind, row.area_ha, row.price) == (area.id, Kind.FARM.code, 18, 3)
    assert (row.wish_training_min, row.weight_training, row.must, row.weight_sum) == (2, 5, 1, 5)


def test_publishing_is_on_record_and_the_owner_has_a_mail(session, region, owner, actor, now):
    listing = a_listing(session, owner)
    service.publish(session, actor, listing.public_id, is_confirmed=False, now=now)
    actions = session.scalars(select(AuditEntry.action).where(AuditEntry.public_id == listing.public_id)).all()
    assert actions == ["listing.publish"]
    mail = session.scalars(select(OutboxMail)).one()
    assert mail.recipient_account_id == owner.id
    assert str(owner.name) not in str(mail.values)


def test_a_confidential_offer_is_shown_in_a_wide_area(session, region, owner, actor, now):
    listing = a_listing(session, owner, is_confidential=True)
    service.publish(session, actor, listing.public_id, is_confirmed=False, now=now)
    assert session.get(PlaceArea, session.get(ListingPublication, listing.id).place_area_id).level == 6


def test_an_area_never_gets_finer_again(session, region, owner, actor, now):
    listing = a_listing(session, owner, is_confidential=True)
    service.publish(session, actor, listing.public_id, is_confirmed=False, now=now)
    service.take_step(session, actor, listing.public_id, Step.WITHDRAW, now=now)
    service.take_step(session, actor, listing.public_id, Step.REVISE, now=now)
    listing.is_confidential = False
    service.publish(session, actor, listing.public_id, is_confirmed=False, now=now)
    assert session.get(PlaceArea, session.get(ListingPublication, listing.id).place_area_id).level == 6


def test_without_an_area_nothing_is_published(session, region, owner, actor, now):
    """LP-13: no area, no offer; never the exact place instead."""
    listing = a_listing(session, owner)
    session.execute(delete(PlaceArea))
    with pytest.raises(Refused):
        service.publish(session, actor, listing.public_id, is_confirmed=True, now=now)


def test_a_text_that_gives_the_owner_away_is_published_only_when_confirmed(session, region, actor, now):
    named = an_account(session, Role.TRANSFEROR, name="Wiebke Lüdemann")
    listing = a_listing(session, named, title="Familie Lüdemann sucht Nachfolge")
    by = actor_of(session, named.id)
    with pytest.raises(GivesAway) as refusal:
        service.publish(session, by, listing.public_id, is_confirmed=False, now=now)
    assert [finding.trace for finding in refusal.value.findings] == [Trace.NAME]
    session.rollback()
    assert service.publish(session, by, listing.public_id, is_confirmed=True, now=now).state is ListingState.PUBLISHED


def test_a_reserved_offer_is_readable_but_not_matched(session, region, owner, actor, now):
    listing = a_published_listing(session, owner)
    service.take_step(session, actor, listing.public_id, Step.RESERVE, now=now)
    assert narrow(session, listing) is None
    assert session.get(ListingPublication, listing.id).state is ListingState.RESERVED
    service.take_step(session, actor, listing.public_id, Step.RELEASE, now=now)
    assert narrow(session, listing) is not None


@pytest.mark.parametrize("step", [Step.WITHDRAW, Step.HAND_OVER])
def test_an_ended_offer_is_gone_for_others(session, region, owner, actor, now, step):
    listing = a_published_listing(session, owner)
    service.take_step(session, actor, listing.public_id, step, now=now)
    assert narrow(session, listing) is None
    assert session.get(ListingPublication, listing.id) is None
    assert listing.ended_at == now
    assert queries.was_public(session, listing.public_id)


@pytest.mark.parametrize("state", ListingState)
@pytest.mark.parametrize("step", Step)
def test_only_the_allowed_steps_are_possible(session, region, owner, actor, now, state, step):
    listing = a_published_listing(session, owner, state=state)
    if (state, step) in ALLOWED:
        assert service.take_step(session, actor, listing.public_id, step, now=now).state is ALLOWED[state, step]
    elif state in {target for (_, one), target in ALLOWED.items() if one is step}:
        assert service.take_step(session, actor, listing.public_id, step, now=now).version == listing.version
    else:
        with pytest.raises(Conflict):
            service.take_step(session, actor, listing.public_id, step, now=now)


def test_somebody_elses_offer_does_not_exist(session, region, owner, now):
    listing = a_published_listing(session, owner)
    stranger = actor_of(session, an_account(session, Role.TRANSFEROR).id)
    for act in (
        lambda: service.take_step(session, stranger, listing.public_id, Step.WITHDRAW, now=now),
        lambda: service.publish(session, stranger, listing.public_id, is_confirmed=True, now=now),
        lambda: service.delete_draft(session, stranger, listing.public_id, now=now),
        lambda: service.confirm(session, stranger, listing.public_id, now=now),
    ):
        with pytest.raises(NotFound):
            act()


def test_a_reader_of_an_organisation_sees_its_offers_and_changes_none(session, region, now):
    clerk = an_account(session, Role.LANDOWNER)
    reader = an_account(session, Role.LANDOWNER)
    parish = an_organisation(session, OrganisationKind.PARISH, members=[clerk, reader])
    _demote(session, parish, reader)
    listing = a_listing(session, parish, kind=Kind.LAND)
    by_reader = actor_of(session, reader.id)
    assert queries.kept(session, by_reader, listing.public_id).id == listing.id
    with pytest.raises(Forbidden):
        service.publish(session, by_reader, listing.public_id, is_confirmed=True, now=now)
    by_clerk = actor_of(session, clerk.id)
    service.publish(session, by_clerk, listing.public_id, is_confirmed=True, now=now)
    assert session.get(ListingPublication, listing.id).owner_kind is OwnerKind.CHURCH


def _demote(session, organisation, account):
    membership = select(Membership).where(
        Membership.organisation_id == organisation.id, Membership.account_id == account.id
    )
    session.scalars(membership).one().role = MembershipRole.READER
    session.commit()


def test_a_draft_can_be_deleted(session, owner, actor, now):
    listing = a_listing(session, owner, place=None)
    service.delete_draft(session, actor, listing.public_id, now=now)
    assert session.get(Listing, listing.id) is None


def test_what_was_published_once_is_not_deleted(session, region, owner, actor, now):
    listing = a_published_listing(session, owner, state=ListingState.DRAFT)
    with pytest.raises(Conflict):
        service.delete_draft(session, actor, listing.public_id, now=now)


def test_confirming_moves_the_day_that_others_see(session, region, owner, actor, now):
    listing = a_published_listing(session, owner, now=now.replace(year=2025))
    service.confirm(session, actor, listing.public_id, now=now)
    assert session.get(ListingPublication, listing.id).confirmed_at == now
