"""Forms for checking an award and one's own line of it."""

from flask_babel import lazy_gettext as _l

from succession.web.fields import Form, TextField, UploadField
from succession.web.validators import at_most

LONGEST_ADDRESS = 300
LONGEST_VALUE = 2000
LONGEST_SALT = 200


class CheckForm(Form):
    """The address of an award on this site, or a file from anywhere."""

    award = TextField(
        _l("Address or number of the award"),
        [at_most(LONGEST_ADDRESS)],
        optional=True,
        hint=_l("As it stands in your letter or in the address line of your browser."),
    )
    file = UploadField(
        _l("Or a file"), optional=True, hint=_l("The record of an award as a JSON file, at most 2 MB. It is not kept.")
    )


class OwnLineForm(Form):
    """One value from one's own letter."""

    award = TextField(_l("Address or number of the award"), [at_most(LONGEST_ADDRESS)])
    value = TextField(_l("Value"), [at_most(LONGEST_VALUE)], hint=_l("As it stands in your letter."))
    salt = TextField(_l("Salt"), [at_most(LONGEST_SALT)], hint=_l("The long row of letters and digits beside it."))
