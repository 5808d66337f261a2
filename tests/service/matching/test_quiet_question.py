"""What somebody without an account learns of how many look for something like theirs."""

import pytest

from succession.matching.quiet_question import STEPS, Answer, Ticks, quiet_question
from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_published_search


@pytest.fixture(autouse=True)
def region(session):
    a_small_region(session)


def searches(session, count, **values):
    for _ in range(count):
        a_published_search(session, a_profile(session, **values.get("profile", {})), **values.get("search", {}))


def test_four_people_are_fewer_than_five(session):
    searches(session, 4)
    assert quiet_question(session, Ticks(farm=True)) == Answer(0, more_with_dwelling=False)


def test_the_answer_is_a_step_and_never_a_count(session):
    for people in range(1, 13):
        searches(session, 1)
        told = quiet_question(session, Ticks(farm=True)).at_least
        assert told == max((step for step in STEPS if step <= people), default=0)  # LP-10


def test_a_person_with_five_searches_is_one_person(session):
    profile = a_profile(session)
    for _ in range(5):
        a_published_search(session, profile)
    assert quiet_question(session, Ticks(farm=True)).at_least == 0


def test_whoever_needs_a_dwelling_counts_only_where_there_is_one(session):
    searches(session, 4)
    searches(session, 1, search={"wishes": {"dwelling": ("must", {"dwelling_min": 1})}})
    assert quiet_question(session, Ticks(farm=True)) == Answer(0, more_with_dwelling=True)
    assert quiet_question(session, Ticks(farm=True, dwelling=True)) == Answer(5, more_with_dwelling=False)


def test_whoever_wants_to_buy_only_does_not_look_for_a_lease(session):
    searches(session, 5, search={"wishes": {"takeover": ("important", {"takeover_models": 0b10})}})
    assert quiet_question(session, Ticks(farm=True)).at_least == 5
    assert quiet_question(session, Ticks(farm=True, lease=True)).at_least == 0


def test_whoever_would_not_keep_the_animals_does_not_count_where_they_should_stay(session):
    searches(session, 3, profile={"keep_animals": "yes"})
    searches(session, 2)
    searches(session, 5, profile={"keep_animals": "no"})
    assert quiet_question(session, Ticks(farm=True)).at_least == 10
    assert quiet_question(session, Ticks(farm=True, animals=True)).at_least == 5


def test_whoever_wants_to_start_alone_does_not_count_where_somebody_stays(session):
    searches(session, 5, profile={"shared_months": 0})
    assert quiet_question(session, Ticks(farm=True, stays=True)).at_least == 0


def test_somebody_who_looks_for_an_inn_does_not_look_for_a_farm(session):
    searches(session, 5, search={"kinds": ["inn"]})
    assert quiet_question(session, Ticks(farm=True)).at_least == 0
    assert quiet_question(session, Ticks(dwelling=True)).at_least == 5
