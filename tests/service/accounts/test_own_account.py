from datetime import timedelta

import pytest
from sqlalchemy import select

from succession.accounts import queries, queries_people, service_limits, service_profile, service_sessions
from succession.accounts.actor import Role
from succession.accounts.limits import Limit
from succession.accounts.models import Account, AccountSession, Language, Way
from succession.accounts.queries_sessions import within_limits
from succession.accounts.service_profile import Profile
from succession.accounts.sessions import is_alive
from succession.accounts.tokens import hash_token
from succession.errors import Forbidden, NotFound, Refused, TooMany
from tests.factories.accounts import an_account, an_actor


def a_session(session, account, token, created_at, last_seen_at=None, **values):
    row = AccountSession(
        account_id=account.id,
        token_hash=hash_token(token),
        created_at=created_at,
        last_seen_at=last_seen_at or created_at,
        **values,
    )
    session.add(row)
    session.commit()
    return row


def test_the_filter_and_the_rule_agree_on_which_sessions_live(session, now):  # S8
    account = an_account(session)
    for created in (0, 2, 3, 11, 12, 700, 719, 720):
        for seen in (0, 2, 3, 12, 700):
            for lasting in (False, True):
                a_session(
                    session,
                    account,
                    f"{created} {seen} {lasting}",
                    now - timedelta(hours=created),
                    now - timedelta(hours=min(seen, created)),
                    is_lasting=lasting,
                )
    rows = session.scalars(select(AccountSession)).all()
    listed = set(session.scalars(select(AccountSession.id).where(within_limits(now))))
    alive = {
        row.id
        for row in rows
        if is_alive(created_at=row.created_at, last_seen_at=row.last_seen_at, is_lasting=row.is_lasting, now=now)
    }
    assert listed == alive
    assert 0 < len(alive) < len(rows)


def test_a_person_sees_their_own_browsers_and_ends_one(session, now):
    account, other = an_account(session, Role.SEEKER), an_account(session, Role.SEEKER)
    actor = queries.actor_of(session, account.id)
    a_session(session, account, "here", now - timedelta(hours=1))
    phone = a_session(session, account, "phone", now, browser="Firefox/Android", network="192.0.2.0/24")
    a_session(session, account, "old", now - timedelta(days=2))
    foreign = a_session(session, other, "foreign", now)
    found = queries_people.browsers(session, actor, "here", now=now)
    assert [(row.is_this, row.session.browser) for row in found] == [(True, None), (False, "Firefox/Android")]
    service_sessions.end_one(session, actor, phone.public_id, now=now)
    assert queries.signed_in(session, hash_token("phone"), now=now) is None
    with pytest.raises(NotFound):
        service_sessions.end_one(session, actor, foreign.public_id, now=now)
    assert queries.signed_in(session, hash_token("foreign"), now=now) is not None


def test_signing_out_everywhere_ends_every_session_of_the_person_only(session, now):  # S7
    account, other = an_account(session), an_account(session)
    for token in ("a", "b"):
        a_session(session, account, token, now)
    a_session(session, other, "c", now)
    service_sessions.end_all(session, queries.actor_of(session, account.id), now=now)
    alive = [t for t in "abc" if queries.signed_in(session, hash_token(t), now=now)]
    assert alive == ["c"]


def test_blocking_an_account_ends_its_sessions_also_after_it_is_opened_again(session, now):  # S7
    account, coordinator = an_account(session, Role.SEEKER), an_actor(session, Role.COORDINATOR)
    a_session(session, account, "a", now)
    service_sessions.block(session, coordinator, account.public_id, now=now)
    service_sessions.unblock(session, coordinator, account.public_id, now=now)
    assert account.blocked_at is None
    assert queries.signed_in(session, hash_token("a"), now=now) is None


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.COORDINATOR, Role.OPERATOR}])
def test_only_those_who_run_the_network_block(session, now, role):
    with pytest.raises(Forbidden):
        service_sessions.block(session, an_actor(session, role), an_account(session).public_id, now=now)


def test_a_desk_changes_the_menu_of_one_browser_and_takes_no_right_away(session, now):
    account = an_account(session, Role.SEEKER, Role.TRANSFEROR)
    actor = queries.actor_of(session, account.id)
    a_session(session, account, "here", now)
    a_session(session, account, "there", now)
    service_sessions.choose_desk(session, actor, Role.TRANSFEROR, "here", now=now)
    here, there = (queries.signed_in(session, hash_token(token), now=now).actor for token in ("here", "there"))
    assert (here.desk, there.desk) == (Role.TRANSFEROR, None)
    assert here.roles == {Role.SEEKER, Role.TRANSFEROR}
    with pytest.raises(Forbidden):
        service_sessions.choose_desk(session, actor, Role.COORDINATOR, "here", now=now)


@pytest.mark.parametrize("role", Role)
def test_a_person_adds_only_what_everybody_may_come_for(session, now, role):  # S3
    account = an_account(session, Role.SEEKER)
    actor = queries.actor_of(session, account.id)
    if role in {Role.SEEKER, Role.TRANSFEROR, Role.LANDOWNER}:
        service_profile.add_role(session, actor, role, now=now)
        assert queries.actor_of(session, account.id).roles == {Role.SEEKER, role}
    else:
        with pytest.raises(Forbidden):
            service_profile.add_role(session, actor, role, now=now)


def test_a_person_says_how_to_be_reached(session, now):
    account = an_account(session)
    values = Profile(
        "Käthe Neu", Language.ENGLISH, "03841 12345", "Am Deich 1\n23966 Wismar", "ab 18 Uhr", False, Way.LETTER
    )
    service_profile.change_profile(session, queries.actor_of(session, account.id), values, now=now)
    session.commit()
    kept = session.get_one(Account, account.id, populate_existing=True)
    assert (kept.name, kept.phone, kept.preferred_contact, kept.takes_voicemail) == (
        "Käthe Neu",
        "03841 12345",
        Way.LETTER,
        False,
    )


@pytest.mark.parametrize(
    "values",
    [
        {"phone": "ruf an"},
        {"phone": "1" * 10_000},
        {"postal_address": "x" * 10_000},
        {"call_hours": "x" * 10_000},
        {"preferred_contact": Way.PHONE},
        {"preferred_contact": Way.LETTER},
    ],
)
def test_ways_that_lead_nowhere_are_refused(session, now, values):
    actor = queries.actor_of(session, an_account(session).id)
    with pytest.raises(Refused):
        service_profile.change_profile(session, actor, Profile("Käthe", Language.GERMAN, **values), now=now)


def test_a_limit_counts_in_its_period_and_says_how_long_to_wait(session, now):
    limit = Limit("tests", 2, timedelta(minutes=10))
    for minute in (0, 1):
        service_limits.count(session, limit, "x", now=now + timedelta(minutes=minute))
    service_limits.count(session, limit, "y", now=now)
    with pytest.raises(TooMany) as refusal:
        service_limits.count(session, limit, "x", now=now + timedelta(minutes=2))
    assert refusal.value.headers["Retry-After"] == "481"
    service_limits.count(session, limit, "x", now=now + timedelta(minutes=10))
