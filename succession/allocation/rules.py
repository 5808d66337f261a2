"""What every rule of a points catalogue has in common: what it wants declared, and what it makes of it. Pure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any, ClassVar, Protocol

Declared = bool | Fraction | str | tuple[Fraction, ...] | tuple[tuple[str, Fraction], ...]
"""What an applicant states for one criterion; a rule says by `wants` which of these it takes."""

ZERO, ONE = Fraction(0), Fraction(1)


class Want(StrEnum):
    """The kind of statement that a rule takes."""

    YES_OR_NO = "yes_or_no"
    NUMBER = "number"
    NAME = "name"
    NUMBERS = "numbers"
    SHARES = "shares"


@dataclass(frozen=True, slots=True)
class Reached:
    """What a rule makes of a statement: the points, and the step, rank, share or count they come from."""

    points: Fraction
    step: Fraction | str | bool | None


Scorer = Callable[[Any], Reached]
"""Takes a statement of the kind that the rule wants."""


class Rule(Protocol):
    """A rule that turns a statement into points."""

    @property
    def kind(self) -> str:
        """The name of the rule in a document."""

    @property
    def wants(self) -> Want:
        """What has to be declared."""

    @property
    def relative(self) -> bool:
        """Whether the points of one applicant depend on what the others state."""

    @property
    def greatest(self) -> Fraction:
        """The most points that can be reached, at least 0."""

    @property
    def bars(self) -> str | None:
        """The step that excludes whoever reaches it, if the rule has one."""

    def refuses(self, value: Any, /) -> str | None:
        """Why a statement of the right kind is still impossible."""

    def over(self, field: Sequence[Fraction], /) -> Scorer:
        """The rule among the numbers that all applicants state for it."""


class Alone:
    """A rule that looks at nobody else."""

    __slots__ = ()
    relative = False
    bars: ClassVar[str | None] = None

    def refuses(self, _value: Any, /) -> str | None:
        """Everything of the right kind is possible unless the rule knows better."""
        return None

    def over(self, _field: Sequence[Fraction], /) -> Scorer:
        """The others change nothing."""
        return self.reached

    def reached(self, value: Any) -> Reached:
        """The points for one statement."""
        raise NotImplementedError
