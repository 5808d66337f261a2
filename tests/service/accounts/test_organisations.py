"""Organisations: entered, checked, led; members come and go; the last administrator stays."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts import (
    queries_organisations,
    service_members,
    service_organisations,
)
from succession.accounts.actor import Actor, Role
from succession.accounts.data_law import DataLaw
from succession.accounts.duties import Duty, MembershipRole
from succession.accounts.models import AccountRole, Membership, Organisation, OrganisationKind
from succession.accounts.models_organisations import OrganisationInvitation
from succession.accounts.service_organisations import OrganisationValues
from succession.audit.models import AuditEntry
from succession.errors import Conflict, Forbidden, NotFound, Refused
from succession.outbox.models import OutboxMail
from tests.factories.accounts import an_account, an_actor, an_organisation
from tests.factories.organisations import a_member, a_token, acting

ADMINISTRATOR, CLERK, READER = MembershipRole.ADMINISTRATOR, MembershipRole.CLERK, MembershipRole.READER


def values(name="Gemeinde Lanz", kind=OrganisationKind.MUNICIPALITY, **more):
    return OrganisationValues(name, kind, DataLaw.GDPR, **more)


def mails_to(session, account):
    statement = select(OutboxMail.template).where(OutboxMail.recipient_account_id == account.id)
    return list(session.scalars(statement.order_by(OutboxMail.id)))


def role_of(session, organisation, account):
    statement = select(Membership.role).where(
        Membership.organisation_id == organisation.id, Membership.account_id == account.id
    )
    return session.scalar(statement)


def registered(session, now, **more):
    account = an_account(session, Role.LANDOWNER)
    made = service_organisations.register(session, acting(session, account, now), values(**more), now=now)
    session.commit()
    return made, account


def test_who_enters_an_organisation_leads_it_and_it_waits_to_be_checked(session, now):
    made, account = registered(session, now, name="  Gemeinde   Lanz ")
    assert (made.name, made.verified_at) == ("Gemeinde Lanz", None)
    assert acting(session, account, now).may_for(Duty.ADMINISTER, made.id)
    coordinator = an_actor(session, Role.COORDINATOR)
    assert [(row.id, who) for row, who in queries_organisations.waiting(session, coordinator)] == [
        (made.id, account.name)
    ]
    service_organisations.verify(session, coordinator, made.public_id, now=now)
    service_organisations.verify(session, coordinator, made.public_id, now=now)
    assert made.verified_at == now
    assert mails_to(session, account) == ["organisations/note"]
    assert queries_organisations.waiting(session, coordinator) == []


def test_the_same_form_sent_twice_is_one_organisation(session, now):  # R5
    actor = an_actor(session, Role.LANDOWNER)
    first, second = (
        service_organisations.register(session, actor, values(name), now=now) for name in ("Lanz", " LANZ ")
    )
    assert first is second


def test_a_name_that_another_has_is_not_told_but_checked_only_once(session, now):
    an_organisation(session, name="Gemeinde Lanz")
    made, _ = registered(session, now)
    coordinator = an_actor(session, Role.COORDINATOR)
    with pytest.raises(Conflict):
        service_organisations.verify(session, coordinator, made.public_id, now=now)
    with pytest.raises(Conflict):
        service_organisations.register(session, coordinator, values(), now=now)
    service_organisations.register(session, coordinator, values(kind=OrganisationKind.PARISH), now=now)


def test_the_network_people_enter_organisations_that_are_checked_and_not_theirs(session, now):
    made = service_organisations.register(session, an_actor(session, Role.COORDINATOR), values(), now=now)
    assert made.verified_at == now
    assert session.scalars(select(Membership).where(Membership.organisation_id == made.id)).all() == []


def test_only_so_many_wait_at_once(session, now):  # S17
    actor = an_actor(session, Role.LANDOWNER)
    for number in range(service_organisations.MOST_UNCHECKED):
        service_organisations.register(session, actor, values(f"Gemeinde {number}"), now=now)
    with pytest.raises(Refused):
        service_organisations.register(session, actor, values("Eine zu viel"), now=now)


@pytest.mark.parametrize("name", ["", "   ", "x" * 10_000, "Gemeinde\u200b Lanz", "Gemeinde \u202eznaL"])
def test_names_have_a_length_and_no_hidden_signs(session, now, name):
    with pytest.raises(Refused):
        service_organisations.register(session, an_actor(session, Role.LANDOWNER), values(name), now=now)


def test_what_could_not_be_checked_is_gone_and_its_person_knows_why(session, now):
    made, account = registered(session, now)
    coordinator = an_actor(session, Role.COORDINATOR)
    with pytest.raises(Refused):
        service_organisations.turn_down(session, coordinator, made.public_id, " ", now=now)
    service_organisations.turn_down(session, coordinator, made.public_id, "Das ist nicht die Gemeinde.", now=now)
    assert session.scalar(select(Organisation).where(Organisation.public_id == made.public_id)) is None
    assert mails_to(session, account) == ["organisations/turned_down"]


def test_nobody_else_checks(session, now):
    made, account = registered(session, now)
    for actor in (acting(session, account, now), an_actor(session, Role.ADVISOR)):
        with pytest.raises(Forbidden):
            service_organisations.verify(session, actor, made.public_id, now=now)


def test_a_checked_name_stays_as_it_was_checked(session, now):  # S3
    organisation = an_organisation(session, name="Gemeinde Lanz")
    leader = acting(session, a_member(session, organisation, ADMINISTRATOR), now)
    given = values("Gemeinde Anders", OrganisationKind.PARISH, supervisor="Der Landesbeauftragte", phone="038 1")
    changed = service_organisations.change(session, leader, organisation.public_id, given, now=now)
    assert (changed.name, changed.kind) == ("Gemeinde Lanz", OrganisationKind.MUNICIPALITY)
    assert (changed.supervisor, changed.phone) == ("Der Landesbeauftragte", "038 1")


@pytest.mark.parametrize("role", [READER, CLERK, MembershipRole.CHECKER])
def test_other_members_change_nothing(session, now, role):
    organisation = an_organisation(session)
    member = a_member(session, organisation, role)
    actor = acting(session, member, now)
    _, link = a_token()
    acts = (
        lambda: service_organisations.change(session, actor, organisation.public_id, values(), now=now),
        lambda: service_members.invite(
            session, actor, organisation.public_id, "a@example.org", CLERK, link=link, now=now
        ),
        lambda: service_members.remove(session, actor, organisation.public_id, member.public_id, now=now),
        lambda: service_members.change_role(
            session, actor, organisation.public_id, member.public_id, ADMINISTRATOR, now=now
        ),
    )
    for act in acts:
        with pytest.raises(Forbidden):
            act()


def test_a_foreign_organisation_does_not_exist(session, now):  # S2
    organisation, stranger = an_organisation(session), an_actor(session, Role.LANDOWNER)
    with pytest.raises(NotFound):
        queries_organisations.organisation(session, stranger, organisation.public_id)
    with pytest.raises(NotFound):
        service_members.leave(session, stranger, organisation.public_id, now=now)


def invited(session, now, email="neu@example.org", role=CLERK, kind=OrganisationKind.MUNICIPALITY):
    organisation = an_organisation(session, kind)
    leader = a_member(session, organisation, ADMINISTRATOR)
    token, link = a_token()
    actor = acting(session, leader, now)
    service_members.invite(session, actor, organisation.public_id, email, role, link=link, now=now)
    session.commit()
    return organisation, leader, token, link


def test_an_invitation_makes_a_member_once(session, now):  # S10
    organisation, leader, token, link = invited(session, now)
    mail = session.scalars(select(OutboxMail).where(OutboxMail.recipient_address == "neu@example.org")).one()
    assert token not in str(mail.values)
    person = an_account(session, Role.SEEKER, email="Neu@Example.org")
    service_members.accept(session, acting(session, person, now), link.token_hash, now=now)
    assert role_of(session, organisation, person) is CLERK
    assert session.get(AccountRole, (person.id, Role.LANDOWNER)) is not None
    assert mails_to(session, leader) == ["organisations/note"]
    with pytest.raises(NotFound):
        service_members.accept(session, acting(session, person, now), link.token_hash, now=now)


def test_an_invitation_is_for_its_address_only(session, now):
    organisation, _, _, link = invited(session, now)
    stranger = an_account(session, Role.LANDOWNER)
    with pytest.raises(Forbidden):
        service_members.accept(session, acting(session, stranger, now), link.token_hash, now=now)
    with pytest.raises(Forbidden):
        service_members.accept(session, Actor.visitor(), link.token_hash, now=now)
    assert role_of(session, organisation, stranger) is None


def test_an_invitation_is_too_old_after_14_days(session, now):
    _, _, _, link = invited(session, now)
    person = acting(session, an_account(session, email="neu@example.org"), now)
    with pytest.raises(NotFound):
        service_members.accept(session, person, link.token_hash, now=now + timedelta(days=14))
    service_members.accept(session, person, link.token_hash, now=now + timedelta(days=13, hours=23))


def test_a_second_invitation_ends_the_first_and_either_can_be_taken_back(session, now):
    organisation, leader, _, first = invited(session, now)
    _, second = a_token()
    actor = acting(session, leader, now)
    made = service_members.invite(
        session, actor, organisation.public_id, " NEU@example.org", READER, link=second, now=now
    )
    person = acting(session, an_account(session, email="neu@example.org"), now)
    with pytest.raises(NotFound):
        service_members.accept(session, person, first.token_hash, now=now)
    service_members.withdraw(session, actor, organisation.public_id, made.public_id, now=now)
    with pytest.raises(NotFound):
        service_members.accept(session, person, second.token_hash, now=now)
    assert queries_organisations.invitations(session, actor, organisation, now=now) == []


def test_an_advisory_body_makes_nobody_an_advisor(session, now):
    organisation, _, _, link = invited(session, now, kind=OrganisationKind.ADVISORY)
    person = an_account(session, Role.SEEKER, email="neu@example.org")
    service_members.accept(session, acting(session, person, now), link.token_hash, now=now)
    assert role_of(session, organisation, person) is CLERK
    roles = set(session.scalars(select(AccountRole.role).where(AccountRole.account_id == person.id)))
    assert roles == {Role.SEEKER}


def test_who_belongs_already_is_not_invited(session, now):
    organisation = an_organisation(session)
    leader = a_member(session, organisation, ADMINISTRATOR)
    clerk = a_member(session, organisation, CLERK)
    _, link = a_token()
    with pytest.raises(Refused):
        service_members.invite(
            session, acting(session, leader, now), organisation.public_id, clerk.email, READER, link=link, now=now
        )


def test_the_network_people_let_nobody_into_an_organisation_that_is_led(session, now):
    """Else they could invite themselves, and read what is the organisation's alone."""
    made, _ = registered(session, now)
    coordinator = an_actor(session, Role.COORDINATOR)
    with pytest.raises(Conflict):
        service_members.invite(
            session, coordinator, made.public_id, "ich@example.org", ADMINISTRATOR, link=a_token()[1], now=now
        )


