from datetime import timedelta

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DatabaseError

from succession.calls import queries
from succession.calls.models_published import CallPublication, call_lot_outline
from succession.calls.states import CallState, state_at
from succession.db import public_reading
from tests.factories.calls import a_closed_call, a_published_call, an_open_call


def test_a_published_call_is_frozen_and_everybody_may_read_it(session, now):
    scene = a_published_call(session, now=now, lots=3)
    call = scene.call
    assert call.state is CallState.PUBLISHED
    assert call.frozen_document["lots"][2]["parcels"][0]["label"] == scene.parcels[2].name
    assert scene.principles.frozen_at is not None
    assert queries.principles_of(call).key == "small-set"
    with public_reading(session) as reader:
        row = reader.scalars(select(CallPublication)).one()
        assert row.document["lots"][0]["area_ha"].startswith("2.2")
        assert call.lottery_secret not in str(row.document)
        assert len(reader.execute(select(call_lot_outline.c.lot_id)).all()) == 3


def test_the_clock_opens_and_closes_a_call(session, now):
    scene = an_open_call(session, now=now)
    assert scene.call.state is CallState.OPEN
    assert state_at(scene.call, scene.call.closes_at) is CallState.CLOSED
    assert state_at(scene.call, scene.call.closes_at - timedelta(seconds=1)) is CallState.OPEN
    closed = a_closed_call(session, now=now)
    assert closed.call.state is CallState.CLOSED


def test_what_is_frozen_cannot_be_changed_even_by_a_statement(session, now):
    scene = an_open_call(session, now=now)
    for statement in (
        "UPDATE call SET term_years = 30",
        "UPDATE call SET lottery_secret = repeat('0', 64)",
        "UPDATE call SET frozen_at = NULL, frozen_document = NULL, frozen_hash = NULL, state = 'draft'",
        "UPDATE call_lot SET price_cents_year = 1",
        "DELETE FROM call_lot_parcel",
        "UPDATE principle_set SET title = 'anders'",
    ):
        with pytest.raises(DatabaseError), session.begin_nested():
            session.execute(text(statement))
    assert scene.call.state is CallState.OPEN
