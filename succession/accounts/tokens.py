"""Secrets that a browser keeps and the database knows only by their hash. Pure."""

import hashlib
import secrets

TOKEN_BYTES = 32


def new_token() -> str:
    """A secret that nobody can guess."""
    return secrets.token_urlsafe(TOKEN_BYTES)


def hash_token(token: str) -> bytes:
    """What may be stored of a token; it is long and random, so a plain hash suffices."""
    return hashlib.sha256(token.encode()).digest()