def test_the_network_people_help_an_organisation_that_nobody_leads(session, now):
    organisation, coordinator = an_organisation(session), an_actor(session, Role.COORDINATOR)
    assert organisation in queries_organisations.without_administrator(session, coordinator)
    _, link = a_token()
    service_members.invite(
        session, coordinator, organisation.public_id, "chef@example.org", ADMINISTRATOR, link=link, now=now
    )
    person = an_account(session, email="chef@example.org")
    service_members.accept(session, acting(session, person, now), link.token_hash, now=now)
    assert organisation not in queries_organisations.without_administrator(session, coordinator)


def test_a_member_who_is_removed_has_no_access_from_the_next_request_on(session, now):
    organisation = an_organisation(session)
    leader, clerk = a_member(session, organisation, ADMINISTRATOR), a_member(session, organisation, CLERK)
    assert acting(session, clerk, now).may_for(Duty.OFFER, organisation.id)
    service_members.remove(session, acting(session, leader, now), organisation.public_id, clerk.public_id, now=now)
    assert acting(session, clerk, now).grants == frozenset()
    assert mails_to(session, clerk) == ["organisations/note"]


def test_the_last_administrator_stays(session, now):
    organisation = an_organisation(session)
    leader = a_member(session, organisation, ADMINISTRATOR)
    blocked = a_member(session, organisation, ADMINISTRATOR)
    blocked.blocked_at = now
    clerk = a_member(session, organisation, CLERK)
    session.commit()
    actor, of = acting(session, leader, now), organisation.public_id
    acts = (
        lambda: service_members.leave(session, actor, of, now=now),
        lambda: service_members.remove(session, actor, of, leader.public_id, now=now),
        lambda: service_members.change_role(session, actor, of, leader.public_id, CLERK, now=now),
    )
    for act in acts:
        with pytest.raises(Conflict):
            act()
    service_members.change_role(session, actor, of, clerk.public_id, ADMINISTRATOR, now=now)
    service_members.leave(session, actor, of, now=now)
    assert role_of(session, organisation, leader) is None


