"""What this room holds on people: who has the land, who looked, who handed something in."""

from sqlalchemy.orm import InstrumentedAttribute as Attribute

from succession.i18n import Text
from succession.marks import Concern, DataClass, Hold, LegalGround, Marked, OnErasure, names, table_of
from succession.monitoring.models import Finding, LesseeChange, Promise, PromiseCheck, PromiseEvidence

PROMISES = DataClass(
    key="promises",
    title=Text("What you promised with a lease, and whether it was kept"),
    purpose=Text("To see whether the promises were kept for which the land was given to you."),
    ground=LegalGround.CONTRACT,
    keeping=Text("10 years after the contract has ended, with the file of the award."),
    recipients=Text("the owner of the land and its office; the public only in sums without names"),
)
WATCH = DataClass(
    key="watching_promises",
    title=Text("Who looked whether promises were kept"),
    purpose=Text("So that it stays clear who looked in the name of the owner, and who handed something in."),
    ground=LegalGround.PUBLIC_TASK,
    keeping=Text("As long as the file of the award; your name goes with your account."),
)
FILE = Hold(
    Text("The owner must be able to show whether the promises of the contract were kept (Art. 17(3)(e) GDPR)."),
    Text("10 years after the contract has ended."),
)


def _signed(column: Attribute[int | None]) -> Concern:
    """Who did something: the number goes with the account, the row stays."""
    return Concern(names(column), OnErasure.CLEAR, clears={column.key: None}, is_exported=False)


def _all(model: type, *apart: str) -> tuple[str, ...]:
    return tuple(column.name for column in table_of(model).columns if column.name not in apart)


REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(LesseeChange),
        plain=("id", "public_id", "contract_id", "recorded_at"),
        personal=("since_on", "name", "account_id", "note", "recorded_by_account_id"),
        data_class=PROMISES,
        concerns=(
            Concern(names(LesseeChange.account_id), OnErasure.KEEP, hold=FILE, hides=("recorded_by_account_id",)),
            _signed(LesseeChange.recorded_by_account_id),
        ),
    ),
    Marked(
        table=table_of(PromiseEvidence),
        plain=_all(PromiseEvidence, "added_by_account_id", "note"),
        personal=("added_by_account_id", "note"),
        data_class=WATCH,
        concerns=(_signed(PromiseEvidence.added_by_account_id),),
    ),
    Marked(
        table=table_of(Finding),
        plain=_all(Finding, "found_by_account_id"),
        personal=("found_by_account_id",),
        data_class=WATCH,
        concerns=(_signed(Finding.found_by_account_id),),
    ),
    Marked(table=table_of(PromiseCheck), plain=_all(PromiseCheck)),
    Marked(table=table_of(Promise), plain=_all(Promise)),
)
