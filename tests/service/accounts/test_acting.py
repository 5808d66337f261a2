"""Who acts for whom, from being asked to the end. U13"""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from succession.accounts import queries, service_representation
from succession.accounts import queries_representation as reading
from succession.accounts.actor import Role, Scope
from succession.accounts.models import AccountSession
from succession.accounts.models_representation import AccountFreeze, Representation, RepresentationAccess
from succession.accounts.queries_acting import counts
from succession.accounts.representation import FreezeReason, RepresentationKind, RepresentationState, day_of
from succession.accounts.service_representation import NewHelper
from succession.accounts.tokens import hash_token, link_for, new_token
from succession.audit.models import AuditEntry
from succession.errors import Conflict, Forbidden, NotFound, Refused
from succession.outbox.models import OutboxMail
from tests.factories.accounts import an_account
from tests.factories.acting import a_representation, an_agent

KEY = "only-for-tests-" * 3


def wanted(now, **values):
    given = {
        "email": "tochter@example.org",
        "name": "Ina Tochter",
        "kind": RepresentationKind.RELATIVE,
        "scopes": frozenset({Scope.WRITE}),
        "ends_on": day_of(now) + timedelta(days=100),
    }
    return NewHelper(**{**given, **values})


@pytest.fixture
def person(session):
    return an_account(session, Role.TRANSFEROR)


@pytest.fixture
def agent(session):
    return an_account(session)


def actor(session, account):
    return queries.actor_of(session, account.id)


def in_browser(session, account, now):
    token = new_token()
    session.add(AccountSession(account_id=account.id, token_hash=hash_token(token), created_at=now, last_seen_at=now))
    session.commit()
    return token


def signed_in(session, token, now):
    session.expire_all()
    return queries.signed_in(session, hash_token(token), now=now).actor


def test_who_is_asked_gets_a_mail_and_acts_once_they_have_said_yes(session, person, agent, now):
    token = new_token()
    row = service_representation.name_helper(
        session, actor(session, person), wanted(now), link_for(token, KEY), now=now
    )
    mail = session.scalars(select(OutboxMail)).one()
    assert (mail.template, mail.recipient_address) == ("accounts/asked_to_help", "tochter@example.org")
    assert token not in str(mail.values)
    assert reading.helping(session, row.public_id, now=now).state is RepresentationState.ASKED

    service_representation.accept(session, actor(session, agent), token, now=now)
    assert reading.helping(session, row.public_id, now=now).state is RepresentationState.ACTIVE
    assert row.invited_address is None
    with pytest.raises(NotFound):
        service_representation.accept(session, actor(session, agent), token, now=now)


def test_nobody_acts_for_themselves_and_an_old_link_is_dead(session, person, agent, now):
    token = new_token()
    service_representation.name_helper(session, actor(session, person), wanted(now), link_for(token, KEY), now=now)
    with pytest.raises(Refused):
        service_representation.accept(session, actor(session, person), token, now=now)
    with pytest.raises(Refused):
        service_representation.accept(session, actor(session, agent), token, now=now + timedelta(days=15))


def test_only_an_advisor_says_yes_as_an_advisor(session, person, agent, now):
    token = new_token()
    new = wanted(now, kind=RepresentationKind.ADVISOR)
    service_representation.name_helper(session, actor(session, person), new, link_for(token, KEY), now=now)
    with pytest.raises(Refused):
        service_representation.accept(session, actor(session, agent), token, now=now)


@pytest.mark.parametrize("days", [-1, 0, 367, 4000])
def test_it_ends_within_a_year(session, person, now, days):
    new = wanted(now, ends_on=day_of(now) + timedelta(days=days))
    with pytest.raises(Refused):
        service_representation.name_helper(session, actor(session, person), new, link_for(new_token(), KEY), now=now)


def test_nobody_names_an_heir_themselves(session, person, now):
    new = wanted(now, kind=RepresentationKind.HEIR)
    with pytest.raises(Refused):
        service_representation.name_helper(session, actor(session, person), new, link_for(new_token(), KEY), now=now)


def test_who_acts_cannot_hand_it_on(session, person, now):
    acting = an_agent(session, person)
    with pytest.raises(Forbidden):
        service_representation.name_helper(session, acting, wanted(now), link_for(new_token(), KEY), now=now)


def test_acting_brings_the_persons_roles_and_only_those(session, now):
    person = an_account(session, Role.TRANSFEROR, Role.COORDINATOR)
    agent = an_account(session, Role.SEEKER, Role.OPERATOR)
    row = a_representation(session, person, agent)
    token = in_browser(session, agent, now)
    assert (
        service_representation.start_acting(session, actor(session, agent), row.public_id, token, now=now)
        == person.name
    )
    session.commit()

    found = signed_in(session, token, now)
    assert found.account_id == agent.id
    assert found.own_account_id == person.id
    assert found.roles == {Role.TRANSFEROR}
    assert found.grants == frozenset()
    assert found.on_behalf_of == person.public_id

    service_representation.stop_acting(session, found, token, now=now)
    session.commit()
    assert signed_in(session, token, now).acting_for is None


def ended(session, row, now):
    row.ended_at = now


def run_out(session, row, now):
    row.ends_on = day_of(now) - timedelta(days=1)
    row.starts_on = row.ends_on - timedelta(days=10)


def frozen(session, row, now):
    session.add(AccountFreeze(account_id=row.principal_account_id, reason=FreezeReason.ILLNESS, frozen_at=now))


def unconfirmed(session, row, now):
    row.confirmed_at = row.agreed_by = None


