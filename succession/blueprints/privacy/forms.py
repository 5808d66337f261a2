"""The forms of the privacy pages."""

from flask_babel import lazy_gettext

from succession.web.fields import EmailField, Form, TextField


class ArchiveForm(Form):
    """The archive that files are offered to."""

    archive_name = TextField(
        lazy_gettext("Name of the archive"),
        hint=lazy_gettext("Such as the archive of your district or church district."),
    )
    archive_address = EmailField(
        lazy_gettext("E-mail address of the archive"), hint=lazy_gettext("The archive's own, not that of a person.")
    )
