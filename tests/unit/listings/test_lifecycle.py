"""The states of an offer."""

import pytest

from succession.errors import Conflict
from succession.listings.lifecycle import ALLOWED, Step, after, possible
from succession.listings.states import ListingState as State


def test_the_allowed_steps_are_exactly_these():
    assert {(state.value, step.value): target.value for (state, step), target in ALLOWED.items()} == {
        ("draft", "publish"): "published",
        ("published", "reserve"): "reserved",
        ("published", "hand_over"): "handed_over",
        ("published", "withdraw"): "withdrawn",
        ("reserved", "release"): "published",
        ("reserved", "hand_over"): "handed_over",
        ("reserved", "withdraw"): "withdrawn",
        ("withdrawn", "revise"): "draft",
    }


@pytest.mark.parametrize("state", State)
def test_possible_steps_lead_somewhere_and_others_are_refused(state):
    for step in Step:
        if step in possible(state):
            assert after(state, step) is not state
        else:
            with pytest.raises(Conflict):
                after(state, step)


def test_nothing_leads_out_of_a_handover():
    assert possible(State.HANDED_OVER) == ()
