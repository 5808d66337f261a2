"""Conditions on stated facts, as exclusions, pre-filters and equivalence clauses use them. Pure."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from fractions import Fraction
from typing import Any

from succession.allocation.rules import Declared
from succession.records.documents import DocumentError, number

Facts = Mapping[str, Declared | None]


class Test(StrEnum):
    """How a fact is compared with the value of the condition."""

    __test__ = False

    EQUALS = "equals"
    NOT_EQUALS = "not_equals"
    LESS_THAN = "less_than"
    AT_MOST = "at_most"
    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    ONE_OF = "one_of"


_NUMBERS: dict[Test, Callable[[Fraction, Fraction], bool]] = {
    Test.LESS_THAN: lambda fact, value: fact < value,
    Test.AT_MOST: lambda fact, value: fact <= value,
    Test.MORE_THAN: lambda fact, value: fact > value,
    Test.AT_LEAST: lambda fact, value: fact >= value,
}
NUMERIC = frozenset(_NUMBERS)


@dataclass(frozen=True, slots=True)
class Condition:
    """A fact and what is asked of it; what is not stated never fulfils a condition."""

    field: str
    test: Test
    value: Any

    def holds(self, facts: Facts) -> bool:
        """Whether the fact is stated and is as asked."""
        fact = comparable(facts.get(self.field))
        if fact is None:
            return False
        if self.test in NUMERIC:
            return isinstance(fact, Fraction) and _NUMBERS[self.test](fact, self.value)
        if self.test is Test.ONE_OF:
            return any(_same(fact, value) for value in self.value)
        return _same(fact, self.value) == (self.test is Test.EQUALS)


def comparable(value: Any) -> Any:
    """A number however it is written, else the value itself."""
    if isinstance(value, str):
        try:
            return number(value, "")
        except DocumentError:
            return value
    return value


def _same(fact: Any, value: Any) -> bool:
    """True is not 1."""
    return isinstance(fact, bool) == isinstance(value, bool) and bool(fact == value)
