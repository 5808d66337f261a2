"""Names of people and organisations, as they are written. Pure."""

import unicodedata

from succession.errors import Refused
from succession.i18n import Text

LONGEST_NAME = 120


def checked_name(typed: str) -> str:
    """The name in one line; `Refused` if there is none, or it is longer than any name."""
    name = " ".join(unicodedata.normalize("NFC", typed).split())
    if not any(sign.isalpha() for sign in name):
        raise Refused(Text("Please enter your name."))
    if len(name) > LONGEST_NAME:
        raise Refused(Text("A name may have at most %(most)s characters.", {"most": LONGEST_NAME}))
    if has_hidden_signs(name) or "@" in name or "://" in name:
        raise Refused(Text("The name holds signs that no name has. Please write it in letters."))
    return name


def has_hidden_signs(name: str) -> bool:
    """Whether it holds signs that nobody sees: with them one name looks like another."""
    return any(unicodedata.category(sign) in {"Cc", "Cf", "Co", "Cs"} for sign in name)
