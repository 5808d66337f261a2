"""What this room holds on people: points and evidence of applicants, who worked on them, who declared an interest."""

from collections.abc import Callable

from sqlalchemy import ColumnElement, select
from sqlalchemy.orm import InstrumentedAttribute as Attribute

from succession.applications.models import Application
from succession.awards import personal_data_outward
from succession.awards.models import AwardedPoints, ScoringRun
from succession.awards.models_decision import ConflictDeclaration, Decision, Preparation
from succession.awards.models_evidence import EvidenceFile, EvidenceItem, EvidenceRequest
from succession.i18n import Text
from succession.marks import (
    Concern,
    DataClass,
    Hold,
    LegalGround,
    Marked,
    OnErasure,
    Person,
    names,
    table_of,
    under,
)

EVIDENCE = DataClass(
    key="evidence",
    title=Text("Evidence and points for your applications"),
    purpose=Text(
        "To check what you stated, to give points by the published principles, and to keep the award open to checking."
    ),
    ground=LegalGround.PUBLIC_TASK,
    keeping=Text(
        "Papers: if you get no land, 6 months after the Wartefrist. The award itself: 10 years after the lease ends."
    ),
    recipients=Text("the office that runs the call and the body that decides"),
)
RUNS = DataClass(
    key="scoring_runs",
    title=Text("Calculations of points, with a code instead of your name"),
    purpose=Text("So that anybody can recompute an award, and nobody can change it afterwards."),
    ground=LegalGround.PUBLIC_TASK,
    keeping=Text("10 years after the last lease of the call has ended; then only checksums."),
    recipients=Text("the office that runs the call and the body that decides"),
)
DECIDING = DataClass(
    key="deciding",
    title=Text("Who prepared, checked and declared an interest in an award"),
    purpose=Text(
        "So that it stays provable that two people prepared an award and nobody took part who had an interest."
    ),
    ground=LegalGround.PUBLIC_TASK,
    keeping=Text("As long as the file of the award; the link to your account goes with your account."),
    recipients=Text("the office that runs the call and the body that decides"),
)
FILE = Hold(
    Text("The award must stay open to checking (Art. 17(3)(b) and (e) GDPR)."),
    Text("10 years after the lease has ended; papers of applicants who get no land 6 months after the Wartefrist."),
)


def _signed(column: Attribute[int | None]) -> Concern:
    """Who did something: the link goes with the account, the row stays."""
    return Concern(names(column), OnErasure.CLEAR, clears={column.key: None}, is_exported=False)


def _applicant(column: Attribute[int] | Attribute[int | None], *, hides: tuple[str, ...] = ()) -> Concern:
    """Rows about one's own application stay with the award, and are in one's copy."""
    where = under(column, Application.id, Application.applicant_account_id)
    return Concern(where, OnErasure.KEEP, hold=FILE, hides=hides)


def _under_request(column: Attribute[int]) -> Callable[[Person], ColumnElement[bool]]:
    """Pieces of evidence that the person was asked for."""

    def where(person: Person) -> ColumnElement[bool]:
        own = select(Application.id).where(Application.applicant_account_id == person.account_id)
        return column.in_(select(EvidenceRequest.id).where(EvidenceRequest.application_id.in_(own)))

    return where


def _under_item(person: Person) -> ColumnElement[bool]:
    return EvidenceFile.item_id.in_(select(EvidenceItem.id).where(_under_request(EvidenceItem.request_id)(person)))


REGISTER: tuple[Marked, ...] = (
    *personal_data_outward.REGISTER,
    Marked(
        table=table_of(EvidenceFile),
        plain=(),
        personal=("item_id", "stored_file_id"),
        data_class=EVIDENCE,
        concerns=(Concern(_under_item, OnErasure.KEEP, hold=FILE),),
    ),
    Marked(
        table=table_of(EvidenceItem),
        plain=("id", "public_id", "position", "papers", "revision"),
        personal=(
            *("request_id", "criterion", "state", "came_by_post", "note", "handed_in_at", "reason", "judged_at"),
            "judged_by_account_id",
        ),
        data_class=EVIDENCE,
        concerns=(
            Concern(
                _under_request(EvidenceItem.request_id), OnErasure.KEEP, hold=FILE, hides=("judged_by_account_id",)
            ),
            _signed(EvidenceItem.judged_by_account_id),
        ),
    ),
    Marked(
        table=table_of(EvidenceRequest),
        plain=("id", "public_id", "lot_id", "run_id", "revision"),
        personal=("application_id", "why", "due_on", "is_by_letter", "asked_at", "asked_by_account_id"),
        data_class=EVIDENCE,
        concerns=(
            _applicant(EvidenceRequest.application_id, hides=("asked_by_account_id",)),
            _signed(EvidenceRequest.asked_by_account_id),
        ),
    ),
    Marked(
        table=table_of(AwardedPoints),
        plain=("id", "public_id", "lot_id", "revision"),
        personal=(
            *("application_id", "question", "marks", "reason", "body", "given_on", "entered_at", "confirmed_at"),
            *("entered_by_account_id", "confirmed_by_account_id"),
        ),
        data_class=EVIDENCE,
        concerns=(
            _applicant(AwardedPoints.application_id, hides=("entered_by_account_id", "confirmed_by_account_id")),
            _signed(AwardedPoints.entered_by_account_id),
            _signed(AwardedPoints.confirmed_by_account_id),
        ),
    ),
    Marked(
        table=table_of(ConflictDeclaration),
        plain=("id", "public_id", "call_id", "capacity", "was_detected", "declared_at"),
        personal=("account_id", "name", "has_interest", "note", "entered_by_account_id"),
        data_class=DECIDING,
        concerns=(
            Concern(names(ConflictDeclaration.account_id), OnErasure.KEEP, hold=FILE, hides=("entered_by_account_id",)),
            _signed(ConflictDeclaration.entered_by_account_id),
        ),
    ),
    Marked(
        table=table_of(Decision),
        plain=(
            *("id", "public_id", "lot_id", "run_id", "preparation_id", "outcome", "body", "decided_on", "item"),
            *("is_public", "votes_for", "votes_against", "votes_abstained", "departs", "scan_file_id"),
            *("recorded_at", "set_aside_at", "set_aside_reason"),
        ),
        personal=("application_id", "departure_reason", "recorded_by_account_id", "withdrew"),
        data_class=DECIDING,
        concerns=(
            _applicant(Decision.application_id, hides=("recorded_by_account_id", "withdrew")),
            _signed(Decision.recorded_by_account_id),
        ),
    ),
    Marked(
        table=table_of(Preparation),
        plain=("id", "public_id", "lot_id", "run_id", "prepared_at", "checked_at", "set_aside_at", "revision"),
        personal=("application_id", "note", "set_aside_reason", "prepared_by_account_id", "checked_by_account_id"),
        data_class=DECIDING,
        concerns=(
            _applicant(Preparation.application_id, hides=("prepared_by_account_id", "checked_by_account_id")),
            _signed(Preparation.prepared_by_account_id),
            _signed(Preparation.checked_by_account_id),
        ),
    ),
    Marked(
        table=table_of(ScoringRun),
        plain=(
            *("id", "public_id", "call_id", "lot_id", "number", "cause", "cause_note", "input_hash", "made_at"),
            *("principle_identifier", "engine_version", "result_hash", "previous_hash"),
        ),
        personal=("document", "result", "made_by_account_id"),
        data_class=RUNS,
        concerns=(_signed(ScoringRun.made_by_account_id),),
    ),
)
