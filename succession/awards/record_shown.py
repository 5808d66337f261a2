"""The public record as people read it: the order, a card for each letter, the decision. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from fractions import Fraction
from typing import Any

from succession.allocation.catalogue import Criterion
from succession.allocation.rules_measures import Steps
from succession.allocation.wording import Wording, Wordings, amount, figure, named
from succession.awards.record_frame import Record, frame_of_case
from succession.awards.record_lines import Line
from succession.i18n import Text, Value
from succession.principles.document import PrincipleDocument, read
from succession.principles.wordings import wordings


@dataclass(frozen=True, slots=True)
class CardLine:
    """One criterion of a letter. `step` is empty where none was reached, or where it is not told."""

    label: str
    step: Text | None
    note: Text | None
    points: Text


@dataclass(frozen=True, slots=True)
class Card:
    """All that is told of one letter."""

    letter: str
    place: int | None
    state: Text | None
    lines: tuple[CardLine, ...]
    total: Text | None
    cut: tuple[tuple[str, Text, Text], ...]
    """Groups whose cap cut something off: before and after."""
    is_chosen: bool


@dataclass(frozen=True, slots=True)
class AwardShown:
    """The whole page."""

    title: str
    owner: str
    lot: str
    principles: PrincipleDocument
    cards: tuple[Card, ...]
    is_sealed: bool
    sealed_for_religion: bool
    behind: tuple[tuple[str, Text], ...]
    """What put a letter behind the one before it."""
    decision: Mapping[str, Any]
    decided_on: date
    made_at: date
    run_number: int
    record_hash: str


def award_shown(public: Mapping[str, Any], language: str) -> AwardShown:
    """The public form in words."""
    record = frame_of_case(public, "$")
    call, run = record.first("call")[1], record.first("run")[1]
    decision = record.first("decision")[1]
    document = read(record.first("principles")[1]["document"])
    because = record.first("sealed")[1]["because"]
    words = wordings(document, language)
    order = record.first("order")[1]
    return AwardShown(
        title=call["title"],
        owner=call["owner"],
        lot=f"{call['lot']['number']} · {call['lot']['name']}" if call["lot"]["name"] else str(call["lot"]["number"]),
        principles=document,
        cards=_cards(record, document, words, decision["letter"]),
        is_sealed=bool(because),
        sealed_for_religion=any(one["because"] == "special_category" for one in because),
        behind=_behind(order, words),
        decision=decision,
        decided_on=date.fromisoformat(decision["decided_on"]),
        made_at=date.fromisoformat(run["made_at"]),
        run_number=run["number"],
        record_hash=record.record_hash,
    )


def _cards(record: Record, document: PrincipleDocument, words: Wordings, chosen: str | None) -> tuple[Card, ...]:
    """Those with a place first."""
    ranking: Sequence[str] = record.first("order")[1]["ranking"]
    criteria = {one.identifier: one for one in document.catalogue.criteria}
    lines: dict[str, list[CardLine]] = {letter: [] for letter in record.letters}
    for _, line in record.every("points"):
        if "points" in line:
            lines[line["letter"]].append(_line(line, criteria[line["criterion"]], words))
    sums = {line["letter"]: line for _, line in record.every("sum")}
    places = {letter: place for place, letter in enumerate(ranking, start=1)}
    cards = [
        Card(
            letter=letter,
            place=places.get(letter),
            state=_state(state, sums.get(letter), places.get(letter), words),
            lines=tuple(lines[letter]),
            total=_total(sums.get(letter)),
            cut=_cut(sums.get(letter), words),
            is_chosen=letter == chosen,
        )
        for letter, state in record.letters.items()
    ]
    return tuple(sorted(cards, key=lambda card: (card.place is None, card.place or 0)))


def _line(line: Line, criterion: Criterion, words: Wordings) -> CardLine:
    wording = words.get(criterion.identifier, Wording(criterion.identifier))
    note = None
    if line.get("missing"):
        note = Text("not stated or not proven")
    elif line.get("applies") is False:
        note = Text("does not count for this lot")
    elif "clause" in line:
        note = Text(
            "counts by the clause “%(clause)s”", {"clause": wording.choices.get(line["clause"], line["clause"])}
        )
    return CardLine(wording.label, _step(line, criterion, wording), note, _figure(line["points"]))


_STEPS = {
    "rank": Text("rank %(bare)s"),
    "vs_trimmed_mean": Text("step %(bare)s"),
    "vs_reference": Text("step %(bare)s"),
    "linear": Text("rounded %(figure)s"),
    "steps": Text("from %(figure)s"),
    "upper_steps": Text("up to %(figure)s"),
}


def _step(line: Line, criterion: Criterion, wording: Wording) -> Text | None:
    """The step in words; the figure that somebody stated is not known here."""
    step = line.get("step")
    if step is None:
        return None
    if isinstance(step, bool):
        return Text("yes") if step else Text("no")
    if criterion.rule.kind == "category":
        return Text("%(step)s", {"step": wording.choices.get(step, step)})
    told = _STEPS.get(_kind(criterion), Text("%(bare)s"))
    figures: dict[str, Value] = {"figure": amount(Fraction(step), wording.unit), "bare": figure(Fraction(step))}
    return replace(told, values=figures)


def _kind(criterion: Criterion) -> str:
    is_upper = isinstance(criterion.rule, Steps) and criterion.rule.ladder.upper
    return "upper_steps" if is_upper else criterion.rule.kind


def _state(state: str, line: Line | None, place: int | None, words: Wordings) -> Text | None:
    if state == "withdrawn":
        return Text("withdrawn")
    if line is not None and line.get("excluded_because"):
        names = ", ".join(named(words, one) for one in line["excluded_because"])
        return Text("out: %(reasons)s", {"reasons": names})
    if line is not None and line.get("below_threshold"):
        return Text("below the least number of points")
    return None if place is not None else Text("not ranked")


def _total(line: Line | None) -> Text | None:
    return _figure(line["total"]) if line is not None and "total" in line else None


def _cut(line: Line | None, words: Wordings) -> tuple[tuple[str, Text, Text], ...]:
    groups = {} if line is None else line.get("groups", {})
    return tuple(
        (named(words, name), _figure(one["sum"]), _figure(one["counted"]))
        for name, one in groups.items()
        if one["sum"] != one["counted"]
    )


def _behind(order: Line, words: Wordings) -> tuple[tuple[str, Text], ...]:
    """Only what is not simply fewer points."""
    found = []
    for letter, by in zip(order["ranking"], order.get("separated_by", ()), strict=False):
        match (by or "").partition(":"):
            case ("criterion", _, name):
                found.append((letter, Text("by the points for “%(criterion)s”", {"criterion": named(words, name)})))
            case ("fact", _, name):
                found.append((letter, Text("by the statement “%(question)s”", {"question": named(words, name)})))
            case ("lot", _, _):
                found.append((letter, Text("by the draw of lots")))
            case ("wave", _, _):
                found.append((letter, Text("because others come first by the principles")))
            case ("total_with_more_digits", _, _):
                found.append((letter, Text("by more digits of the total")))
    return tuple(found)


def _figure(value: str) -> Text:
    return Text("%(figure)s", {"figure": figure(Fraction(value))})
