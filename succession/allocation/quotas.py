"""Places for groups in an order that is already strict: every n-th rank, and reserved places that spill over. Pure.

Which places are filled first decides who gets in (Dur, Kominers, Pathak and Sönmez 2018, Journal of Political Economy
126(6)), so it is part of the rule: reserved ones first unless `open_first`. The lot has been drawn before a share is
cut, and where it must not decide, `at_tie` says what does.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from succession.allocation.procedures import OPEN, AtTie, ReservedPlaces, Share


def every_nth(order: Sequence[str], group: Collection[str], every: int) -> list[str]:
    """Rank n, 2n, 3n … go to the best of the group still waiting; when nobody of it is left, the order goes on."""
    waiting = list(order)
    found: list[str] = []
    while waiting:
        turn = (len(found) + 1) % every == 0
        following = next((one for one in waiting if one in group), waiting[0]) if turn else waiting[0]
        waiting.remove(following)
        found.append(following)
    return found


def placed(
    order: Sequence[str],
    groups: Mapping[str, Collection[str]],
    rule: ReservedPlaces,
    equals: Collection[Sequence[str]] = (),
) -> dict[str, str]:
    """Who has a place, and of which share; `equals` are the blocks that only the lot separates."""
    hall = _Hall(list(order), groups, rule.at_tie, {name: block for block in equals for name in block})
    free = rule.places - sum(share.places for share in rule.shares)
    if rule.open_first:
        hall.take(OPEN, free)
        free = 0
    for share in rule.shares:
        hall.left[share.identifier] = hall.take(share.identifier, share.places)
    for share in rule.shares:
        _spill(hall, share)
    free -= sum(-left for left in hall.left.values() if left < 0)
    hall.take(OPEN, free + sum(left for left in hall.left.values() if left > 0))
    return hall.seats


def _spill(hall: "_Hall", share: Share) -> None:
    """What nobody of the group took goes to the next groups in turn."""
    for other in share.spills_to:
        if hall.left[share.identifier] > 0:
            hall.left[share.identifier] = hall.take(other, hall.left[share.identifier])


@dataclass(slots=True)
class _Hall:
    """The places as they fill."""

    waiting: list[str]
    groups: Mapping[str, Collection[str]]
    at_tie: AtTie
    equals: Mapping[str, Sequence[str]]
    seats: dict[str, str] = field(default_factory=dict)
    left: dict[str, int] = field(default_factory=dict)

    def take(self, group: str, places: int) -> int:
        """Fills places from the front of the order; returns how many stay empty, below 0 how many are too many."""
        entitled = [one for one in self.waiting if group == OPEN or one in self.groups[group]]
        taken = entitled[: max(places, 0)]
        if group != OPEN and taken and len(entitled) > len(taken):
            taken = self._at_tie(entitled, taken)
        for one in taken:
            self.seats[one] = group
            self.waiting.remove(one)
        return places - len(taken)

    def _at_tie(self, entitled: Sequence[str], taken: list[str]) -> list[str]:
        """Where the last one in and the first one out are equal."""
        block = self.equals.get(taken[-1], ())
        if self.at_tie is AtTie.LOT or entitled[len(taken)] not in block:
            return taken
        if self.at_tie is AtTie.ALL:
            return [*taken, *(one for one in entitled[len(taken) :] if one in block)]
        return [one for one in taken if one not in block]
