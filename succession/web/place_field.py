"""Choosing a place by typing its name: suggestions come back as choices, so it works without scripts."""

from typing import Any
from uuid import UUID

from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session

from succession.places import queries
from succession.places.models import Place
from succession.web.choices import options
from succession.web.fields import Form, RadiosField, TextField

NO_PLACE = ""


class PlaceForm(Form):
    """A form in which a place can be named. Call `offer_places` before anything else."""

    place_name = TextField(
        lazy_gettext("Type the name of a town or village"),
        hint=lazy_gettext("Then choose the right one from the list."),
        optional=True,
        longest=80,
        autocomplete="off",
    )
    named: list[str]
    _of_the_name: list[Any]
    place = RadiosField(lazy_gettext("Which place do you mean?"), choices=[], optional=True, default=NO_PLACE)

    def offer_places(self, session: Session, current: Place | None) -> None:
        """The choices are the place that is set, and what the typed name may mean."""
        known = [current] if current else []
        found = {str(place.public_id): place.shown_name for place in known}
        named = queries.search(session, self.place_name.data) if self.place_name.data else []
        self.named = [str(place.public_id) for place in named]
        found |= {str(place.public_id): place.shown_name for place in named}
        if self.place.data and self.place.data not in found:
            found |= self._sent(session)
        none = (NO_PLACE, gettext("none of these"))
        self.place.choices = options([*found.items(), none])
        self._of_the_name = options([*((value, found[value]) for value in self.named), none])

    @property
    def has_places(self) -> bool:
        """Whether there is something to choose from."""
        return len(self.place.choices or ()) > 1

    def settle_place(self) -> bool:
        """Whether it is clear which place is meant; a name that fits only one place is clear."""
        if not self.place_name.data or self.place.data in self.named:
            return True
        if len(self.named) == 1:
            self.place.data = self.named[0]
            return True
        if self.named:
            self.place.data = NO_PLACE
            # Only what the name may mean is left to choose: the place that was set would be asked about for ever.
            self.place.choices = self._of_the_name
            self.place.is_optional = False
            self.place.errors = [gettext("Please choose one of these places, or empty the field with the name.")]
        else:
            self.place_name.errors = [gettext("We do not know a place of this name. Please try a larger one nearby.")]
        return False

    @property
    def place_id(self) -> UUID | None:
        """The public id of the chosen place."""
        return UUID(self.place.data) if self.place.data else None

    def _sent(self, session: Session) -> dict[str, str]:
        """The place that came with the form, if it exists."""
        try:
            place = queries.place(session, UUID(self.place.data or ""))
        except ValueError:
            return {}
        return {str(place.public_id): place.shown_name} if place else {}
