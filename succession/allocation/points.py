"""Points by published principles: every scorecard with its working, who is out and why, and the ranking. Pure.

The engine of the open format `points-1` (`docs/formats.md`): additive or lexicographic, on exact rationals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from succession.allocation.catalogue import Applicant, Catalogue, Criterion, Lottery, Mode, Prefer, SingleApplicant
from succession.allocation.catalogue import TieBreak as TieBreakRule
from succession.allocation.conditions import Facts
from succession.allocation.lottery import ticket
from succession.allocation.ranking import ByDraw, ByFigure, ByTicket, Comparison, ranking
from succession.allocation.rules import ONE, ZERO
from succession.allocation.scorecards import Scorecard, scales, scorecard

NO_FACTS: Facts = {}


@dataclass(frozen=True, slots=True)
class Result:
    """What the principles say. Nothing here is an award: a competent body decides.

    `separated_by[k]` names the comparison that put place k of the ranking behind place k − 1; `undecided` are those
    whom nothing in the catalogue separates.
    """

    applies: bool
    cards: tuple[Scorecard, ...]
    excluded_because: Mapping[str, tuple[str, ...]]
    below_threshold: tuple[str, ...]
    ranking: tuple[str, ...]
    separated_by: tuple[str | None, ...]
    undecided: tuple[tuple[str, ...], ...]
    tied_on_total: tuple[str, ...]
    single_applicant: bool


def evaluate(catalogue: Catalogue, applicants: Sequence[Applicant], lot: Facts = NO_FACTS) -> Result:
    """All scorecards and the ranking; whoever withdrew has no card, but may stay in means and ranks."""
    if not all(condition.holds(lot) for condition in catalogue.applies_if):
        return Result(False, (), {}, (), (), (), (), (), False)
    every = scales(catalogue, applicants, lot)
    cards = tuple(scorecard(catalogue, every, applicant) for applicant in applicants if not applicant.withdrawn)
    admissible = [card for card in cards if not card.excluded_because]
    single = len(admissible) == 1
    below = [card for card in admissible if misses_threshold(catalogue, card, single=single)]
    left = {card.applicant.identifier for card in below}
    ranked = [card for card in admissible if card.applicant.identifier not in left]
    order = ranking(ranked, comparisons(catalogue))
    return Result(
        applies=True,
        cards=cards,
        excluded_because={card.applicant.identifier: card.excluded_because for card in cards if card.excluded_because},
        below_threshold=tuple(card.applicant.identifier for card in below),
        ranking=tuple(card.applicant.identifier for card in order.order),
        separated_by=order.separated_by,
        undecided=order.undecided,
        tied_on_total=_tied(catalogue, ranked),
        single_applicant=single,
    )


def comparisons(catalogue: Catalogue) -> list[Comparison]:
    """The chain of the ranking: waves, then total or criteria in order, more digits, tie-breaks, and the lot."""
    chain: list[Comparison] = []
    if catalogue.waves:
        chain.append(ByFigure("wave", lambda card: _wave(catalogue, card)))
    if catalogue.mode is Mode.LEXICOGRAPHIC:
        chain += [_by_points(criterion) for criterion in catalogue.criteria]
    else:
        chain.append(ByFigure("total", lambda card: compared_total(catalogue, card)))
        more_exact = catalogue.rounding.on_tie if catalogue.rounding else None
        if more_exact:
            chain.append(ByFigure("total_with_more_digits", lambda card: more_exact.of(card.total)))
    criteria = {criterion.identifier: criterion for criterion in catalogue.criteria}
    chain += [_tie_break(rule, criteria) for rule in catalogue.tie_breaks]
    if catalogue.lottery:
        chain.append(_lot(catalogue.lottery))
    return chain


def compared_total(catalogue: Catalogue, card: Scorecard) -> Fraction:
    """The total as it is compared: rounded, where the catalogue says so."""
    return catalogue.rounding.first.of(card.total) if catalogue.rounding else card.total


def misses_threshold(catalogue: Catalogue, card: Scorecard, *, single: bool) -> bool:
    """Whether a stage or the threshold is missed; equality is enough. A single applicant may be spared it."""
    if card.stage_missed is not None:
        return True
    spared = single and catalogue.single_applicant is SingleApplicant.WITHOUT_THRESHOLD
    if catalogue.threshold is None or spared:
        return False
    return compared_total(catalogue, card) < catalogue.threshold


def _tied(catalogue: Catalogue, ranked: Sequence[Scorecard]) -> tuple[str, ...]:
    """Those ranked who share a total, by id."""
    sharing: dict[Fraction, list[str]] = {}
    for card in ranked:
        sharing.setdefault(compared_total(catalogue, card), []).append(card.applicant.identifier)
    return tuple(sorted(name for names in sharing.values() if len(names) > 1 for name in names))


def _wave(catalogue: Catalogue, card: Scorecard) -> Fraction:
    """Earlier waves come first; whoever belongs to none comes last."""
    for place, condition in enumerate(catalogue.waves):
        if condition.holds(card.applicant.facts):
            return Fraction(-place)
    return Fraction(-len(catalogue.waves))


def _by_points(criterion: Criterion) -> ByFigure:
    return ByFigure(
        f"criterion:{criterion.identifier}", lambda card: card.points[criterion.identifier], criterion.equal_within
    )


def _tie_break(rule: TieBreakRule, criteria: Mapping[str, Criterion]) -> ByFigure:
    if rule.criterion is not None:
        return _by_points(criteria[rule.criterion])
    return ByFigure(f"fact:{rule.fact}", lambda card: _preferred(rule, card))


def _preferred(rule: TieBreakRule, card: Scorecard) -> Fraction | None:
    """Greater is better; a fact that is not stated, or not of this kind, comes last."""
    fact = card.applicant.facts.get(rule.fact or "")
    if isinstance(fact, bool):
        if rule.prefer not in (Prefer.YES, Prefer.NO):
            return None
        return ONE if fact == (rule.prefer is Prefer.YES) else ZERO
    if isinstance(fact, Fraction) and rule.prefer in (Prefer.HIGHER, Prefer.LOWER):
        return fact if rule.prefer is Prefer.HIGHER else -fact
    return None


def _lot(lottery: Lottery) -> Comparison:
    """Tickets of the seed, or the minuted order of a draw by hand."""
    if lottery.seed is None:
        return ByDraw("lot", lottery.drawn)
    seed = lottery.seed
    return ByTicket("lot", lambda card: ticket(seed, lottery.round, card.applicant.identifier))