def handed_to_another(session, row, now):
    row.agent_account_id = an_account(session).id


def blocked(session, row, now):
    reading.account(session, row.principal_account_id).blocked_at = now


@pytest.mark.parametrize("stop", [ended, run_out, frozen, unconfirmed, handed_to_another, blocked])
def test_it_stops_with_the_next_click_when_it_no_longer_counts(session, person, agent, now, stop):
    row = a_representation(session, person, agent)
    token = in_browser(session, agent, now)
    service_representation.start_acting(session, actor(session, agent), row.public_id, token, now=now)
    session.commit()
    assert signed_in(session, token, now).acting_for is not None
    stop(session, row, now)
    session.commit()
    assert signed_in(session, token, now).acting_for is None
    if stop is not handed_to_another:
        with pytest.raises(Conflict):
            service_representation.start_acting(session, actor(session, agent), row.public_id, token, now=now)


def test_an_advisors_mandate_rests_while_they_are_no_advisor(session, person, now):
    agent = an_account(session)
    row = a_representation(session, person, agent, kind=RepresentationKind.ADVISOR)
    token = in_browser(session, agent, now)
    service_representation.start_acting(session, actor(session, agent), row.public_id, token, now=now)
    session.commit()
    assert signed_in(session, token, now).acting_for is None


def test_a_stranger_can_neither_begin_nor_end_it(session, person, agent, now):
    row = a_representation(session, person, agent)
    stranger = actor(session, an_account(session, Role.ADVISOR, Role.COORDINATOR, Role.OPERATOR))
    token = new_token()
    for act in (
        lambda: service_representation.start_acting(session, stranger, row.public_id, token, now=now),
        lambda: service_representation.end(session, stranger, row.public_id, now=now),
        lambda: reading.helping_of(session, stranger, row.public_id, now=now),
    ):
        with pytest.raises(NotFound):
            act()


def test_the_person_cannot_use_it_to_act_for_themselves(session, person, agent, now):
    row = a_representation(session, person, agent)
    with pytest.raises(NotFound):
        service_representation.start_acting(session, actor(session, person), row.public_id, new_token(), now=now)


@pytest.mark.parametrize("side", ["person", "agent"])
def test_either_of_the_two_can_end_it_and_every_browser_stops(session, person, agent, now, side):
    row = a_representation(session, person, agent)
    token = in_browser(session, agent, now)
    service_representation.start_acting(session, actor(session, agent), row.public_id, token, now=now)
    service_representation.end(
        session, actor(session, {"person": person, "agent": agent}[side]), row.public_id, now=now
    )
    session.commit()
    assert session.scalar(select(AccountSession.representation_id)) is None
    assert signed_in(session, token, now).acting_for is None


def test_two_people_act_for_one_and_each_only_in_their_own_browser(session, person, now):
    first, second = an_account(session), an_account(session)
    rows = [a_representation(session, person, one) for one in (first, second)]
    tokens = [in_browser(session, one, now) for one in (first, second)]
    for one, row, token in zip((first, second), rows, tokens, strict=True):
        service_representation.start_acting(session, actor(session, one), row.public_id, token, now=now)
    service_representation.end(session, actor(session, person), rows[0].public_id, now=now)
    session.commit()
    assert signed_in(session, tokens[0], now).acting_for is None
    assert signed_in(session, tokens[1], now).acting_for.account_id == person.id


def test_what_is_done_in_a_persons_name_carries_both_names(session, person, now):
    acting = an_agent(session, person)
    service_representation.note_look(session, acting, "listings", None, now=now)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "file.looked_at")).one()
    assert entry.account_public_id == acting.account_public_id
    assert entry.on_behalf_of == person.public_id


def test_looks_are_counted_by_day_and_room(session, person, now):  # S23
    acting = an_agent(session, person)
    for hours in (0, 1, 2, 26):
        service_representation.note_look(session, acting, "listings", None, now=now + timedelta(hours=hours))
    service_representation.note_look(session, acting, "land", None, now=now)
    found = {(row.day, row.room): row.times for row in session.scalars(select(RepresentationAccess))}
    assert found == {
        (day_of(now), "listings"): 3,
        (day_of(now + timedelta(hours=26)), "listings"): 1,
        (day_of(now), "land"): 1,
    }
    assert [look.room for look in reading.looks(session, person.id)] == ["listings", "listings", "land"]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], max_examples=60)
@given(
    starts=st.integers(-400, 30),
    length=st.integers(0, 366),
    is_accepted=st.booleans(),
    is_confirmed=st.booleans(),
    is_ended=st.booleans(),
    is_frozen=st.booleans(),
    is_blocked=st.booleans(),
    kind=st.sampled_from(RepresentationKind),
)
def test_the_filter_and_the_rule_agree_on_what_counts(session, now, starts, length, kind, **flags):
    person, agent = an_account(session), an_account(session)
    starts_on = day_of(now) + timedelta(days=starts)
    row = a_representation(
        session, person, agent, kind=kind, starts_on=starts_on, ends_on=starts_on + timedelta(days=length)
    )
    if not flags["is_accepted"]:
        row.accepted_at = None
    if not flags["is_confirmed"]:
        unconfirmed(session, row, now)
    if flags["is_ended"]:
        row.ended_at = now
    if flags["is_frozen"]:
        frozen(session, row, now)
    person.blocked_at = now if flags["is_blocked"] else None
    session.commit()
    state = reading.helping(session, row.public_id, now=now).state
    listed = session.scalar(select(Representation.id).where(Representation.id == row.id, counts(now=now))) is not None
    assert listed == (state is RepresentationState.ACTIVE)
