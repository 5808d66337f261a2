"""What the record holds on a person: that they did something, by a number, never by name."""

from sqlalchemy import ColumnElement

from succession.audit.models import AuditEntry
from succession.i18n import Text
from succession.marks import Concern, DataClass, Hold, LegalGround, Marked, OnErasure, Person, table_of

RECORD = DataClass(
    key="record",
    title=Text("Record of who did what"),
    purpose=Text("So that it can be shown later who changed or read what."),
    ground=LegalGround.LEGITIMATE_INTEREST,
    keeping=Text("As long as this network exists. After you have left, only a number stays that leads to nobody."),
    recipients=Text("those whom the act concerns, and the operator"),
)
NUMBER_STAYS = Hold(
    reason=Text("The record of who did what must stay whole. It names you by a number that then leads to nobody."),
    until=Text("As long as this network exists."),
)


def _done_by(person: Person) -> ColumnElement[bool]:
    return (AuditEntry.account_public_id == person.public_id) | (
        (AuditEntry.kind == "account") & (AuditEntry.public_id == person.public_id)
    )


REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(AuditEntry),
        plain=("id", "acted_as"),
        personal=("recorded_at", "account_public_id", "action", "kind", "public_id"),
        data_class=RECORD,
        concerns=(Concern(_done_by, OnErasure.KEEP, hold=NUMBER_STAYS, hides=("account_public_id",)),),
    ),
)
