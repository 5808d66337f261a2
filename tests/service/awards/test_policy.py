"""Who sees what of an award: one rule for the thing and for the list, over all roles and duties."""

from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from sqlalchemy import select

from succession.accounts.actor import Actor, Role
from succession.accounts.duties import Duty, Grant
from succession.awards import policy
from succession.awards.models import ScoringRun
from tests.factories.accounts import an_actor, an_organisation
from tests.factories.awards import a_call_to_decide, scored


@pytest.fixture
def scene(session):
    found = a_call_to_decide(session)
    scored(session, found)
    return found


@given(
    duties=some.frozensets(some.sampled_from(Duty)),
    elsewhere=some.frozensets(some.sampled_from(Duty)),
    roles=some.frozensets(some.sampled_from(Role)),
)
@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_the_list_of_runs_and_the_page_agree(session, scene, duties, elsewhere, roles):
    here, there = scene.call.owner_organisation_id, -1
    grants = frozenset({Grant(here, duty) for duty in duties} | {Grant(there, duty) for duty in elsewhere})
    actor = Actor(account_id=1, roles=roles, grants=grants)
    listed = session.scalar(select(ScoringRun.id).where(policy.visible_runs(actor))) is not None
    assert listed == policy.may_see(actor, scene.call) == bool(duties & set(policy.SEES))


def test_members_who_only_read_see_no_applicant(session, scene):
    reader = Actor(account_id=1, grants=frozenset({Grant(scene.call.owner_organisation_id, Duty.READ)}))
    assert not policy.may_see(reader, scene.call)


def test_visitors_see_nothing_and_the_system_everything(session, scene):
    for actor, expected in ((Actor.visitor(), False), (Actor.system(), True), (an_actor(session), False)):
        listed = session.scalar(select(ScoringRun.id).where(policy.visible_runs(actor))) is not None
        assert listed == policy.may_see(actor, scene.call) == expected


def test_to_score_is_not_to_decide(session, scene):
    here = scene.call.owner_organisation_id
    scorer = Actor(account_id=1, grants=frozenset({Grant(here, Duty.SCORE)}))
    decider = Actor(account_id=2, grants=frozenset({Grant(here, Duty.DECIDE)}))
    assert (policy.may_score(scorer, scene.call), policy.may_decide(scorer, scene.call)) == (True, False)
    assert (policy.may_score(decider, scene.call), policy.may_decide(decider, scene.call)) == (False, True)


def test_nobody_of_another_owner_sees_it(session, scene):
    other = an_organisation(session)
    grants = frozenset(Grant(other.id, duty) for duty in Duty)
    assert not policy.may_see(Actor(account_id=1, grants=grants), scene.call)
    assert datetime.now(UTC) > scene.call.closes_at
