from datetime import timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from succession.accounts import queries, service
from succession.accounts.actor import Actor, Role
from succession.accounts.jobs import forget_old_sessions
from succession.accounts.models import AccountSession, MembershipRole, OrganisationKind, SignInBrake
from succession.accounts.service import NewAccount
from succession.accounts.tokens import hash_token
from succession.errors import Conflict, Forbidden, Refused
from tests.factories.accounts import PASSWORD_HASH, an_account, an_actor, an_organisation

SYSTEM = Actor.system()


def new(email="wiebke@example.org", **values):
    return NewAccount(email, "Wiebke Muster", PASSWORD_HASH, **values)


def test_an_account_has_its_roles_and_is_found_whatever_the_case_of_its_address(session, now):
    account = service.create_account(session, SYSTEM, new("Wiebke@Example.org", roles=(Role.SEEKER,)), now=now)
    assert queries.account_by_email(session, " wiebke@EXAMPLE.org") is account
    actor = queries.actor_of(session, account.id)
    assert (actor.roles, actor.account_public_id) == ({Role.SEEKER}, account.public_id)


def test_an_address_belongs_to_one_account(session, now):
    service.create_account(session, SYSTEM, new(), now=now)
    with pytest.raises(Conflict):
        service.create_account(session, SYSTEM, new("WIEBKE@example.org"), now=now)


def test_the_database_itself_refuses_a_second_account_of_one_address(session):
    an_account(session, email="a@example.org")
    with pytest.raises(IntegrityError):
        an_account(session, email="A@example.org")


@pytest.mark.parametrize("role", [role for role in Role if role not in {Role.COORDINATOR, Role.OPERATOR}])
def test_only_those_who_run_the_network_make_accounts_and_organisations(session, now, role):
    actor = an_actor(session, role)
    with pytest.raises(Forbidden):
        service.create_account(session, actor, new(), now=now)
    with pytest.raises(Forbidden):
        service.find_or_create_organisation(session, actor, "Neu", OrganisationKind.PARISH, now=now)


def test_an_organisation_of_one_name_and_kind_is_made_once(session, now):
    first = service.find_or_create_organisation(
        session, SYSTEM, " Gemeinde  Muster ", OrganisationKind.MUNICIPALITY, now=now
    )
    again = service.find_or_create_organisation(
        session, SYSTEM, "gemeinde muster", OrganisationKind.MUNICIPALITY, now=now
    )
    parish = service.find_or_create_organisation(session, SYSTEM, "Gemeinde Muster", OrganisationKind.PARISH, now=now)
    assert (first.name, again.id) == ("Gemeinde Muster", first.id)
    assert [row.id for row in queries.organisations_named(session, "GEMEINDE MUSTER")] == [first.id, parish.id]
    with pytest.raises(Refused):
        service.find_or_create_organisation(session, SYSTEM, "  ", OrganisationKind.PARISH, now=now)


def test_a_member_acts_for_the_organisation_and_a_second_role_replaces_the_first(session, now):
    organisation, account = an_organisation(session), an_account(session, Role.LANDOWNER)
    for role in (MembershipRole.READER, MembershipRole.CLERK):
        service.add_member(session, SYSTEM, organisation, account, role, now=now)
    actor = queries.actor_of(session, account.id)
    assert actor.organisation_ids == {organisation.id}
    assert [row.id for row in queries.organisations_of(session, actor)] == [organisation.id]


def test_a_token_leads_to_its_person_until_the_session_is_too_old(session, now):  # S8
    account = an_account(session, Role.SEEKER)
    session.add(AccountSession(account_id=account.id, token_hash=hash_token("t"), created_at=now, last_seen_at=now))
    session.commit()

    def is_signed_in(later):
        return queries.signed_in(session, hash_token("t"), now=now + later) is not None

    assert is_signed_in(timedelta(hours=2, minutes=59))
    assert not is_signed_in(timedelta(hours=3))
    actor = queries.actor_of(session, account.id)
    for hour in (2, 4, 6, 8, 10, 11.9):
        service.note_seen(session, actor, "t", now=now + timedelta(hours=hour))
    assert is_signed_in(timedelta(hours=11, minutes=59))
    assert not is_signed_in(timedelta(hours=12))


def test_the_nightly_job_forgets_what_can_no_longer_be_used(session, now):
    account = an_account(session)
    ages = {"fresh": 1, "idle": 5, "old": 13}
    for token, hours in ages.items():
        moment = now - timedelta(hours=hours)
        session.add(
            AccountSession(account_id=account.id, token_hash=token.encode(), created_at=moment, last_seen_at=moment)
        )
    session.add(SignInBrake(key_hash=b"old", failures=3, last_tried_at=now - timedelta(days=3)))
    session.add(SignInBrake(key_hash=b"new", failures=3, last_tried_at=now))
    session.commit()
    forget_old_sessions(session, now=now)
    assert [row.token_hash for row in session.query(AccountSession)] == [b"fresh"]
    assert [row.key_hash for row in session.query(SignInBrake)] == [b"new"]
