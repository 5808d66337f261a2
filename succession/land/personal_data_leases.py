"""What leases hold on people: the owner's records, and the name of who leases."""

from datetime import timedelta

from succession.i18n import Text
from succession.land.models import Parcel
from succession.land.models_leases import Lease
from succession.marks import Concern, DataClass, LegalGround, Marked, OnErasure, Retention, table_of, under

LEASES = DataClass(
    key="leases",
    title=Text("Leases on parcels"),
    purpose=Text("So that an owner knows when a lease ends and can prepare the next one in time."),
    ground=LegalGround.CONTRACT,
    keeping=Text("Until the owner deletes them, at the latest 10 years after the lease has ended."),
)
TEN_YEARS = timedelta(days=3653)

REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(Lease),
        plain=("id", "public_id"),
        personal=(
            "parcel_id",
            "lessee_name",
            "rent_cents_year",
            "starts_on",
            "ends_on",
            "notice_months",
            "note",
            "created_at",
            "updated_at",
        ),
        data_class=LEASES,
        concerns=(Concern(under(Lease.parcel_id, Parcel.id, Parcel.owner_account_id), OnErasure.DELETE),),
        retention=(Retention("ends_on", TEN_YEARS),),
    ),
)
