"""Which passwords are taken: long ones, none that is tried first, none made of one's own name.

There are no rules on the kinds of signs. Pure.
"""

import re
import unicodedata
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from succession.errors import Refused
from succession.i18n import Text, Texts

SHORTEST = 8
ADVISED = 15
LONGEST = 256
COMMON = Path(__file__).with_name("common_passwords.txt")
SHORTEST_CONTEXT = 4
SHORTEST_ROW = 4
DAY = re.compile(r"\d{1,2}[ ./-]?\d{1,2}[ ./-]?\d{4}|\d{4}[ ./-]\d{1,2}[ ./-]\d{1,2}")
KEYBOARD_ROWS = (
    "1234567890",
    "qwertzuiop",
    "qwertyuiop",
    "asdfghjkl",
    "yxcvbnm",
    "zxcvbnm",
    "abcdefghijklmnopqrstuvwxyz",
)

HINT = Text(
    "At least 8 characters; 15 or more are better. Several words in a row are easy to remember and hard to guess."
)


def check_password(password: str, context: Iterable[str] = ()) -> None:
    """`Refused` with what is wrong. `context` are words that a guesser knows: the site, one's name and address."""
    folded = _folded(password)
    if len(folded) < SHORTEST:
        raise Refused(Texts("Use at least %(num)s character.", "Use at least %(num)s characters.", SHORTEST))
    if len(password) > LONGEST:
        raise Refused(Texts("Use at most %(num)s character.", "Use at most %(num)s characters.", LONGEST))
    if _is_tried_first(folded):
        raise Refused(
            Text(
                "This password is one of the first that are tried. "
                "Take several words that belong together only for you."
            )
        )
    if _is_made_of(folded, context):
        raise Refused(Text("This password consists mostly of your name, your address or the name of this site."))


def words_of(*sentences: str) -> set[str]:
    """The words of names and addresses that must not make up a password."""
    parts = (word for sentence in sentences for word in re.split(r"[\W_]+", _folded(sentence)))
    return {word for word in parts if len(word) >= SHORTEST_CONTEXT}


@cache
def common_passwords() -> frozenset[str]:
    """The list that is shipped."""
    return frozenset(COMMON.read_text(encoding="utf-8").split())


def _is_tried_first(folded: str) -> bool:
    """On the list, also with numbers and signs around it; one sign or group repeated; a row of the keyboard."""
    core = re.sub(r"^[\W\d_]+|[\W\d_]+$", "", folded)
    listed = common_passwords()
    is_day = DAY.fullmatch(folded) is not None
    return is_day or folded in listed or core in listed or _is_repeated(folded) or _is_row(folded) or _is_row(core)


def _is_repeated(folded: str) -> bool:
    """One group of at most four signs again and again, such as aaaaaaaa and abcabcab."""
    size = len(folded)
    return any((folded[:length] * size)[:size] == folded for length in (1, 2, 3, 4))


def _is_row(core: str) -> bool:
    """A walk along the keyboard or the alphabet, in either direction."""
    return len(core) >= SHORTEST_ROW and any(core in row * 2 or core[::-1] in row * 2 for row in KEYBOARD_ROWS)


def _is_made_of(folded: str, context: Iterable[str]) -> bool:
    """Whether too little is left without the words that a guesser knows."""
    rest = folded
    for word in sorted(words_of(*context), key=len, reverse=True):
        rest = rest.replace(word, "")
    return rest != folded and len(rest) < SHORTEST


def _folded(text: str) -> str:
    return unicodedata.normalize("NFKC", text).casefold()
