"""Keys made from the installation's secret: one seals what is read again, one hashes what is only compared. Pure."""

import hashlib
import hmac
from base64 import urlsafe_b64encode

from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

KEY_BYTES = 32


class Keys:
    """The keys of this installation; whoever has only the database can neither read nor try out what they protect."""

    def __init__(self, secret_key: str) -> None:
        self._fernet = Fernet(urlsafe_b64encode(_derived(secret_key, b"succession: second factor, sealing")))
        self._hashing = _derived(secret_key, b"succession: second factor, hashing")

    def seal(self, plain: str) -> bytes:
        """The text in a form that only `open` reads."""
        return self._fernet.encrypt(plain.encode())

    def open(self, sealed: bytes) -> str | None:
        """What was sealed; None if it was sealed with another secret key."""
        try:
            return self._fernet.decrypt(sealed).decode()
        except InvalidToken:
            return None

    def hash(self, *parts: str) -> bytes:
        """A hash that nobody can compute without the key, so that short codes and places cannot be tried out."""
        return hmac.new(self._hashing, "\x1f".join(parts).encode(), hashlib.sha256).digest()


def _derived(secret_key: str, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=KEY_BYTES, salt=None, info=purpose).derive(secret_key.encode())
