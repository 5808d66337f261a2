"""Recomputes a public record from what it shows: points of steps, sums, thresholds, order, ties and the draw. Pure.

The engine is asked again, with a catalogue in which every criterion takes the points as they are shown. So sums, caps,
stages, thresholds, waves, the chain of comparisons and the draw are those of the engine, not a second copy of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any, ClassVar

from succession.allocation.catalogue import Applicant, Catalogue, Lottery, Prefer, TieBreak
from succession.allocation.conditions import Condition, Test
from succession.allocation.lottery import ticket
from succession.allocation.points import Result, evaluate
from succession.allocation.points_values import facts
from succession.allocation.rules import ZERO, Alone, Reached, Want
from succession.allocation.rules_field import RankOfBid
from succession.awards.record_build import order_told, total_told
from succession.awards.record_frame import Record, at
from succession.awards.record_lines import Line
from succession.awards.record_steps import is_possible, points_of
from succession.records.documents import DocumentError, mapping, number, required, sequence

Data = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wrong:
    """A line that does not follow from the others; `place` along the ledger."""

    place: int
    reason: str


@dataclass(frozen=True, slots=True)
class _AsShown(Alone):
    """Points as they stand in the record."""

    kind: ClassVar[str] = "as_shown"
    wants: ClassVar[Want] = Want.NUMBER

    @property
    def greatest(self) -> Fraction:
        """Not asked for: the shown points are weighted already."""
        return ZERO

    def reached(self, value: Fraction) -> Reached:
        """The same."""
        return Reached(value, value)


def recomputed(record: Record, catalogue: Catalogue, lot: Data) -> Iterator[Wrong]:
    """Every line of an open record that does not follow."""
    for place, line in record.every("points"):
        reason = _wrong_points(catalogue, line, at(place))
        if reason is not None:
            yield Wrong(place, reason)
    yield from _wrong_ranks(record, catalogue)
    result = result_as_shown(record, catalogue, lot)
    cards = {card.applicant.identifier: card for card in result.cards}
    for place, line in record.every("sum"):
        if line["letter"] not in cards:
            continue
        wanted = total_told(result, cards[line["letter"]])
        yield from (
            Wrong(place, f"{key} should be {_told(value)}") for key, value in wanted.items() if line.get(key) != value
        )
    place, line = record.first("order")
    ranking, reached = order_told(result, {letter: letter for letter in record.letters})
    for key, value in {"applies": result.applies, "ranking": ranking, **reached}.items():
        if line.get(key) != value:
            yield Wrong(place, f"{key} should be {_told(value)}")


def result_as_shown(record: Record, catalogue: Catalogue, lot: Data) -> Result:
    """What the engine says about the points that are shown."""
    shown = _as_shown(catalogue, record)
    stated = _statements(record, catalogue)
    applicants = [
        Applicant(letter, stated.get(letter, {}), withdrawn=state == "withdrawn")
        for letter, state in record.letters.items()
    ]
    return evaluate(shown, applicants, facts(lot, {}, "$.lot"))


def _as_shown(catalogue: Catalogue, record: Record) -> Catalogue:
    criteria = tuple(
        replace(one, rule=_AsShown(), reads=f"points:{one.identifier}", weight=None, equivalences=())
        for one in catalogue.criteria
    )
    exclusions = tuple(
        replace(one, condition=Condition(f"out:{one.identifier}", Test.EQUALS, True)) for one in catalogue.exclusions
    )
    waves = tuple(Condition(f"wave:{place}", Test.EQUALS, True) for place in range(len(catalogue.waves)))
    tie_breaks = tuple(
        one if one.fact is None else TieBreak(fact=one.fact, prefer=Prefer.LOWER) for one in catalogue.tie_breaks
    )
    lottery = None if catalogue.lottery is None else Lottery(drawn=_drawn(catalogue.lottery, record))
    return replace(
        catalogue,
        criteria=criteria,
        exclusions=exclusions,
        waves=waves,
        tie_breaks=tie_breaks,
        lottery=lottery,
    )


def _drawn(lottery: Lottery, record: Record) -> tuple[str, ...]:
    """The letters by their tickets; the ids of those who drew stand in their sums."""
    if lottery.seed is None:
        return lottery.drawn
    seed = lottery.seed
    codes = {line["letter"]: line["lottery_id"] for _, line in record.every("sum") if "lottery_id" in line}
    return tuple(sorted(codes, key=lambda letter: ticket(seed, lottery.round, str(codes[letter]))))


def _statements(record: Record, catalogue: Catalogue) -> dict[str, dict[str, Any]]:
    """By letter the points, as statements, and what else decides."""
    found: dict[str, dict[str, Any]] = {letter: {} for letter in record.letters}
    for place, line in record.every("points"):
        if not line.get("missing"):
            points = number(required(line, "points", at(place)), f"{at(place)}.points")
            found[line["letter"]][f"points:{line['criterion']}"] = points
    for place, line in record.every("sum"):
        found[line["letter"]] |= _beyond_points(catalogue, line, at(place))
    return found


def _beyond_points(catalogue: Catalogue, line: Line, path: str) -> dict[str, Any]:
    """What decides and is no line of points: exclusions, waves, ranks among equals."""
    floors = {criterion.identifier for criterion in catalogue.criteria}
    because = sequence(required(line, "excluded_because", path), f"{path}.excluded_because")
    found: dict[str, Any] = {f"out:{one}": True for one in because if one not in floors}
    if "wave" in line:
        found[f"wave:{number(line['wave'], path)}"] = True
    for name, rank in mapping(line.get("among_equals", {}), f"{path}.among_equals").items():
        found[name.removeprefix("fact:")] = number(rank, f"{path}.among_equals")
    return found


def _wrong_points(catalogue: Catalogue, line: Line, path: str) -> str | None:
    """Why points are not those of their step."""
    criterion = next((one for one in catalogue.criteria if one.identifier == line["criterion"]), None)
    if criterion is None:
        return f"there is no criterion {line['criterion']}"
    points = number(required(line, "points", path), f"{path}.points")
    try:
        wanted = points_of(criterion, line)
    except DocumentError as error:
        return error.reason
    if wanted is None:
        return None if is_possible(criterion, points) else f"{points} points cannot be reached here"
    return None if points == wanted else f"points should be {wanted}"


def _wrong_ranks(record: Record, catalogue: Catalogue) -> Iterator[Wrong]:
    """Ranks leave no gaps, and every rank of the lines is one of them."""
    named = {one.identifier for one in catalogue.criteria if isinstance(one.rule, RankOfBid)}
    listed = {line["criterion"]: (place, line) for place, line in record.every("offers")}
    if set(listed) != named:
        yield Wrong(record.first("order")[0], "the ranks of the offers are missing, or stand there for another line")
    for criterion, (place, line) in listed.items():
        ranks = [number(one, at(place)) for one in sequence(line["ranks"], at(place))]
        told = [
            number(one["step"], at(where))
            for where, one in record.every("points")
            if one["criterion"] == criterion and one.get("step") is not None
        ]
        if not _leaves_no_gap(ranks) or not _is_part(told, ranks):
            yield Wrong(place, "these ranks cannot come from offers, or do not fit the lines")


def _leaves_no_gap(ranks: Sequence[Fraction]) -> bool:
    """1, 2, 2, 4: each as the one before, or its own place."""
    return all(rank == place or (place > 1 and rank == ranks[place - 2]) for place, rank in enumerate(ranks, start=1))


def _is_part(some: Sequence[Fraction], of: Sequence[Fraction]) -> bool:
    """Whether all of `some` can be taken out of `of`."""
    left = list(of)
    for one in some:
        if one not in left:
            return False
        left.remove(one)
    return True


def _told(value: Any) -> str:
    """For a message."""
    return ", ".join(str(one) for one in value) if isinstance(value, list) else str(value)
