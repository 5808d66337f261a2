from datetime import timedelta

import pytest

from succession.accounts import passwords, queries, queries_people, service_invitations, service_operators
from succession.accounts.actor import Actor, Role
from succession.accounts.links import DeadLink
from succession.accounts.policy_people import may_withdraw_invitation
from succession.accounts.service_invitations import Newcomer
from succession.accounts.service_recovery import NewPassword, reset_password
from succession.accounts.tokens import link_for
from succession.errors import Forbidden, NotFound, Refused
from tests.factories.accounts import an_account, an_actor
from tests.factories.mails import KEY, a_link, mails_to, read, token_in

VISITOR = Actor.visitor()
GUEST = "gast@example.org"
NEWCOMER = Newcomer("Gisela Gast", "vier blaue leitern", terms_version="1")
MAY = {
    Role.ADVISOR: {Role.SEEKER, Role.TRANSFEROR},
    Role.COORDINATOR: set(Role) - {Role.OPERATOR},
    Role.OPERATOR: set(Role) - {Role.OPERATOR},
}


def invite(session, actor, now, role=Role.SEEKER, email=GUEST):
    made = service_invitations.invite(
        session, actor, email=email, name="Gisela Gast", role=role, link=a_link(), now=now
    )
    session.commit()
    return made


@pytest.mark.parametrize("inviter", Role)
@pytest.mark.parametrize("role", Role)
def test_who_may_invite_to_which_role(session, now, inviter, role):
    actor = an_actor(session, inviter)
    if role in MAY.get(inviter, set()):
        assert invite(session, actor, now, role).role is role
    else:
        with pytest.raises(Forbidden):
            invite(session, actor, now, role)


def test_a_newcomer_has_an_account_with_the_role_and_a_confirmed_address(session, now):
    invite(session, an_actor(session, Role.COORDINATOR, name="Kora Kolb"), now, Role.ADVISOR)
    mail = mails_to(session, GUEST)[0]
    assert "Kora Kolb" in read(mail)
    account = service_invitations.join(session, VISITOR, token_in(mail), NEWCOMER, now=now)
    actor = queries.actor_of(session, account.id)
    assert (actor.name, actor.roles, account.confirmed_at) == ("Gisela Gast", {Role.ADVISOR}, now)


def test_an_invitation_works_once_within_14_days(session, now):  # S10
    invite(session, an_actor(session, Role.ADVISOR), now)
    token = token_in(mails_to(session, GUEST)[0])
    with pytest.raises(DeadLink):
        service_invitations.join(session, VISITOR, token, NEWCOMER, now=now + timedelta(days=14))
    service_invitations.join(session, VISITOR, token, NEWCOMER, now=now + timedelta(days=13))
    with pytest.raises(DeadLink):
        service_invitations.join(session, VISITOR, token, NEWCOMER, now=now)


def test_who_has_an_account_accepts_signed_in_and_nobody_else_can(session, now):
    guest, thief = an_account(session, Role.SEEKER, email=GUEST), an_actor(session, Role.SEEKER)
    invite(session, an_actor(session, Role.COORDINATOR), now, Role.MENTOR)
    token = token_in(mails_to(session, GUEST)[0])
    with pytest.raises(Forbidden):
        service_invitations.join(session, VISITOR, token, NEWCOMER, now=now)
    for actor in (thief, VISITOR):
        with pytest.raises(Forbidden):
            service_invitations.accept(session, actor, token, now=now)
    service_invitations.accept(session, queries.actor_of(session, guest.id), token, now=now)
    assert queries.actor_of(session, guest.id).roles == {Role.SEEKER, Role.MENTOR}


def test_a_form_sent_twice_is_one_invitation_with_one_mail(session, now):  # R5
    actor = an_actor(session, Role.ADVISOR)
    assert invite(session, actor, now) is invite(session, actor, now + timedelta(seconds=2))
    assert len(mails_to(session, GUEST)) == 1


def test_a_withdrawn_and_a_repeated_invitation_lead_nowhere(session, now):
    actor = an_actor(session, Role.ADVISOR)
    first = invite(session, actor, now - timedelta(hours=1))
    second = invite(session, actor, now)
    session.refresh(first)
    assert first.withdrawn_at == now
    service_invitations.withdraw(session, actor, second.public_id, now=now)
    for mail in mails_to(session, GUEST):
        with pytest.raises(DeadLink):
            service_invitations.join(session, VISITOR, token_in(mail), NEWCOMER, now=now)


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("own", [True, False])
def test_the_list_and_the_decision_agree_on_whose_invitation_one_sees(session, now, role, own):  # S2
    inviter = an_actor(session, Role.ADVISOR)
    made = invite(session, inviter, now)
    viewer = inviter if own else an_actor(session, role)
    listed = made in queries_people.invitations(session, viewer)
    assert listed is may_withdraw_invitation(viewer, made.inviter_account_id)
    if not listed:
        with pytest.raises(NotFound):
            service_invitations.withdraw(session, viewer, made.public_id, now=now)


@pytest.mark.parametrize("values", [{"email": "gast@exаmple.org"}, {"email": "x" * 10_000}])
def test_bad_addresses_are_refused(session, now, values):
    with pytest.raises(Refused):
        invite(session, an_actor(session, Role.ADVISOR), now, **values)


def test_an_operator_is_made_by_a_link_or_a_password_and_an_account_is_raised(session, now):
    system, token = Actor.system(), "t" * 43
    made = service_operators.make_operator(
        session, system, email="op@example.org", name="Olga Ott", link=link_for(token, KEY), now=now
    )
    reset_password(session, VISITOR, token, NewPassword("acht grüne ziegel"), now=now)
    actor = queries.actor_of(session, made.id)
    assert actor.roles == {Role.OPERATOR, Role.COORDINATOR}
    assert passwords.is_password("acht grüne ziegel", made.password_hash)

    seeker = an_account(session, Role.SEEKER, email="da@example.org", blocked_at=now, name="Wer da war")
    service_operators.make_operator(
        session, system, email="DA@example.org", name="Neu", password=NewPassword("neun rote dächer"), now=now
    )
    raised = queries.actor_of(session, seeker.id)
    assert (raised.name, raised.roles) == ("Wer da war", {Role.SEEKER, Role.OPERATOR, Role.COORDINATOR})
    assert seeker.blocked_at is None
    with pytest.raises(Refused):
        service_operators.make_operator(
            session, system, email="op2@example.org", name="Olga", password=NewPassword("passwort1"), now=now
        )


def test_only_the_command_line_makes_operators(session, now):
    with pytest.raises(Forbidden):
        service_operators.make_operator(
            session, an_actor(session, Role.OPERATOR), email="a@example.org", name="Anna", now=now
        )
