"""What one field of a listing or a profile is called, how it is kept, and where it is asked. Pure."""

from dataclasses import dataclass

from succession.facts.kinds import EVERY_KIND, Kind
from succession.facts.shapes import Shape
from succession.i18n import Text


@dataclass(frozen=True, slots=True)
class Field:
    """One fact: `name` is the column of the exact table and, with its code, of the published one."""

    name: str
    shape: Shape
    topic: str
    label: Text
    hint: Text | None = None
    kinds: frozenset[Kind] = EVERY_KIND
    is_matched: bool = False
    """Whether matching reads it, so that it has a column in the narrow published table."""


@dataclass(frozen=True, slots=True)
class WishField:
    """One value that belongs to a wish, such as the smallest area; its code is compared with a fact's code."""

    name: str
    shape: Shape
    label: Text


@dataclass(frozen=True, slots=True)
class Wish:
    """What somebody asks of the other side: the criterion it feeds and the values that say how much is asked.

    Every wish also has an importance (`facts.importance`). A wish without value fields asks for a plain yes.
    """

    criterion: str
    topic: str
    label: Text
    values: tuple[WishField, ...] = ()
    kinds: frozenset[Kind] = EVERY_KIND
