"""The form of an owner's simulation: which sets, on whom, and for which session."""

from uuid import UUID

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField

from succession.simulation.kinds import MOST_SETS
from succession.simulation.service import PastLot, Wanted
from succession.web.fields import Form, RadiosField, TicksField

SAMPLE_FARMS = "sample_farms"
PUBLIC, CLOSED = "public", "closed"


class WhatIfForm(Form):
    """Two to four sets; `on_whom` is the sample farms, or a call and one of its lots."""

    organisation = HiddenField()
    sets = TicksField(
        lazy_gettext("Which sets do you want to compare?"),
        hint=lazy_gettext("Two to four. All others are compared with the first one in this list."),
        choices=[],
    )
    on_whom = RadiosField(lazy_gettext("On whom are they tried?"), choices=[], default=SAMPLE_FARMS)
    session = RadiosField(
        lazy_gettext("For which session?"),
        hint=lazy_gettext("In a public session a past call needs at least ten applicants."),
        choices=[],
        default=PUBLIC,
    )

    def prepare(self, sets: list[tuple[str, str]], people: list[tuple[str, str]]) -> None:
        """The choices of this owner."""
        self.sets.choices = sets
        self.on_whom.choices = [(SAMPLE_FARMS, gettext("the twelve sample farms")), *people]
        self.session.choices = [(PUBLIC, gettext("public")), (CLOSED, gettext("not public"))]

    def wanted(self, organisation_id: int) -> Wanted:
        """What shall be tried."""
        return Wanted(
            organisation_id=organisation_id,
            sets=tuple(self.sets.data or ())[: MOST_SETS + 1],
            is_public=self.session.data == PUBLIC,
            past=_past(self.on_whom.data),
        )


def _past(said: str) -> PastLot | None:
    """A lot of a past call, written "call/number"."""
    call, _, number = (said or "").partition("/")
    try:
        return PastLot(UUID(call), int(number))
    except ValueError:
        return None
