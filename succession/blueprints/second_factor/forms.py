"""The forms of the second step: a code, the password once more, a name for a device."""

from flask_babel import lazy_gettext
from wtforms import HiddenField

from succession.web.fields import EmailField, Form, PasswordField, RadiosField, TextField

LONGEST_CODE = 40
LONGEST_LABEL = 60


class CodeForm(Form):
    """One code, wherever it is read."""

    code = TextField(lazy_gettext("Code"), longest=LONGEST_CODE, autocomplete="one-time-code")
    way = HiddenField()
    next = HiddenField()
    kept = HiddenField()


class PasswordForm(Form):
    """The password once more."""

    password = PasswordField(lazy_gettext("Password"), autocomplete="current-password")
    next = HiddenField()


class PasskeyForm(Form):
    """What the person calls the device; the device's answer is filled in by the page's script."""

    label = TextField(
        lazy_gettext("What do you call this device?"),
        longest=LONGEST_LABEL,
        hint=lazy_gettext("For example: my phone, or the computer in the office."),
    )
    answer = HiddenField()


class ResetForm(Form):
    """Whose second step is removed, and how it is known that it is them."""

    email = EmailField(lazy_gettext("E-mail address of the person"))
    identified = RadiosField(
        lazy_gettext("How do you know that it is this person?"),
        choices=[
            ("id", lazy_gettext("They are here and have shown me their identity card.")),
            ("known", lazy_gettext("They are here and I know them.")),
            ("call-back", lazy_gettext("I have called them back at the number that we have had for long.")),
        ],
    )
