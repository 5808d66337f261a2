"""The draw that nobody can steer and everybody can check: one ticket each, from a seed fixed by two sources. Pure.

The office publishes the hash of a secret, and names a public draw that is held after the list of participants is
closed. Neither knows the other's part when it fixes its own, so the seed made of both is no one's choice. The
commitment is a plain hash commitment (Blum 1981, "Coin flipping by telephone"), the ticket a SHA-256 (FIPS 180-4).
"""

from collections.abc import Iterable
from hashlib import sha256
from secrets import token_hex

SEPARATOR = "\x1f"
"""U+001F, "unit separator": stands in no name, so no two different triples give the same text."""

SECRET_BYTES = 32


def ticket(seed: str, draw_round: str, participant: str) -> str:
    """The ticket of one participant in one round, as lower-case hex; the smaller ticket goes first."""
    return _digest(SEPARATOR.join((seed, draw_round, participant)))


def smallest_ticket(seed: str, draw_round: str, participant: str, held: int) -> str:
    """The one that counts for somebody who holds several; the first is the ticket that everybody has.

    Each ticket is as likely as any other to be the smallest, so being drawn first is as likely as one's share of them.
    """
    further = (_digest(SEPARATOR.join((seed, draw_round, participant, str(one)))) for one in range(2, held + 1))
    return min((ticket(seed, draw_round, participant), *further))


def order(seed: str, draw_round: str, participants: Iterable[str]) -> list[str]:
    """Everybody by their ticket, the first first; it does not matter in which order they are named."""
    return sorted(participants, key=lambda one: (ticket(seed, draw_round, one), one))


def new_secret() -> str:
    """32 random bytes as hex, to be kept until the public draw has been held."""
    return token_hex(SECRET_BYTES)


def commitment(secret: str) -> str:
    """What is published beforehand: it fixes the secret and does not tell it."""
    return _digest(secret)


def keeps(secret: str, published: str) -> bool:
    """Whether this secret is the one that was committed to."""
    return commitment(secret) == published


def seed_from(secret: str, public_draw: str) -> str:
    """The seed of the lottery, once the secret is told and the public draw has been held."""
    return _digest(secret + SEPARATOR + public_draw)


def _digest(text: str) -> str:
    return sha256(text.encode("utf-8")).hexdigest()
