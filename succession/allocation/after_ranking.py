"""What follows the ranking: who goes on to the next stage, auction, right to match, reserved places. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from succession.allocation.catalogue import Applicant, Catalogue, Stage
from succession.allocation.conditions import Facts
from succession.allocation.procedures import Among, Auction, RightToMatch, belongs
from succession.allocation.quotas import every_nth, placed
from succession.allocation.scorecards import Scorecard, stage_points

Cards = Mapping[str, Scorecard]


@dataclass(frozen=True, slots=True)
class Order:
    """The ranking and what put each place behind the one before."""

    ranking: tuple[str, ...]
    separated_by: tuple[str | None, ...]

    def first(self, *names: str, because: str) -> "Order":
        """These in front, in this order; whoever moved, and whoever follows them, is there because of it."""
        if self.ranking[: len(names)] == names:
            return self
        order = (*names, *(one for one in self.ranking if one not in names))
        return self.rearranged(order, because)

    def rearranged(self, order: Sequence[str], because: str) -> "Order":
        """Another order of the same; neighbours who were neighbours before keep their reason."""
        reasons = dict(zip(pairwise(self.ranking), self.separated_by[1:], strict=False))
        behind = (reasons.get(pair, because) for pair in pairwise(order))
        return Order(tuple(order), (None, *behind) if order else ())


def left_behind(catalogue: Catalogue, admissible: Sequence[Scorecard]) -> dict[str, str]:
    """Who is not among the best of a stage, with that stage; those who missed a threshold before do not count."""
    found: dict[str, str] = {}
    going_on = list(admissible)
    for stage in catalogue.stages:
        going_on = [card for card in going_on if card.stage_missed != stage.identifier]
        if stage.best is not None and len(going_on) > stage.best:
            last = sorted((_points(stage, card) for card in going_on), reverse=True)[stage.best - 1]
            out = [card for card in going_on if _points(stage, card) < last]
            found |= {card.applicant.identifier: stage.identifier for card in out}
            going_on = [card for card in going_on if _points(stage, card) >= last]
    return found


def _points(stage: Stage, card: Scorecard) -> Fraction:
    return stage_points(stage, card.lines)


def proven(catalogue: Catalogue, applicant: Applicant) -> Facts:
    """The facts without those whose proof did not come."""
    if not applicant.unproven:
        return applicant.facts
    silent = {one.reads for one in catalogue.criteria if one.identifier in applicant.unproven}
    return {field: None if field in silent else value for field, value in applicant.facts.items()}


def offer(card: Scorecard, field: str) -> Fraction | None:
    """A figure that was offered."""
    stated = card.applicant.facts.get(field)
    return stated if isinstance(stated, Fraction) else None


def invited(auction: Auction, order: Order, cards: Cards, equals: Sequence[str]) -> dict[str, Fraction]:
    """Who may bid, with the written offer, in the order of the ranking. An auction of one is none."""
    offers = {name: value for name in order.ranking if (value := offer(cards[name], auction.field)) is not None}
    if auction.among is Among.EQUAL:
        chosen = [name for name in offers if name in equals]
    else:
        lowest = sorted(offers.values(), reverse=True)[: auction.invited]
        chosen = [
            name
            for name, value in offers.items()
            if (lowest and value >= lowest[-1]) or _is_sitting(auction, cards[name])
        ]
    return {name: offers[name] for name in chosen} if len(chosen) > 1 else {}


def _is_sitting(auction: Auction, card: Scorecard) -> bool:
    return auction.sitting is not None and card.applicant.facts.get(auction.sitting) is True


def after_auction(auction: Auction, guests: Mapping[str, Fraction], order: Order) -> Order:
    """Those invited in the order of their last bids; who bid no more stays at the written offer."""
    if auction.bids is None or not guests:
        return order
    last = {**guests, **{name: bid for name, bid in auction.bids.items() if name in guests}}
    best = sorted(guests, key=lambda name: -last[name])
    return order.first(*best, because="auction")


def auction_faults(auction: Auction, guests: Mapping[str, Fraction]) -> Iterator[tuple[str, str]]:
    """By applicant, what cannot have been minuted."""
    opening = max(guests.values(), default=Fraction(0))
    for name, bid in (auction.bids or {}).items():
        if name not in guests:
            yield name, "was not invited to the auction"
        elif bid != guests[name] and bid < opening + auction.step:
            yield name, f"a bid must be at least {opening + auction.step}"
    last = sorted({**guests, **(auction.bids or {})}.values(), reverse=True)
    if auction.bids is not None and len(last) > 1 and last[0] == last[1]:
        yield next(iter(guests)), "two bids are equal, so the auction has not ended"


def may_match(right: RightToMatch, order: Order, cards: Cards, catalogue: Catalogue) -> tuple[str, ...]:
    """Who may take the lot at the price of the first, in order of the ranking; nobody if the first is one of them."""
    entitled = [
        name
        for name in order.ranking
        if belongs(right.who, proven(catalogue, cards[name].applicant)) and offer(cards[name], right.field) is not None
    ]
    if not order.ranking or order.ranking[0] in entitled or offer(cards[order.ranking[0]], right.field) is None:
        return ()
    return tuple(entitled)


def after_match(right: RightToMatch, entitled: Sequence[str], order: Order) -> Order:
    """The best placed of those who matched comes first."""
    matched = [name for name in entitled if name in (right.matched or ())]
    return order.first(matched[0], because="right_to_match") if matched else order


def after_every_nth(catalogue: Catalogue, order: Order, cards: Cards) -> Order:
    """Every n-th rank of a group."""
    rule = catalogue.every_nth
    if rule is None:
        return order
    group = {name for name in order.ranking if belongs(rule.who, proven(catalogue, cards[name].applicant))}
    return order.rearranged(every_nth(order.ranking, group, rule.every), f"every_nth:{rule.identifier}")


def seats(catalogue: Catalogue, order: Order, cards: Cards, equals: Sequence[Sequence[str]]) -> dict[str, str]:
    """Who has one of the places, and of whose share."""
    rule = catalogue.reserved_places
    if rule is None:
        return {}
    facts = {name: proven(catalogue, cards[name].applicant) for name in order.ranking}
    groups = {
        share.identifier: {name for name, stated in facts.items() if belongs(share.who, stated)}
        for share in rule.shares
    }
    return placed(order.ranking, groups, rule, equals)
