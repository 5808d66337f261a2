"""The forms of the list: a person, a firm, a place."""

from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session

from succession.exclusions.kinds import LONGEST_ADDRESS, LONGEST_NAME, ExclusionKind
from succession.exclusions.service import NewEntry
from succession.web.fields import Form, TextField
from succession.web.place_field import PlaceForm


class PersonForm(Form):
    """A name, an address, or both: each is enough to be recognised."""

    name = TextField(
        lazy_gettext("First and last name"),
        hint=lazy_gettext("We also recognise other spellings. A last name alone means the whole family."),
        longest=LONGEST_NAME,
        optional=True,
        autocomplete="off",
    )
    address = TextField(
        lazy_gettext("E-mail address, if you know it"),
        longest=LONGEST_ADDRESS,
        optional=True,
        autocomplete="off",
    )


class FirmForm(Form):
    """A name, a website or an address."""

    name = TextField(
        lazy_gettext("Name of the firm or organisation"),
        hint=lazy_gettext("For example the dairy, the bank or your employer."),
        longest=LONGEST_NAME,
        optional=True,
        autocomplete="off",
    )
    address = TextField(
        lazy_gettext("Website or an e-mail address of the firm"),
        hint=lazy_gettext("Then everybody counts whose e-mail address ends like that."),
        longest=LONGEST_ADDRESS,
        optional=True,
        autocomplete="off",
    )


class PlaceOnlyForm(PlaceForm):
    """A town or village."""


def form_for(session: Session, kind: ExclusionKind) -> Form:
    """The form of a kind, filled with what was sent."""
    match kind:
        case ExclusionKind.PERSON:
            return PersonForm()
        case ExclusionKind.FIRM:
            return FirmForm()
        case ExclusionKind.PLACE:
            form = PlaceOnlyForm()
            form.offer_places(session, None)
            return form


def makes_sense(form: Form) -> bool:
    """Whether somebody is named; errors are noted at the fields."""
    if not form.validate():
        return False
    if isinstance(form, PlaceOnlyForm):
        if form.settle_place() and form.place_id is None:
            form.place_name.errors = [gettext("Please name a place.")]
        return not form.errors
    if not (form["name"].data or form["address"].data):
        form["name"].errors = [gettext("Please fill in at least one of the two fields.")]
    return not form.errors


def entry_from(form: Form, kind: ExclusionKind) -> NewEntry:
    """What was stated, as the service takes it."""
    if isinstance(form, PlaceOnlyForm):
        return NewEntry(kind, place=form.place_id)
    return NewEntry(kind, form["name"].data or "", form["address"].data or "")
