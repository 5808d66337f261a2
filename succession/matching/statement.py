"""The statements that find the best matches: one frame, the expressions come from the criteria. Pure.

Both directions and the sample for the pool means are made of the same pieces; they differ only in which side is bound
and which is a column. The frame goes to places first: points repeat, so a radius is a question to a few hundred areas,
and then a btree on (place, kind). What is composed: only criteria that the bound side weighs, its own must-haves first.

Two invariants of publishing are used: a criterion with weight has the values of its wish, and an offer or a search that
is published has a row here. So a must-have is unclear exactly where the fact it asks for is unknown.

Order and ties: float8 finds all rows within 1e-9 of the last one wanted, exact rationals decide among those. Published
facts have few values, so thousands of offers can tie exactly. Rows with the same a, b and low scores are such a tie:
two different rationals of these denominators are at least 1e-14 apart, float8 sums of equal ones less than 1e-15. A
mass tie (more than MOST_TIES rows too many) is asked for again: then only as many rows of each tie are fetched as the
page can show, the earliest published first, and with the last of them all that were published at the same moment.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from psycopg.types.numeric import Int4

from succession.matching.criteria import CRITERIA
from succession.matching.criteria.criterion import KILOMETRES, Codes, Columns, Criterion, Side
from succession.matching.pairs import Means
from succession.matching.shapes import Expression, Parameter, Scale

WITHIN = "1e-9"
THOUSAND = 1000
"""Means are kept in thousandths, so that all points but those for distance are whole numbers."""
MOST_TIES = 100
"""So many rows more than wanted are fetched at once; more of them within a hair's breadth are mass ties."""

Value = int | float | list[int]

_NAMED = re.compile(r"%\((\w+)\)s")


@dataclass(frozen=True, slots=True)
class Statement:
    """SQL with the parameters that it is sent with; never prepared, because each shape would keep its plan."""

    sql: str
    parameters: Mapping[str, Value]

    def numbered(self) -> tuple[str, list[Value]]:
        """As the database numbers parameters ($1, $2, …): the driver need not read a long text for names."""
        numbers: dict[str, str] = {}

        def number(found: re.Match[str]) -> str:
            return numbers.setdefault(found[1], f"${len(numbers) + 1}")

        sql = _NAMED.sub(number, self.sql)
        return sql, [self.parameters[name] for name in numbers]


@dataclass(frozen=True, slots=True)
class Here:
    """A public area by its number and reference point in whole metres."""

    place: int
    x: int
    y: int


@dataclass(frozen=True, slots=True)
class Wanted:
    """How many rows of each list are wanted, counted from its beginning; 0 leaves the list out."""

    ranked: int
    unclear: int
    with_all_ties: bool = False
    """Whether mass ties are cut to what a page can show; asked for only after a list overflowed without it."""

    def overflows(self, ranked: int, unclear: int) -> bool:
        """Whether so many rows came that some of a mass tie may be missing."""
        return not self.with_all_ties and (ranked > self.ranked + MOST_TIES or unclear > self.unclear + MOST_TIES)


@dataclass(frozen=True, slots=True)
class _Source:
    """What differs between the two directions, as SQL."""

    nearby: str
    joined: str
    table: str
    unclear: str
    also: str = "true"


class Bound:
    """A row whose values are parameters of the statement."""

    def __init__(self, row: Codes, prefix: str, parameters: dict[str, Value]) -> None:
        self.row = row
        self.prefix = prefix
        self.parameters = parameters

    def __call__(self, name: str) -> Expression:
        """The parameter for this column, None if it is empty."""
        value = self.row[name]
        return None if value is None else Parameter.bound(f"{self.prefix}_{name}", value, self._bind)

    def _bind(self, name: str, value: int) -> None:
        self.parameters[name] = Int4(value)


