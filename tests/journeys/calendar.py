"""Weeks and years pass in a story: what is dated in one call is set back, with the guards of the database asleep."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import create_engine, text

from succession.cluster import SUPERUSER
from tests.conftest import CLUSTER

OF_LOTS = "lot_id IN (SELECT id FROM call_lot WHERE call_id = :call)"
OF_DECISIONS = f"decision_id IN (SELECT id FROM decision WHERE {OF_LOTS})"
OF_APPLICATIONS = "application_id IN (SELECT id FROM application WHERE call_id = :call)"
DATED = {
    "call": (("opens_at", "closes_at", "published_at"), ("public_draw_on",), "id = :call"),
    "application": (("arrived_at",), (), "call_id = :call"),
    "application_submission": (("arrived_at",), (), OF_APPLICATIONS),
    "envelope": (("arrived_at", "recorded_at"), (), "call_id = :call"),
    "decision": (("recorded_at",), ("decided_on",), OF_LOTS),
    "standstill": (("ends_at", "confirmed_at"), ("dispatched_on", "last_day"), OF_DECISIONS),
    "notice_sent": (("recorded_at",), ("dispatched_on",), OF_APPLICATIONS),
    "objection": (("recorded_at",), ("arrived_on", "answered_on"), OF_APPLICATIONS),
    "promise_check": ((), ("due_on",), "true"),
}
"""By table: its moments, its days, and which of its rows belong to the call."""


def today():
    """The day in Germany."""
    return datetime.now(ZoneInfo("Europe/Berlin")).date()


def let_pass(database, call, time):
    """The call is that much older; `call` is its address."""
    engine = create_engine(CLUSTER.url(SUPERUSER, database))
    with engine.begin() as connection:
        connection.execute(text("SET LOCAL session_replication_role = replica"))
        number = connection.scalar(text("SELECT id FROM call WHERE public_id = :id"), {"id": call.split("/")[-1]})
        for table, (moments, days, rows) in DATED.items():
            changes = [f"{column} = {column} - CAST(:time AS interval)" for column in moments]
            changes += [f"{column} = {column} - CAST(:days AS integer)" for column in days]
            statement = f"UPDATE {table} SET {', '.join(changes)} WHERE {rows}"
            connection.execute(text(statement), {"time": time, "days": time // timedelta(days=1), "call": number})
    engine.dispose()