def test_of_two_administrators_who_leave_at_the_same_time_one_stays(database, now):  # S16
    with Session(database.engine, expire_on_commit=False) as session:
        organisation = an_organisation(session)
        people = [a_member(session, organisation, ADMINISTRATOR) for _ in range(2)]
        actors = [acting(session, person, now) for person in people]

    def leave(actor):
        with Session(database.engine) as session, session.begin():
            try:
                service_members.leave(session, actor, organisation.public_id, now=now)
            except Conflict:
                return False
        return True

    def demote(pair):
        actor, other = pair
        with Session(database.engine) as session, session.begin():
            try:
                service_members.remove(session, actor, organisation.public_id, other.public_id, now=now)
            except (Conflict, Forbidden, NotFound):
                return False
        return True

    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(leave, actors)) == [False, True]
    with Session(database.engine, expire_on_commit=False) as session:
        left = session.scalars(select(Membership).where(Membership.organisation_id == organisation.id)).one()
        second = a_member(session, organisation, ADMINISTRATOR)
        first = next(person for person in people if person.id == left.account_id)
        pairs = [(acting(session, first, now), second), (acting(session, second, now), first)]
    with ThreadPoolExecutor(2) as pool:
        assert sorted(pool.map(demote, pairs)) == [False, True]


def test_whoever_was_taken_out_while_their_request_waited_changes_nothing_more(session, now):
    organisation = an_organisation(session)
    leader, former = (a_member(session, organisation, ADMINISTRATOR) for _ in range(2))
    still_granted = acting(session, former, now)
    of = organisation.public_id
    service_members.remove(session, acting(session, leader, now), of, former.public_id, now=now)
    _, link = a_token()
    acts = (
        lambda: service_members.remove(session, still_granted, of, leader.public_id, now=now),
        lambda: service_members.change_role(session, still_granted, of, leader.public_id, READER, now=now),
        lambda: service_members.invite(session, still_granted, of, "a@example.org", CLERK, link=link, now=now),
        lambda: service_organisations.change(session, still_granted, of, values(), now=now),
    )
    for act in acts:
        with pytest.raises(Forbidden):
            act()


