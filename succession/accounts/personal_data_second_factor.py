"""What the second factor and the brake on searching hold on a person."""

from datetime import timedelta

from succession.accounts.models_second_factor import CodeList, ListCode, Passkey, SearchCentre, TotpSecret
from succession.i18n import Text
from succession.marks import Concern, DataClass, LegalGround, Marked, OnErasure, Retention, names, table_of, under

SECOND_FACTOR = DataClass(
    key="second_factor",
    title=Text("Second step for signing in"),
    purpose=Text("So that nobody gets into your account with the password alone."),
    ground=LegalGround.LEGITIMATE_INTEREST,
    keeping=Text("Until you remove it or close your account."),
)
SEARCH_BRAKE = DataClass(
    key="search_brake",
    title=Text("Searches in a short time"),
    purpose=Text("So that nobody finds hidden places by thousands of searches."),
    ground=LegalGround.LEGITIMATE_INTEREST,
    keeping=Text("For one day, and only in a form from which nobody can read who searched where."),
)

REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(ListCode),
        plain=("code_list_id", "number"),
        personal=("used_at",),
        secret=("code_hash",),
        data_class=SECOND_FACTOR,
        concerns=(Concern(under(ListCode.code_list_id, CodeList.id, CodeList.account_id), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(CodeList),
        plain=("id",),
        personal=("account_id", "kind", "created_at", "confirmed_at"),
        data_class=SECOND_FACTOR,
        concerns=(Concern(names(CodeList.account_id), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(Passkey),
        plain=("id", "public_id", "sign_count"),
        personal=("account_id", "label", "created_at", "last_used_at"),
        secret=("credential_id", "public_key"),
        data_class=SECOND_FACTOR,
        concerns=(Concern(names(Passkey.account_id), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(TotpSecret),
        plain=("last_step",),
        personal=("account_id", "created_at", "last_used_at"),
        secret=("sealed_secret",),
        data_class=SECOND_FACTOR,
        concerns=(Concern(names(TotpSecret.account_id), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(SearchCentre),
        plain=("searched_at",),
        secret=("key_hash", "centre_hash"),
        data_class=SEARCH_BRAKE,
        retention=(Retention("searched_at", timedelta(days=1)),),
    ),
)
