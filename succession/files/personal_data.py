"""What the file room holds on a person: photos and documents they own, and that they handed one in for somebody."""

from pathlib import Path

from sqlalchemy.orm import Session

from succession.config import Settings
from succession.files import queries, store
from succession.files.models import StoredFile
from succession.files.photos import Size
from succession.files.service import DOCUMENT
from succession.i18n import Text
from succession.marks import Concern, DataClass, LegalGround, Marked, OnErasure, OwnFile, Person, names, table_of

FILES = DataClass(
    key="files",
    title=Text("Your photos and documents"),
    purpose=Text("So that others see what you offer, and that a mandate can be proved."),
    ground=LegalGround.CONTRACT,
    keeping=Text("Until you remove them, delete the offer they belong to or close your account."),
    recipients=Text("everybody sees the photos of a published offer; documents only those to whom you release them"),
)


def own_files(session: Session, person: Person, settings: Settings) -> list[OwnFile]:
    """Every part of the person's photos and documents; of a photo only the largest goes into the copy they get."""
    found = []
    for number, file in enumerate(queries.files_of_account(session, person.account_id), 1):
        if file.is_photo:
            places = {size: store.place_of(settings.files, file.public_id, size.value) for size in Size}
            name = f"{number}-{Path(file.name).stem}.jpg"
            found += [OwnFile(path, name, is_exported=size is Size.LARGE) for size, path in places.items()]
        else:
            name = f"{number}-{Path(file.name).stem}.pdf"
            found.append(OwnFile(store.place_of(settings.files, file.public_id, DOCUMENT), name))
    return found


REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(StoredFile),
        plain=("id", "owner_organisation_id"),
        personal=(
            "public_id",
            "owner_account_id",
            "uploaded_by_account_id",
            "purpose",
            "name",
            "description",
            "bytes",
            "width",
            "height",
            "pages",
            "created_at",
        ),
        secret=("content_hash",),
        data_class=FILES,
        concerns=(
            Concern(names(StoredFile.owner_account_id), OnErasure.DELETE),
            Concern(
                names(StoredFile.uploaded_by_account_id),
                OnErasure.CLEAR,
                clears={"uploaded_by_account_id": None},
            ),
        ),
    ),
)
