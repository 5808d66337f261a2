"""What is published of an offer: codes only, made from its exact facts. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from succession.facts.coding import StatedWish, counting, fact_codes, shown_wishes, wish_codes
from succession.facts.kinds import Kind
from succession.facts.limits import ExactValue
from succession.facts.offer import OFFER_FIELDS
from succession.facts.wishes import OFFER_WISHES

MATCHED_FACTS = tuple(field.name for field in OFFER_FIELDS if field.is_matched)


@dataclass(frozen=True, slots=True)
class OfferStatements:
    """All that an owner has said about an offer, exactly."""

    kind: Kind
    facts: Mapping[str, ExactValue]
    wishes: tuple[StatedWish, ...] = ()


def publish_offer(statements: OfferStatements) -> dict[str, int | None]:
    """The columns of `published_offer` but for id, place and time."""
    codes = published_facts(statements)
    wishes = counting(OFFER_WISHES, statements.wishes, frozenset({statements.kind}))
    facts = {name: codes.get(name) for name in MATCHED_FACTS}
    return {"kind": statements.kind.code, **facts, **wish_codes(OFFER_WISHES, wishes)}


def published_facts(statements: OfferStatements) -> dict[str, int]:
    """The codes that anybody may read, of every stated fact that belongs to this kind of offer."""
    return fact_codes(OFFER_FIELDS, statements.facts, frozenset({statements.kind}))


def published_wishes(statements: OfferStatements) -> dict[str, Any]:
    """What anybody may read of the owner's wishes."""
    return shown_wishes(counting(OFFER_WISHES, statements.wishes, frozenset({statements.kind})))


def stated_wishes(rows: Iterable[Any]) -> tuple[StatedWish, ...]:
    """The statements behind rows that have a criterion, an importance and values."""
    return tuple(StatedWish(row.criterion, row.importance, dict(row.values)) for row in rows)
