"""The sample of published pairs behind the pool means, from the same expressions as the lists. Pure."""

from succession.matching.criteria import CRITERIA
from succession.matching.criteria.criterion import KILOMETRES, Columns, Criterion, Side
from succession.matching.statement import Statement

MOST_PAIRS = 20_000
MOST_SEARCHES = 2_000
MOST_OFFERS_OF_A_SEARCH = 200


def pool_sample(seed: int) -> Statement:
    """Per criterion the mean satisfaction and the number of statements, over pairs that fail no hard requirement.

    The seed alone decides which pairs are taken: first searches, then offers of each, both in the order of a hash.
    """
    columns = [
        piece
        for side in Side
        for each in CRITERIA[side]
        for piece in (
            f"avg({_satisfaction(each)}) FILTER (WHERE {_weight(each)} > 0) AS mean_{side}_{each.key}",
            f"count({_satisfaction(each)}) FILTER (WHERE {_weight(each)} > 0) AS statements_{side}_{each.key}",
        )
    ]
    musts = [
        f"({_alias(side)}.must & {1 << bit} = 0 OR {each.met(_facts(side), _wishes(side))}) IS NOT FALSE"
        for side in Side
        for bit, each in enumerate(CRITERIA[side])
    ]
    listed, conditions = ",\n  ".join(columns), "\n        AND ".join(musts)
    sql = f"""WITH chosen AS (
  SELECT s.*, here.reference FROM published_search s JOIN place_area here ON here.id = s.place
  ORDER BY md5(%(seed)s::text || ' ' || s.id), s.id LIMIT {MOST_SEARCHES}),
pair AS (
  SELECT s.id AS search, found.id AS offer, found.km
  FROM chosen s CROSS JOIN LATERAL (
    SELECT o.id, nearby.km
    FROM (
      SELECT area.id AS place, ceil(ST_Distance(area.reference, s.reference) / 1000)::int AS km
      FROM place_area area
      WHERE area.geom && ST_Expand(s.reference, s.radius_km * 1000)
        AND (ST_DWithin(area.reference, s.reference, s.radius_km * 1000)
             OR ST_DWithin(area.geom, s.reference, s.radius_km * 1000))
      OFFSET 0) nearby
    JOIN published_offer o ON o.place = nearby.place
    WHERE (s.kinds >> o.kind) & 1 = 1
        AND {conditions}
    ORDER BY md5(%(seed)s::text || ' ' || s.id || ' ' || o.id), o.id LIMIT {MOST_OFFERS_OF_A_SEARCH}) found
  ORDER BY md5(%(seed)s::text || ' ' || found.id || ' ' || s.id), s.id, found.id LIMIT {MOST_PAIRS})
SELECT count(*) AS pairs,
  {listed}
FROM pair nearby
JOIN published_search s ON s.id = nearby.search
JOIN published_offer o ON o.id = nearby.offer"""  # nosec B608
    return Statement(sql, {"seed": seed})


def _satisfaction(criterion: Criterion) -> str:
    return criterion.sql(_facts(criterion.side), _wishes(criterion.side))


def _weight(criterion: Criterion) -> str:
    return f"{_alias(criterion.side)}.{criterion.weight_column}"


def _alias(side: Side) -> str:
    """The table that holds the wishes of a side."""
    return "s" if side is Side.SEEKER else "o"


def _facts(side: Side) -> Columns:
    """The columns that hold what the other side says."""
    alias = "o" if side is Side.SEEKER else "s"
    return lambda name: "nearby.km" if name == KILOMETRES else f"{alias}.{name}"


def _wishes(side: Side) -> Columns:
    """The columns that hold the wishes of a side."""
    return lambda name: f"{_alias(side)}.{name}"