@dataclass(slots=True)
class _Frame:
    """One direction: the bound side's criteria read columns of the others, the others' criteria read what is bound."""

    own: Side
    row: Codes
    means: Means
    alias: str
    parameters: dict[str, Value] = field(default_factory=dict)

    @property
    def bound(self) -> Columns:
        """The bound row."""
        return Bound(self.row, "own", self.parameters)

    def column(self, name: str) -> Expression:
        """A column of the other side; the distance belongs to the place."""
        return "nearby.km" if name == KILOMETRES else f"{self.alias}.{name}"

    def known(self, name: str) -> Expression:
        """What the bound side states; the distance is never bound."""
        return "nearby.km" if name == KILOMETRES else self.bound(name)

    @property
    def counting(self) -> list[tuple[int, Criterion]]:
        """The criteria that the bound side weighs, with their places in the bits of `must`."""
        return [(bit, each) for bit, each in enumerate(CRITERIA[self.own]) if self.row[each.weight_column]]

    @property
    def musts(self) -> list[Criterion]:
        """The bound side's own must-haves."""
        return [each for bit, each in self.counting if (self.row["must"] or 0) >> bit & 1]

    @property
    def others(self) -> Sequence[Criterion]:
        """All criteria of the other side: which of them count differs from row to row."""
        return CRITERIA[Side.LISTING if self.own is Side.SEEKER else Side.SEEKER]

    def is_stated(self, criterion: Criterion) -> bool:
        """Whether the bound side says something about this criterion of the other side."""
        return criterion.fact == KILOMETRES or self.row[criterion.fact] is not None

    def parameter(self, name: str, value: Value, kind: str) -> str:
        """A parameter of this type; the cast is one in name only, so that the planner has nothing to fold."""
        self.parameters[name] = Int4(value) if kind == "int" and isinstance(value, int) else value
        return f"%({name})s::{kind}"

    def own_sum(self, *, is_low: bool = False) -> str:
        """a: how the bound side is served, by what it weighs; thousandths are added up as whole numbers."""
        terms = []
        for _, each in self.counting:
            weight = self.row[each.weight_column] or 0
            if each.fact == KILOMETRES:
                terms.append("nearby.near")
                continue
            scale = Scale(
                self.parameter(f"full_{each.key}", weight * THOUSAND, "int"),
                self.parameter(f"half_{each.key}", weight * THOUSAND // 2, "int"),
                "0" if is_low else self.parameter(f"open_{each.key}", weight * self.thousandths(each), "int"),
            )
            terms.append(each.points(self.column, self.bound, scale))
        if not terms:
            return "1::float8"
        total = sum(self.row[each.weight_column] or 0 for _, each in self.counting) * THOUSAND
        return f"({_plus(terms)}) / {self.parameter('own_total', float(total), 'float8')}"

    def near(self) -> str:
        """The points for the distance, if the bound side weighs it: once for each place, not for each offer."""
        counts = [each for _, each in self.counting if each.fact == KILOMETRES]
        if not counts:
            return "0::float8"
        weight = self.parameter("full_distance", float((self.row["weight_distance"] or 0) * THOUSAND), "float8")
        return counts[0].points(lambda _: "km", self.bound, Scale(weight, weight, weight))

    def other_sum(self, *, is_low: bool = False) -> str:
        """b: how the other side is served; its weights are columns, and 0 where it does not ask."""
        terms = []
        for each in self.others:
            weight = f"{self.alias}.{each.weight_column}"
            unknown = "0" if is_low else self.parameter(f"open_{each.key}", self.thousandths(each), "int")
            if self.is_stated(each):
                full = f"{THOUSAND}::float8" if each.fact == KILOMETRES else str(THOUSAND)
                scale = Scale(full, str(THOUSAND // 2), unknown)
                terms.append(f"{weight} * {each.points(self.known, self.column, scale)}")
            elif not is_low:
                terms.append(f"{weight} * {unknown}")
        total = f"nullif({self.alias}.weight_sum, 0)"
        return f"coalesce(({_plus(terms) if terms else '0'}) / ({total} * {THOUSAND}::float8), 1)"

    def thousandths(self, criterion: Criterion) -> int:
        """The stored mean as a whole number."""
        return int(self.means.of(criterion) * THOUSAND)

    def own_filter(self) -> str:
        """The bound side's must-haves: not failed."""
        conditions = [f"({each.met(self.column, self.bound)}) IS NOT FALSE" for each in self.musts]
        return _and(conditions) if conditions else "true"

    def other_filter(self) -> str:
        """The other side's must-haves: not failed, as far as the bound side has said anything."""
        conditions = [
            f"({self.alias}.must & {1 << bit} = 0 OR {each.met(self.known, self.column)}) IS NOT FALSE"
            for bit, each in enumerate(self.others)
            if self.is_stated(each)
        ]
        return f"({self.alias}.must = 0 OR ({_and(conditions)}))" if conditions else "true"

    def unclear(self, radius: str) -> str:
        """Whether a must-have of either side, or the radius, waits for an answer."""
        silent = sum(1 << bit for bit, each in enumerate(self.others) if not self.is_stated(each))
        open_ones = [f"nearby.km > {radius}", *(f"{self.column(each.fact)} IS NULL" for each in self.musts)]
        if silent:
            open_ones.append(f"{self.alias}.must & {self.parameter('silent', silent, 'int')} <> 0")
        return " OR ".join(open_ones)


def offers_for(search: Codes, here: Here, means: Means, wanted: Wanted, apart: Sequence[int] = ()) -> Statement:
    """The best offers for a search: rows of `published_offer` with `km` and `unclear`, both lists in one answer.

    `apart` are the few offers that must not be found; where there are none, the statement says nothing of it.
    """
    frame = _Frame(Side.SEEKER, search, means, "o")
    radius = frame.parameter("radius_km", search["radius_km"] or 0, "int")
    point, box = _point(frame, here), _box(frame, here, (search["radius_km"] or 0) * THOUSAND)
    metres = frame.parameter("metres", float((search["radius_km"] or 0) * THOUSAND), "float8")
    kinds = [bit for bit in range(16) if (search["kinds"] or 0) >> bit & 1]
    nearby = f"""
  SELECT place, km, {frame.near()} AS near FROM (
    SELECT id AS place, ceil(ST_Distance(reference, {point}) / 1000)::int AS km
    FROM place_area
    WHERE geom && {box}
      AND (ST_Distance(reference, {point}) <= {metres} OR ST_Distance(geom, {point}) <= {metres})
    OFFSET 0) touched
  OFFSET 0"""  # nosec B608
    source = f"""nearby CROSS JOIN unnest({frame.parameter("kinds", kinds, "smallint[]")}) AS wanted(kind)
      JOIN published_offer o ON o.place = nearby.place AND o.kind = wanted.kind"""
    return _framed(
        frame, _Source(nearby, source, "published_offer", frame.unclear(radius), _apart(frame, apart)), wanted
    )


def searches_for(offer: Codes, here: Here, means: Means, wanted: Wanted, apart: Sequence[int] = ()) -> Statement:
    """The best searches for an offer: rows of `published_search` with `km` and `unclear`, both lists in one answer.

    `apart` are the few searches that must not be found.
    """
    frame = _Frame(Side.LISTING, offer, means, "s")
    point = _point(frame, here)
    kind = frame.parameter("kind", 1 << (offer["kind"] or 0), "int")
    # No search whose radius is smaller than the way to the area's reference point, less its reach, can touch the area;
    # only the few searches in between are compared with the outline itself. Places beyond the largest radius in use
    # are not even looked at: the index on (radius_km) answers that at once.
    nearby = f"""
  SELECT place, km, near, reference, geom, greatest(0, ceil(metres / 1000 - reach_km))::int AS least_radius_km FROM (
    SELECT searched.id AS place, searched.reference, offered.geom, 0::float8 AS near, offered.reach_km,
      ST_Distance(searched.reference, {point}) AS metres,
      ceil(ST_Distance(searched.reference, {point}) / 1000)::int AS km
    FROM (
      SELECT geom, ST_MaxDistance(geom, reference) / 1000 AS reach_km FROM place_area
      WHERE id = {frame.parameter("place", here.place, "int")} OFFSET 0) offered
    JOIN place_area searched
      ON searched.reference && ST_Expand(offered.geom, (SELECT max(radius_km) FROM published_search) * 1000)
    WHERE searched.level = 4
    OFFSET 0) way
  WHERE metres / 1000 - reach_km <= (SELECT max(radius_km) FROM published_search)
  OFFSET 0"""  # nosec B608
    source = """nearby
      JOIN published_search s ON s.place = nearby.place AND s.radius_km >= nearby.least_radius_km
        AND (s.radius_km >= nearby.km OR ST_Distance(nearby.reference, nearby.geom) <= s.radius_km * 1000)"""
    also = f"s.kinds & {kind} <> 0"
    if apart:
        also += f" AND {_apart(frame, apart)}"
    return _framed(frame, _Source(nearby, source, "published_search", frame.unclear("s.radius_km"), also), wanted)


def _framed(frame: _Frame, source: _Source, wanted: Wanted) -> Statement:
    """The frame: fences keep each score computed once, after the must-haves."""
    alias, table = frame.alias, source.table
    lists = [(name, rows) for name, rows in (("NOT unclear", wanted.ranked), ("unclear", wanted.unclear)) if rows]
    cuts = [_cut(frame, place, *each, with_all_ties=wanted.with_all_ties) for place, each in enumerate(lists)]
    found = _ties(frame, table, max(rows for _, rows in lists)) if wanted.with_all_ties else ""
    sql = f"""WITH nearby AS ({source.nearby}),
scored AS MATERIALIZED (
  SELECT id, km, near, published, a, b, unclear, coalesce(2 * a * b / nullif(a + b, 0), 0) AS joint FROM (
    SELECT {alias}.id, nearby.km, nearby.near, {alias}.published,
      {frame.own_sum()} AS a,
      {frame.other_sum()} AS b,
      {source.unclear} AS unclear
    FROM {source.joined}
    WHERE {source.also}
      AND {frame.own_filter()}
      AND {frame.other_filter()}
    OFFSET 0) pair),
best AS ({" UNION ALL ".join(cuts)}){found}
SELECT best.km, best.unclear, {alias}.*
FROM {"tied" if found else "best"} best JOIN {table} {alias} ON {alias}.id = best.id"""  # nosec B608
    return Statement(sql, frame.parameters)


def _ties(frame: _Frame, table: str, rows: int) -> str:
    """Of each tie only as many rows as a page can show."""
    most = frame.parameter("rows_of_a_tie", rows, "int")
    return f""",
tied AS (
  SELECT * FROM (
    SELECT *, rank() OVER (PARTITION BY unclear, a, b, own_low, other_low ORDER BY published) AS place_in_tie
    FROM (
      SELECT nearby.id, nearby.km, nearby.published, nearby.a, nearby.b, nearby.unclear,
        {frame.own_sum(is_low=True)} AS own_low,
        {frame.other_sum(is_low=True)} AS other_low
      FROM best nearby JOIN {table} {frame.alias} ON {frame.alias}.id = nearby.id) lowest) ranked
  WHERE place_in_tie <= {most})"""  # nosec B608


def _cut(frame: _Frame, place: int, condition: str, rows: int, *, with_all_ties: bool) -> str:
    """One list down to its last wanted row, and all that lie within a hair's breadth of it."""
    wanted = frame.parameter(f"rows_{place}", rows, "int")
    limit = "" if with_all_ties else f" LIMIT {frame.parameter(f'most_{place}', rows + MOST_TIES + 1, 'int')}"
    last = f"SELECT joint FROM scored WHERE {condition} ORDER BY joint DESC OFFSET {wanted} - 1 LIMIT 1"  # nosec B608
    return f"""
  (SELECT * FROM scored WHERE {condition} AND joint >= coalesce(({last}), 0) - {WITHIN}{limit})"""  # nosec B608


def _apart(frame: _Frame, numbers: Sequence[int]) -> str:
    """All but these rows."""
    return f"{frame.alias}.id <> ALL({frame.parameter('apart', list(numbers), 'bigint[]')})" if numbers else "true"


def _point(frame: _Frame, here: Here) -> str:
    x, y = frame.parameter("x", float(here.x), "float8"), frame.parameter("y", float(here.y), "float8")
    return f"ST_SetSRID(ST_MakePoint({x}, {y}), 25832)"


def _box(frame: _Frame, here: Here, metres: int) -> str:
    """The square around a circle, for the index."""
    sides = (here.x - metres, here.y - metres, here.x + metres, here.y + metres)
    bound = [frame.parameter(f"side_{place}", float(side), "float8") for place, side in enumerate(sides)]
    return f"ST_MakeEnvelope({', '.join(bound)}, 25832)"


def _plus(terms: Sequence[str]) -> str:
    return "\n        + ".join(terms)


def _and(conditions: Sequence[str]) -> str:
    return "\n      AND ".join(conditions)
