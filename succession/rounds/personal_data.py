"""What rounds hold on people: codes with their wishes and what became of them, and who ran a round."""

from succession.i18n import Text
from succession.marks import Concern, DataClass, LegalGround, Marked, OnErasure, names, table_of
from succession.rounds.models import RoundPrice, RoundRun

ROUNDS = DataClass(
    key="rounds",
    title=Text("Rounds over several lots in which you applied or which you ran"),
    purpose=Text("To place applicants by the published rule, and so that everybody can check it afterwards."),
    ground=LegalGround.PUBLIC_TASK,
    keeping=Text("As long as the file of the award. You stand there with a code, never with your name."),
    recipients=Text("the office that runs the call"),
)

REGISTER: tuple[Marked, ...] = (
    Marked(table=table_of(RoundPrice), plain=("run_id", "figures", "made_at")),
    Marked(
        table=table_of(RoundRun),
        plain=(
            *("id", "public_id", "call_id", "number", "input_hash", "principle_identifier", "engine_version"),
            *("result_hash", "previous_hash", "made_at", "document", "result"),
        ),
        personal=("made_by_account_id",),
        data_class=ROUNDS,
        concerns=(
            Concern(
                names(RoundRun.made_by_account_id),
                OnErasure.CLEAR,
                clears={"made_by_account_id": None},
                is_exported=False,
            ),
        ),
    ),
)
"""`document` and `result` know codes only: who is behind a code stands in the application, and goes with it."""
