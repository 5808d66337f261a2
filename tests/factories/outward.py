"""What follows a decision, up to any step; everything is committed through the doors."""

from datetime import UTC, datetime, timedelta

from succession.awards import service_notices
from succession.awards.outward import LotAt
from succession.awards.standstill import day_of
from tests.factories.awards import a_call_to_decide, decided


def at_of(scene, lot=None):
    """The address of a lot."""
    return LotAt(scene.call.public_id, (lot or scene.lot).number)


def told(session, *, now=None, **values):
    """The body has decided, and the letters have left today."""
    now = now or datetime.now(UTC)
    scene = a_call_to_decide(session, with_accounts=True, now=now, **values)
    decision = decided(session, scene, now=now)
    dispatched(session, scene, now=now)
    return scene, decision


def dispatched(session, scene, *, lot=None, now=None):
    """The letters of a decided lot left."""
    now = now or datetime.now(UTC)
    at = at_of(scene, lot)
    service_notices.plan(session, scene.clerk, at, dispatched_on=day_of(now), now=now)
    made = service_notices.confirm(session, scene.clerk, at, now=now)
    session.commit()
    return made


def after_standstill(standstill):
    """Nine in the morning after the last day."""
    return standstill.ends_at.astimezone(UTC) + timedelta(hours=9)
