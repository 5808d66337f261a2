"""How far a published fact meets a wish, as a rule on codes and as SQL side by side. Pure.

Each shape says the same four times: `rule` exactly, `sql` as a float8 expression (NULL where the rule says None), `met`
as a three-valued condition that is true where the rule says 1, and `points` as a number that is ready to be added up;
a property test holds them together. SQL fragments come in as columns or bound parameters; None stands for a part of
the wish that is known to be missing.
"""

from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from typing import Protocol

Code = int | None
Expression = str | None

ZERO, HALF, ONE = Fraction(0), Fraction(1, 2), Fraction(1)
UNKNOWN = "NULL::float8"


class Parameter(str):
    """A bound value as it stands in SQL; its neighbours are bound as well, so that the planner has nothing to fold."""

    __slots__ = ("_neighbour",)
    _neighbour: Callable[[int], "Parameter"]

    @classmethod
    def bound(cls, name: str, value: int, bind: Callable[[str, int], None]) -> "Parameter":
        """Binds the value under its name."""
        bind(name, value)
        made = cls(f"%({name})s")
        made._neighbour = lambda by: cls.bound(f"{name}_{'above' if by > 0 else 'below'}", value + by, bind)
        return made

    def shifted(self, by: int) -> "Parameter":
        """The value so many codes higher or lower."""
        return self._neighbour(by)


@dataclass(frozen=True, slots=True)
class Scale:
    """What counts for a wish that is met fully, met half, or about which nothing is known, as SQL."""

    full: str
    half: str
    unknown: str


class Shape(Protocol):
    """What every comparison can do; `wish` has as many parts as the wish has values."""

    def rule(self, fact: Code, wish: tuple[Code, ...]) -> Fraction | None:
        """The satisfaction from 0 to 1; None while the fact, or all that is wished, is unknown."""
        ...

    def sql(self, fact: str, wish: tuple[Expression, ...]) -> str:
        """The same as a float8 expression."""
        ...

    def met(self, fact: str, wish: tuple[Expression, ...]) -> str:
        """Whether it is 1: true, false, or NULL while unknown."""
        ...

    def points(self, fact: str, wish: tuple[Expression, ...], scale: Scale) -> str:
        """The satisfaction on a scale of whole numbers; a wish without values, which has no weight, gets nothing."""
        ...


@dataclass(frozen=True, slots=True)
class AtLeast:
    """1 from the wished code on, 1/2 one below, else 0."""

    def rule(self, fact: Code, wish: tuple[Code, ...]) -> Fraction | None:
        """See the class."""
        (least,) = wish
        if fact is None or least is None:
            return None
        return _by_steps(least - fact)

    def sql(self, fact: str, wish: tuple[Expression, ...]) -> str:
        """See the class."""
        least = wish[0]
        if least is None:
            return UNKNOWN
        return (
            f"CASE WHEN {fact} >= {least} THEN 1::float8 WHEN {fact} = {least} - 1 THEN 0.5::float8"
            f" WHEN {fact} < {least} THEN 0::float8 END"
        )

    def met(self, fact: str, wish: tuple[Expression, ...]) -> str:
        """See the class."""
        return f"{fact} >= {wish[0] or 'NULL'}"

    def points(self, fact: str, wish: tuple[Expression, ...], scale: Scale) -> str:
        """See the class."""
        return _points(fact, scale, self.met(fact, wish), _next_to(fact, wish[0], -1))


@dataclass(frozen=True, slots=True)
class AtMost:
    """1 up to the wished code, 1/2 one above, else 0."""

    def rule(self, fact: Code, wish: tuple[Code, ...]) -> Fraction | None:
        """See the class."""
        (most,) = wish
        if fact is None or most is None:
            return None
        return _by_steps(fact - most)

    def sql(self, fact: str, wish: tuple[Expression, ...]) -> str:
        """See the class."""
        most = wish[0]
        if most is None:
            return UNKNOWN
        return (
            f"CASE WHEN {fact} <= {most} THEN 1::float8 WHEN {fact} = {most} + 1 THEN 0.5::float8"
            f" WHEN {fact} > {most} THEN 0::float8 END"
        )

    def met(self, fact: str, wish: tuple[Expression, ...]) -> str:
        """See the class."""
        return f"{fact} <= {wish[0] or 'NULL'}"

    def points(self, fact: str, wish: tuple[Expression, ...], scale: Scale) -> str:
        """See the class."""
        return _points(fact, scale, self.met(fact, wish), _next_to(fact, wish[0], 1))


