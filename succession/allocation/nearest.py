"""The nearest change of somebody's own statements with which they would have come first. Pure.

Near means: as few criteria as possible, and of each the smallest step that is enough. Only what an applicant states is
moved: points that a body gives, and offers measured by all the others, stay as they are. An offer that counts by its
rank is moved by place, so that nobody learns what others offered.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import combinations, islice

from succession.allocation.candidates import values
from succession.allocation.catalogue import Applicant, Catalogue, Criterion
from succession.allocation.conditions import Facts
from succession.allocation.points import NO_FACTS, Result, comparisons, evaluate, misses_threshold
from succession.allocation.ranking import ranking
from succession.allocation.rules import ZERO, Declared
from succession.allocation.rules_field import RankOfBid
from succession.allocation.scorecards import Scale, Scorecard, scales, scorecard

MOST_CRITERIA = 3
MOST_WAYS = 3


@dataclass(frozen=True, slots=True)
class Change:
    """One statement as it was and as it would have to be, and the points it would bring more.

    `proof_only`: it was good enough and was not proven. `place`: an offer of this rank; `after` is then no advice.
    """

    criterion: str
    before: Declared | None
    after: Declared
    gained: Fraction = ZERO
    proof_only: bool = False
    place: int | None = None


Way = tuple[Change, ...]


def nearest(
    catalogue: Catalogue,
    applicants: Sequence[Applicant],
    identifier: str,
    lot: Facts = NO_FACTS,
    changeable: Collection[str] | None = None,
) -> tuple[Way, ...]:
    """Up to three ways to the first place, all of as few changes as possible; none if three criteria do not do it.

    `changeable` names the criteria that may move; without it all may. Whoever is first already has no way to go.
    """
    result = evaluate(catalogue, applicants, lot)
    if not result.applies or result.ranking[:1] == (identifier,):
        return ()
    search = _Search.of(catalogue, tuple(applicants), lot, identifier, result)
    movable = [one for one in catalogue.criteria if changeable is None or one.identifier in changeable]
    steps = {one.identifier: found for one in movable if (found := search.steps(one))}
    for count in range(1, MOST_CRITERIA + 1):
        best: list[Way] = [tuple(steps[name][-1] for name in names) for names in combinations(steps, count)]
        ways = sorted((search.smallest(way, steps) for way in best if search.may_win(way)), key=_gain)
        winning = tuple(islice((way for way in ways if search.wins(way)), MOST_WAYS))
        if winning:
            return winning
    return ()


def _gain(way: Way) -> Fraction:
    return sum((change.gained for change in way), ZERO)


@dataclass(frozen=True, slots=True)
class _Search:
    """What stays the same while one applicant's statements move."""

    catalogue: Catalogue
    applicants: tuple[Applicant, ...]
    lot: Facts
    own: Scorecard
    first: tuple[Scorecard, ...]
    """Whoever is first now, if anybody."""
    every: tuple[Scale, ...]

    @classmethod
    def of(
        cls, catalogue: Catalogue, applicants: tuple[Applicant, ...], lot: Facts, identifier: str, result: Result
    ) -> "_Search":
        """From what the principles say now."""
        cards = {card.applicant.identifier: card for card in result.cards}
        first = tuple(cards[name] for name in result.ranking[:1])
        return cls(catalogue, applicants, lot, cards[identifier], first, scales(catalogue, applicants, lot))

    def steps(self, criterion: Criterion) -> list[Change]:
        """The changes of one criterion that earn more than now, each gain once, the smallest first."""
        place = self.catalogue.criteria.index(criterion)
        now = self.own.lines[place]
        found: dict[Fraction, Change] = {}
        for change in self._candidates(criterion) if now.applies else ():
            gained = self._card((change,)).lines[place].points - now.points
            if gained > 0 and gained not in found:
                found[gained] = replace(change, gained=gained)
        return [found[gained] for gained in sorted(found)]

    def smallest(self, way: Way, steps: Mapping[str, Sequence[Change]]) -> Way:
        """The same criteria, each in turn moved no further than needed: by halving, because more points never hurt."""
        for place, change in enumerate(way):
            options = steps[change.criterion]
            low, high = 0, len(options) - 1
            while low < high:
                middle = (low + high) // 2
                if self.may_win((*way[:place], options[middle], *way[place + 1 :])):
                    high = middle
                else:
                    low = middle + 1
            way = (*way[:place], options[low], *way[place + 1 :])
        return way

    def may_win(self, way: Way) -> bool:
        """Whether the changed card comes before the one that is first now; what this overlooks, `wins` finds."""
        if any(change.place is not None for change in way):
            return self.wins(way)
        card = self._card(way)
        if card.excluded_because or misses_threshold(self.catalogue, card, single=not self.first):
            return False
        return ranking([card, *self.first], comparisons(self.catalogue)).order[0] is card

    def wins(self, way: Way) -> bool:
        """Whether the principles, applied to everybody again, put the changed applicant first."""
        result = evaluate(self.catalogue, self._with(way), self.lot)
        return result.ranking[:1] == (self.own.applicant.identifier,)

    def _candidates(self, criterion: Criterion) -> Iterator[Change]:
        """What might have been stated instead."""
        stated = self.own.applicant.facts.get(criterion.reads)
        if stated is not None and criterion.identifier in self.own.applicant.unproven:
            yield Change(criterion.identifier, stated, stated, proof_only=True)
        if isinstance(criterion.rule, RankOfBid):
            yield from self._better_offers(criterion, stated)
            return
        for value in values(criterion.rule, stated):
            yield Change(criterion.identifier, stated, value)

    def _better_offers(self, criterion: Criterion, stated: Declared | None) -> Iterator[Change]:
        """Offers as good as another's share the rank, so one beyond it is taken."""
        assert isinstance(criterion.rule, RankOfBid)
        beyond = -1 if criterion.rule.lowest_first else 1
        others = {
            one.facts.get(criterion.reads) for one in self.applicants if one.identifier != self.own.applicant.identifier
        }
        offers = sorted((one for one in others if isinstance(one, Fraction)), reverse=not criterion.rule.lowest_first)
        for offer in offers:
            after = max(offer + beyond, ZERO)
            if isinstance(stated, Fraction) and (after - stated) * beyond <= 0:
                continue
            reached = [one for one in offers if (one - after) * beyond > 0]
            yield Change(criterion.identifier, stated, after, place=len(reached) + 1)

    def _card(self, way: Way) -> Scorecard:
        """One's own card after the changes; where an offer moves among the others, so do the scales."""
        moved = any(change.place is not None for change in way)
        every = scales(self.catalogue, self._with(way), self.lot) if moved else self.every
        return scorecard(self.catalogue, every, self._changed(way), self.lot)

    def _changed(self, way: Way) -> Applicant:
        """The applicant with other statements, all of them proven."""
        applicant = self.own.applicant
        reads = {one.identifier: one.reads for one in self.catalogue.criteria}
        facts = {**applicant.facts, **{reads[change.criterion]: change.after for change in way}}
        unproven = applicant.unproven - {change.criterion for change in way}
        return replace(applicant, facts=facts, unproven=unproven)

    def _with(self, way: Way) -> list[Applicant]:
        """Everybody, with the one who changed."""
        changed = self._changed(way)
        return [changed if one.identifier == changed.identifier else one for one in self.applicants]
