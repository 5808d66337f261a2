"""An outlook in the words of one language, ready for a page or a paper: sentences, shares in percent, places. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

from succession.allocation.comparing import Comparison, Move
from succession.allocation.explanation_nearest import way_sentences
from succession.allocation.wording import Wordings, named
from succession.i18n import Text
from succession.principles.document import PrincipleDocument
from succession.principles.texts import in_language
from succession.principles.wordings import wordings
from succession.simulation.outlook import Outcome, Outlook, Standing

HUNDRED = 100
CLOSE = 5
CLEAR = 15
MOST_REASONS = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One contender under one set."""

    name: str
    summary: str
    place: int | None
    percent: int | None
    out_because: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Panel:
    """One set: who would be first, how close it is, and what would change it."""

    key: str
    title: str
    identifier: str
    firsts: tuple[str, ...]
    second: str | None
    closeness: Text
    ways: tuple[tuple[Text, ...], ...] | None
    rows: tuple[Row, ...]
    has_gaps: bool


@dataclass(frozen=True, slots=True)
class Mover:
    """One contender under two sets; `because` are criteria with what they change, in percent of all points."""

    name: str
    before: int | None
    after: int | None
    direction: str
    because: tuple[tuple[str, int], ...]


@dataclass(frozen=True, slots=True)
class Pair:
    """The first set and another one; `turns` None: no sum decides, so they cannot be blended."""

    first: str
    second: str
    movers: tuple[Mover, ...]
    turns: tuple[tuple[int, str], ...] | None


@dataclass(frozen=True, slots=True)
class Shown:
    """All of it."""

    verdict: Text
    panels: tuple[Panel, ...]
    pairs: tuple[Pair, ...]


def shown(found: Outlook, language: str) -> Shown:
    """In the words of this language."""
    names = {one.identifier: in_language(one.name, language) for one in found.contenders}
    panels = tuple(_panel(outcome, names, language) for outcome in found.outcomes)
    pairs = tuple(
        _pair(found.outcomes[0], outcome, comparison, names, language)
        for outcome, comparison in zip(found.outcomes[1:], found.comparisons, strict=True)
    )
    if not any(outcome.firsts for outcome in found.outcomes):
        verdict = Text("Under none of these sets would anybody have a place.")
    elif found.agree:
        verdict = Text("Under all these sets the same would be first.")
    else:
        verdict = Text("These sets do not put the same first. What you adopt decides who gets the land.")
    return Shown(verdict, panels, pairs)


def percent(share: Fraction) -> int:
    """A share as people say it."""
    return round(share * HUNDRED)


def _panel(outcome: Outcome, names: Mapping[str, str], language: str) -> Panel:
    words = wordings(outcome.document, language)
    return Panel(
        key=outcome.document.key,
        title=in_language(outcome.title, language),
        identifier=outcome.document.identifier,
        firsts=tuple(names[one.identifier] for one in outcome.firsts),
        second=names[outcome.second.identifier] if outcome.second else None,
        closeness=_closeness(outcome),
        ways=None if outcome.ways is None else tuple(way_sentences(way, words) for way in outcome.ways),
        rows=tuple(_row(one, words, language) for one in outcome.standings),
        has_gaps=bool(outcome.document.unscored),
    )


def _row(standing: Standing, words: Wordings, language: str) -> Row:
    return Row(
        name=in_language(standing.contender.name, language),
        summary=in_language(standing.contender.summary, language),
        place=standing.place,
        percent=None if standing.share is None else percent(standing.share),
        out_because=tuple(named(words, one) for one in standing.out_because),
    )


def _closeness(outcome: Outcome) -> Text:
    """How safe the first place is, in words."""
    if not outcome.firsts:
        return Text("Nobody would have a place.")
    if len(outcome.firsts) > 1:
        return Text("They are equal. The lot would decide.")
    if outcome.second is None:
        return Text("Nobody else would have a place.")
    if outcome.lead is None:
        return _without_lead(outcome)
    return _ahead(outcome.lead)


def _without_lead(outcome: Outcome) -> Text:
    if len(outcome.document.catalogue.criteria) == 1:
        return Text("A single criterion decides here.")
    return Text("An order decides here, no sum. So there is no lead in points.")


def _ahead(lead: Fraction) -> Text:
    if lead == 0:
        return Text("The first two have equally many points. Only what comes after the points separates them.")
    ahead = {"percent": percent(lead)}
    if lead * HUNDRED < CLOSE:
        return Text("It is close: %(percent)s percent of all points ahead of the second.", ahead)
    if lead * HUNDRED < CLEAR:
        return Text("It is fairly clear: %(percent)s percent of all points ahead of the second.", ahead)
    return Text("It is clear: %(percent)s percent of all points ahead of the second.", ahead)


def _pair(first: Outcome, second: Outcome, comparison: Comparison, names: Mapping[str, str], language: str) -> Pair:
    labels = {**_labels(first.document, language), **_labels(second.document, language)}
    before, after = _places(first), _places(second)
    moves = [
        replace(move, before=before.get(move.applicant), after=after.get(move.applicant)) for move in comparison.moves
    ]
    turns = comparison.turns
    return Pair(
        first=in_language(first.title, language),
        second=in_language(second.title, language),
        movers=tuple(_mover(move, names, labels) for move in _by_place(moves)),
        turns=None if turns is None else tuple((percent(turn.at), names[turn.winner]) for turn in turns if turn.at < 1),
    )


def _places(outcome: Outcome) -> dict[str, int | None]:
    """With shared places, as the tables show them."""
    return {one.contender.identifier: one.place for one in outcome.standings}


def _labels(document: PrincipleDocument, language: str) -> dict[str, str]:
    return {identifier: in_language(words.label, language) for identifier, words in document.words.items()}


def _by_place(moves: Sequence[Move]) -> list[Move]:
    return sorted(moves, key=lambda move: (move.before is None, move.before or 0))


def _mover(move: Move, names: Mapping[str, str], labels: Mapping[str, str]) -> Mover:
    """Only what pushes the way they move is a reason; without a move, whatever changes most."""
    direction = _direction(move)
    pushes = [(key, change) for key, change in move.because if _pushes(change, direction) and percent(change)]
    return Mover(
        name=names[move.applicant],
        before=move.before,
        after=move.after,
        direction=direction,
        because=tuple((labels.get(key, key), percent(change)) for key, change in pushes[:MOST_REASONS]),
    )


def _pushes(change: Fraction, direction: str) -> bool:
    return {"up": change > 0, "down": change < 0}.get(direction, True)


def _direction(move: Move) -> str:
    if move.before == move.after:
        return "same"
    if move.after is None:
        return "out"
    if move.before is None:
        return "in"
    return "up" if move.after < move.before else "down"