def test_one_invitation_accepted_twice_at_once_counts_once(database, now):
    with Session(database.engine, expire_on_commit=False) as session:
        _, _, _, link = invited(session, now)
        actor = acting(session, an_account(session, email="neu@example.org"), now)

    def accept(_):
        with Session(database.engine) as session, session.begin():
            try:
                service_members.accept(session, actor, link.token_hash, now=now)
            except NotFound:
                return False
        return True

    with ThreadPoolExecutor(4) as pool:
        assert sorted(pool.map(accept, range(4))) == [False, False, False, True]
    with Session(database.engine) as session:
        assert session.scalars(select(OrganisationInvitation)).one().accepted_at == now


def test_every_act_is_on_record_in_the_name_of_the_organisation(session, now):
    organisation, leader, _, link = invited(session, now)
    person = an_account(session, email="neu@example.org")
    service_members.accept(session, acting(session, person, now), link.token_hash, now=now)
    actor, of = acting(session, leader, now), organisation.public_id
    service_members.change_role(session, actor, of, person.public_id, READER, now=now)
    service_members.remove(session, actor, of, person.public_id, now=now)
    session.flush()
    entries = session.scalars(select(AuditEntry).where(AuditEntry.organisation_public_id == of).order_by("id")).all()
    assert [(entry.action, entry.public_id) for entry in entries] == [
        (f"organisation.{act}", of) for act in ("member_invited", "member_joined", "role_changed", "member_removed")
    ]


def test_members_addresses_are_for_administrators(session, now):
    organisation = an_organisation(session)
    leader, clerk = a_member(session, organisation, ADMINISTRATOR), a_member(session, organisation, CLERK)

    def seen_by(account):
        lines = queries_organisations.members(session, acting(session, account, now), organisation)
        return [line.email is not None for line in lines]

    assert (seen_by(leader), seen_by(clerk)) == ([True, True], [False, False])
