"""Beginning, editing in parts, undoing and freezing: what holds in the database."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.accounts.duties import MembershipRole
from succession.accounts.models import OrganisationKind
from succession.errors import Conflict, Forbidden, NotFound
from succession.principles import drafting, drafts, policy, queries, service, service_editing, shipped
from succession.principles.models import PrincipleRevision, PrincipleSet, SampleFarm
from succession.principles.parts import of_criterion, of_document, of_order
from succession.principles.refusals import BadDocument, NotForThisOwner, Overtaken
from succession.principles.service import Beginning
from succession.principles.states import Origin
from tests.factories.organisations import a_mandate, a_member, acting, an_office
from tests.factories.principles import NOW, a_clerk, a_draft, a_frozen_set


@pytest.fixture
def place(session):
    owner, account = a_clerk(session)
    return owner, account, acting(session, account, NOW)


def price(kind):
    return lambda draft: drafting.put_fields(draft, {"price": {**draft["price"], "kind": kind}})


def criteria_of(found):
    return [one["id"] for one in found.document["catalogue"]["criteria"]]


def test_a_retry_begins_one_draft(session, place):
    owner, _, actor = place
    beginning = Beginning(owner.public_id, "Ours", uuid4(), Origin.EMPTY, drafts.empty("Ours"))
    first = service.start(session, actor, beginning, now=NOW)
    assert service.start(session, actor, beginning, now=NOW).id == first.id


def test_only_with_the_duty_to_prepare_calls(session, place):
    owner, account, _ = place
    reader = acting(session, a_member(session, owner, MembershipRole.READER), NOW)
    found = a_draft(session, owner, account)
    assert queries.set_for(session, reader, found.public_id).id == found.id
    with pytest.raises(Forbidden):
        service_editing.save(session, reader, found.public_id, of_order, price("bid"), seen=1, now=NOW)
    beginning = Beginning(owner.public_id, "Ours", uuid4(), Origin.EMPTY, drafts.empty("Ours"))
    with pytest.raises(NotFound):
        service.start(session, reader, beginning, now=NOW)


def test_an_office_drafts_by_its_mandate_and_not_after_it(session, place):
    owner, account, _ = place
    office = an_office(session)
    clerk = a_member(session, office)
    a_mandate(session, owner, office, ends_on=(NOW + timedelta(days=10)).date())
    found = a_draft(session, owner, account)
    service_editing.save(
        session, acting(session, clerk, NOW), found.public_id, of_document("price"), price("bid"), seen=1, now=NOW
    )
    later = acting(session, clerk, NOW + timedelta(days=30))
    with pytest.raises(NotFound):
        queries.set_for(session, later, found.public_id)


def test_the_rule_and_its_filter_agree(session, place):
    owner, account, actor = place
    found = a_draft(session, owner, account)
    other, stranger = a_clerk(session)
    theirs = a_draft(session, other, stranger)
    for who in (actor, acting(session, stranger, NOW), Actor.visitor(), Actor.system()):
        listed = set(session.scalars(select(PrincipleSet.id).where(policy.visible_sets(who))))
        assert listed == {one.id for one in (found, theirs) if policy.may_read(who, one)}


def test_changes_of_two_people_to_different_parts_both_stay(session, place):
    owner, account, actor = place
    found = a_draft(session, owner, account)
    first = criteria_of(found)[0]
    service_editing.save(session, actor, found.public_id, of_document("price"), price("bid"), seen=1, now=NOW)
    relabelled = {**drafting.criterion_of(found.document, first), "label": {"de": "Anders", "en": "Other"}}
    service_editing.save(
        session,
        actor,
        found.public_id,
        of_criterion(first),
        lambda draft: drafting.put_criterion(draft, relabelled, None),
        seen=1,
        now=NOW,
    )
    assert found.document["price"]["kind"] == "bid"
    assert drafting.criterion_of(found.document, first)["label"]["de"] == "Anders"
    assert found.revision == 3


def test_the_second_saver_of_the_same_part_gets_a_comparison_and_nothing_is_lost(session, place):
    owner, account, actor = place
    found = a_draft(session, owner, account)
    part = of_document("price")
    service_editing.save(session, actor, found.public_id, part, price("bid"), seen=1, now=NOW)
    with pytest.raises(Overtaken) as refusal:
        service_editing.save(session, actor, found.public_id, part, price("floor"), seen=1, now=NOW)
    assert len(refusal.value.differences) == 1
    assert refusal.value.seen == 2
    assert found.document["price"]["kind"] == "bid"
    service_editing.save(session, actor, found.public_id, part, price("floor"), seen=2, now=NOW)
    assert found.document["price"]["kind"] == "floor"


def test_a_page_that_is_too_old_to_compare_is_taken_for_changed(session, place):
    owner, account, actor = place
    found = a_draft(session, owner, account)
    for number in range(1, service_editing.KEPT_REVISIONS + 5):
        kind = ("bid", "floor")[number % 2]
        service_editing.save(session, actor, found.public_id, of_order, price(kind), seen=number, now=NOW)
    assert session.get(PrincipleRevision, (found.id, 1)) is None
    with pytest.raises(Overtaken):
        service_editing.save(session, actor, found.public_id, of_document("price"), price("fixed"), seen=1, now=NOW)


def test_fifty_savers_at_once_leave_one_winner_for_each_revision(database):
    with Session(database.engine) as session:
        owner, account = a_clerk(session)
        found = a_draft(session, owner, account)
        public_id, account_id = found.public_id, account.id

    def save(number):
        with Session(database.engine) as session:
            actor = acting(session, session.get(type(account), account_id), NOW)
            note = {"de": f"Satz {number}", "en": f"Sentence {number}"}
            try:
                service_editing.save(
                    session,
                    actor,
                    public_id,
                    of_document("price"),
                    lambda draft: drafting.put_fields(draft, {"price": {**draft["price"], "note": note}}),
                    seen=1,
                    now=NOW,
                )
            except Overtaken:
                session.rollback()
                return 0
            session.commit()
            return 1

    with ThreadPoolExecutor(10) as pool:
        assert sum(pool.map(save, range(50))) == 1
    with Session(database.engine) as session:
        assert session.scalars(select(PrincipleSet.revision)).one() == 2
    database.engine.dispose()


def test_the_database_keeps_a_frozen_set_as_it_is(session, place):
    owner, account, _ = place
    found = a_frozen_set(session, owner, account)
    changes = (
        update(PrincipleSet).values(document={"format": "principles-1"}),
        update(PrincipleSet).values(title="Other"),
        update(PrincipleSet).values(frozen_at=None),
    )
    for statement in changes:
        with pytest.raises(DBAPIError, match="frozen"), session.begin_nested():
            session.execute(statement.where(PrincipleSet.id == found.id))
    with pytest.raises(DBAPIError, match="frozen"), session.begin_nested():
        session.execute(text("DELETE FROM principle_set WHERE id = :id"), {"id": found.id})
    session.execute(update(PrincipleSet).where(PrincipleSet.id == found.id).values(created_by_account_id=None))


def test_freezing_twice_changes_nothing_and_says_the_same(session, place):
    owner, account, actor = place
    found = a_frozen_set(session, owner, account)
    at, identifier = found.frozen_at, found.identifier
    assert service.freeze(session, actor, found, NOW + timedelta(days=1)).identifier == identifier
    assert found.frozen_at == at
    for refused in (
        lambda: service.delete_draft(session, actor, found.public_id, now=NOW),
        lambda: service_editing.undo(session, actor, found.public_id, seen=1, now=NOW),
        lambda: service_editing.save(session, actor, found.public_id, of_order, price("bid"), seen=1, now=NOW),
    ):
        with pytest.raises(Conflict):
            refused()


def test_a_set_without_a_criterion_cannot_be_frozen(session, place):
    owner, account, actor = place
    found = a_draft(session, owner, account, key=None)
    with pytest.raises(BadDocument):
        service.freeze(session, actor, found, NOW)
    assert found.frozen_at is None


def test_a_version_begins_as_the_frozen_set_and_keeps_its_line(session, place):
    owner, account, actor = place
    first = a_frozen_set(session, owner, account)
    key = uuid4()
    second = service.derive(session, actor, first.public_id, key, now=NOW)
    assert service.derive(session, actor, first.public_id, key, now=NOW).id == second.id
    assert second.identifier == first.identifier
    assert [one.id for one in queries.line_of(session, actor, second)] == [second.id, first.id]
    with pytest.raises(Conflict):
        service.derive(session, actor, second.public_id, uuid4(), now=NOW)


def test_undo_goes_back_step_by_step(session, place):
    owner, account, actor = place
    found = a_draft(session, owner, account)
    begun = found.document
    for seen, kind in enumerate(("bid", "floor"), start=1):
        service_editing.save(session, actor, found.public_id, of_document("price"), price(kind), seen=seen, now=NOW)
    service_editing.undo(session, actor, found.public_id, seen=3, now=NOW)
    assert found.document["price"]["kind"] == "bid"
    with pytest.raises(Conflict):
        service_editing.undo(session, actor, found.public_id, seen=3, now=NOW)
    service_editing.undo(session, actor, found.public_id, seen=4, now=NOW)
    assert found.document == begun
    assert not queries.can_undo(session, found)


def test_religion_is_for_churches_by_mark_and_by_words(session, place):
    owner, account, actor = place
    draft = drafts.begun_from(shipped.document("ekm-2017"), "Kirchenland")
    beginning = Beginning(owner.public_id, "Kirchenland", uuid4(), Origin.SHIPPED, draft, "ekm-2017")
    with pytest.raises(NotForThisOwner):
        service.start(session, actor, beginning, now=NOW)
    parish, clerk = a_clerk(session, kind=OrganisationKind.PARISH)
    assert a_draft(session, parish, clerk, key="ekm-2017").document["owners"] == "church"
    found = a_draft(session, owner, account)

    def edit(draft):
        criterion = {
            "id": "x",
            "kind": "boolean",
            "points": 1,
            "label": {"de": "Evangelisch", "en": "Protestant"},
            "reason": {"de": "Weil.", "en": "Because."},
        }
        return drafting.put_criterion(draft, criterion, None)

    with pytest.raises(NotForThisOwner):
        service_editing.save(session, actor, found.public_id, of_criterion("x"), edit, seen=1, now=NOW)


def test_the_database_keeps_sample_farms_after_the_first_draft(session, place):
    owner, account, _ = place
    found = a_draft(session, owner, account)
    farms = session.scalars(select(SampleFarm).where(SampleFarm.owner_organisation_id == owner.id)).all()
    assert len(farms) == 12
    for statement in (
        "UPDATE sample_farm SET name = 'Other' WHERE owner_organisation_id = :id",
        "DELETE FROM sample_farm WHERE owner_organisation_id = :id",
        "INSERT INTO sample_farm (owner_organisation_id, position, key, name, answers) VALUES (:id, 9, 'x', 'X', '{}')",
    ):
        with pytest.raises(DBAPIError, match="sample farms"), session.begin_nested():
            session.execute(text(statement), {"id": owner.id})
    service.delete_draft(session, acting(session, account, NOW), found.public_id, now=NOW)
    assert all(farm.locked_at is not None for farm in farms), "deleting the draft opens nothing again"


def test_numbers_are_kept_exactly(session, place):
    owner, account, actor = place
    found = a_draft(session, owner, account)

    def edit(draft):
        first = draft["catalogue"]["criteria"][0]
        return drafting.put_criterion(draft, {**first, "points": "1/3"}, None)

    service_editing.save(session, actor, found.public_id, of_order, edit, seen=1, now=NOW)
    session.commit()
    session.expire_all()
    assert found.document["catalogue"]["criteria"][0]["points"] == "1/3"
    assert drafts.fingerprint(found.document) == found.identifier
