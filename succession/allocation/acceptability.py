"""In which share of all conceivable weights an alternative takes which rank. Pure.

Stochastic multicriteria acceptability analysis (SMAA-2: Lahdelma and Salminen 2001, Operations Research 49(3)): nobody
knows the right weights, so all are taken as equally likely, uniform on the simplex. With three criteria the shares are
areas within a triangle and computed exactly; else weights are drawn from a seed, and the error is stated. A rank counts
the alternatives strictly above, so equal ones share the better rank.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from hashlib import sha256
from itertools import pairwise
from math import ceil, gcd, lcm, log, sqrt

SEPARATOR = "\x1f"
WORD = 4
"""Bytes of one drawn number."""

Point = tuple[int, int, int]
"""Three weights that are not divided by their sum, so that corners of pieces stay whole numbers."""

CORNERS: tuple[Point, ...] = ((1, 0, 0), (0, 1, 0), (0, 0, 1))


@dataclass(frozen=True, slots=True)
class Draws:
    """How weights are drawn: sample number n from the SHA-256 of seed, U+001F, n, U+001F, number of the digest."""

    seed: str
    samples: int


def exact_shares(table: Sequence[Sequence[Fraction]]) -> list[list[Fraction]]:
    """For each alternative the share of weights for each rank, first rank first; the table has three columns."""
    rows = _whole(table)
    return [_shares_of(rows, row) for row in range(len(rows))]


def drawn_shares(table: Sequence[Sequence[Fraction]], draws: Draws) -> list[list[Fraction]]:
    """The same from drawn weights, for any number of criteria."""
    rows = _whole(table)
    counts = [[0] * len(rows) for _ in rows]
    for weights in _weights(draws, len(rows[0])):
        scores = [sum(map(int.__mul__, weights, row)) for row in rows]
        ranks: dict[int, int] = {}
        for rank, score in enumerate(sorted(scores, reverse=True)):
            ranks.setdefault(score, rank)
        for row, score in enumerate(scores):
            counts[row][ranks[score]] += 1
    return [[Fraction(count, draws.samples) for count in row] for row in counts]


def error_bound(samples: int) -> Fraction:
    """A share is farther off with 5 in 100 seeds at most (Hoeffding 1963): √(ln 40 / 2 samples), rounded up."""
    return Fraction(ceil(10_000 * sqrt(log(40) / (2 * samples))), 10_000)


def _whole(table: Sequence[Sequence[Fraction]]) -> list[tuple[int, ...]]:
    """The table times a common denominator: no order changes."""
    scale = lcm(*(value.denominator for row in table for value in row))
    return [tuple(int(value * scale) for value in row) for row in table]


def _shares_of(rows: Sequence[Sequence[int]], row: int) -> list[Fraction]:
    """Cuts the triangle of all weights along the lines where a rival draws level with this alternative."""
    pieces: list[tuple[Sequence[Point], int]] = [(CORNERS, 0)]
    for rival in range(len(rows)):
        lead = [theirs - own for theirs, own in zip(rows[rival], rows[row], strict=True)]
        pieces = [part for piece, above in pieces for part in _cut(piece, above, lead)]
    shares = [Fraction(0)] * len(rows)
    for piece, above in pieces:
        shares[above] += _share(piece)
    return shares


def _cut(piece: Sequence[Point], above: int, lead: Sequence[int]) -> Iterator[tuple[Sequence[Point], int]]:
    """The part of a convex piece where the rival is ahead, which has one more above, and the part where not."""
    leads = [lead[0] * x + lead[1] * y + lead[2] * z for x, y, z in piece]
    if max(leads) <= 0:
        yield piece, above
        return
    if min(leads) >= 0:
        yield piece, above + 1
        return
    ahead, behind = [], []
    for place, (point, value) in enumerate(zip(piece, leads, strict=True)):
        if value >= 0:
            ahead.append(point)
        if value <= 0:
            behind.append(point)
        before = leads[place - 1]
        if value * before < 0:
            # The crossing lies between the corner before and this one: put it before this one in its own part …
            crossing = _crossing(piece[place - 1], before, point, value)
            ahead.insert(len(ahead) - (value > 0), crossing)
            # … and at the same place of the round in the other part.
            behind.insert(len(behind) - (value < 0), crossing)
    yield ahead, above + 1
    yield behind, above


def _crossing(start: Point, start_lead: int, end: Point, end_lead: int) -> Point:
    """Where the lead is 0 on the way from one corner to another."""
    a, b = abs(end_lead), abs(start_lead)
    x, y, z = (a * s + b * e for s, e in zip(start, end, strict=True))
    common = gcd(x, y, z)
    return x // common, y // common, z // common


def _share(piece: Sequence[Point]) -> Fraction:
    """The area of a convex piece, as a share of the whole triangle."""
    first, *others = piece
    total = Fraction(0)
    for second, third in pairwise(others):
        total += Fraction(_determinant(first, second, third), sum(first) * sum(second) * sum(third))
    return abs(total)


def _determinant(a: Point, b: Point, c: Point) -> int:
    return a[0] * (b[1] * c[2] - b[2] * c[1]) - a[1] * (b[0] * c[2] - b[2] * c[0]) + a[2] * (b[0] * c[1] - b[1] * c[0])


def _weights(draws: Draws, criteria: int) -> Iterator[list[int]]:
    """Uniform on the simplex: the lengths into which sorted uniform numbers cut a line (Devroye 1986, V.2)."""
    line = 256**WORD
    for sample in range(draws.samples):
        cuts = sorted(_numbers(f"{draws.seed}{SEPARATOR}{sample}", criteria - 1))
        yield [end - start for start, end in zip([0, *cuts], [*cuts, line], strict=True)]


def _numbers(name: str, count: int) -> list[int]:
    """As many numbers below 2^32 as asked for, eight from each digest."""
    words: list[int] = []
    part = 0
    while len(words) < count:
        digest = sha256(f"{name}{SEPARATOR}{part}".encode()).digest()
        words += [int.from_bytes(digest[at : at + WORD], "big") for at in range(0, len(digest), WORD)]
        part += 1
    return words[:count]
