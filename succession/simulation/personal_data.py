"""What the room of simulations holds on a person: only who made one. Of applicants it keeps how many there were."""

from succession.i18n import Text
from succession.marks import Concern, DataClass, LegalGround, Marked, OnErasure, names, table_of
from succession.simulation.models import Simulation

LOG = DataClass(
    key="simulations",
    title=Text("Simulations that you made"),
    purpose=Text("So that a council can see which principles were tried before it decided, and by whom."),
    ground=LegalGround.PUBLIC_TASK,
    keeping=Text("The log belongs to the owner and stays. That it was you is taken out when your account is deleted."),
)

REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(Simulation),
        plain=(
            *("id", "public_id", "owner_organisation_id", "basis", "call_id", "lot_number", "is_public", "applicants"),
            *("sets", "farms"),
        ),
        personal=("made_by_account_id", "made_at"),
        data_class=LOG,
        concerns=(Concern(names(Simulation.made_by_account_id), OnErasure.CLEAR, clears={"made_by_account_id": None}),),
    ),
)
