"""The form in which a set is begun, and what all forms of the editor share."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField

from succession.accounts.models import Organisation
from succession.principles import shipped
from succession.principles.states import LONGEST_TITLE
from succession.web.choices import options
from succession.web.fields import (
    ChoiceField,
    Form,
    RadiosField,
    TextField,
    UploadField,
)
from succession.web.language import current_language
from succession.web.numbers import of_a_page


def as_uuid(value: Any) -> UUID | None:
    """A public id or a key from a form; nonsense is none."""
    try:
        return UUID(str(value or ""))
    except ValueError:
        return None


class SeenForm(Form):
    """A form that remembers which revision its reader has seen."""

    seen = HiddenField()

    @property
    def seen_revision(self) -> int:
        """The revision; nonsense counts as the very first."""
        return of_a_page(self.seen.data)


class NewSetForm(Form):
    """For whom, and what the draft begins with."""

    key = HiddenField()
    organisation = RadiosField(lazy_gettext("For which owner?"), choices=[])
    title = TextField(
        lazy_gettext("What are these principles called?"),
        hint=lazy_gettext("For example: principles for leasing the town's land, 2027."),
        longest=LONGEST_TITLE,
    )
    begins_with = RadiosField(lazy_gettext("How do you want to begin?"), choices=[], default="shipped")
    shipped_key = ChoiceField(lazy_gettext("The published set"), choices=[], optional=True)
    file = UploadField(
        lazy_gettext("The file with principles (JSON)"),
        hint=lazy_gettext("A file that was exported here or elsewhere, in the format principles-1, at most 256 KB."),
        optional=True,
    )

    def prepare(self, owners: Iterable[Organisation], *, churches: bool) -> None:
        """The choices, and a fresh key for a fresh form."""
        self.organisation.choices = options((str(one.public_id), one.name) for one in owners)
        if len(self.organisation.choices) == 1 and not self.is_submitted():
            self.organisation.data = self.organisation.choices[0].value
        self.begins_with.choices = options(
            [
                ("shipped", gettext("with a published set, which you then change")),
                ("empty", gettext("empty, criterion by criterion")),
                ("import", gettext("with a file")),
            ]
        )
        names = [(name, shipped.document(name)) for name in shipped.names()]
        self.shipped_key.choices = options(
            (name, document.name.get(current_language()) or document.name["de"])
            for name, document in names
            if churches or document.owners.value != "church"
        )
        self.key.data = str(as_uuid(self.key.data) or uuid4())
