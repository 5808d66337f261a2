"""The smallest connected set of parcels that contains certain ones, found exactly. Pure.

A Steiner tree with weights on the nodes. Two exact ways, and the one with less work is taken: the dynamic program of
Dreyfus and Wagner (1971), Networks 1(3), over the parts that must be joined, or trying all sets of the parcels between
them. With 25 parcels one of the two always has little to do: many parts leave few parcels between them.
Sets of parcels are whole numbers, one bit a parcel.
"""

from collections.abc import Iterator, Sequence
from heapq import heappop, heappush

Best = dict[int, tuple[int, int]]
"""For each node the least weight of a set that joins certain parts and this node, and that set."""


def bits(mask: int) -> Iterator[int]:
    """The places of the bits that are set."""
    while mask:
        lowest = mask & -mask
        yield lowest.bit_length() - 1
        mask ^= lowest


def reached(start: int, within: int, neighbours: Sequence[int]) -> int:
    """All of `within` that can be walked to from `start` without leaving it; `start` lies in it."""
    found = border = start
    while border:
        beside = 0
        for place in bits(border):
            beside |= neighbours[place]
        border = beside & within & ~found
        found |= border
    return found


def connected(mask: int, within: int, neighbours: Sequence[int]) -> bool:
    """Whether all of `mask` hangs together inside `within`."""
    return not mask & ~reached(mask & -mask, within, neighbours)


def parts(mask: int, neighbours: Sequence[int]) -> list[int]:
    """The connected parts of a set."""
    found = []
    while mask:
        part = reached(mask & -mask, mask, neighbours)
        found.append(part)
        mask &= ~part
    return found


def smallest_connection(wanted: int, within: int, neighbours: Sequence[int], sizes: Sequence[int]) -> int | None:
    """The smallest connected set between `wanted` and `within`; None if there is none. Sizes are positive."""
    within = reached(wanted & -wanted, within, neighbours)
    if wanted & ~within:
        return None
    to_join = parts(wanted, neighbours)
    if len(to_join) == 1:
        return wanted
    between = within & ~wanted
    free = between.bit_count()
    if 2**free < 3 ** len(to_join) * (free + len(to_join)):
        return by_trying(wanted, between, neighbours, sizes)
    return by_joining(to_join, between, neighbours, sizes)


def by_trying(wanted: int, between: int, neighbours: Sequence[int], sizes: Sequence[int]) -> int:
    """Tries every set of parcels in between; all of them together connect what is wanted."""
    best, least = between, _size(between, sizes)
    known = {0: 0}
    for chosen in _subsets(between):
        lowest = chosen & -chosen
        size = known[chosen] = known[chosen ^ lowest] + sizes[lowest.bit_length() - 1] if chosen else 0
        if size < least and connected(wanted | chosen, wanted | chosen, neighbours):
            best, least = chosen, size
    return wanted | best


def by_joining(to_join: Sequence[int], between: int, neighbours: Sequence[int], sizes: Sequence[int]) -> int:
    """Joins the parts step by step: each part and each parcel in between is a node, parts weigh nothing."""
    nodes = [*to_join, *(1 << place for place in bits(between))]
    weights = [0] * len(to_join) + [sizes[place] for place in bits(between)]
    beside = [_beside(node, nodes, neighbours) for node in nodes]
    joined: dict[int, Best] = {}
    for goal in range(1, 1 << len(to_join)):
        best: Best = {}
        if goal.bit_count() == 1:
            part = goal.bit_length() - 1
            best[part] = (0, nodes[part])
        else:
            _merge(best, goal, joined, weights)
        joined[goal] = _spread(best, nodes, weights, beside)
    return joined[(1 << len(to_join)) - 1][0][1]


def _merge(best: Best, goal: int, joined: dict[int, Best], weights: Sequence[int]) -> None:
    """Two sets that meet in a node and join the parts of a goal between them; the node is counted once."""
    for one in _subsets(goal):
        other = goal ^ one
        if not one or one > other:
            continue
        for node, (weight, mask) in joined[one].items():
            other_weight, other_mask = joined[other][node]
            total = weight + other_weight - weights[node]
            if node not in best or total < best[node][0]:
                best[node] = (total, mask | other_mask)


def _spread(best: Best, nodes: Sequence[int], weights: Sequence[int], beside: Sequence[Sequence[int]]) -> Best:
    """Walks on from node to node, nearest first (Dijkstra)."""
    found: Best = {}
    waiting: list[tuple[int, int, int]] = []
    for node, (weight, mask) in best.items():
        heappush(waiting, (weight, node, mask))
    while waiting:
        weight, node, mask = heappop(waiting)
        if node in found:
            continue
        found[node] = (weight, mask)
        for other in beside[node]:
            if other not in found:
                heappush(waiting, (weight + weights[other], other, mask | nodes[other]))
    return found


def _beside(node: int, nodes: Sequence[int], neighbours: Sequence[int]) -> list[int]:
    around = 0
    for place in bits(node):
        around |= neighbours[place]
    return [number for number, other in enumerate(nodes) if other & around and other != node]


def _size(mask: int, sizes: Sequence[int]) -> int:
    return sum(sizes[place] for place in bits(mask))


def _subsets(mask: int) -> Iterator[int]:
    """Every subset, the empty one first, each after all of its own subsets."""
    chosen = 0
    while True:
        yield chosen
        if chosen == mask:
            return
        chosen = (chosen - mask) & mask
