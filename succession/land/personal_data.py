"""What the land room holds on a person: their own parcels and premises, and the files they handed in."""

from datetime import timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.config import Settings
from succession.i18n import Text
from succession.land.exact import ImportPreview, ParcelLocation, SiteLocation
from succession.land.models import LandImport, Parcel, Site
from succession.land.personal_data_leases import REGISTER as LEASES
from succession.marks import (
    Concern,
    DataClass,
    LegalGround,
    Marked,
    OnErasure,
    OwnFile,
    Person,
    Retention,
    names,
    table_of,
    under,
)

LAND = DataClass(
    key="land",
    title=Text("Your parcels and premises"),
    purpose=Text("So that your land can be part of an offer, and the area shown of it is right."),
    ground=LegalGround.CONTRACT,
    keeping=Text("Until you delete them or close your account."),
    recipients=Text("those to whom you release the exact place"),
)
IMPORTS = DataClass(
    key="imports",
    title=Text("Files with parcels"),
    purpose=Text("So that you can see what came in with which file, and what was refused."),
    ground=LegalGround.CONTRACT,
    keeping=Text("The file itself 7 days, the report on it 24 months."),
)
TWO_YEARS = timedelta(days=730)


def own_files(session: Session, person: Person, settings: Settings) -> list[OwnFile]:
    """The files that the person handed in for themselves and that still wait."""
    waiting = select(LandImport.stored_name, LandImport.file_name).where(
        LandImport.owner_account_id == person.account_id, LandImport.stored_name.is_not(None)
    )
    return [
        OwnFile(settings.uploads / row.stored_name, f"{number}-{row.file_name}")
        for number, row in enumerate(session.execute(waiting), 1)
    ]


REGISTER: tuple[Marked, ...] = (
    *LEASES,
    Marked(
        table=table_of(ImportPreview),
        plain=("land_import_id",),
        personal=("picture", "features"),
        data_class=IMPORTS,
        concerns=(
            Concern(
                under(ImportPreview.land_import_id, LandImport.id, LandImport.owner_account_id),
                OnErasure.DELETE,
                is_exported=False,
            ),
        ),
    ),
    Marked(
        table=table_of(ParcelLocation),
        plain=(),
        personal=("parcel_id", "geom", "area_m2"),
        data_class=LAND,
        concerns=(Concern(under(ParcelLocation.parcel_id, Parcel.id, Parcel.owner_account_id), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(SiteLocation),
        plain=(),
        personal=("site_id", "geom"),
        data_class=LAND,
        concerns=(Concern(under(SiteLocation.site_id, Site.id, Site.owner_account_id), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(Parcel),
        plain=("id", "public_id", "owner_organisation_id", "land_import_id"),
        personal=(
            "owner_account_id",
            "parcel_key",
            "reference",
            "name",
            "official_area_m2",
            "land_use",
            "crop_code",
            "crop_name",
            "soil_points",
            "created_at",
            "updated_at",
        ),
        data_class=LAND,
        concerns=(Concern(names(Parcel.owner_account_id), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(Site),
        plain=("id", "public_id", "owner_organisation_id"),
        personal=("owner_account_id", "name", "created_at"),
        data_class=LAND,
        concerns=(Concern(names(Site.owner_account_id), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(LandImport),
        plain=("id", "public_id", "owner_organisation_id", "content_hash", "stored_name", "idempotency_key"),
        personal=(
            "owner_account_id",
            "started_by_account_id",
            "state",
            "file_name",
            "format",
            "layer",
            "crs",
            "source",
            "source_on",
            "licence",
            "attribution",
            "choices",
            "rows_read",
            "rows_declared",
            "report",
            "created_at",
            "finished_at",
        ),
        data_class=IMPORTS,
        concerns=(
            Concern(names(LandImport.owner_account_id), OnErasure.DELETE),
            Concern(
                lambda person: (
                    (LandImport.started_by_account_id == person.account_id)
                    & (LandImport.owner_account_id.is_distinct_from(person.account_id))
                ),
                OnErasure.CLEAR,
                clears={"started_by_account_id": None},
                # What is in the file belongs to the owner; that the person handed it in is about the person.
                hides=("choices", "report", "owner_account_id"),
            ),
        ),
        # Those of organisations go after the archive has been asked.
        retention=(Retention("created_at", TWO_YEARS, only=LandImport.owner_account_id.is_not(None)),),
    ),
)
