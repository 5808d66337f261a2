"""How a command ends when it cannot do what it was asked."""

import os
import sys

import click

from succession.config import Settings, SettingsError, load_settings
from succession.i18n import AnyText, load_translations, render

REFUSED = 1
WRONG_USE = 2


def settings_or_exit() -> Settings:
    """The settings in force; a wrong one ends the command with its sentence."""
    try:
        return load_settings()
    except SettingsError as error:
        click.echo(str(error), err=True)
        sys.exit(WRONG_USE)


def said(text: AnyText) -> str:
    """A sentence in the language of the terminal, English if that is not German."""
    terminal = os.environ.get("LC_ALL") or os.environ.get("LC_MESSAGES") or os.environ.get("LANG") or ""
    language = "de" if terminal.startswith("de") else "en"
    return render(text, load_translations(language), language)