@dataclass(frozen=True, slots=True)
class Between:
    """1 inside both ends, 1/2 one code outside, else 0; either end may be missing, a missing end sets no limit."""

    def rule(self, fact: Code, wish: tuple[Code, ...]) -> Fraction | None:
        """See the class."""
        least, most = wish
        if fact is None or (least is None and most is None):
            return None
        below = 0 if least is None else least - fact
        above = 0 if most is None else fact - most
        return _by_steps(max(below, above))

    def sql(self, fact: str, wish: tuple[Expression, ...]) -> str:
        """See the class; GREATEST skips NULL, so that a missing end must be caught where both are columns."""
        least, most = wish
        if most is None:
            return AtLeast().sql(fact, (least,))
        if least is None:
            return AtMost().sql(fact, (most,))
        outside = f"greatest({least} - {fact}, {fact} - {most})"
        return (
            f"CASE WHEN {fact} IS NULL THEN {UNKNOWN} WHEN {outside} <= 0 THEN 1::float8"
            f" WHEN {outside} = 1 THEN 0.5::float8 WHEN {outside} > 1 THEN 0::float8 END"
        )

    def met(self, fact: str, wish: tuple[Expression, ...]) -> str:
        """See the class."""
        least, most = wish
        if most is None:
            return AtLeast().met(fact, (least,))
        if least is None:
            return AtMost().met(fact, (most,))
        return (
            f"CASE WHEN {least} IS NOT NULL OR {most} IS NOT NULL"
            f" THEN {fact} >= coalesce({least}, {fact}) AND {fact} <= coalesce({most}, {fact}) END"
        )

    def points(self, fact: str, wish: tuple[Expression, ...], scale: Scale) -> str:
        """See the class."""
        least, most = wish
        if most is None:
            return AtLeast().points(fact, (least,), scale)
        if least is None:
            return AtMost().points(fact, (most,), scale)
        inside = f"({fact} >= {least}) IS NOT FALSE AND ({fact} <= {most}) IS NOT FALSE"
        nearly = f"({fact} >= {_shifted(least, -1)}) IS NOT FALSE AND ({fact} <= {_shifted(most, 1)}) IS NOT FALSE"
        return _points(fact, scale, inside, nearly)


@dataclass(frozen=True, slots=True)
class AnyOf:
    """1 if fact and wish share one of their ticks, else 0."""

    def rule(self, fact: Code, wish: tuple[Code, ...]) -> Fraction | None:
        """See the class."""
        (wanted,) = wish
        if fact is None or wanted is None:
            return None
        return ONE if fact & wanted else ZERO

    def sql(self, fact: str, wish: tuple[Expression, ...]) -> str:
        """See the class."""
        return f"({self.met(fact, wish)})::int::float8"

    def met(self, fact: str, wish: tuple[Expression, ...]) -> str:
        """See the class."""
        return f"{fact}::int & {wish[0] or 'NULL'}::int <> 0"

    def points(self, fact: str, wish: tuple[Expression, ...], scale: Scale) -> str:
        """See the class."""
        return _points(fact, scale, self.met(fact, wish))


@dataclass(frozen=True, slots=True)
class AllOf:
    """1 if every wished tick is there, 1/2 if some are, else 0."""

    def rule(self, fact: Code, wish: tuple[Code, ...]) -> Fraction | None:
        """See the class."""
        (wanted,) = wish
        if fact is None or wanted is None:
            return None
        if fact & wanted == wanted:
            return ONE
        return HALF if fact & wanted else ZERO

    def sql(self, fact: str, wish: tuple[Expression, ...]) -> str:
        """See the class."""
        both = f"{fact}::int & {wish[0] or 'NULL'}::int"
        return (
            f"CASE WHEN {self.met(fact, wish)} THEN 1::float8 WHEN {both} <> 0 THEN 0.5::float8"
            f" WHEN {both} = 0 THEN 0::float8 END"
        )

    def met(self, fact: str, wish: tuple[Expression, ...]) -> str:
        """See the class."""
        wanted = f"{wish[0] or 'NULL'}::int"
        return f"{fact}::int & {wanted} = {wanted}"

    def points(self, fact: str, wish: tuple[Expression, ...], scale: Scale) -> str:
        """See the class."""
        return _points(fact, scale, self.met(fact, wish), AnyOf().met(fact, wish))


