"""What is published of a seeker and a search: codes only, made from the exact facts. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from succession.facts.coding import StatedWish, counting, fact_codes, shown_wishes, wish_codes
from succession.facts.kinds import EVERY_KIND, Kind
from succession.facts.limits import ExactValue
from succession.facts.seeker import SEEKER_FIELDS
from succession.facts.wishes import SEARCH_WISHES

MATCHED_FACTS = tuple(field.name for field in SEEKER_FIELDS if field.is_matched)


@dataclass(frozen=True, slots=True)
class SearchStatements:
    """All that a seeker has said about themselves and one search, exactly."""

    kinds: frozenset[Kind]
    radius_km: int
    facts: Mapping[str, ExactValue]
    wishes: tuple[StatedWish, ...] = ()


def publish_search(statements: SearchStatements) -> dict[str, int | None]:
    """The columns of `published_search` but for id, place and time."""
    codes = published_facts(statements.facts)
    wishes = counting(SEARCH_WISHES, statements.wishes, statements.kinds)
    return {
        "radius_km": statements.radius_km,
        "kinds": kind_bits(statements.kinds),
        **{name: codes.get(name) for name in MATCHED_FACTS},
        **wish_codes(SEARCH_WISHES, wishes),
    }


def published_facts(facts: Mapping[str, ExactValue]) -> dict[str, int]:
    """The codes that owners of offers may read, of every fact that is stated."""
    return fact_codes(SEEKER_FIELDS, facts, EVERY_KIND)


def published_wishes(statements: SearchStatements) -> dict[str, Any]:
    """What owners of offers may read of the seeker's wishes."""
    return shown_wishes(counting(SEARCH_WISHES, statements.wishes, statements.kinds))


def kind_bits(kinds: Iterable[Kind]) -> int:
    """One bit for each kind, at the place of its code."""
    return sum(1 << kind.code for kind in set(kinds))


def stated_wishes(rows: Iterable[Any]) -> tuple[StatedWish, ...]:
    """The statements behind rows that have a criterion, an importance and values."""
    return tuple(StatedWish(row.criterion, row.importance, dict(row.values)) for row in rows)
