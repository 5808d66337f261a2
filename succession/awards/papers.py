"""Papers of a lot: what a council paper and an award notice show, with names or with letters. Pure."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from fractions import Fraction

from succession.allocation import explanation
from succession.allocation.catalogue import Catalogue
from succession.allocation.points import Result
from succession.allocation.scorecards import Scorecard
from succession.allocation.wording import Wordings, figure, named
from succession.awards.record_lines import letters
from succession.awards.told import taken_off
from succession.i18n import Text

SIDE_BY_SIDE = 6
"""So many applicants stand beside one another in a table on A4."""


@dataclass(frozen=True, slots=True)
class Ranked:
    """One applicant in the ranking."""

    place: int | None
    who: str
    total: Text | None
    """Nothing where the sum would tell what only the scoring office may know."""
    because: tuple[Text, ...]
    """Why somebody has no place."""
    is_proposed: bool


@dataclass(frozen=True, slots=True)
class PointsTable:
    """The points of some applicants, line by line."""

    who: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Text, ...]], ...]
    off: tuple[tuple[str, tuple[Text, ...]], ...] = ()
    """What limits take off, by group: without it nobody could add the lines up."""
    sums: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Rule:
    """One line of the principles."""

    label: str
    most: Text
    why: str
    sentences: tuple[Text, ...]


@dataclass(frozen=True, slots=True)
class Declaration:
    """What somebody has declared about an interest."""

    who: str
    capacity: Text
    has_interest: bool


@dataclass(frozen=True, slots=True)
class Money:
    """The price of a lot beside what is usual."""

    price: Text | None
    reference: Text | None
    source: str
    on: date | None
    gap: Text | None
    over_term: Text | None
    is_above_de_minimis: bool
    is_yearly: bool = False
    """Whether the amounts are for each year, as with a lease."""


@dataclass(frozen=True, slots=True)
class Signed:
    """Who prepared the lot, and who checked it."""

    prepared_by: str = ""
    prepared_at: datetime | None = None
    checked_by: str = ""
    checked_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Paper:
    """The paper that the office puts before the body."""

    is_public: bool
    call_title: str
    owner_name: str
    lot_number: int
    lot_name: str
    principles_name: str
    principles_id: str
    rules: tuple[Rule, ...]
    unscored: tuple[str, ...]
    ranking: tuple[Ranked, ...]
    tables: tuple[PointsTable, ...]
    is_sealed: bool
    money: Money
    public_interest: str
    de_minimis_note: str
    simulations: tuple[Text, ...]
    declarations: tuple[Declaration, ...]
    proposed: str | None
    note: str
    signed: Signed
    run_number: int
    run_hash: str


def letters_by_chance(codes: Iterable[str], seed: str) -> dict[str, str]:
    """A letter for everyone that tells no place: in the order of a checksum, the same at every printing."""
    ordered = sorted(codes, key=lambda code: hashlib.sha256(f"{seed}\x1f{code}".encode()).hexdigest())
    return dict(zip(ordered, letters(), strict=False))


def ranked(
    catalogue: Catalogue,
    result: Result,
    called: Mapping[str, str],
    words: Wordings,
    *,
    proposed: str | None,
    sums: bool,
) -> tuple[Ranked, ...]:
    """Those with a place first, then the others by what they are called."""
    cards = {card.applicant.identifier: card for card in result.cards}
    rest = sorted((code for code in cards if code not in result.ranking), key=lambda code: called[code])
    return tuple(
        Ranked(
            place=result.ranking.index(code) + 1 if code in result.ranking else None,
            who=called[code],
            total=_number(cards[code]) if sums else None,
            because=explanation.not_ranked_because(catalogue, result, cards[code], words) if sums else (),
            is_proposed=code == proposed,
        )
        for code in (*result.ranking, *rest)
    )


def points_tables(
    result: Result,
    called: Mapping[str, str],
    words: Wordings,
    *,
    catalogue: Catalogue,
    shown: Callable[[str], bool],
) -> tuple[PointsTable, ...]:
    """Line by line, a few applicants side by side, in the order of the ranking."""
    cards = {card.applicant.identifier: card for card in result.cards}
    order = [*result.ranking, *(code for code in cards if code not in result.ranking)]
    parts = [order[start : start + SIDE_BY_SIDE] for start in range(0, len(order), SIDE_BY_SIDE)]
    tables = (_table([cards[code] for code in part], called, words, shown) for part in parts)
    if not all(shown(line.criterion) for card in cards.values() for line in card.lines):
        return tuple(tables)
    return tuple(
        replace(table, off=_off(catalogue, [cards[code] for code in part], words), sums=_sums(cards, part))
        for table, part in zip(tables, parts, strict=True)
    )


def _off(catalogue: Catalogue, cards: Sequence[Scorecard], words: Wordings) -> tuple[tuple[str, tuple[Text, ...]], ...]:
    taken = [dict(taken_off(catalogue, card)) for card in cards]
    groups = dict.fromkeys(group for one in taken for group in one)
    return tuple(
        (named(words, group), tuple(_figure(one.get(group, Fraction(0))) for one in taken)) for group in groups
    )


def _sums(cards: Mapping[str, Scorecard], part: Sequence[str]) -> tuple[Text, ...]:
    return tuple(_number(cards[code]) for code in part)


def _table(
    cards: Sequence[Scorecard], called: Mapping[str, str], words: Wordings, shown: Callable[[str], bool]
) -> PointsTable:
    lines = [line.criterion for line in cards[0].lines if shown(line.criterion)]
    rows = tuple((words[one].label, tuple(_figure(card.points[one]) for card in cards)) for one in lines)
    return PointsTable(tuple(called[card.applicant.identifier] for card in cards), rows)


def _number(card: Scorecard) -> Text:
    return _figure(card.total)


def _figure(value: Fraction) -> Text:
    return Text("%(figure)s", {"figure": figure(value)})


def blacked(text: str, words: Iterable[str], bar: str) -> str:
    """The text with a bar in place of every one of the words, the longest first."""
    for word in sorted({one.strip() for one in words if len(one.strip()) > 2}, key=len, reverse=True):
        text = text.replace(word, bar)
    return text


def leaks(text: str, words: Iterable[str]) -> tuple[str, ...]:
    """Which of the words still stand in a text that must not hold them."""
    return tuple(sorted({word for word in words if len(word.strip()) > 2 and word.strip() in text}))
