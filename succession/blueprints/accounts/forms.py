"""The forms of accounts: signing in, registering, passwords, addresses, invitations, one's own account."""

from flask_babel import lazy_gettext
from flask_babel.speaklater import LazyString
from wtforms import HiddenField

from succession.accounts.actor import Role
from succession.accounts.models import Language, Way
from succession.accounts.names import LONGEST_NAME
from succession.accounts.password_rules import HINT, LONGEST
from succession.accounts.service_profile import LONGEST_ADDRESS, LONGEST_HOURS, LONGEST_PHONE
from succession.i18n import Text
from succession.web.errors import say
from succession.web.fields import (
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

ROLE_SENTENCES = {
    Role.SEEKER: Text("I look for a farm, a business or land"),
    Role.TRANSFEROR: Text("I want to hand over a farm or a business"),
    Role.LANDOWNER: Text("I want to give out land"),
}
LANGUAGE_NAMES = ((Language.GERMAN.value, "Deutsch"), (Language.ENGLISH.value, "English"))


class SignInForm(Form):
    """Address and password."""

    email = EmailField(lazy_gettext("E-mail address"), autocomplete="username")
    password = PasswordField(lazy_gettext("Password"), autocomplete="current-password")
    is_lasting = TickField(
        lazy_gettext("Stay signed in on this device for 30 days"),
        hint=lazy_gettext(
            "Only on a device that nobody else uses. Otherwise you are signed out after 3 hours of rest."
        ),
    )
    next = HiddenField()
    kept = HiddenField()


class EmailForm(Form):
    """An address, to get a mail."""

    email = EmailField(lazy_gettext("E-mail address"), autocomplete="username")


class RegistrationForm(Form):
    """Who somebody is, and what they come for."""

    name = TextField(
        lazy_gettext("Your name"),
        longest=LONGEST_NAME,
        autocomplete="name",
        hint=lazy_gettext("First name and surname. Only people whom you write to or release something to see it."),
    )
    email = EmailField(
        lazy_gettext("E-mail address"),
        autocomplete="email",
        hint=lazy_gettext("Nobody sees it. We send you a link to confirm it."),
    )
    roles = TicksField(
        lazy_gettext("What do you come for?"),
        choices=[(role.value, LazyString(say, sentence)) for role, sentence in ROLE_SENTENCES.items()],
        hint=lazy_gettext("You can tick several, and add more later."),
    )
    password = PasswordField(lazy_gettext("Password"), [at_most(LONGEST)], autocomplete="new-password", hint=HINT)
    accepts_terms = TickField(lazy_gettext("I agree to the terms of use."), optional=False)
    next = HiddenField()


class ConfirmForm(Form):
    """The password with which the account was begun."""

    password = PasswordField(
        lazy_gettext("Your password"),
        autocomplete="current-password",
        hint=lazy_gettext("The one you chose when you registered."),
    )
    next = HiddenField()


class SetPasswordForm(Form):
    """A new password."""

    password = PasswordField(lazy_gettext("New password"), [at_most(LONGEST)], autocomplete="new-password", hint=HINT)


class ChangePasswordForm(Form):
    """The present password and a new one."""

    old_password = PasswordField(lazy_gettext("Password that you have now"), autocomplete="current-password")
    password = PasswordField(lazy_gettext("New password"), [at_most(LONGEST)], autocomplete="new-password", hint=HINT)


class ChangeAddressForm(Form):
    """A new address, with the password."""

    email = EmailField(lazy_gettext("New e-mail address"), autocomplete="email")
    password = PasswordField(lazy_gettext("Your password"), autocomplete="current-password")


class CloseForm(Form):
    """The password, before an account goes."""

    password = PasswordField(lazy_gettext("Your password"), autocomplete="current-password")
    is_sure = TickField(lazy_gettext("Yes, close my account for good."), optional=False)


class InvitationForm(Form):
    """Who is asked to join, and as what; the roles are those that the person may invite to."""

    name = TextField(lazy_gettext("Name of the person"), longest=LONGEST_NAME)
    email = EmailField(lazy_gettext("E-mail address of the person"))
    role = RadiosField(lazy_gettext("As what do you invite the person?"), choices=[])


class JoinForm(Form):
    """What somebody without an account adds to an invitation."""

    name = TextField(lazy_gettext("Your name"), longest=LONGEST_NAME, autocomplete="name")
    password = PasswordField(lazy_gettext("Password"), [at_most(LONGEST)], autocomplete="new-password", hint=HINT)
    accepts_terms = TickField(lazy_gettext("I agree to the terms of use."), optional=False)


class ProfileForm(Form):
    """One's own account."""

    name = TextField(
        lazy_gettext("Your name"),
        longest=LONGEST_NAME,
        autocomplete="name",
        hint=lazy_gettext("Who sees this? People whom you write to or release something to, and the network's staff."),
    )
    language = RadiosField(
        lazy_gettext("Language of pages and mails"),
        choices=LANGUAGE_NAMES,
        hint=lazy_gettext("Who sees this? Nobody."),
    )
    preferred_contact = RadiosField(
        lazy_gettext("How do you want to be reached?"),
        choices=[(way.value, LazyString(say, way.label)) for way in Way],
        hint=lazy_gettext("Who sees this? The advisors and coordinators who look after you."),
    )
    phone = TextField(
        lazy_gettext("Phone number"),
        longest=LONGEST_PHONE,
        optional=True,
        autocomplete="tel",
        hint=lazy_gettext("Who sees this? The advisors and coordinators who look after you. It is on no page."),
    )
    call_hours = TextField(
        lazy_gettext("When may we call?"),
        longest=LONGEST_HOURS,
        optional=True,
        hint=lazy_gettext("For example: on weekdays from 7 to 9 in the evening. Who sees this? As the phone number."),
    )
    takes_voicemail = TickField(
        lazy_gettext("You may speak on my mailbox"),
        hint=lazy_gettext("Without this tick nobody speaks on your mailbox, so nobody else can listen to it."),
    )
    postal_address = LongTextField(
        lazy_gettext("Postal address"),
        longest=LONGEST_ADDRESS,
        optional=True,
        autocomplete="street-address",
        render_kw={"rows": 3},
        hint=lazy_gettext("Who sees this? The advisors and coordinators who look after you, to send you letters."),
    )
