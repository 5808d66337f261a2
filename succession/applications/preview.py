"""What an applicant's own statements would earn, lot by lot, before anything of the others is known. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from fractions import Fraction

from succession.allocation.catalogue import Criterion
from succession.allocation.explanation import sentences
from succession.allocation.points import evaluate
from succession.allocation.points_statements import facts
from succession.allocation.points_values import applicants
from succession.allocation.rules import ZERO
from succession.allocation.scorecards import Line
from succession.allocation.wording import Wording, figure
from succession.applications.content import SentLot
from succession.applications.draft import Draft, Terms
from succession.i18n import Text
from succession.principles.answers import stated
from succession.principles.document import PrincipleDocument
from succession.principles.questions import Measure, Source
from succession.principles.texts import in_language

SELF = "you"
METRES = 1000


@dataclass(frozen=True, slots=True)
class PreviewLine:
    """One criterion: its sentences, or that it depends on others."""

    label: str
    sentences: tuple[Text, ...]
    is_settled: bool
    """Whether one's own statements alone decide it."""


@dataclass(frozen=True, slots=True)
class LotPreview:
    """What the own lines of one lot add up to."""

    number: int
    name: str
    applies: bool
    excluded_by: tuple[str, ...]
    lines: tuple[PreviewLine, ...]
    total: Text

    @property
    def open_lines(self) -> int:
        """How many lines others decide."""
        return sum(not line.is_settled for line in self.lines)


def preview(terms: Terms, draft: Draft, language: str) -> tuple[LotPreview, ...]:
    """One for each lot that is wanted."""
    return tuple(_of_lot(terms, draft, lot, language) for lot in draft.lots if terms.lot(lot.number) is not None)


def _of_lot(terms: Terms, draft: Draft, lot: SentLot, language: str) -> LotPreview:
    offered = terms.lot(lot.number)
    assert offered is not None
    document, catalogue = terms.document, terms.document.catalogue
    measured = {}
    if lot.distance_m is not None:
        measured[Measure.FARMSTEAD_STRAIGHT.value] = Fraction(lot.distance_m, METRES)
    values = stated(
        document,
        {**draft.answers, **draft.special},
        lot.answers,
        bid=lot.bid_cents_year,
        starting_rent=offered.price_cents_year,
        measured=measured,
    )
    alone = applicants({"applicants": [{"id": SELF, "values": values}]}, catalogue, "$")
    result = evaluate(catalogue, alone, facts(offered.facts, {}, "$.lot"))
    card = result.cards[0] if result.cards else None
    criteria = {criterion.identifier: criterion for criterion in catalogue.criteria}
    wordings = wordings_of(document, language)
    lines = [] if card is None else [(line, criteria[line.criterion]) for line in card.lines if line.applies]
    settled = [line for line, criterion in lines if _why_open(document, criterion) is None]
    return LotPreview(
        number=lot.number,
        name=offered.name,
        applies=result.applies,
        excluded_by=tuple(
            in_language(document.exclusion_words[one], language) if one in document.exclusion_words else one
            for one in (card.excluded_because if card else ())
        ),
        lines=tuple(_line(document, line, criterion, wordings[criterion.identifier]) for line, criterion in lines),
        total=Text(
            "Your own lines together: %(points)s points.",
            {"points": figure(sum((line.points for line in settled), ZERO))},
        ),
    )


def _line(document: PrincipleDocument, line: Line, criterion: Criterion, wording: Wording) -> PreviewLine:
    why = _why_open(document, criterion)
    if why is not None:
        return PreviewLine(wording.label, (why,), is_settled=False)
    return PreviewLine(wording.label, sentences(line, criterion, wording), is_settled=True)


def _why_open(document: PrincipleDocument, criterion: Criterion) -> Text | None:
    """Why one's own statements do not settle a criterion."""
    if criterion.rule.relative:
        return Text("Depends on what the others state. Nobody can say it before the deadline.")
    question = document.question(criterion.reads)
    if question is not None and question.source is Source.AWARDED:
        return Text("A body named in the principles gives these points after the deadline, with its reasons.")
    return None


def wordings_of(document: PrincipleDocument, language: str) -> Mapping[str, Wording]:
    """What each criterion is called, with its unit and the names of its choices."""
    found = {}
    for criterion in document.catalogue.criteria:
        question = document.question(criterion.reads)
        unit = in_language(question.unit, language) if question is not None and question.unit else ""
        choices = () if question is None else question.choices
        found[criterion.identifier] = Wording(
            in_language(document.words[criterion.identifier].label, language),
            unit,
            {choice.identifier: in_language(choice.label, language) for choice in choices},
        )
    return found
