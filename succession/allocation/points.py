"""Points by published principles: every scorecard with its working, who is out and why, and the ranking. Pure.

The engine of the open format `points-1` (`docs/formats.md`): additive or lexicographic, on exact rationals.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from dataclasses import field as made_by
from fractions import Fraction

from succession.allocation.after_ranking import (
    Order,
    after_auction,
    after_every_nth,
    after_match,
    invited,
    left_behind,
    may_match,
    proven,
    seats,
)
from succession.allocation.catalogue import Applicant, Catalogue, Criterion, Lottery, Mode, Prefer, SingleApplicant
from succession.allocation.catalogue import TieBreak as TieBreakRule
from succession.allocation.conditions import Facts
from succession.allocation.lottery import smallest_ticket, ticket
from succession.allocation.ranking import ByDraw, ByFigure, ByTicket, Comparison, ranking
from succession.allocation.rules import ONE, ZERO
from succession.allocation.scorecards import Scorecard, scales, scorecard
from succession.allocation.written import refuse_too_long

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
    left_behind: Mapping[str, str] = made_by(default_factory=dict)
    """Who was not among the best of a stage, with that stage."""
    virtual_bids: Mapping[str, Fraction] = made_by(default_factory=dict)
    invited: Mapping[str, Fraction] = made_by(default_factory=dict)
    """Who may bid in the auction, with the written offer that stays binding."""
    may_match: tuple[str, ...] = ()
    """Who may take the lot at the price of the first."""
    placed: Mapping[str, str] = made_by(default_factory=dict)
    """Where places are reserved: who has one, and of whose share."""


def evaluate(catalogue: Catalogue, applicants: Sequence[Applicant], lot: Facts = NO_FACTS) -> Result:
    """All scorecards and the ranking; whoever withdrew has no card, but may stay in means and ranks."""
    if not all(condition.holds(lot) for condition in catalogue.applies_if):
        return Result(False, (), {}, (), (), (), (), (), False)
    every = scales(catalogue, applicants, lot)
    cards = tuple(scorecard(catalogue, every, applicant, lot) for applicant in applicants if not applicant.withdrawn)
    refuse_too_long(cards)
    admissible = [card for card in cards if not card.excluded_because]
    single = len(admissible) == 1
    behind = left_behind(catalogue, admissible)
    going_on = [card for card in admissible if card.applicant.identifier not in behind]
    below = [card for card in going_on if misses_threshold(catalogue, card, single=single)]
    left = {card.applicant.identifier for card in below}
    ranked = [card for card in going_on if card.applicant.identifier not in left]
    chain = comparisons(catalogue)
    in_order = ranking(ranked, chain)
    equals = _equal_but_for_the_lot(catalogue, ranked, chain)
    by_name = {card.applicant.identifier: card for card in ranked}
    order = Order(tuple(card.applicant.identifier for card in in_order.order), in_order.separated_by)
    guests: dict[str, Fraction] = {}
    if catalogue.auction is not None:
        guests = invited(catalogue.auction, order, by_name, _equal_first(order, equals))
        order = after_auction(catalogue.auction, guests, order)
    entitled: tuple[str, ...] = ()
    if catalogue.right_to_match is not None:
        entitled = may_match(catalogue.right_to_match, order, by_name, catalogue)
        order = after_match(catalogue.right_to_match, entitled, order)
    order = after_every_nth(catalogue, order, by_name)
    return Result(
        applies=True,
        cards=cards,
        excluded_because={card.applicant.identifier: card.excluded_because for card in cards if card.excluded_because},
        below_threshold=tuple(card.applicant.identifier for card in below),
        ranking=order.ranking,
        separated_by=order.separated_by,
        undecided=in_order.undecided,
        tied_on_total=_tied(catalogue, ranked),
        single_applicant=single,
        left_behind=behind,
        virtual_bids=_virtual_bids(catalogue, ranked),
        invited=guests,
        may_match=entitled,
        placed=seats(catalogue, order, by_name, equals),
    )


def comparisons(catalogue: Catalogue) -> list[Comparison]:
    """The chain of the ranking: waves, then total or criteria in order, more digits, tie-breaks, and the lot."""
    chain: list[Comparison] = []
    if catalogue.waves:
        chain.append(ByFigure("wave", lambda card: _wave(catalogue, card)))
    if catalogue.virtual_bid:
        chain.append(ByFigure("virtual_bid", lambda card: virtual_bid(catalogue, card)))
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


def virtual_bid(catalogue: Catalogue, card: Scorecard) -> Fraction | None:
    """The offer as it is compared, raised by what is proven; None without one."""
    rule = catalogue.virtual_bid
    return rule.of(proven(catalogue, card.applicant), compared_total(catalogue, card)) if rule else None


def _virtual_bids(catalogue: Catalogue, ranked: Sequence[Scorecard]) -> dict[str, Fraction]:
    found = ((card.applicant.identifier, virtual_bid(catalogue, card)) for card in ranked if catalogue.virtual_bid)
    return {name: bid for name, bid in found if bid is not None}


def _equal_but_for_the_lot(
    catalogue: Catalogue, ranked: Sequence[Scorecard], chain: Sequence[Comparison]
) -> tuple[tuple[str, ...], ...]:
    """Blocks that nothing but the lot separates; only asked where a rule turns on them."""
    if catalogue.auction is None and catalogue.reserved_places is None:
        return ()
    return ranking(ranked, chain[:-1] if catalogue.lottery else chain).undecided


def _equal_first(order: Order, equals: Sequence[Sequence[str]]) -> Sequence[str]:
    """Those who are equal in the first place."""
    return next((block for block in equals if order.ranking and order.ranking[0] in block), ())


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
    tickets = lottery.tickets
    if tickets is None:
        return ByTicket("lot", lambda card: ticket(seed, lottery.round, card.applicant.identifier))

    def smallest(card: Scorecard) -> str:
        return smallest_ticket(seed, lottery.round, card.applicant.identifier, tickets.held(card.applicant.facts))

    return ByTicket("lot", smallest)
