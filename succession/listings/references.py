"""The Chiffre of an offer: short, easy to read out on the phone, and saying nothing about the offer. Pure."""

from hashlib import sha256
from uuid import UUID

LETTERS = "ACDEFGHJKLMNPQRTUVWXY34679"
"""Without those that are mistaken for one another by eye or ear."""


def make_reference(key: UUID, attempt: int = 0) -> str:
    """Six signs in the form 4K7-2MX, drawn from a random key; the next attempt gives another one."""
    number = int.from_bytes(sha256(key.bytes + attempt.to_bytes(2, "big")).digest()[:8], "big")
    signs = []
    for _ in range(6):
        number, place = divmod(number, len(LETTERS))
        signs.append(LETTERS[place])
    return "".join(signs[:3]) + "-" + "".join(signs[3:])
