"""What a form checks of its fields: that something is there, and its shape. Rules belong to services."""

from collections.abc import Callable
from typing import Any, ClassVar

from flask_babel import gettext
from wtforms import Field
from wtforms import Form as AnyForm
from wtforms.validators import StopValidation, ValidationError

from succession.i18n import Text, Texts
from succession.web.errors import say

Check = Callable[[AnyForm, Field], None]


class Needed:
    """Something must be given; a file counts."""

    field_flags: ClassVar[dict[str, bool]] = {}

    def __call__(self, _: AnyForm, field: Field) -> None:
        """Stops the other checks of the field, too."""
        given = [value for value in field.raw_data or () if not isinstance(value, str) or value.strip()]
        if not any(given):
            if not field.errors:
                field.errors = []
                if getattr(field, "is_group", False):
                    raise StopValidation(gettext("Please choose something for “%(label)s”.", label=field.label.text))
                if getattr(field, "is_tick", False):
                    raise StopValidation(gettext("Please tick: “%(label)s”", label=field.label.text))
                raise StopValidation(gettext("Please fill in “%(label)s”.", label=field.label.text))
            raise StopValidation


def at_most(longest: int) -> Check:
    """At most so many characters."""

    def check(_: AnyForm, field: Field) -> None:
        if field.data and len(field.data) > longest:
            sentence = Texts("Please use at most %(num)s character.", "Please use at most %(num)s characters.", longest)
            raise ValidationError(say(sentence))

    return check


def between(least: Any, most: Any) -> Check:
    """A number from `least` to `most`; None is no limit."""

    def check(_: AnyForm, field: Field) -> None:
        if field.data is None:
            return
        if least is not None and field.data < least:
            raise ValidationError(say(Text("Please enter at least %(least)s.", {"least": least})))
        if most is not None and field.data > most:
            raise ValidationError(say(Text("Please enter at most %(most)s.", {"most": most})))

    return check


def looks_like_email(_: AnyForm, field: Field) -> None:
    """Roughly the shape of an e-mail address."""
    before, at, after = (field.data or "").rpartition("@")
    if not (before and at and "." in after and " " not in field.data):
        raise ValidationError(gettext("Please enter an e-mail address, such as name@example.org."))
