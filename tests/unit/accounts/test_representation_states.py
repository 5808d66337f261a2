from dataclasses import replace
from datetime import date

import pytest

from succession.accounts.representation import RepresentationKind, RepresentationState, Standing, state_of

TODAY = date(2026, 11, 2)
GOOD = Standing(
    kind=RepresentationKind.RELATIVE,
    starts_on=date(2026, 1, 1),
    ends_on=date(2026, 12, 31),
    is_accepted=True,
    is_confirmed=True,
    is_ended=False,
    is_frozen=False,
)


@pytest.mark.parametrize(
    ("change", "state"),
    [
        ({}, RepresentationState.ACTIVE),
        ({"ends_on": TODAY}, RepresentationState.ACTIVE),
        ({"starts_on": TODAY}, RepresentationState.ACTIVE),
        ({"ends_on": date(2026, 11, 1)}, RepresentationState.EXPIRED),
        ({"starts_on": date(2026, 11, 3)}, RepresentationState.LATER),
        ({"is_accepted": False}, RepresentationState.ASKED),
        ({"is_confirmed": False}, RepresentationState.UNCONFIRMED),
        ({"is_ended": True}, RepresentationState.ENDED),
        ({"is_frozen": True}, RepresentationState.RESTING),
        ({"is_blocked": True}, RepresentationState.RESTING),
        ({"is_frozen": True, "kind": RepresentationKind.ADVISOR}, RepresentationState.ACTIVE),
        ({"is_frozen": True, "kind": RepresentationKind.HEIR}, RepresentationState.ACTIVE),
        ({"is_blocked": True, "kind": RepresentationKind.HEIR}, RepresentationState.RESTING),
        ({"is_frozen": True, "is_ended": True}, RepresentationState.ENDED),
    ],
)
def test_it_counts_only_while_nothing_speaks_against_it(change, state):
    assert state_of(replace(GOOD, **change), TODAY) is state
