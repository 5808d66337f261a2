"""Writing doors of reports: made, decided with reasons, complained about once by each side."""

import secrets
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.errors import Conflict, Refused
from succession.i18n import Text
from succession.jobs import queue
from succession.legal import mails_reports as mails
from succession.legal import policy, queries_reports
from succession.legal.models_reports import Report, ReportComplaint, ReportDecision
from succession.legal.queries_reports import Case, hash_key
from succession.legal.reports import SHORTEST_STATEMENT, AboutKind, Decision, Ground, Reason, fits, new_reference
from succession.outbox import service as outbox
from succession.outbox.values import Mail

FOLLOW = "listings.follow_decision"
"""The job by which the room of offers learns of a decision: it lies above this room."""


@dataclass(frozen=True, slots=True)
class NewReport:
    """What somebody says; whose thing it is comes from the caller, who knows it."""

    about_kind: AboutKind
    about_public_id: UUID | None
    about_path: str | None
    reason: Reason
    words: str
    email: str | None = None
    affected_account_id: int | None = None
    affected_organisation_id: int | None = None


@dataclass(frozen=True, slots=True)
class Judgement:
    """What the coordination decides, on what ground, and its reasons in words."""

    decision: Decision
    ground: Ground
    statement: str


@dataclass(frozen=True, slots=True)
class Receipt:
    """The report, and the key without which a visitor does not find it again."""

    report: Report
    key: str

    @property
    def path(self) -> str:
        """Where the receipt stands."""
        return f"/reports/{self.report.public_id}/receipt?key={self.key}"


def report(session: Session, actor: Actor, new: NewReport, *, language: str, now: datetime) -> Receipt:
    """The report waits for the coordination; with an address given, the receipt is also on its way by mail."""
    authorize(policy.may_report, actor, None)
    key = secrets.token_urlsafe(24)
    row = Report(
        public_id=uuid4(),
        reference=new_reference(),
        about_kind=new.about_kind,
        about_public_id=new.about_public_id,
        about_path=new.about_path,
        reason=new.reason,
        words=new.words.strip(),
        key_hash=hash_key(key),
        reporter_account_id=actor.own_account_id,
        reporter_email=(new.email or "").strip() or None,
        affected_account_id=new.affected_account_id,
        affected_organisation_id=new.affected_organisation_id,
        language=language,
        received_at=now,
    )
    session.add(row)
    session.flush()
    audit.record(session, actor, "report.made", kind="report", public_id=row.public_id, now=now)
    receipt = Receipt(row, key)
    _write_to_reporter(session, row, mails.received(row, receipt.path), now=now)
    return receipt


def decide(
    session: Session,
    actor: Actor,
    public_id: UUID,
    judged: Judgement,
    *,
    now: datetime,
) -> Case:
    """The decision is on record, both sides have a mail with the reasons, and what was decided happens."""
    case = queries_reports.case(session, public_id, lock=True)
    authorize(policy.may_decide, actor, case.report)
    if not case.is_open:
        raise Conflict(Text("This report has been decided in the meantime. Please look at the newest state."))
    if not fits(judged.decision, judged.ground):
        raise Refused(
            Text("Decision and ground do not go together: what stays breaks nothing, what goes breaks something.")
        )
    if len(judged.statement.strip()) < SHORTEST_STATEMENT:
        raise Refused(Text("Please give reasons in a few sentences. Both sides will read them."))
    made = ReportDecision(
        report_id=case.report.id,
        number=len(case.decisions) + 1,
        decision=judged.decision,
        ground=judged.ground,
        statement=judged.statement.strip(),
        decided_by_account_id=actor.account_id,
        decided_at=now,
    )
    session.add(made)
    case.report.closed_at = now
    audit.record(session, actor, "report.decided", kind="report", public_id=public_id, now=now)
    if case.report.about_public_id is not None:
        queue.enqueue(session, FOLLOW, offer_id=case.report.about_public_id, report_id=public_id)
    _tell_both(session, case.report, made, now=now)
    session.flush()
    return queries_reports.case(session, public_id)


def complain(
    session: Session, actor: Actor, public_id: UUID, words: str, *, key: str | None = None, now: datetime
) -> None:
    """The report is open again, and a person looks at it once more; each side can do this once."""
    case = queries_reports.own_case(session, actor, public_id, key, lock=True)
    authorize(policy.may_complain, actor, (case.side, case.may_complain(now)))
    assert case.side is not None
    if not words.strip():
        raise Refused(Text("Please say in a few words what you do not agree with."))
    session.add(ReportComplaint(report_id=case.report.id, side=case.side, words=words.strip(), made_at=now))
    case.report.closed_at = None
    audit.record(session, actor, "report.complained", kind="report", public_id=public_id, now=now)


def _tell_both(session: Session, row: Report, made: ReportDecision, *, now: datetime) -> None:
    """Who reported learns it at their address; whom it affects in their account."""
    path = f"/reports/{row.public_id}/receipt"
    to_reporter = mails.decided_for_reporter(row, made, path if row.reporter_account_id else None)
    _write_to_reporter(session, row, to_reporter, now=now)
    for account_id in queries_reports.whom_to_write(session, row):
        outbox.enqueue(session, mails.decided_for_owner(row, made, path), account_id=account_id, now=now)


def _write_to_reporter(session: Session, row: Report, mail: Mail, *, now: datetime) -> None:
    """To the address they gave, else to their account, else nobody: then the receipt's page says it all."""
    if row.reporter_email is not None:
        outbox.enqueue(session, mail, address=row.reporter_email, language=row.language, now=now)
    elif row.reporter_account_id is not None:
        outbox.enqueue(session, mail, account_id=row.reporter_account_id, now=now)
