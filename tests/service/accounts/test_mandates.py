"""Mandates: given, in force by the day, ended at once; lists and single decisions agree."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from succession.accounts import policy_organisations as policy
from succession.accounts import queries_managed, queries_organisations, service_mandates
from succession.accounts.actor import Actor, Role
from succession.accounts.duties import Duty, MandateScope, MembershipRole
from succession.accounts.models import Organisation, OrganisationKind
from succession.accounts.models_organisations import Mandate
from succession.accounts.organisations import MandateState, mandate_state
from succession.accounts.queries_managed import Order, Wanted
from succession.accounts.service_mandates import MandateValues
from succession.errors import Conflict, Forbidden, NotFound, Refused
from succession.outbox.models import OutboxMail
from tests.factories.accounts import an_account, an_actor, an_organisation
from tests.factories.organisations import a_mandate, a_member, acting, an_office

ADMINISTRATOR, CLERK, READER = MembershipRole.ADMINISTRATOR, MembershipRole.CLERK, MembershipRole.READER
DAY = date(2026, 11, 2)


@pytest.fixture
def owner(session):
    return an_organisation(session, name="Gemeinde Lanz")


@pytest.fixture
def office(session):
    return an_office(session, name="Amt Lenzen")


@pytest.fixture
def leader(session, owner, now):
    return acting(session, a_member(session, owner, ADMINISTRATOR), now)


@pytest.fixture
def clerk(session, office):
    return a_member(session, office, CLERK)


def values(office, *scopes, starts_on=DAY, **more):
    return MandateValues(office.public_id, scopes or (MandateScope.IMPORT,), starts_on, **more)


def duties_for(actor, owner):
    return {grant.duty for grant in actor.grants if grant.organisation_id == owner.id}


def test_an_office_acts_for_the_owner_as_far_as_the_mandate_goes(session, owner, office, leader, clerk, now):
    assert duties_for(acting(session, clerk, now), owner) == set()
    chief = a_member(session, office, ADMINISTRATOR)
    service_mandates.give(session, leader, owner.public_id, values(office), now=now)
    assert duties_for(acting(session, clerk, now), owner) == {Duty.READ, Duty.IMPORT, Duty.OFFER}
    assert [mail.template for mail in session.scalars(select(OutboxMail))] == ["organisations/note"]
    assert session.scalars(select(OutboxMail)).one().recipient_account_id == chief.id


def test_it_is_in_force_from_its_first_to_its_last_day_by_the_clock_of_the_region(session, owner, office, clerk):
    a_mandate(session, owner, office, starts_on=DAY, ends_on=DAY)

    def is_granted(moment):
        return bool(duties_for(acting(session, clerk, moment), owner))

    before, first = datetime(2026, 11, 1, 22, 59, tzinfo=UTC), datetime(2026, 11, 1, 23, 0, tzinfo=UTC)
    last, after = datetime(2026, 11, 2, 22, 59, tzinfo=UTC), datetime(2026, 11, 2, 23, 0, tzinfo=UTC)
    assert [is_granted(moment) for moment in (before, first, last, after)] == [False, True, True, False]


def test_revoking_takes_effect_at_once_and_once(session, owner, office, leader, clerk, now):
    chief = a_member(session, office, ADMINISTRATOR)
    made = service_mandates.give(session, leader, owner.public_id, values(office), now=now)
    for _ in range(2):
        service_mandates.end(session, leader, made.public_id, now=now)
    assert duties_for(acting(session, clerk, now), owner) == set()
    told = session.scalars(select(OutboxMail.recipient_account_id)).all()
    assert told == [chief.id, chief.id]  # given, revoked
    again = service_mandates.give(session, leader, owner.public_id, values(office), now=now)
    assert again.id != made.id


def test_the_office_hands_it_back_and_the_owner_is_told(session, owner, office, leader, clerk, now):
    chief = acting(session, a_member(session, office, ADMINISTRATOR), now)
    made = a_mandate(session, owner, office)
    with pytest.raises(Forbidden):
        service_mandates.end(session, acting(session, clerk, now), made.public_id, now=now)
    service_mandates.end(session, chief, made.public_id, now=now)
    assert made.revoked_at == now
    assert session.scalars(select(OutboxMail.recipient_account_id)).all() == [leader.account_id]


def test_the_same_given_twice_is_one_and_another_for_the_same_days_is_refused(session, owner, office, leader, now):
    first, second = (service_mandates.give(session, leader, owner.public_id, values(office), now=now) for _ in "ab")
    assert first is second
    with pytest.raises(Conflict):
        service_mandates.give(session, leader, owner.public_id, values(office, MandateScope.CALL), now=now)
    later = values(office, starts_on=DAY + timedelta(days=5))
    with pytest.raises(Conflict):
        service_mandates.give(session, leader, owner.public_id, later, now=now)


def test_the_database_itself_refuses_two_at_a_time(session, owner, office):
    a_mandate(session, owner, office, ends_on=date(2026, 6, 30))
    a_mandate(session, owner, office, starts_on=date(2026, 7, 1))
    with pytest.raises(IntegrityError, match="one_at_a_time"):
        a_mandate(session, owner, office, starts_on=date(2027, 1, 1))


@pytest.mark.parametrize(
    ("change", "constraint"),
    [
        ("scopes = '{}'", "scopes_known"),
        ("scopes = '{import,everything}'", "scopes_known"),
        ("ends_on = starts_on - 1", "ends_after_start"),
        (
            "office_organisation_id = owner_organisation_id, office_kind = owner_kind",
            "office_manages|two_organisations",
        ),
        ("owner_organisation_id = office_organisation_id, owner_kind = office_kind", "owner_may_own|two_organisations"),
        ("owner_kind = 'parish'", "owner_kind"),
        ("office_kind = 'municipality'", "office_kind|office_manages"),
    ],
)
def test_the_database_itself_knows_who_may_be_what(session, owner, office, change, constraint):
    made = a_mandate(session, owner, office)
    with pytest.raises(IntegrityError, match=constraint):
        session.execute(text(f"UPDATE mandate SET {change} WHERE id = :id"), {"id": made.id})


def test_an_owner_with_a_mandate_cannot_become_an_office(session, owner, office):
    made = a_mandate(session, owner, office)
    owner.kind = OrganisationKind.PARISH
    session.commit()
    session.refresh(made)
    assert made.owner_kind is OrganisationKind.PARISH
    owner.kind = OrganisationKind.MANAGING_OFFICE
    with pytest.raises(IntegrityError):
        session.commit()


@pytest.mark.parametrize("role", [READER, CLERK, MembershipRole.CHECKER])
def test_only_an_administrator_of_a_checked_owner_gives_one(session, owner, office, role, now):
    member = acting(session, a_member(session, owner, role), now)
    with pytest.raises(Forbidden):
        service_mandates.give(session, member, owner.public_id, values(office), now=now)


def test_neither_an_unchecked_owner_nor_an_unchecked_office_has_mandates(session, owner, leader, now):
    unchecked = an_office(session, verified_at=None)
    with pytest.raises(NotFound):
        service_mandates.give(session, leader, owner.public_id, values(unchecked), now=now)
    owner.verified_at = None
    session.commit()
    with pytest.raises(Forbidden):
        service_mandates.give(session, leader, owner.public_id, values(an_office(session)), now=now)


def test_a_mandate_needs_a_task_and_days_that_make_sense(session, owner, office, leader, now):
    wrong = (
        MandateValues(office.public_id, (), DAY),
        values(office, ends_on=DAY - timedelta(days=1)),
        values(office, starts_on=DAY - timedelta(days=9), ends_on=DAY - timedelta(days=2)),
    )
    for one in wrong:
        with pytest.raises(Refused):
            service_mandates.give(session, leader, owner.public_id, one, now=now)


def test_mandates_of_others_do_not_exist(session, owner, office, clerk, now):  # S2
    made, second = a_mandate(session, owner, office), an_office(session)
    a_mandate(session, owner, second)
    stranger = an_actor(session, Role.LANDOWNER)
    other_clerk = acting(session, a_member(session, second, CLERK), now)
    for actor in (stranger, other_clerk, Actor.visitor()):
        with pytest.raises(NotFound):
            queries_organisations.mandate(session, actor, made.public_id, now=now)
    mine = acting(session, clerk, now)
    assert queries_organisations.mandate(session, mine, made.public_id, now=now).owner is owner
    assert [line.office for line in queries_organisations.mandates_of(session, mine, owner, now=now)] == [office]


def test_an_office_sees_all_owners_in_one_list(session, office, clerk, now):
    names = ["Gemeinde Lanz", "Kirche Lanz", "gemeinde Boberow"]
    kinds = [OrganisationKind.MUNICIPALITY, OrganisationKind.PARISH, OrganisationKind.MUNICIPALITY]
    owners = [an_organisation(session, kind, name=name) for name, kind in zip(names, kinds, strict=True)]
    ends = (None, date(2026, 12, 1), date(2026, 10, 1))
    for one, end in zip(owners, ends, strict=True):
        a_mandate(session, one, office, ends_on=end)
    a_mandate(session, an_organisation(session), an_office(session))
    actor = acting(session, clerk, now)

    def listed(**asked):
        lines = queries_managed.managed(session, actor, Wanted(**asked), most=50, now=now)
        return [line.owner.name for line in lines]

    assert listed() == ["gemeinde Boberow", "Gemeinde Lanz", "Kirche Lanz"]
    assert listed(words="LANZ") == ["Gemeinde Lanz", "Kirche Lanz"]
    assert listed(words="100%") == []
    assert listed(kind=OrganisationKind.PARISH) == ["Kirche Lanz"]
    assert listed(state=MandateState.ENDED) == ["gemeinde Boberow"]
    assert listed(order=Order.ENDS) == ["gemeinde Boberow", "Kirche Lanz", "Gemeinde Lanz"]
    assert listed(office=an_office(session).public_id) == []
    lines = queries_managed.managed(session, actor, Wanted(), offset=1, most=1, now=now)
    assert [line.owner.name for line in lines] == ["Gemeinde Lanz"]
    assert queries_managed.counts(session, actor, now=now) == {MandateState.IN_FORCE: 2, MandateState.ENDED: 1}
    assert queries_managed.managed(session, an_actor(session, Role.LANDOWNER), Wanted(), most=9, now=now) == []


def test_who_has_a_duty_for_an_owner_are_its_people_and_those_of_its_office(session, owner, office, clerk, now):
    own = a_member(session, owner, CLERK)
    a_member(session, owner, READER)
    blocked = a_member(session, owner, CLERK)
    blocked.blocked_at = now
    session.commit()
    assert queries_organisations.people_with(session, Duty.OFFER, owner.id, now=now) == [own.id]
    made = a_mandate(session, owner, office)
    assert queries_organisations.people_with(session, Duty.OFFER, owner.id, now=now) == sorted([own.id, clerk.id])
    assert queries_organisations.people_with(session, Duty.DECIDE, owner.id, now=now) == []
    made.revoked_at = now
    session.commit()
    assert queries_organisations.people_with(session, Duty.OFFER, owner.id, now=now) == [own.id]


DAYS = st.dates(date(2026, 10, 20), date(2026, 11, 15))
MANDATES = st.tuples(
    DAYS,
    st.none() | st.integers(0, 20),
    st.booleans(),
    st.sets(st.sampled_from(list(MandateScope)), min_size=1),
)
LINES = st.lists(st.tuples(st.integers(0, 2), st.integers(0, 1), MANDATES), max_size=4)
WORK = st.lists(
    st.tuples(st.integers(0, 4), st.sampled_from(list(MembershipRole))), max_size=3, unique_by=lambda x: x[0]
)


@settings(max_examples=25)
@given(lines=LINES, work=WORK, day=DAYS, role=st.sampled_from([Role.LANDOWNER, Role.COORDINATOR, Role.ADVISOR]))
def test_lists_and_single_decisions_agree_whatever_there_is(worker_database, lines, work, day, role):
    """For organisations and mandates; and the actor's grants are those of the mandates in force that day."""
    from sqlalchemy.orm import Session

    moment = datetime(day.year, day.month, day.day, 12, tzinfo=UTC)
    with worker_database.engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            owners = [an_organisation(session) for _ in range(3)]
            offices = [an_office(session) for _ in range(2)]
            everything = [*owners, *offices]
            person = an_account(session, role)
            for number, member_role in work:
                a_member(session, everything[number], member_role, account=person)
            for owner, office, (starts, length, is_revoked, scopes) in lines:
                try:
                    with session.begin_nested():
                        session.add(mandate_of(owners[owner], offices[office], starts, length, is_revoked, scopes))
                except IntegrityError:
                    continue  # two at a time
            actor = acting(session, person, moment)
            check(session, actor, everything, work, day)
        outer.rollback()


