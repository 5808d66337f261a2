"""Secrets that a browser or a mail keeps and the database knows only by their hash. Pure."""

import hashlib
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

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


def link_for(token: str, key: str, *, next_path: str | None = None) -> Link:
    """The token as the end of a link in a mail; `key` is the installation's own. Afterwards the way leads to
    `next_path`.
    """
    ending = token if next_path is None else f"{token}?{urlencode({'next': next_path})}"
    return Link(hash_token(token), seal(ending, key))
