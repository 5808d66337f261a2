"""Ids and chances of the demo region: the same on every machine and every time. Pure."""

from random import Random
from uuid import UUID, uuid5

_DEMO = UUID("8c4f5a1e-6f0b-5e7e-9a55-3f1f1d0c7b21")


def demo_id(*words: str) -> UUID:
    """The public id of a thing of the demo region."""
    return uuid5(_DEMO, "/".join(words))


def chances(*words: str) -> Random:
    """A source of chance that belongs to this thing alone, so that adding another changes nothing here."""
    return Random("/".join(("succession demo", *words)))  # noqa: S311 - nothing secret hangs on it
