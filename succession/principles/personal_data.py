"""What the room of principles holds on a person: only who began a set or a round. Sample farms are invented."""

from succession.i18n import Text
from succession.marks import Concern, DataClass, LegalGround, Marked, OnErasure, names, table_of
from succession.principles.models import PrincipleRevision, PrincipleSet, SampleFarm
from succession.principles.models_rounds import PairAnswer, PairRound, PairSheet

DRAFTING = DataClass(
    key="principles",
    title=Text("Principles that you drafted"),
    purpose=Text("So that it is known who began a set of principles for an owner, and that a retry makes no second."),
    ground=LegalGround.PUBLIC_TASK,
    keeping=Text(
        "The sets belong to the owner and stay. That you began one is taken out when your account is deleted."
    ),
)

REGISTER: tuple[Marked, ...] = (
    # Sheets name a group at most, never a person.
    Marked(table=table_of(PairAnswer), plain=("sheet_id", "pair_number", "choice")),
    Marked(table=table_of(PairSheet), plain=("id", "round_id", "idempotency_key", "number", "faction", "way")),
    Marked(
        table=table_of(PairRound),
        plain=(
            *("id", "public_id", "owner_organisation_id", "idempotency_key", "state", "document", "farms", "pairs"),
            *("seed", "result_set_id", "closed_at"),
        ),
        personal=("created_by_account_id", "title", "created_at"),
        data_class=DRAFTING,
        concerns=(
            Concern(names(PairRound.created_by_account_id), OnErasure.CLEAR, clears={"created_by_account_id": None}),
        ),
    ),
    Marked(
        table=table_of(SampleFarm),
        plain=(
            *("id", "public_id", "owner_organisation_id", "position", "key", "name", "summary", "answers"),
            *("is_changed", "updated_at", "locked_at"),
        ),
    ),
    Marked(
        table=table_of(PrincipleRevision),
        plain=("principle_set_id", "revision", "document", "farm_answers", "saved_at"),
    ),
    Marked(
        table=table_of(PrincipleSet),
        plain=(
            *("id", "public_id", "owner_organisation_id", "idempotency_key", "number", "origin", "shipped_key"),
            *("derived_from_id", "document", "identifier", "farm_answers", "revision", "frozen_at", "updated_at"),
        ),
        personal=("created_by_account_id", "title", "created_at"),
        data_class=DRAFTING,
        concerns=(
            Concern(names(PrincipleSet.created_by_account_id), OnErasure.CLEAR, clears={"created_by_account_id": None}),
        ),
    ),
)
