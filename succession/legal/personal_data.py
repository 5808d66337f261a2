"""What the legal room holds on a person: who wrote a text, who reported what, and what was decided about it."""

from datetime import timedelta

from sqlalchemy import ColumnElement, or_, select

from succession.i18n import Text
from succession.legal.models import LegalDetail, LegalText
from succession.legal.models_reports import Report, ReportComplaint, ReportDecision
from succession.legal.reports import Side
from succession.marks import Concern, DataClass, Hold, LegalGround, Marked, OnErasure, Person, Retention, table_of

KEPT_FOR = timedelta(days=548)

REPORTS = DataClass(
    key="reports",
    title=Text("Reports of things that should not be here"),
    purpose=Text("To look into a report, to give reasons for the decision, and to hear complaints."),
    ground=LegalGround.LEGAL_DUTY,
    keeping=Text("18 months after the decision."),
    recipients=Text("the coordination; the owner of what was reported learns the reasons, never who reported it"),
)
LEGAL_TEXTS = DataClass(
    key="legal_texts",
    title=Text("Who wrote the legal texts"),
    purpose=Text("So that it can be shown later which text stood here when, and who is responsible for it."),
    ground=LegalGround.LEGAL_DUTY,
    keeping=Text("As long as this network exists. Your name goes with your account."),
)


def _written_by(person: Person) -> ColumnElement[bool]:
    return LegalText.author_account_id == person.account_id


def _reported_by(person: Person) -> ColumnElement[bool]:
    return or_(Report.reporter_account_id == person.account_id, Report.reporter_email == person.email)


def _affects(person: Person) -> ColumnElement[bool]:
    return Report.affected_account_id == person.account_id


def _on_reports_of(person: Person) -> ColumnElement[bool]:
    return ReportDecision.report_id.in_(select(Report.id).where(or_(_reported_by(person), _affects(person))))


def _decided_by(person: Person) -> ColumnElement[bool]:
    return ReportDecision.decided_by_account_id == person.account_id


def _complained_by(person: Person) -> ColumnElement[bool]:
    reported = select(Report.id).where(_reported_by(person))
    affected = select(Report.id).where(_affects(person))
    return or_(
        (ReportComplaint.side == Side.REPORTER) & ReportComplaint.report_id.in_(reported),
        (ReportComplaint.side == Side.OWNER) & ReportComplaint.report_id.in_(affected),
    )


REASONS_STAY = Hold(
    reason=Text("Decisions on reports and their reasons must be open to complaint and to a court (Art. 17, 20 DSA)."),
    until=Text("18 months after the decision."),
)
GONE = {"reporter_account_id": None, "reporter_email": None, "words": "–"}

REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(ReportComplaint),
        plain=("report_id", "side"),
        personal=("words", "made_at"),
        data_class=REPORTS,
        concerns=(Concern(_complained_by, OnErasure.CLEAR, clears={"words": "–"}),),
    ),
    Marked(
        table=table_of(ReportDecision),
        plain=("id", "report_id", "number"),
        personal=("decision", "ground", "statement", "decided_by_account_id", "decided_at"),
        data_class=REPORTS,
        concerns=(
            Concern(_on_reports_of, OnErasure.KEEP, hold=REASONS_STAY, hides=("decided_by_account_id",)),
            Concern(_decided_by, OnErasure.CLEAR, clears={"decided_by_account_id": None}, is_exported=False),
        ),
    ),
    Marked(
        table=table_of(Report),
        plain=("id", "public_id", "reference", "about_kind", "about_public_id", "about_path", "language", "closed_at"),
        personal=(
            "reason",
            "words",
            "reporter_account_id",
            "reporter_email",
            "affected_account_id",
            "affected_organisation_id",
            "received_at",
        ),
        secret=("key_hash",),
        data_class=REPORTS,
        concerns=(
            Concern(_reported_by, OnErasure.CLEAR, clears=GONE, hides=("affected_account_id",)),
            Concern(_affects, OnErasure.CLEAR, clears={"affected_account_id": None}, is_exported=False),
        ),
        retention=(Retention("closed_at", KEPT_FOR),),
    ),
    Marked(
        table=table_of(LegalText),
        plain=("id", "public_id", "page", "language", "version", "body", "published"),
        personal=("author_account_id", "written_at"),
        data_class=LEGAL_TEXTS,
        concerns=(Concern(_written_by, OnErasure.CLEAR, clears={"author_account_id": None}),),
    ),
    Marked(table=table_of(LegalDetail), plain=("detail", "value")),
)
