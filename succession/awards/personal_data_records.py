"""What this room holds on people in the records of decisions."""

from sqlalchemy import ColumnElement, select

from succession.applications.models import Application
from succession.awards.models_records import AwardRecord
from succession.calls.models import CallLot
from succession.i18n import Text
from succession.marks import Concern, DataClass, Hold, LegalGround, Marked, OnErasure, Person, table_of

RECORDS = DataClass(
    key="award_records",
    title=Text("The record of a decision on land that you applied for"),
    purpose=Text("So that the decision can be computed again: by you, by the public, by auditors and courts."),
    ground=LegalGround.PUBLIC_TASK,
    keeping=Text(
        "What you stated on religion: 30 days after the Wartefrist. Everything else that is hidden: 10 years after the "
        "contract has ended. What is published holds letters and steps, no names and no figures of yours, and stays."
    ),
    recipients=Text("everybody, as far as it is published; auditors and courts"),
)


def _applied(person: Person) -> ColumnElement[bool]:
    """The records of the lots of every call to which the person applied."""
    calls = select(Application.call_id).where(Application.applicant_account_id == person.account_id)
    return AwardRecord.lot_id.in_(select(CallLot.id).where(CallLot.call_id.in_(calls)))


REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(AwardRecord),
        plain=(
            *("id", "public_id", "decision_id", "lot_id", "run_id", "public_record", "record_hash", "made_at"),
            "published_at",
        ),
        personal=("full_record",),
        data_class=RECORDS,
        concerns=(
            Concern(
                _applied,
                OnErasure.KEEP,
                hold=Hold(
                    Text("The award must stay open to checking (Art. 17(3)(b) and (e) GDPR)."),
                    Text("10 years after the contract has ended."),
                ),
                is_exported=False,
            ),
        ),
    ),
)