@dataclass(frozen=True, slots=True)
class Plainly:
    """A wish without a value: 1 for yes, 0 for no."""

    def rule(self, fact: Code, wish: tuple[Code, ...]) -> Fraction | None:  # noqa: ARG002 - the wish is a plain yes
        """See the class."""
        return None if fact is None else Fraction(fact)

    def sql(self, fact: str, wish: tuple[Expression, ...]) -> str:  # noqa: ARG002 - the wish is a plain yes
        """See the class."""
        return f"{fact}::float8"

    def met(self, fact: str, wish: tuple[Expression, ...]) -> str:  # noqa: ARG002 - the wish is a plain yes
        """See the class."""
        return f"{fact} = 1"

    def points(self, fact: str, wish: tuple[Expression, ...], scale: Scale) -> str:  # noqa: ARG002 - the wish is a plain yes
        """See the class."""
        return _points(fact, scale, f"{fact} = 1")


@dataclass(frozen=True, slots=True)
class Within:
    """Whole kilometres: 1 up to the wished number, then falling evenly to 0 at twice that number."""

    def rule(self, fact: Code, wish: tuple[Code, ...]) -> Fraction | None:
        """See the class."""
        (most,) = wish
        if fact is None or most is None:
            return None
        if fact <= most:
            return ONE
        return ZERO if fact >= 2 * most else 2 - Fraction(fact, most)

    def sql(self, fact: str, wish: tuple[Expression, ...]) -> str:
        """See the class; the divisor is cast, because whole numbers would be divided as such."""
        most = wish[0]
        if most is None:
            return UNKNOWN
        return (
            f"CASE WHEN {fact} <= {most} THEN 1::float8 WHEN {fact} >= 2 * {most} THEN 0::float8"
            f" WHEN {fact} > {most} THEN 2 - {fact} / {most}::float8 END"
        )

    def met(self, fact: str, wish: tuple[Expression, ...]) -> str:
        """See the class."""
        return f"{fact} <= {wish[0] or 'NULL'}"

    def points(self, fact: str, wish: tuple[Expression, ...], scale: Scale) -> str:
        """See the class."""
        most = wish[0] or "NULL"
        falling = f"{scale.full} * (2 - {fact} / {most}::float8)"
        return f"CASE WHEN {fact} <= {most} THEN {scale.full} WHEN {fact} < 2 * {most} THEN {falling} ELSE 0 END"


def _by_steps(steps_short: int) -> Fraction:
    """By how many codes a wish is missed: not at all 1, by one 1/2, by more 0."""
    if steps_short <= 0:
        return ONE
    return HALF if steps_short == 1 else ZERO


def _points(fact: str, scale: Scale, fully: str, half: str | None = None) -> str:
    """What is unknown is caught first, because a condition on it is neither true nor false."""
    halfway = "" if half is None else f" WHEN {half} THEN {scale.half}"
    return f"CASE WHEN {fact} IS NULL THEN {scale.unknown} WHEN {fully} THEN {scale.full}{halfway} ELSE 0 END"


def _next_to(fact: str, wish: Expression, by: int) -> str:
    """Whether the fact is one code beside the wish; of the two the bound one is shifted."""
    if isinstance(fact, Parameter):
        return f"{wish or 'NULL'} = {fact.shifted(-by)}"
    return f"{fact} = {_shifted(wish or 'NULL', by)}"


def _shifted(code: str, by: int) -> str:
    return code.shifted(by) if isinstance(code, Parameter) else f"{code} {'+' if by > 0 else '-'} {abs(by)}"
