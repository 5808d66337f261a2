"""Sets are tried within limits, each trial is logged, and the log stays."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import IntegrityError

from succession.accounts.actor import Actor
from succession.accounts.models import Account
from succession.audit.models import AuditEntry
from succession.calls.states import CallState
from succession.errors import Conflict, Forbidden, NotFound, Refused
from succession.principles.models import PrincipleSet
from succession.simulation import policy, queries, service
from succession.simulation.kinds import Basis
from succession.simulation.models import Simulation
from succession.simulation.service import PastLot, Wanted
from tests.factories.awards import a_call_to_decide
from tests.factories.organisations import acting
from tests.factories.principles import a_clerk, a_draft

PUBLISHED = ("greifswald-2019-motion", "highest-bid")


@pytest.fixture
def now():
    return datetime.now(UTC)


@pytest.fixture
def office(session, now):
    owner, account = a_clerk(session)
    return owner, acting(session, account, now)


def tried(session, office, now, sets=PUBLISHED, **values):
    owner, actor = office
    wanted = Wanted(owner.id, tuple(sets), **{"is_public": True, **values})
    return service.simulate(session, actor, wanted, now=now)


def past(session, now, state=CallState.CONTRACT, **values):
    scene = a_call_to_decide(session, now=now, **values)
    scene.call.state = state
    session.commit()
    return scene


def on(scene, **values):
    return Wanted(
        scene.call.owner_organisation_id,
        ("bvvg-2024", "highest-bid"),
        **{"is_public": False, "past": PastLot(scene.call.public_id, scene.lot.number), **values},
    )


def test_published_sets_are_tried_on_the_sample_farms_and_it_is_logged(session, office, now):
    made = tried(session, office, now)
    assert (made.basis, made.applicants) == (Basis.SAMPLE_FARMS, 12)
    entry = session.scalars(select(AuditEntry).where(AuditEntry.action == "simulation.made")).one()
    assert entry.public_id == made.public_id
    found = queries.worked_out(session, office[1], made)
    assert [one.identifier for one in found.outcomes[1].firsts] == ["holding"]


def test_an_own_draft_is_tried_as_it_was_then(session, office, now):
    owner, actor = office
    draft = a_draft(session, owner, session.get_one(Account, actor.account_id), title="Unsere Regeln")
    made = tried(session, office, now, (str(draft.public_id), "highest-bid"))
    assert made.sets[0]["identifier"] == draft.identifier
    (line,) = queries.simulations_of(session, actor, organisation_id=owner.id)
    assert [title["de"] for title, _ in line.sets] == ["Unsere Regeln", "Höchstes Gebot"]


@pytest.mark.parametrize("sets", [(), ("recommended",), ("recommended", "recommended"), ("nobody", "highest-bid")])
def test_two_to_four_known_sets_are_needed(session, office, now, sets):
    with pytest.raises(Refused):
        tried(session, office, now, sets)


def test_five_sets_are_too_many(session, office, now):
    with pytest.raises(Refused):
        tried(session, office, now, ("recommended", "bvvg-2023", "bvvg-2024", "wartenberg", "highest-bid"))


def test_another_owners_draft_is_not_there(session, office, now):
    other, account = a_clerk(session)
    draft = a_draft(session, other, account)
    with pytest.raises(NotFound):
        tried(session, office, now, (str(draft.public_id), "highest-bid"))


def test_nobody_simulates_for_an_owner_they_do_not_work_for(session, office, now):
    other, _ = a_clerk(session)
    with pytest.raises(Forbidden):
        service.simulate(session, office[1], Wanted(other.id, PUBLISHED, is_public=True), now=now)


def test_a_past_call_is_tried_without_names(session, now):
    scene = past(session, now)
    made = service.simulate(session, scene.clerk, on(scene), now=now)
    assert made.applicants == 3
    assert made.farms is None
    found = queries.worked_out(session, scene.clerk, made)
    assert [one.name["de"] for one in found.contenders] == ["Bewerbung A", "Bewerbung B", "Bewerbung C"]
    assert "Ahorn" not in str(found)


@pytest.mark.parametrize(
    "state",
    [
        CallState.CLOSED,
        CallState.EVIDENCE,
        CallState.PREPARED,
        CallState.DECIDED,
        CallState.STANDSTILL,
        CallState.APPROVALS,
    ],
)
def test_a_call_that_is_not_over_is_never_tried(session, now, state):
    scene = past(session, now, state)
    with pytest.raises(Conflict):
        service.simulate(session, scene.clerk, on(scene), now=now)
    assert session.scalar(select(Simulation)) is None


def test_in_public_a_call_with_few_applicants_is_refused(session, now):
    scene = past(session, now)
    with pytest.raises(Refused):
        service.simulate(session, scene.clerk, on(scene, is_public=True), now=now)


def test_in_public_ten_applicants_are_enough(session, now):
    answers = {f"Person {number}": {"organic": bool(number % 2), "founded_years": str(number)} for number in range(10)}
    scene = past(session, now, answers=answers)
    made = service.simulate(session, scene.clerk, on(scene, is_public=True), now=now)
    assert made.applicants == 10
    found = queries.worked_out(session, scene.clerk, made)
    assert {outcome.ways for outcome in found.outcomes} == {None}, "in public nobody's statements are told"


def test_the_call_of_another_owner_does_not_exist_here(session, office, now):
    scene = past(session, now)
    wanted = Wanted(office[0].id, PUBLISHED, is_public=False, past=PastLot(scene.call.public_id, 1))
    with pytest.raises(NotFound):
        service.simulate(session, office[1], wanted, now=now)


def test_the_log_of_a_call_names_the_trials_of_its_set(session, now):
    scene = past(session, now)
    used = session.get_one(PrincipleSet, scene.call.principle_set_id)
    wanted = Wanted(scene.call.owner_organisation_id, (str(used.public_id), "highest-bid"), is_public=True)
    made = service.simulate(session, scene.clerk, wanted, now=now)
    service.simulate(session, scene.clerk, Wanted(wanted.organisation_id, PUBLISHED, is_public=True), now=now)
    lines = queries.simulations_of(session, scene.clerk, call=scene.call)
    assert [line.public_id for line in lines] == [made.public_id]


@pytest.mark.parametrize("statement", ["UPDATE simulation SET applicants = 99", "DELETE FROM simulation"])
def test_the_log_stays_as_it_was(session, office, now, statement):
    tried(session, office, now)
    session.flush()
    with pytest.raises(IntegrityError, match="stays in the log"), session.begin_nested():
        session.execute(text(statement))


def test_the_list_and_the_single_page_agree_on_who_reads_a_simulation(session, office, now):
    made = tried(session, office, now)
    _, stranger = a_clerk(session)
    for actor in (office[1], acting(session, stranger, now), Actor.system()):
        listed = session.scalar(select(Simulation.id).where(policy.visible_simulations(actor))) is not None
        assert listed == policy.may_read(actor, made)


def test_an_unknown_simulation_is_not_found(session, office):
    with pytest.raises(NotFound):
        queries.simulation_for(session, office[1], uuid4())
