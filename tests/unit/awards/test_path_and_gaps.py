"""How far a lot is, and what is missing, in the order of the work."""

import pytest

from succession.awards.path import Standing, path
from succession.awards.readiness import Facts, Gap, gaps
from succession.calls.states import CallState

DONE = {
    "has_run": True,
    "is_stale": False,
    "points_open": 0,
    "points_unconfirmed": 0,
    "to_ask": 0,
    "evidence_open": 0,
    "evidence_unjudged": 0,
    "tied_first": False,
    "sold": 0,
}


def standing(**values):
    base = {
        "call_state": CallState.EVIDENCE,
        "gaps": (),
        "is_prepared": False,
        "is_checked": False,
        "is_decided": False,
    }
    return Standing(**{**base, **values})


@pytest.mark.parametrize(
    ("changed", "gap"),
    [
        ({"is_stale": True}, Gap.STALE),
        ({"points_open": 1}, Gap.POINTS_OPEN),
        ({"points_unconfirmed": 1}, Gap.POINTS_UNCONFIRMED),
        ({"to_ask": 1}, Gap.NOT_ASKED),
        ({"evidence_open": 1}, Gap.WAITS_FOR_EVIDENCE),
        ({"evidence_unjudged": 1}, Gap.EVIDENCE_UNJUDGED),
        ({"tied_first": True}, Gap.TIED),
        ({"sold": 1}, Gap.SOLD),
        ({"has_run": False, "evidence_open": 3}, Gap.NO_RUN),
    ],
)
def test_each_thing_that_is_missing_is_named_alone(changed, gap):
    assert gaps(Facts(**{**DONE, **changed})) == (gap,)


def test_nothing_is_missing_when_all_is_done():
    assert gaps(Facts(**DONE)) == ()


@pytest.mark.parametrize(
    ("values", "now"),
    [
        ({"gaps": (Gap.NO_RUN,)}, "ranking"),
        ({"gaps": (Gap.TIED,)}, "ranking"),
        ({"gaps": (Gap.NOT_ASKED,)}, "evidence"),
        ({}, "preparation"),
        ({"is_prepared": True}, "preparation"),
        ({"is_prepared": True, "is_checked": True}, "decision"),
        ({"is_decided": True, "call_state": CallState.STANDSTILL}, "standstill"),
        ({"is_decided": True, "call_state": CallState.APPROVALS}, "contract"),
    ],
)
def test_exactly_one_phase_is_now(values, now):
    phases = path(standing(**values))
    assert [phase.key for phase in phases if phase.state == "now"] == [now]


def test_at_the_end_every_phase_is_done():
    phases = path(standing(is_decided=True, call_state=CallState.MONITORED))
    assert {phase.state for phase in phases} == {"done"}
