"""The form on which people sign in."""

from flask_babel import lazy_gettext
from wtforms import HiddenField

from succession.web.fields import EmailField, Form, PasswordField


class SignInForm(Form):
    """Address and password."""

    email = EmailField(lazy_gettext("E-mail address"), autocomplete="username")
    password = PasswordField(lazy_gettext("Password"), autocomplete="current-password")
    next = HiddenField()
