"""What the commands print for people: the answers to open documents as lines of sentences. Pure."""

from collections.abc import Iterator, Mapping
from fractions import Fraction
from typing import Any

from succession.allocation.catalogue import Catalogue
from succession.allocation.comparing import Comparison, Move, Under
from succession.allocation.explanation import not_ranked_because, sentences, total_sentence, why_behind
from succession.allocation.points import Result
from succession.allocation.wording import Wording, Wordings, figure
from succession.i18n import Text, Value

HUNDRED = 100
MOST_REASONS = 3


def wordings(catalogue: Mapping[str, Any], language: str) -> Wordings:
    """Labels of a catalogue's document, as text or by language; what has none is called by its id."""
    parts = [one for key in ("criteria", "exclusions", "stages") for one in catalogue.get(key, [])]
    return {one["id"]: Wording(_label(one, language)) for one in parts if "label" in one}


def _label(part: Mapping[str, Any], language: str) -> str:
    label = part["label"]
    return str(label.get(language) or part["id"]) if isinstance(label, Mapping) else str(label)


def scored(catalogue: Catalogue, result: Result, words: Wordings) -> Iterator[tuple[int, Text]]:
    """The ranking with what separates it, who is out, and every scorecard; with how far each line is set in."""
    if not result.applies:
        yield 0, Text("These principles do not apply to this lot.")
        return
    yield 0, Text("Ranking")
    cards = {card.applicant.identifier: card for card in result.cards}
    for place, name in enumerate(result.ranking, start=1):
        yield 1, Text("%(place)s. %(name)s", {"place": place, "name": name})
        yield 2, total_sentence(catalogue, cards[name])
        yield from ((2, said) for said in why_behind(catalogue, result, name, words))
    for name, card in cards.items():
        reasons = not_ranked_because(catalogue, result, card, words)
        if reasons:
            yield 1, Text("No place: %(name)s", {"name": name})
            yield from ((2, said) for said in reasons)
    for name, card in cards.items():
        yield 0, Text("Points of %(name)s", {"name": name})
        for criterion, line in zip(catalogue.criteria, card.lines, strict=True):
            wording = words.get(criterion.identifier, Wording(criterion.identifier))
            yield 1, Text("%(label)s", {"label": wording.label})
            yield from ((2, said) for said in sentences(line, criterion, wording))


def compared(found: Comparison, names: tuple[str, str], words: Wordings) -> Iterator[tuple[int, Text]]:
    """Who would win under each, where the winner turns, and who rises or falls by what."""
    for name, under in zip(names, (found.first, found.second), strict=True):
        yield from ((0, said) for said in _winner(name, under))
    turns = found.turns[1:] if found.turns else ()
    for turn in turns:
        values = {"percent": figure(turn.at * HUNDRED), "second": names[1], "name": turn.winner}
        yield 0, Text("From %(percent)s percent of %(second)s on, %(name)s is first.", values)
    if found.turns is not None and not turns:
        yield 0, Text("No blend of both changes who is first.")
    for move in found.moves:
        yield 0, _moved(move)
        for criterion, share in move.because[:MOST_REASONS]:
            label = words.get(criterion, Wording(criterion)).label
            values = {"criterion": label, "share": _signed(share)}
            yield 1, Text("%(criterion)s: %(share)s percent of the greatest total.", values)


def _winner(name: str, under: Under) -> Iterator[Text]:
    if under.winner is None:
        yield Text("%(principles)s: nobody has a place.", {"principles": name})
        return
    yield Text("%(principles)s: first is %(name)s.", {"principles": name, "name": under.winner})
    if under.lead is not None:
        percent = figure(under.lead * HUNDRED)
        yield Text("Ahead of the second by %(percent)s percent of the greatest total.", {"percent": percent})


def _moved(move: Move) -> Text:
    if move.before is None or move.after is None:
        before, after = (Text("no place") if place is None else place for place in (move.before, move.after))
        return Text("%(name)s: %(before)s → %(after)s", {"name": move.applicant, "before": before, "after": after})
    values: dict[str, Value] = {"name": move.applicant, "before": move.before, "after": move.after}
    if move.after < move.before:
        return Text("%(name)s rises from place %(before)s to place %(after)s.", values)
    if move.after > move.before:
        return Text("%(name)s falls from place %(before)s to place %(after)s.", values)
    return Text("%(name)s stays at place %(after)s.", values)


def _signed(share: Fraction) -> str:
    percent = round(share * HUNDRED, 1)
    return f"{float(percent):+g}"
