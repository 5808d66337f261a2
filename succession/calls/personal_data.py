"""What calls hold on people: who wrote them, and whom to ask."""

from succession.calls.models import Call, CallLot, CallLotParcel
from succession.calls.models_changes import CallChange, CallDocument
from succession.calls.models_published import CallPublication, call_lot_outline
from succession.i18n import Text
from succession.marks import Concern, DataClass, LegalGround, Marked, OnErasure, names, table_of

CALLS = DataClass(
    key="calls",
    title=Text("Calls that you prepared or changed"),
    purpose=Text("So that it stays clear who prepared a call for its owner, and whom to ask."),
    ground=LegalGround.PUBLIC_TASK,
    keeping=Text("As long as the owner keeps the file of the call; your name goes with your account."),
    recipients=Text("everybody, as far as you are named as the person to ask"),
)


def _of_call(*columns: str) -> tuple[str, ...]:
    """The other columns of a call: they speak of the owner's land and rules."""
    apart = {"created_by_account_id", "lottery_secret", *columns}
    return tuple(column.name for column in table_of(Call).columns if column.name not in apart)


CONTACT = ("contact_name", "contact_email", "contact_phone", "contact_address")

REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(CallChange),
        plain=("call_id", "number", "changes", "hash_before", "hash_after", "told"),
        personal=("made_by_account_id", "made_at", "reason"),
        data_class=CALLS,
        concerns=(Concern(names(CallChange.made_by_account_id), OnErasure.CLEAR, clears={"made_by_account_id": None}),),
    ),
    Marked(table=table_of(CallDocument), plain=("id", "public_id", "call_id", "file_id", "title", "position")),
    Marked(table=call_lot_outline, plain=("lot_id", "call_id", "number", "geom")),
    Marked(
        table=table_of(CallPublication),
        plain=tuple(column.name for column in table_of(CallPublication).columns),
    ),
    Marked(table=table_of(CallLotParcel), plain=tuple(column.name for column in table_of(CallLotParcel).columns)),
    Marked(table=table_of(CallLot), plain=tuple(column.name for column in table_of(CallLot).columns)),
    Marked(
        table=table_of(Call),
        plain=_of_call(*CONTACT),
        personal=("created_by_account_id", *CONTACT),
        secret=("lottery_secret",),
        data_class=CALLS,
        concerns=(Concern(names(Call.created_by_account_id), OnErasure.CLEAR, clears={"created_by_account_id": None}),),
    ),
)
