"""Secrets that a browser or a mail keeps and the database knows only by their hash. Pure."""

import hashlib
import secrets
from dataclasses import dataclass

from succession.outbox.sealing import Sealed, seal

TOKEN_BYTES = 32
LONGEST_TOKEN = 200


@dataclass(frozen=True, slots=True)
class Link:
    """The secret of a link in a mail, as services get it: its hash to store, and itself closed for the mail."""

    token_hash: bytes
    sealed: Sealed


def new_token() -> str:
    """A secret that nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> bytes:
    """What may be stored of a token; it is long and random, so a plain hash suffices."""
    return hashlib.sha256(token.encode()).digest()


def link_for(token: str, key: str) -> Link:
    """The token as a link in a mail; `key` is the installation's own."""
    return Link(hash_token(token), seal(token, key))
