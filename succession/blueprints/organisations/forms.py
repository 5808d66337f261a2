"""The forms of organisations."""

from datetime import date
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext
from wtforms.validators import ValidationError

from succession.accounts.actor import Actor
from succession.accounts.data_law import DataLaw
from succession.accounts.duties import MandateScope, MembershipRole
from succession.accounts.models import Organisation, OrganisationKind
from succession.accounts.policy_organisations import may_register
from succession.accounts.service_mandates import MandateValues
from succession.accounts.service_organisations import LONGEST_NAME, OrganisationValues
from succession.i18n import Text
from succession.web.errors import say
from succession.web.fields import (
    ChoiceField,
    DayField,
    EmailField,
    Form,
    LongTextField,
    RadiosField,
    TextField,
    TicksField,
)

ROLE_HINTS = {
    MembershipRole.READER: Text("Reader: sees everything, changes nothing"),
    MembershipRole.CHECKER: Text("Checker: also checks and scores applications"),
    MembershipRole.CLERK: Text("Clerk: also brings in land, makes offers, writes letters"),
    MembershipRole.ADMINISTRATOR: Text("Administrator: also decides, and leads the organisation"),
}


class DataForm(Form):
    """Address, data law and supervisor."""

    name = TextField(
        lazy_gettext("Name of the organisation"),
        longest=LONGEST_NAME,
        hint=lazy_gettext("As it stands on your letters"),
    )
    data_law = RadiosField(lazy_gettext("Which data protection law applies to you?"))
    supervisor = TextField(
        lazy_gettext("Who supervises data protection at your place?"),
        hint=lazy_gettext("For example: the data protection commissioner of your state or church"),
        optional=True,
    )
    postal_address = LongTextField(
        lazy_gettext("Postal address"), optional=True, longest=300, render_kw={"rows": 3}, autocomplete="street-address"
    )
    phone = TextField(lazy_gettext("Phone"), optional=True, longest=60, autocomplete="tel")
    email = EmailField(lazy_gettext("E-mail address of the organisation"), optional=True)
    website = TextField(lazy_gettext("Website"), optional=True, hint=lazy_gettext("Begins with https://"))

    def prepare(self, known: Organisation | None = None) -> None:
        """The laws to choose from; a checked organisation keeps its name."""
        self.data_law.choices = [(law.value, say(law.label)) for law in DataLaw]
        if known is not None and known.verified_at is not None:
            del self.name

    def validate_website(self, field: Any) -> None:
        """Only addresses that a browser opens safely."""
        if field.data and not field.data.startswith(("https://", "http://")):
            raise ValidationError(say(Text("Please begin the address with https://.")))

    def values(self, kind: OrganisationKind, *, name: str = "") -> OrganisationValues:
        """What was said."""
        return OrganisationValues(
            name=(self.name.data or "") if "name" in self else name,
            kind=kind,
            data_law=DataLaw(self.data_law.data),
            supervisor=self.supervisor.data or "",
            postal_address=self.postal_address.data or "",
            phone=self.phone.data or "",
            email=self.email.data or "",
            website=self.website.data or "",
        )


class NewForm(DataForm):
    """The same, with what it is."""

    kind = RadiosField(lazy_gettext("What is it?"))

    def offer(self, actor: Actor) -> None:
        """The kinds that the person may enter."""
        self.prepare()
        self.kind.choices = [(kind.value, say(kind.label)) for kind in OrganisationKind if may_register(actor, kind)]


class RejectionForm(Form):
    """Why an organisation could not be checked."""

    reason = LongTextField(
        lazy_gettext("Why can it not be checked?"),
        longest=1000,
        hint=lazy_gettext("The person who entered it reads this."),
    )


class RoleForm(Form):
    """What a member does."""

    role = RadiosField(lazy_gettext("What should this person do?"))

    def prepare(self) -> None:
        """The roles with what they mean."""
        self.role.choices = [(role.value, say(hint)) for role, hint in ROLE_HINTS.items()]


class InvitationForm(RoleForm):
    """Whom to invite."""

    email = EmailField(lazy_gettext("E-mail address"), hint=lazy_gettext("The invitation goes there."))


class MandateForm(Form):
    """Which office may do what, from when until when."""

    office = ChoiceField(lazy_gettext("Which office?"))
    scopes = TicksField(lazy_gettext("What may the office do in your name?"))
    starts_on = DayField(lazy_gettext("From which day on?"))
    ends_on = DayField(
        lazy_gettext("Until which day?"), optional=True, hint=lazy_gettext("Left empty: until you revoke it.")
    )
    note = LongTextField(
        lazy_gettext("Where is the written mandate?"),
        optional=True,
        longest=500,
        render_kw={"rows": 2},
        hint=lazy_gettext("For example: council decision 12/2026, file 815.3"),
    )

    def offer(self, offices: list[Organisation]) -> None:
        """The offices and the tasks to choose from."""
        self.office.choices = [(str(office.public_id), office.name) for office in offices]
        self.scopes.choices = [(scope.value, say(scope.label)) for scope in MandateScope]

    def suggest(self, day: date) -> None:
        """A mandate that begins today, with everything but the decision."""
        self.starts_on.data = day
        self.scopes.data = [scope.value for scope in MandateScope if scope is not MandateScope.DECIDE]

    def values(self) -> MandateValues:
        """What was said; the form has checked that there is a first day."""
        assert self.starts_on.data is not None
        return MandateValues(
            office=UUID(self.office.data),
            scopes=frozenset(MandateScope(scope) for scope in self.scopes.data or ()),
            starts_on=self.starts_on.data,
            ends_on=self.ends_on.data,
            note=self.note.data or "",
        )


def may_register_any(actor: Actor) -> bool:
    """Whether there is a kind of organisation that the person may enter."""
    return any(may_register(actor, kind) for kind in OrganisationKind)
