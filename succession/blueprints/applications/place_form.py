"""Naming a farmstead: by a place of the list, or by coordinates."""

from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session
from wtforms import HiddenField

from succession.applications import coordinates
from succession.applications.pages import FarmsteadPage
from succession.applications.states import FarmsteadKind
from succession.errors import Refused
from succession.extensions import reading
from succession.places import queries
from succession.web.context import settings
from succession.web.errors import say
from succession.web.fields import Form, RadiosField, TextField, TickField
from succession.web.place_field import PlaceForm


class FarmsteadForm(PlaceForm):
    """From where distances count."""

    seen = HiddenField()
    kind = RadiosField(
        lazy_gettext("Farmstead"),
        choices=[],
        hint=lazy_gettext("A planned farmstead counts as one that stands. Where you live does not count."),
    )
    place_name = TextField(
        lazy_gettext("In which village or town?"),
        hint=lazy_gettext("Type the name, then choose the right place. We then measure from the middle of the place."),
        optional=True,
        longest=80,
        autocomplete="off",
    )
    coordinates = TextField(
        lazy_gettext("Or more exactly: its coordinates"),
        hint=lazy_gettext("As your phone or a map shows them, latitude first. For example: 54.0931, 13.3879."),
        optional=True,
        longest=60,
        autocomplete="off",
    )
    is_removed = TickField(lazy_gettext("I do not want to name a place. Then distances earn no points."))


def form(session: Session, page: FarmsteadPage) -> Form:
    """Filled with the kind; the point that is stored stays until another one is named."""
    made = FarmsteadForm(data={"kind": page.kind.value})
    made["kind"].choices = [(kind.value, say(kind.label)) for kind in FarmsteadKind]
    made.offer_places(session, None)
    made.stored = page
    for name in ("place_name", "coordinates"):
        made[name].is_optional = False  # one of the two
    return made


def stated(made: Form) -> FarmsteadPage | None:
    """The point that was named; None with what is wrong noted at the fields."""
    assert isinstance(made, FarmsteadForm)
    kind = FarmsteadKind(made["kind"].data)
    stored: FarmsteadPage = made.stored
    if made["is_removed"].data:
        return FarmsteadPage()
    if made["coordinates"].data:
        return _of_coordinates(made, kind)
    if not made.settle_place():
        return None
    if made.place_id is None:
        if stored.x is None:
            made["place_name"].errors = [gettext("Please name a place, or give coordinates.")]
            return None
        return FarmsteadPage(kind, stored.label, stored.x, stored.y)
    place = queries.place(reading(), made.place_id)
    assert place is not None
    x, y = coordinates.of_place(place.longitude, place.latitude)
    return FarmsteadPage(kind, place.shown_name, float(round(x)), float(round(y)))


def _of_coordinates(made: Form, kind: FarmsteadKind) -> FarmsteadPage | None:
    typed = made["coordinates"].data
    try:
        x, y = coordinates.point(typed, settings().region)
    except Refused as refusal:
        made["coordinates"].errors = [say(refusal.text)]
        return None
    return FarmsteadPage(kind, typed, float(round(x)), float(round(y)))
