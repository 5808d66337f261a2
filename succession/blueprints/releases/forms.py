"""The forms of requests and releases."""

from datetime import date, timedelta

from flask_babel import lazy_gettext

from succession.listings.release_states import LONGEST_PURPOSE, LONGEST_REQUEST, USUAL_DAYS
from succession.web.fields import DayField, Form, LongTextField, TextField, TickField


class AskForm(Form):
    """Why somebody would like to get to know an offer."""

    message = LongTextField(
        lazy_gettext("Why are you interested?"),
        hint=lazy_gettext("Two or three sentences. Please no address and no telephone number yet."),
        longest=LONGEST_REQUEST,
        render_kw={"rows": 5},
    )
    is_confirmed = TickField(lazy_gettext("I have looked at it. It may be passed on like this."))


class UntilForm(Form):
    """Until when somebody may read."""

    until_on = DayField(lazy_gettext("Until when?"), hint=lazy_gettext("You can end it earlier at any time."))


class ReleaseForm(Form):
    """What for, and until when."""

    purpose = TextField(
        lazy_gettext("What is it for?"),
        hint=lazy_gettext("For example: a first visit. The other person reads this too."),
        longest=LONGEST_PURPOSE,
    )
    ends_on = DayField(lazy_gettext("Until when?"), hint=lazy_gettext("You can take it back at any time."))


def usual_day(today: date) -> date:
    """The day that is proposed."""
    return today + timedelta(days=USUAL_DAYS)
