"""Reading doors of reports: the coordination's list, one report with its history, what may not come back."""

import hmac
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.orm import Session, aliased

from succession.accounts.actor import Actor
from succession.accounts.duties import MembershipRole
from succession.accounts.models import Membership
from succession.errors import NotFound
from succession.legal import policy
from succession.legal.models_reports import Report, ReportComplaint, ReportDecision
from succession.legal.reports import TIME_TO_COMPLAIN, AboutKind, Decision, Side

LETTERS_GO_TO = (MembershipRole.ADMINISTRATOR, MembershipRole.CLERK)


@dataclass(frozen=True, slots=True)
class Case:
    """A report with everything that was decided and said about it, and the side on which the reader stands."""

    report: Report
    decisions: tuple[ReportDecision, ...]
    complaints: tuple[ReportComplaint, ...]
    side: Side | None = None

    @property
    def decision(self) -> ReportDecision | None:
        """The one that counts."""
        return self.decisions[-1] if self.decisions else None

    @property
    def is_open(self) -> bool:
        """Whether it waits for a decision."""
        return self.report.closed_at is None

    def may_complain(self, now: datetime) -> bool:
        """Whether the reader's side may still say that it does not agree."""
        if self.side is None or self.is_open or not self.decisions:
            return False
        has_complained = any(one.side is self.side for one in self.complaints)
        return not has_complained and now <= self.decisions[0].decided_at + TIME_TO_COMPLAIN


def hash_key(key: str) -> bytes:
    """What is stored of the key in a receipt's link."""
    return sha256(key.encode()).digest()


def cases(session: Session, *, only_open: bool, offset: int, limit: int) -> list[Case]:
    """The coordination's list: what waits the longest comes first, or what was decided last."""
    order = (Report.closed_at.desc().nulls_first(), Report.received_at)
    statement = select(Report).order_by(*order).offset(offset).limit(limit)
    if only_open:
        statement = statement.where(Report.closed_at.is_(None))
    found = session.scalars(statement).all()
    decisions, complaints = _decisions(session, found), _complaints(session, found)
    return [Case(one, decisions.get(one.id, ()), complaints.get(one.id, ())) for one in found]


def case(session: Session, public_id: UUID, *, lock: bool = False) -> Case:
    """One report with its history; the reader's side is not settled yet."""
    statement = select(Report).where(Report.public_id == public_id)
    report = session.scalar(statement.with_for_update() if lock else statement)
    if report is None:
        raise NotFound
    return Case(
        report, _decisions(session, [report]).get(report.id, ()), _complaints(session, [report]).get(report.id, ())
    )


def own_case(session: Session, actor: Actor, public_id: UUID, key: str | None, *, lock: bool = False) -> Case:
    """One report for who made it (signed in, or with the key of the receipt) or whom it affects; else it is not there.

    Whom it affects sees it only once there is a decision: until then there is nothing they would have to do.
    """
    found = case(session, public_id, lock=lock)
    has_key = key is not None and hmac.compare_digest(hash_key(key), found.report.key_hash)
    if has_key or policy.made(actor, found.report):
        return Case(found.report, found.decisions, found.complaints, Side.REPORTER)
    if found.decisions and policy.is_affected(actor, found.report):
        return Case(found.report, found.decisions, found.complaints, Side.OWNER)
    raise NotFound


def is_removed_for_good(session: Session, kind: AboutKind, public_id: UUID) -> bool:
    """Whether a decision that counts says that the thing may not be published again."""
    later = aliased(ReportDecision)
    statement = (
        select(ReportDecision.id)
        .join(Report, Report.id == ReportDecision.report_id)
        .where(
            Report.about_kind == kind,
            Report.about_public_id == public_id,
            ReportDecision.decision == Decision.REMOVE,
            ~exists().where(later.report_id == ReportDecision.report_id, later.number > ReportDecision.number),
        )
    )
    return session.scalars(statement.limit(1)).first() is not None


def whom_to_write(session: Session, report: Report) -> list[int]:
    """The accounts that learn of a decision about what is theirs; of an organisation those who act for it."""
    if report.affected_organisation_id is not None:
        statement = select(Membership.account_id).where(
            Membership.organisation_id == report.affected_organisation_id, Membership.role.in_(LETTERS_GO_TO)
        )
        return list(session.scalars(statement.order_by(Membership.account_id)))
    return [] if report.affected_account_id is None else [report.affected_account_id]


def _decisions(session: Session, reports: Sequence[Report]) -> dict[int, tuple[ReportDecision, ...]]:
    ids = [one.id for one in reports]
    statement = select(ReportDecision).where(ReportDecision.report_id.in_(ids)).order_by(ReportDecision.number)
    found: dict[int, tuple[ReportDecision, ...]] = {}
    for one in session.scalars(statement):
        found[one.report_id] = (*found.get(one.report_id, ()), one)
    return found


def _complaints(session: Session, reports: Sequence[Report]) -> dict[int, tuple[ReportComplaint, ...]]:
    ids = [one.id for one in reports]
    statement = select(ReportComplaint).where(ReportComplaint.report_id.in_(ids)).order_by(ReportComplaint.made_at)
    found: dict[int, tuple[ReportComplaint, ...]] = {}
    for one in session.scalars(statement):
        found[one.report_id] = (*found.get(one.report_id, ()), one)
    return found
