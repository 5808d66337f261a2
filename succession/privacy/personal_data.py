"""What the privacy room itself holds on a person: consents, exports, warnings, and that somebody was erased."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.config import Settings
from succession.i18n import Text
from succession.marks import (
    Concern,
    DataClass,
    Hold,
    LegalGround,
    Marked,
    OnErasure,
    OwnFile,
    Person,
    Retention,
    names,
    table_of,
)
from succession.privacy.models import (
    ArchiveOffer,
    ArchiveSetting,
    ConsentAct,
    DataExport,
    Erasure,
    RetentionWarning,
)

EXPORT_FOLDER = "exports"
EXPORT_KEPT = timedelta(days=7)
ERASURE_KEPT = timedelta(days=365)

CONSENTS = DataClass(
    key="consents",
    title=Text("Your consents"),
    purpose=Text("So that it can be shown what you agreed to, and when you withdrew it."),
    ground=LegalGround.LEGAL_DUTY,
    keeping=Text("Until you close your account."),
)
RIGHTS = DataClass(
    key="rights",
    title=Text("Copies of your data, warnings and deletions"),
    purpose=Text("So that you get your data, are told before something goes, and stay deleted."),
    ground=LegalGround.LEGAL_DUTY,
    keeping=Text("A copy 7 days. That somebody was deleted: one year, without a name."),
)
ARCHIVE = DataClass(
    key="archive",
    title=Text("Offers to the public archive"),
    purpose=Text("So that public bodies keep their duty to offer files to an archive before they are deleted."),
    ground=LegalGround.LEGAL_DUTY,
    keeping=Text("As long as the organisation is here; who entered it, until that person leaves."),
    recipients=Text("the archive that the organisation names"),
)
STAYS_ERASED = Hold(
    reason=Text("A backup may hold you still. This number says that you are deleted again if it is brought back."),
    until=Text("One year after the deletion."),
)


def own_files(session: Session, person: Person, settings: Settings) -> list[OwnFile]:
    """The copies that were made for the person: erased, but not copied into the next copy."""
    made = select(DataExport.public_id).where(DataExport.account_id == person.account_id)
    folder = settings.instance / EXPORT_FOLDER
    return [OwnFile(folder / file_name(public_id), "", is_exported=False) for public_id in session.scalars(made)]


def file_name(public_id: UUID) -> str:
    """What the copy of that number is called in its folder."""
    return f"{public_id}.zip"


REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(RetentionWarning),
        plain=("table_name", "row_id", "moment"),
        personal=("account_id", "warned_at"),
        data_class=RIGHTS,
        concerns=(Concern(names(RetentionWarning.account_id), OnErasure.DELETE),),
        retention=(Retention("warned_at", timedelta(days=365)),),
    ),
    Marked(
        table=table_of(ConsentAct),
        plain=("id",),
        personal=("account_id", "purpose", "text_version", "is_given", "way", "acted_at"),
        data_class=CONSENTS,
        concerns=(Concern(names(ConsentAct.account_id), OnErasure.DELETE),),
    ),
    Marked(
        table=table_of(DataExport),
        plain=("id", "public_id"),
        personal=("account_id", "requested_at", "made_at", "expires_at", "size", "fetched_at"),
        data_class=RIGHTS,
        concerns=(Concern(names(DataExport.account_id), OnErasure.DELETE),),
        retention=(Retention("requested_at", EXPORT_KEPT),),
    ),
    Marked(
        table=table_of(Erasure),
        plain=("id", "public_id", "counts", "mentions", "mentions_seen_at"),
        personal=("account_public_id", "way", "requested_at", "erased_at"),
        data_class=RIGHTS,
        concerns=(
            Concern(
                lambda person: Erasure.account_public_id == person.public_id,
                OnErasure.KEEP,
                hold=STAYS_ERASED,
            ),
        ),
        retention=(Retention("erased_at", ERASURE_KEPT),),
    ),
    Marked(
        table=table_of(ArchiveOffer),
        plain=(
            "id",
            "public_id",
            "organisation_id",
            "archive_name",
            "until_on",
            "items",
            "answer",
            "deleted_at",
        ),
        personal=("offered_at", "offered_by_account_id", "answered_at", "answered_by_account_id"),
        data_class=ARCHIVE,
        concerns=(
            Concern(
                names(ArchiveOffer.offered_by_account_id),
                OnErasure.CLEAR,
                clears={"offered_by_account_id": None},
                hides=("answered_at",),
            ),
            Concern(
                names(ArchiveOffer.answered_by_account_id),
                OnErasure.CLEAR,
                clears={"answered_by_account_id": None},
                hides=("offered_at",),
            ),
        ),
    ),
    Marked(
        table=table_of(ArchiveSetting),
        plain=("organisation_id", "archive_name", "archive_address", "updated_at"),
    ),
)
