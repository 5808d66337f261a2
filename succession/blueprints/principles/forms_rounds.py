"""The forms of ten cases: beginning a round, and one sheet."""

from collections.abc import Iterable
from typing import Any
from uuid import uuid4

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField

from succession.accounts.models import Organisation
from succession.blueprints.principles.forms import as_uuid
from succession.principles.states import LONGEST_LABEL, LONGEST_TITLE, Choice, SheetWay
from succession.web.choices import options
from succession.web.errors import say
from succession.web.fields import ChoiceField, Form, RadiosField, TextField


class NewRoundForm(Form):
    """For whom, about which criteria."""

    key = HiddenField()
    organisation = RadiosField(lazy_gettext("For which owner?"), choices=[])
    title = TextField(
        lazy_gettext("What is the round called?"),
        hint=lazy_gettext("For example: agriculture committee, March 2027."),
        longest=LONGEST_TITLE,
    )
    about = ChoiceField(
        lazy_gettext("Whose criteria are weighed?"),
        hint=lazy_gettext("The points in it do not matter: the weights come from the choices."),
        choices=[],
    )

    def prepare(self, owners: Iterable[Organisation], sets: list[tuple[str, str]]) -> None:
        """The choices, and a fresh key for a fresh form."""
        self.organisation.choices = options((str(one.public_id), one.name) for one in owners)
        if len(self.organisation.choices) == 1 and not self.is_submitted():
            self.organisation.data = self.organisation.choices[0].value
        self.about.choices = options(sets)
        self.key.data = str(as_uuid(self.key.data) or uuid4())


def sheet_form(count: int) -> type[Form]:
    """The group, how the sheet came in, and a choice for every case."""
    fields: dict[str, Any] = {
        "key": HiddenField(),
        "faction": TextField(
            gettext("Group or faction"),
            hint=gettext("No names. You may leave it empty. A group with a single sheet is not shown on its own."),
            longest=LONGEST_LABEL,
            optional=True,
        ),
        "way": RadiosField(
            gettext("How does this sheet come in?"),
            choices=options((one.value, say(one.label)) for one in SheetWay),
            default=SheetWay.SCREEN.value,
        ),
    }
    for number in range(1, count + 1):
        fields[f"case_{number}"] = RadiosField(
            gettext("Case %(number)s: who should get the land?", number=number),
            choices=options((one.value, say(one.label)) for one in Choice),
        )
    return type("SheetForm", (Form,), fields)
