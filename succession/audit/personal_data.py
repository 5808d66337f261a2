"""What the record holds on a person: that they did something, by a number, and apart from it what is personal."""

from sqlalchemy import ColumnElement, select

from succession.audit.models import AuditDetail, AuditEntry, AuditSeal
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
    return (
        (AuditEntry.account_public_id == person.public_id)
        | (AuditEntry.on_behalf_of == person.public_id)
        | ((AuditEntry.kind == "account") & (AuditEntry.public_id == person.public_id))
    )


def _told_of(person: Person) -> ColumnElement[bool]:
    return AuditDetail.entry_id.in_(select(AuditEntry.id).where(_done_by(person)))


REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(AuditEntry),
        plain=("id", "acted_as", "written_at", "organisation_public_id", "detail_hash"),
        personal=("recorded_at", "account_public_id", "on_behalf_of", "action", "kind", "public_id"),
        data_class=RECORD,
        concerns=(Concern(_done_by, OnErasure.KEEP, hold=NUMBER_STAYS, hides=("account_public_id",)),),
    ),
    Marked(
        table=table_of(AuditDetail),
        plain=("entry_id",),
        personal=("detail",),
        secret=("salt",),
        data_class=RECORD,
        concerns=(Concern(_told_of, OnErasure.DELETE),),
    ),
    Marked(table=table_of(AuditSeal), plain=("number", "entry_id", "sealed_at", "hash")),
)
