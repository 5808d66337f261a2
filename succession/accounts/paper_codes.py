"""Codes that are read from a printed letter and typed or told on the phone. Pure.

Twelve characters of 26 that no eye confuses: 56 bits. They are stored by a slow hash, so that even who has a copy of
the database cannot find them before they have run out; the purpose is part of it, so a code opens only its own door.
"""

import hashlib
import secrets
from datetime import timedelta
from enum import StrEnum

ALPHABET = "ABCDEFGHJKMNPQRTUVWXY34679"
LENGTH = 12
GROUP = 4
VALID_FOR = timedelta(days=30)
MOST_TRIES = 5
LONGEST_TYPED = 60


class CodePurpose(StrEnum):
    """What a letter's code opens."""

    MANDATE = "mandate"
    CONFIRMATION = "confirmation"
    TAKE_OVER = "take_over"


def new_code() -> str:
    """A fresh code, as it is printed: three groups of four."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return " ".join(signs[start : start + GROUP] for start in range(0, LENGTH, GROUP))


def tidy(typed: str) -> str:
    """What was typed as the code has it: blanks, hyphens and small letters do not matter."""
    return "".join(sign for sign in typed[:LONGEST_TYPED].upper() if sign.isalnum())


def hash_code(purpose: CodePurpose, typed: str) -> bytes:
    """What is stored of a code; takes some 50 ms on purpose."""
    return hashlib.scrypt(tidy(typed).encode(), salt=b"letter/" + purpose.encode(), n=2**14, r=8, p=1, dklen=32)
