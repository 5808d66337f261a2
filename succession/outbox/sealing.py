"""Secrets in mails: stored so that only the installation's own key opens them. Pure."""

import hashlib
from base64 import urlsafe_b64encode
from dataclasses import dataclass

from cryptography.fernet import Fernet, InvalidToken

PURPOSE = b"secrets in mails\x1f"


@dataclass(frozen=True, slots=True)
class Sealed:
    """A word that a mail's reader may see, and a reader of the database may not."""

    ciphertext: str


def seal(word: str, key: str) -> Sealed:
    """The word, closed with the installation's key."""
    return Sealed(_box(key).encrypt(word.encode()).decode())


def unseal(sealed: Sealed, key: str) -> str:
    """The word again; a `ValueError` if it was closed with another key."""
    try:
        return _box(key).decrypt(sealed.ciphertext.encode()).decode()
    except InvalidToken:
        raise ValueError("The mail holds a secret that was closed with another key.") from None


def _box(key: str) -> Fernet:
    return Fernet(urlsafe_b64encode(hashlib.sha256(PURPOSE + key.encode()).digest()))
