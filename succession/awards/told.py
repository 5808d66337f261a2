"""What one applicant is told of a result: every line with its reason, the sum to check by pencil, the place. Pure.

Of the others it holds nothing but how many there are, and the total of the place before where that decided.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from fractions import Fraction

from succession.allocation import explanation
from succession.allocation.catalogue import Catalogue, Criterion
from succession.allocation.points import Result, compared_total
from succession.allocation.scorecards import Line, Scorecard
from succession.allocation.wording import Wordings, figure, named, points
from succession.i18n import Text
from succession.principles.document import PrincipleDocument
from succession.principles.texts import in_language
from succession.principles.wordings import wordings


@dataclass(frozen=True, slots=True)
class LineTold:
    """One criterion of the applicant's own card."""

    criterion: str
    label: str
    why: str
    """Why the principles have this criterion."""
    points: Text
    most: Text | None
    """The greatest number of points that the line can earn; nothing where it does not count."""
    reasons: tuple[Text, ...]
    is_missing: bool


@dataclass(frozen=True, slots=True)
class Told:
    """The applicant's own result. `place` is empty for whoever is out; `before` is empty for the first."""

    code: str
    place: int | None
    ranked: int
    admitted: int
    lines: tuple[LineTold, ...]
    cut: tuple[tuple[str, Text], ...]
    """Groups whose cap cuts something off, with what is taken off."""
    capped: tuple[Text, ...]
    """The same in words."""
    sum: Text
    """What stands under the column."""
    total: Text
    total_sentence: Text
    is_rounded: bool
    out_because: tuple[Text, ...]
    behind_because: tuple[Text, ...]

    @property
    def is_ranked(self) -> bool:
        """Whether the applicant has a place."""
        return self.place is not None


def told(document: PrincipleDocument, catalogue: Catalogue, result: Result, code: str, language: str) -> Told:
    """The result of one applicant; KeyError for somebody who has no card.

    `catalogue` is that of the run: the one of the principles with the lottery of the call.
    """
    words = wordings(document, language)
    card = {one.applicant.identifier: one for one in result.cards}[code]
    place = result.ranking.index(code) + 1 if code in result.ranking else None
    by_identifier = {one.identifier: one for one in catalogue.criteria}
    return Told(
        code=code,
        place=place,
        ranked=len(result.ranking),
        admitted=len(result.cards),
        lines=tuple(_line(document, by_identifier[line.criterion], line, words, language) for line in card.lines),
        cut=tuple(_off(catalogue, card, words)),
        capped=explanation.group_sentences(card, words),
        sum=_figure(card.total),
        total=points(card.total),
        total_sentence=explanation.total_sentence(catalogue, card),
        is_rounded=compared_total(catalogue, card) != card.total,
        out_because=explanation.not_ranked_because(catalogue, result, card, words),
        behind_because=explanation.why_behind(catalogue, result, code, words) if place is not None else (),
    )


def sums_up(catalogue: Catalogue, card: Scorecard) -> bool:
    """Whether the lines, and what is taken off them, add up to the total, as the letter says they do."""
    off = sum((points for _, points in taken_off(catalogue, card)), Fraction(0))
    return sum((line.points for line in card.lines), off) == card.total


def _off(catalogue: Catalogue, card: Scorecard, words: Wordings) -> Iterator[tuple[str, Text]]:
    for identifier, points_off in taken_off(catalogue, card):
        yield named(words, identifier), _figure(points_off)


def taken_off(catalogue: Catalogue, card: Scorecard) -> Iterator[tuple[str, Fraction]]:
    """By group or stage: what a cap cuts off, and the points of a stage that is only a threshold."""
    for stage in catalogue.stages:
        reached = sum((card.points[one] for one in stage.criteria), Fraction(0))
        if not stage.carried and reached:
            yield stage.identifier, -reached
    for group in card.groups:
        if group.counted != group.sum:
            yield group.group, group.counted - group.sum


def _line(document: PrincipleDocument, criterion: Criterion, line: Line, words: Wordings, language: str) -> LineTold:
    greatest = criterion.rule.greatest if criterion.weight is None else criterion.weight
    own_words = document.words[criterion.identifier]
    return LineTold(
        criterion=criterion.identifier,
        label=words[criterion.identifier].label,
        why=in_language(own_words.reason, language),
        points=_figure(line.points),
        most=_figure(greatest) if line.applies and greatest > 0 else None,
        reasons=explanation.sentences(line, criterion, words[criterion.identifier]),
        is_missing=line.missing,
    )


def _figure(value: Fraction) -> Text:
    """A figure in a column that is added up."""
    return Text("%(figure)s", {"figure": figure(value)})
