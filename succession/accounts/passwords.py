"""Passwords, kept only as argon2 hashes. Pure."""

import unicodedata

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

LONGEST_PASSWORD = 1024
HASHER = PasswordHasher()

# The hash of a password nobody has, made with the same settings: looking at an unknown address takes as long.
HASH_OF_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$d3YagiQexCqj5z507pkBeQ$PP4lyKonsuVTo+gPdM5ZjUCyXz1/wYJRO2VjyLcQxwE"


def hash_password(password: str) -> str:
    """What is stored in place of the password."""
    return HASHER.hash(_normal(password))


def is_password(password: str, password_hash: str) -> bool:
    """Whether the password belongs to the hash; takes the same time either way."""
    if len(password) > LONGEST_PASSWORD:
        return False
    try:
        return HASHER.verify(password_hash, _normal(password))
    except (VerificationError, InvalidHashError):
        return False


def is_outdated(password_hash: str) -> bool:
    """Whether the hash was made with weaker settings than those of today."""
    return HASHER.check_needs_rehash(password_hash)


def _normal(password: str) -> str:
    """One form for what keyboards write differently, such as ü in one or two characters."""
    return unicodedata.normalize("NFKC", password)
