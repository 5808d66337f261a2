"""Of whom which evidence is asked: of whoever stands first, and of all whose figure moves others' points. Pure."""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from succession.allocation.points import Result
from succession.allocation.scorecards import Line, Scorecard
from succession.awards.models_evidence import WhyAsked
from succession.principles.document import EvidenceFrom, PrincipleDocument
from succession.principles.questions import Source
from succession.principles.texts import Wording


@dataclass(frozen=True, slots=True)
class Wanted:
    """One applicant, why they are asked, and what for: papers by criterion."""

    code: str
    why: WhyAsked
    papers: Mapping[str, tuple[Wording, ...]]


def wanted(document: PrincipleDocument, result: Result, proposed: Collection[str] | None = None) -> tuple[Wanted, ...]:
    """Everybody of whom something is to be asked after this run, in the order of the ranking, then by code.

    Whoever stands first is asked for all that earned them points. Several who share the first place are all asked.
    A criterion in which nothing was earned needs no proof, unless the figure counts in the points of others. Where a
    round gave out all lots together, `proposed` stands first instead.
    """
    cards = {card.applicant.identifier: card for card in result.cards}
    first = set(first_placed(result) if proposed is None else proposed)
    found: list[Wanted] = []
    order = [*result.ranking, *sorted(code for code in cards if code not in result.ranking)]
    for code in order:
        everything = document.evidence_from is EvidenceFrom.ALL and code in result.ranking
        papers = dict(_papers(document, cards[code], everything=everything or code in first))
        if papers:
            why = WhyAsked.MOVES_OTHERS
            if code in first:
                why = WhyAsked.FIRST_PLACED
            elif everything:
                why = WhyAsked.EVERYBODY
            found.append(Wanted(code, why, papers))
    return tuple(found)


def first_placed(result: Result) -> tuple[str, ...]:
    """Who stands first; all of them where nothing separates them yet."""
    if not result.ranking:
        return ()
    first = result.ranking[0]
    return next((group for group in result.undecided if first in group), (first,))


def _papers(
    document: PrincipleDocument, card: Scorecard, *, everything: bool
) -> Iterator[tuple[str, tuple[Wording, ...]]]:
    relative = set(document.catalogue.relative)
    for criterion, line in zip(document.catalogue.criteria, card.lines, strict=True):
        question = document.question(criterion.reads)
        if question is None or question.source is not Source.DECLARED or not question.evidence:
            continue
        moves_others = line.criterion in relative and line.declared is not None and line.applies
        if moves_others or (everything and _earned(line)):
            yield line.criterion, question.evidence


def _earned(line: Line) -> bool:
    """Whether something was stated that earned points; for a deduction nobody needs to prove anything."""
    return line.applies and not line.missing and line.points > 0
