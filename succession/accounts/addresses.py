"""E-mail addresses: one form for each, and none that only looks like another. Pure."""

import unicodedata

from email_validator import EmailNotValidError, validate_email

from succession.errors import Refused
from succession.i18n import Text

LONGEST_ADDRESS = 200
LAST_ASCII = 0x7F
FIRST_LETTER, LAST_LETTER = "À", "ž"
TWINS = "ıĸ"  # look like i and k


def normal_address(typed: str) -> str:
    """The address in the form that is stored: composed signs, the domain in small letters as it is written.

    `Refused` with a sentence if it is none, or if it mixes scripts so that it looks like another.
    """
    shaped = unicodedata.normalize("NFKC", typed).strip()
    if len(shaped) > LONGEST_ADDRESS:
        raise Refused(Text("This e-mail address is too long. Please use one with at most 200 characters."))
    try:
        found = validate_email(shaped, check_deliverability=False, allow_smtputf8=True)
    except EmailNotValidError:
        raise Refused(Text("Please enter an e-mail address, such as name@example.org.")) from None
    if not (_is_plain_latin(found.local_part) and _is_plain_latin(found.domain)):
        raise Refused(
            Text(
                "This e-mail address has letters that look like others. "
                "Please use an address with Latin letters only, or call us."
            )
        )
    return found.normalized


def looked_up(typed: str) -> str:
    """The form under which an address is looked for; one that nobody can have stays as it was typed."""
    try:
        return normal_address(typed)
    except Refused:
        return typed.strip()


def _is_plain_latin(part: str) -> bool:
    """Whether its letters are those of European Latin keyboards; others hold twins of ours."""
    return all(not (sign.isalpha() or ord(sign) > LAST_ASCII) or _is_plain_letter(sign) for sign in part)


def _is_plain_letter(sign: str) -> bool:
    is_ours = sign.isascii() or FIRST_LETTER <= sign <= LAST_LETTER
    return is_ours and sign.isalpha() and sign not in TWINS
