"""Forms about promises: what was found, what comes in, who has the land now, why a promise ends."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField

from succession.monitoring.outcomes import LONGEST_NAME, LONGEST_NOTE, Ending, Outcome
from succession.web.fields import (
    DayField,
    EmailField,
    Form,
    LongTextField,
    RadiosField,
    TextField,
    UploadField,
)


class FindingForm(Form):
    """What the office found at a check."""

    revision = HiddenField()
    outcome = RadiosField(_l("What did you find?"), choices=[(one, one.label) for one in Outcome])
    found_on = DayField(_l("Day of the check"))
    note = LongTextField(
        _l("What exactly?"), longest=LONGEST_NOTE, hint=_l("One or two sentences. The lessee can read them.")
    )
    consequence = LongTextField(
        _l("What has to follow"), longest=LONGEST_NOTE, optional=True, hint=_l("Only where something is missing.")
    )
    consequence_due_on = DayField(_l("Until when"), optional=True)


class EvidenceForm(Form):
    """A paper or a photo."""

    file = UploadField(_l("Document or photo"), hint=_l("PDF, JPEG, PNG, WebP, HEIC or TIFF, at most 20 MB."))
    note = TextField(_l("What it shows"), longest=LONGEST_NOTE, optional=True)


class SettledForm(Form):
    """What had to follow was done."""

    settled_on = DayField(_l("Done on"))


class LesseeForm(Form):
    """Somebody else has the land now."""

    name = TextField(_l("Who has the land now?"), longest=LONGEST_NAME)
    email = EmailField(
        _l("E-mail address"),
        optional=True,
        hint=_l("If somebody with this address has an account here, they see the promises and are reminded."),
    )
    since_on = DayField(_l("Since when"))
    note = TextField(_l("Why"), longest=LONGEST_NOTE, optional=True)


class EndForm(Form):
    """A promise is not watched any more."""

    revision = HiddenField()
    because = RadiosField(_l("Why does it end?"), choices=[(one, one.label) for one in Ending])
    ended_on = DayField(_l("From when on"))
    note = LongTextField(_l("What happened"), longest=LONGEST_NOTE)
