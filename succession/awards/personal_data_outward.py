"""What this room holds on people after a decision: writings, objections, approvals, contracts, who recorded them."""

from datetime import timedelta

from sqlalchemy.orm import InstrumentedAttribute as Attribute

from succession.applications.models import Application
from succession.awards.models_contract import ApprovalStep, Contract
from succession.awards.models_notices import NoticeSent, Objection, Standstill
from succession.i18n import Text
from succession.marks import (
    Concern,
    DataClass,
    Hold,
    LegalGround,
    Marked,
    OnErasure,
    Retention,
    names,
    table_of,
    under,
)

AFTER_A_DECISION = DataClass(
    key="after_a_decision",
    title=Text("Letters about a decision, your objections and the contract"),
    purpose=Text("To tell you the result, to answer objections, and to make the contract after the Wartefrist."),
    ground=LegalGround.PUBLIC_TASK,
    keeping=Text("10 years after the contract has ended, with the file of the award."),
    recipients=Text("the office that runs the call; of a contract also the authority that must be told"),
)
WORK = DataClass(
    key="work_after_a_decision",
    title=Text("Who recorded letters, answers, approvals and contracts"),
    purpose=Text("So that it stays clear who did what in the name of the owner."),
    ground=LegalGround.PUBLIC_TASK,
    keeping=Text("As long as the file of the award; your name goes with your account."),
)
FILE = Hold(
    Text("The award must stay open to checking (Art. 17(3)(b) and (e) GDPR)."),
    Text("10 years after the contract has ended."),
)
KEPT = timedelta(0)


def _signed(column: Attribute[int | None]) -> Concern:
    """Who recorded something: the number goes with the account, the row stays."""
    return Concern(names(column), OnErasure.CLEAR, clears={column.key: None}, is_exported=False)


REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(NoticeSent),
        plain=("id", "public_id", "standstill_id", "lot_id", "objection_id"),
        personal=("application_id", "kind", "way", "dispatched_on", "recorded_at"),
        data_class=AFTER_A_DECISION,
        concerns=(
            Concern(
                under(NoticeSent.application_id, Application.id, Application.applicant_account_id),
                OnErasure.KEEP,
                hold=FILE,
            ),
        ),
    ),
    Marked(
        table=table_of(Objection),
        plain=("id", "public_id", "standstill_id", "new_run_id"),
        personal=(
            "application_id",
            "way",
            "arrived_on",
            "is_late",
            "recorded_at",
            "recorded_by_account_id",
            "body",
            "outcome",
            "answer",
            "answered_on",
            "answered_by_account_id",
            "correction",
        ),
        data_class=AFTER_A_DECISION,
        concerns=(
            Concern(
                under(Objection.application_id, Application.id, Application.applicant_account_id),
                OnErasure.KEEP,
                hold=FILE,
                hides=("recorded_by_account_id", "answered_by_account_id"),
            ),
            _signed(Objection.recorded_by_account_id),
            _signed(Objection.answered_by_account_id),
        ),
    ),
    Marked(
        table=table_of(Contract),
        plain=("id", "public_id", "standstill_id", "lot_id", "file_id"),
        personal=(
            "application_id",
            "signed_on",
            "starts_on",
            "ends_on",
            "note",
            "recorded_at",
            "recorded_by_account_id",
        ),
        data_class=AFTER_A_DECISION,
        concerns=(
            Concern(
                under(Contract.application_id, Application.id, Application.applicant_account_id),
                OnErasure.KEEP,
                hold=FILE,
                hides=("recorded_by_account_id",),
            ),
            _signed(Contract.recorded_by_account_id),
        ),
    ),
    Marked(
        table=table_of(ApprovalStep),
        plain=(
            "id",
            "public_id",
            "decision_id",
            "number",
            "kind",
            "is_before_contract",
            "body",
            "asked_on",
            "due_on",
            "outcome",
            "outcome_on",
            "note",
            "file_id",
            "revision",
        ),
        personal=("recorded_by_account_id",),
        data_class=WORK,
        concerns=(_signed(ApprovalStep.recorded_by_account_id),),
    ),
    Marked(
        table=table_of(Standstill),
        plain=(
            "id",
            "public_id",
            "decision_id",
            "days",
            "dispatched_on",
            "last_day",
            "ends_at",
            "confirmed_at",
            "kept_until",
            "not_signed",
            "not_signed_on",
        ),
        personal=("confirmed_by_account_id",),
        data_class=WORK,
        concerns=(_signed(Standstill.confirmed_by_account_id),),
        retention=(Retention("kept_until", KEPT),),
    ),
)