def mandate_of(owner, office, starts, length, is_revoked, scopes):
    return Mandate(
        owner_organisation_id=owner.id,
        owner_kind=owner.kind,
        office_organisation_id=office.id,
        office_kind=office.kind,
        scopes=[scope.value for scope in scopes],
        starts_on=starts,
        ends_on=None if length is None else starts + timedelta(days=length),
        revoked_at=datetime(2026, 10, 1, tzinfo=UTC) if is_revoked else None,
    )


def check(session, actor, everything, work, day):
    mandates = session.scalars(select(Mandate)).all()

    def found(model, condition):
        return set(session.scalars(select(model.id).where(condition)))

    ids = {organisation.id for organisation in everything}
    visible = found(Organisation, policy.visible_organisations(actor)) & ids
    assert visible == {one.id for one in everything if policy.may_view(actor, one)}
    for condition, rule in (
        (policy.visible_mandates(actor), policy.may_view_mandate),
        (policy.endable_mandates(actor), policy.may_end_mandate),
    ):
        assert found(Mandate, condition) == {one.id for one in mandates if rule(actor, one)}
    running = {one.id for one in mandates if mandate_state(one, day) is MandateState.IN_FORCE}
    assert found(Mandate, queries_organisations.in_force(day)) == running
    mine = {everything[number].id for number, _ in work}
    lent = {one.owner_organisation_id for one in mandates if one.id in running and one.office_organisation_id in mine}
    assert actor.organisation_ids == mine | lent
