"""A draft tried on the sample farms: what each earns under every criterion, and who would come first. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from succession.allocation.catalogue import Applicant, Criterion
from succession.allocation.explanation import rule_sentences
from succession.allocation.points import Result, evaluate
from succession.allocation.points_values import declared, facts, rules_by_field
from succession.allocation.reachable import greatest
from succession.allocation.rules import ONE, ZERO, Rule
from succession.allocation.scorecards import Scorecard
from succession.allocation.wording import Wordings
from succession.i18n import Text
from succession.principles.document import PrincipleDocument
from succession.principles.sample_farms import Farm, sample_lot, values
from succession.principles.texts import in_language
from succession.principles.wordings import wordings
from succession.records.documents import DocumentError


@dataclass(frozen=True, slots=True)
class Tried:
    """One farm: its place (None where it has none) and its scorecard."""

    farm: Farm
    place: int | None
    card: Scorecard
    is_out: bool
    shares_place: bool

    @property
    def total(self) -> Fraction:
        """The sum of its points."""
        return self.card.total


@dataclass(frozen=True, slots=True)
class Trial:
    """All farms, best first, and what decides between them."""

    document: PrincipleDocument
    result: Result
    farms: tuple[Tried, ...]
    most: Fraction
    unanswered: tuple[str, ...]
    """Questions that no farm answers: their criteria earn nothing here."""


def try_out(document: PrincipleDocument, farms: Sequence[Farm]) -> Trial:
    """The farms scored; they answer as `answering` left it."""
    rules = rules_by_field(document.catalogue)
    applicants = [Applicant(farm.key, facts(values(document, farm), rules, "$")) for farm in farms]
    result = evaluate(document.catalogue, applicants, sample_lot(document.catalogue))
    cards = {card.applicant.identifier: card for card in result.cards}
    places = _places(result)
    by_key = {farm.key: farm for farm in farms}
    tried = [
        Tried(
            by_key[key], places.get(key), card, key not in places, list(places.values()).count(places.get(key, 0)) > 1
        )
        for key, card in cards.items()
    ]
    tried.sort(key=lambda one: (one.place is None, one.place or 0))
    asked = {question.identifier for question in document.questions}
    unanswered = tuple(sorted(one for one in asked if not any(one in card.applicant.facts for card in result.cards)))
    return Trial(document, result, tuple(tried), greatest(document.catalogue), unanswered)


def answering(document: PrincipleDocument, farms: Sequence[Farm], own_answers: Mapping[str, Any]) -> tuple[Farm, ...]:
    """The farms with this draft's own answers (by farm and question), without those that do not fit their question."""
    rules = rules_by_field(document.catalogue)
    found = []
    for farm in farms:
        said = {**farm.answers, **own_answers.get(farm.key, {})}
        fitting = {
            question.identifier: said[question.identifier]
            for question in document.questions
            if fits(question.identifier, said.get(question.identifier), rules)
        }
        found.append(replace(farm, answers=fitting))
    return tuple(found)


def fits(field: str, said: Any, rules: Mapping[str, Sequence[Rule]]) -> bool:
    """Whether an answer can be read by the rules that look at it."""
    if said is None:
        return False
    try:
        declared(said, rules.get(field, ()), "$")
    except DocumentError:
        return False
    return True


def _places(result: Result) -> dict[str, int]:
    """Places from 1; whom only the lot would separate share one."""
    places: dict[str, int] = {}
    together = {name: group for group in result.undecided for name in group}
    for number, name in enumerate(result.ranking, start=1):
        group = together.get(name, ())
        earlier = [places[other] for other in group if other in places]
        places[name] = earlier[0] if earlier else number
    return places


@dataclass(frozen=True, slots=True)
class Row:
    """One criterion in the points table of the editor."""

    identifier: str
    label: str
    kind: str
    rule: tuple[Text, ...]
    most: Fraction | None
    group: str | None
    is_relative: bool
    share: Fraction
    """Of all points that can be reached."""
    earned: tuple[tuple[str, Fraction], ...]
    """What each sample farm earns here, by its name, most first."""


def rows_of(draft: Mapping[str, Any], trial: Trial | None, language: str) -> tuple[Row, ...]:
    """Every criterion of the draft; with what the farms earn, if the draft can be scored."""
    if trial is None:
        return tuple(
            Row(
                one["id"], in_language(one["label"], language), one["kind"], (), None, one.get("group"), False, ZERO, ()
            )
            for one in draft["catalogue"]["criteria"]
        )
    words = wordings(trial.document, language)
    whole = sum((_most(one) for one in trial.document.catalogue.criteria), ZERO) or ONE
    return tuple(_row(trial, criterion, words, whole, language) for criterion in trial.document.catalogue.criteria)


def _row(trial: Trial, criterion: Criterion, words: Wordings, whole: Fraction, language: str) -> Row:
    earned = [
        (in_language(one.farm.name, language), one.card.points[criterion.identifier])
        for one in sorted(trial.farms, key=lambda one: -one.card.points[criterion.identifier])
    ]
    wording = words[criterion.identifier]
    return Row(
        identifier=criterion.identifier,
        label=wording.label,
        kind=criterion.rule.kind,
        rule=rule_sentences(criterion, wording),
        most=_most(criterion),
        group=criterion.group,
        is_relative=criterion.rule.relative,
        share=_most(criterion) / whole,
        earned=tuple(earned),
    )


def _most(criterion: Criterion) -> Fraction:
    return criterion.rule.greatest if criterion.weight is None else criterion.weight
