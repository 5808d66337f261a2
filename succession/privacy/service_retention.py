"""The writing door of retention: what has had its time goes, and its owner is told before. All from the register."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, delete, func, literal, select, true
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Account
from succession.audit import service as audit
from succession.config import Settings
from succession.i18n import PLACE_OF_TIMES, Text
from succession.marks import DataClass, Marked, OnExpiry, Person
from succession.outbox import service as outbox
from succession.privacy import logs, mails, policy
from succession.privacy.models import ErasureWay, RetentionWarning
from succession.privacy.personal_data import EXPORT_FOLDER, EXPORT_KEPT
from succession.privacy.register import REGISTER
from succession.privacy.retention import ADDRESSES_KEPT, LOGS_KEPT, TOLD_BEFORE, Rule, goes_at, rules
from succession.privacy.service import Erased, erase_person


@dataclass(frozen=True, slots=True)
class RuleOutcome:
    """Of one rule: how many rows are due, and of how many the owner is told now."""

    title: Text
    table: str
    column: str
    days: int
    due: int
    told: int


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a run has done, or would do."""

    lines: tuple[RuleOutcome, ...]
    erased: tuple[Erased, ...] = field(default=(), repr=False)


def plan(
    session: Session, actor: Actor, *, now: datetime, register: tuple[Marked, ...] = REGISTER
) -> tuple[RuleOutcome, ...]:
    """What a run would do now; nothing is changed."""
    authorize(policy.may_see_processing, actor, None)
    return tuple(
        _line(rule, _count(session, rule, _due(rule, now)), _count(session, rule, _to_tell(rule, now)))
        for rule in rules(register)
    )


def run(
    session: Session, actor: Actor, settings: Settings, *, now: datetime, register: tuple[Marked, ...] = REGISTER
) -> Outcome:
    """Rows that are due are gone, accounts with everything that concerns their person; owners of others were told."""
    authorize(policy.may_run_retention, actor, None)
    lines, erased, telling = [], [], _Telling()
    for rule in rules(register):
        told = _tell(session, rule, telling, now) if rule.retention.warns else 0
        if rule.retention.on_expiry is OnExpiry.ERASE_PERSON:
            gone = [
                erase_person(session, actor, person, settings, way=ErasureWay.EXPIRED, now=now)
                for person in _people(session, rule, now)
            ]
            erased += gone
            lines.append(_line(rule, len(gone), told))
        else:
            statement = delete(rule.marked.table).where(_due(rule, now))
            result = session.execute(statement.execution_options(synchronize_session=False))
            lines.append(_line(rule, int(getattr(result, "rowcount", 0)), told))
    for account_id, entries in telling.by_account.items():
        outbox.enqueue(session, mails.going_soon(entries), account_id=account_id, now=now)
    if any(line.due for line in lines):
        audit.record(session, actor, "retention.run", kind="retention", now=now)
    session.expire_all()
    return Outcome(tuple(lines), tuple(erased))


def sweep_files(settings: Settings, *, now: datetime) -> None:
    """Copies that were not fetched in time are gone from the disk; logs lose addresses, and old lines, as they age."""
    for path in (settings.instance / EXPORT_FOLDER).glob("*"):
        if now.timestamp() - path.stat().st_mtime > EXPORT_KEPT.total_seconds():
            path.unlink(missing_ok=True)
    logs.age(settings.instance, now=now, keep_addresses=ADDRESSES_KEPT, keep=LOGS_KEPT)


@dataclass(slots=True)
class _Telling:
    """Who is to be told what: one mail a person."""

    by_account: dict[int, list[tuple[DataClass, int, date]]] = field(default_factory=dict)

    def add(self, account_id: int, data_class: DataClass | None, number: int, day: date) -> None:
        if data_class is not None:
            self.by_account.setdefault(account_id, []).append((data_class, number, day))


def _line(rule: Rule, due: int, told: int) -> RuleOutcome:
    retention = rule.retention
    return RuleOutcome(rule.title, rule.marked.table.name, retention.column, retention.period.days, due, told)


def _count(session: Session, rule: Rule, where: ColumnElement[bool]) -> int:
    return session.scalar(select(func.count()).select_from(rule.marked.table).where(where)) or 0


def _due(rule: Rule, now: datetime) -> ColumnElement[bool]:
    """The rows that go now: `retention.step` says GO."""
    retention, column = rule.retention, rule.marked.table.c[rule.retention.column]
    due = and_(column <= now - retention.period, _only(rule))
    if retention.warns:
        due = and_(due, _warning(rule).where(RetentionWarning.warned_at <= now - TOLD_BEFORE).exists())
    return due


def _to_tell(rule: Rule, now: datetime) -> ColumnElement[bool]:
    """The rows whose owner is told now: `retention.step` says WARN."""
    retention, column = rule.retention, rule.marked.table.c[rule.retention.column]
    if not retention.warns:
        return ~true()
    return and_(column <= now - retention.period + TOLD_BEFORE, _only(rule), ~_warning(rule).exists())


def _only(rule: Rule) -> ColumnElement[bool]:
    return true() if rule.retention.only is None else rule.retention.only


def _warning(rule: Rule) -> Select[RetentionWarning]:
    """The warning of a row, if it was given for its present moment."""
    table = rule.marked.table
    return select(RetentionWarning).where(
        RetentionWarning.table_name == table.name,
        RetentionWarning.row_id == table.c.id,
        RetentionWarning.moment == table.c[rule.retention.column],
    )


def _tell(session: Session, rule: Rule, telling: _Telling, now: datetime) -> int:
    """Warnings are noted for every row that needs one; whoever it belongs to gets a line in their mail."""
    table, retention = rule.marked.table, rule.retention
    whom: ColumnElement[int] = retention.whom
    statement = select(
        literal(table.name),
        table.c.id,
        whom.label("account_id"),
        table.c[retention.column].label("moment"),
        literal(now),
    ).where(_to_tell(rule, now))
    found = session.execute(statement).all()
    if not found:
        return 0
    noted = insert(RetentionWarning).values(
        [{"table_name": r[0], "row_id": r[1], "account_id": r[2], "moment": r[3], "warned_at": now} for r in found]
    )
    fresh: dict[str, Any] = {name: noted.excluded[name] for name in ("moment", "warned_at", "account_id")}
    session.execute(noted.on_conflict_do_update(index_elements=["table_name", "row_id"], set_=fresh))
    by_account: dict[int, list[datetime]] = {}
    for row in found:
        by_account.setdefault(row.account_id, []).append(goes_at(retention, row.moment, now))
    for account_id, times in by_account.items():
        day = min(times).astimezone(PLACE_OF_TIMES).date()
        telling.add(account_id, rule.data_class, len(times), day)
    return len(found)


def _people(session: Session, rule: Rule, now: datetime) -> Iterator[Person]:
    assert rule.marked.table is Account.__table__
    for account in session.scalars(select(Account).where(_due(rule, now))).all():
        yield Person(account.id, account.public_id, account.email, account.name)
