"""The forms of acting for somebody."""

from collections.abc import Iterable
from datetime import date, datetime, time

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from wtforms.validators import EqualTo

from succession.accounts.actor import Role, Scope
from succession.accounts.password_rules import HINT, LONGEST
from succession.accounts.representation import NAMEABLE, FreezeReason, RepresentationKind
from succession.accounts.service_file import Call, NewFile
from succession.accounts.service_representation import NewHelper
from succession.i18n import PLACE_OF_TIMES, Text
from succession.web.errors import say
from succession.web.fields import (
    DayField,
    EmailField,
    Form,
    LongTextField,
    PasswordField,
    RadiosField,
    TextField,
    TickField,
    TicksField,
)
from succession.web.validators import at_most

LONGEST_NAME = 120
LONGEST_ADDRESS = 300
LONGEST_REMARK = 1000
_SCOPES = ((Scope.WRITE.value, Text("Enter and change things")), (Scope.SPEAK.value, Text("Speak and write to others")))
_ROLES = (
    (Role.TRANSFEROR.value, Text("hands over a farm or a business")),
    (Role.LANDOWNER.value, Text("gives out land")),
    (Role.SEEKER.value, Text("looks for a farm, a business or land")),
)


def _choices(pairs: Iterable[tuple[str, Text]]) -> list[tuple[str, LazyString]]:
    return [(value, LazyString(say, label)) for value, label in pairs]


class HelperForm(Form):
    """Whom somebody asks to act for them."""

    name = TextField(lazy_gettext("Name"), longest=LONGEST_NAME, autocomplete="off")
    email = EmailField(
        lazy_gettext("E-mail address"),
        autocomplete="off",
        hint=lazy_gettext("This person gets a link there and says whether they want to."),
    )
    kind = RadiosField(lazy_gettext("Who is it?"), choices=_choices((kind.value, kind.label) for kind in NAMEABLE))
    scopes = TicksField(
        lazy_gettext("What may this person do, besides reading?"),
        choices=_choices(_SCOPES),
        optional=True,
        hint=lazy_gettext("Nobody publishes anything or tells your name before you say yes yourself."),
    )
    ends_on = DayField(lazy_gettext("Until when?"), hint=lazy_gettext("At most one year. You can end it at any time."))

    @property
    def helper(self) -> NewHelper:
        """What the service takes."""
        return NewHelper(
            email=self.email.data or "",
            name=self.name.data or "",
            kind=RepresentationKind(self.kind.data),
            scopes=frozenset(Scope(scope) for scope in self.scopes.data or ()),
            ends_on=self.ends_on.data or date.min,
        )


class GuestForm(HelperForm):
    """Whom an advisor lets in to a file: a relative of somebody on paper, or an heir."""

    kind = RadiosField(
        lazy_gettext("Who is it?"),
        choices=_choices((k.value, k.label) for k in RepresentationKind if k is not RepresentationKind.ADVISOR),
    )
    proof = LongTextField(
        lazy_gettext("For heirs: what shows it?"),
        longest=LONGEST_REMARK,
        optional=True,
        render_kw={"rows": 3},
        hint=lazy_gettext("For example: certificate of inheritance seen on 3 May. Keep no copy of it."),
    )


class FileForm(Form):
    """Somebody on paper."""

    name = TextField(
        lazy_gettext("Name of the person"),
        longest=LONGEST_NAME,
        autocomplete="off",
        hint=lazy_gettext("As it stands on the envelope."),
    )
    postal_address = LongTextField(
        lazy_gettext("Address for letters"),
        longest=LONGEST_ADDRESS,
        render_kw={"rows": 3},
        hint=lazy_gettext("Street and number, then postcode and place on a line of their own."),
    )
    phone = TextField(lazy_gettext("Telephone"), longest=60, optional=True, autocomplete="off")
    roles = TicksField(lazy_gettext("What is it about? The person …"), choices=_choices(_ROLES))
    scopes = TicksField(
        lazy_gettext("What shall you be allowed to do, besides reading?"), choices=_choices(_SCOPES), optional=True
    )
    ends_on = DayField(lazy_gettext("Until when?"), hint=lazy_gettext("At most one year. You can agree on it anew."))

    @property
    def file(self) -> NewFile:
        """What the service takes."""
        return NewFile(
            name=self.name.data or "",
            postal_address=self.postal_address.data or "",
            phone=self.phone.data or "",
            roles=frozenset(Role(role) for role in self.roles.data or ()),
            scopes=frozenset(Scope(scope) for scope in self.scopes.data or ()),
            ends_on=self.ends_on.data or date.min,
        )


class CodeForm(Form):
    """The code from a letter."""

    code = TextField(
        lazy_gettext("Code from the letter"),
        longest=60,
        autocomplete="off",
        hint=lazy_gettext("Twelve signs. Blanks and capital letters do not matter."),
    )


class CallForm(Form):
    """What was said on the phone."""

    spoke_with = TextField(lazy_gettext("With whom did you speak?"), longest=LONGEST_NAME, autocomplete="off")
    number = TextField(lazy_gettext("Under which number?"), longest=60, autocomplete="off")
    day = DayField(lazy_gettext("On which day?"))
    clock = TextField(lazy_gettext("At what time?"), longest=5, hint=lazy_gettext("For example 14:30."))

    @property
    def call(self) -> Call | None:
        """What the service takes; nothing if the time cannot be read."""
        try:
            clock = time.fromisoformat((self.clock.data or "").strip().zfill(5))
        except ValueError:
            return None
        at = datetime.combine(self.day.data or date.min, clock, tzinfo=PLACE_OF_TIMES)
        return Call(self.spoke_with.data or "", at, self.number.data or "")


class RestForm(Form):
    """Why a file is to rest."""

    reason = RadiosField(
        lazy_gettext("Why?"), choices=_choices((reason.value, reason.label) for reason in FreezeReason)
    )
    note = LongTextField(
        lazy_gettext("Note"),
        longest=LONGEST_REMARK,
        optional=True,
        render_kw={"rows": 3},
        hint=lazy_gettext("Only what others who look after the file need to know. No diagnoses."),
    )


class RestByAddressForm(RestForm):
    """Whose file is to rest, and why."""

    email = EmailField(lazy_gettext("E-mail address of the person"), autocomplete="off")


class EndForm(Form):
    """A new end."""

    ends_on = DayField(lazy_gettext("Until when?"), hint=lazy_gettext("At most one year. You can agree on it anew."))


class TakeOverForm(CodeForm):
    """The code, and what somebody signs in with from now on."""

    email = EmailField(lazy_gettext("Your e-mail address"), autocomplete="email")
    email_again = EmailField(
        lazy_gettext("Your e-mail address once more"),
        [EqualTo("email", lazy_gettext("The two addresses are not the same."))],
        autocomplete="email",
        hint=lazy_gettext("So that no typing mistake locks you out."),
    )
    password = PasswordField(lazy_gettext("New password"), [at_most(LONGEST)], autocomplete="new-password", hint=HINT)
    keeps_help = TickField(lazy_gettext("Who has helped me until now may go on"))
