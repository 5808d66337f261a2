"""Which sample farms are put side by side: pairs that divide possible weightings as evenly as they can. Pure.

The rule, as it stands on the page: only pairs in which each farm is better in something; 400 weightings are drawn with
the seed of the round; the pair that tells most of them apart comes first, and each further pair is the one that tells
apart most of those which the pairs before have left together; no farm stands in more than three pairs.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import combinations
from random import Random

DRAWN = 400
MOST_OF_ONE_FARM = 3
FEWEST = 3
FEWEST_CRITERIA = 2
Shares = Mapping[str, Mapping[str, Fraction]]
"""By farm and criterion, what it earns as a share of the most, from 0 to 1."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two farms by their keys; who stands left is drawn too."""

    first: str
    second: str


def choose(shares: Shares, criteria: Sequence[str], seed: str, most: int = 10) -> tuple[Pair, ...]:
    """At most so many pairs; fewer where the farms do not give more."""
    if len(criteria) < FEWEST_CRITERIA:
        return ()
    random = Random(int(seed, 16))  # noqa: S311  not for secrets: anybody may draw the same pairs again
    weightings = [_weighting(random, len(criteria)) for _ in range(DRAWN)]
    points = {
        farm: [_sum(weights, [float(earned[one]) for one in criteria]) for weights in weightings]
        for farm, earned in shares.items()
    }
    open_pairs = [pair for pair in combinations(sorted(shares), 2) if _each_is_better(shares, criteria, pair)]
    random.shuffle(open_pairs)
    groups: list[list[int]] = [list(range(DRAWN))]
    used: dict[str, int] = {}
    chosen: list[Pair] = []
    while open_pairs and len(chosen) < most:
        best = min(open_pairs, key=lambda pair: _together(points, groups, pair))
        open_pairs.remove(best)
        groups = [part for group in groups for part in _parted(points, group, best) if part]
        for farm in best:
            used[farm] = used.get(farm, 0) + 1
        chosen.append(Pair(*(best if random.random() < 0.5 else best[::-1])))
        open_pairs = [pair for pair in open_pairs if all(used.get(farm, 0) < MOST_OF_ONE_FARM for farm in pair)]
    return tuple(chosen)


def _weighting(random: Random, count: int) -> list[float]:
    """Evenly from all weightings that add up to 1."""
    cuts = sorted(random.random() for _ in range(count - 1))
    return [after - before for before, after in zip([0.0, *cuts], [*cuts, 1.0], strict=True)]


def _sum(weights: Sequence[float], earned: Sequence[float]) -> float:
    return sum(weight * one for weight, one in zip(weights, earned, strict=True))


def _each_is_better(shares: Shares, criteria: Sequence[str], pair: tuple[str, str]) -> bool:
    """A pair in which one farm is at least as good everywhere tells nothing."""
    one, other = (shares[farm] for farm in pair)
    return any(one[key] > other[key] for key in criteria) and any(one[key] < other[key] for key in criteria)


def _parted(
    points: Mapping[str, Sequence[float]], group: Sequence[int], pair: tuple[str, str]
) -> tuple[list[int], list[int]]:
    first = [place for place in group if points[pair[0]][place] > points[pair[1]][place]]
    kept = set(first)
    return first, [place for place in group if place not in kept]


def _together(points: Mapping[str, Sequence[float]], groups: Sequence[Sequence[int]], pair: tuple[str, str]) -> int:
    """How many couples of weightings the pair would still leave together: the fewer, the better."""
    left = 0
    for group in groups:
        first = sum(1 for place in group if points[pair[0]][place] > points[pair[1]][place])
        left += first**2 + (len(group) - first) ** 2
    return left
