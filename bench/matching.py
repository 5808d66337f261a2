"""Matching among 10,000 to a million offers at one density, beside a bare radius count on the same data.

Every search is asked in turn: the yardstick, then the statement, so that a busy machine slows both. Both are sent the
same way and timed until their rows have arrived. Times are warm: each search is asked once before it is measured, and
the best of five measurements counts, because others work on the machine too.
"""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from statistics import median, quantiles
from uuid import UUID

from psycopg import RawCursor
from sqlalchemy import Engine, text
from sqlalchemy.orm import Session
from sqlalchemy.pool import NullPool

from bench.ground import ground
from bench.market import RADII, Market, loosen, make_offers, make_places, make_searches
from bench.requests import whole_requests
from bench.table import Line
from succession import cluster
from succession.cluster import SUPERUSER
from succession.db import DatabaseRole, make_engine
from succession.matching import finding
from succession.matching.finding import Own
from succession.matching.pairs import Means
from succession.matching.statement import Statement, Wanted, offers_for, searches_for

MEANS = Means(UUID(int=1))
LISTS = Wanted(20, 20)
SEARCHES = 100_000
ROUNDS = 5
MOST_MIXED_MS, MOST_OFFER_MS = 15.0, 10.0
MOST_P50 = {5: 3.5, 10: 2.5, 20: 2.5, 30: 2.5, 50: 2.5}
MOST_P95 = {5: 5.0, 10: 4.0, 20: 4.0, 30: 4.0, 50: 4.0}
MOST_GROWTH, MOST_REQUEST_MS = 1.3, 40.0
INSIDE_RADIUS_KM = 30

COUNT_OFFERS = """SELECT count(*) FROM bench_offer WHERE kind = ANY(%(kinds)s)
    AND ST_DWithin(geom, ST_SetSRID(ST_MakePoint(%(x)s, %(y)s), 25832), %(metres)s)"""
COUNT_SEARCHES = """SELECT count(*) FROM published_search s JOIN place_area p ON p.id = s.place
    WHERE s.kinds & %(kind)s <> 0
      AND ST_DWithin(p.reference, ST_SetSRID(ST_MakePoint(%(x)s, %(y)s), 25832), 50000)
      AND ST_DWithin(p.reference, ST_SetSRID(ST_MakePoint(%(x)s, %(y)s), 25832), s.radius_km * 1000)"""


@dataclass(frozen=True, slots=True)
class Timed:
    """One search or offer: milliseconds of the yardstick and of the statement."""

    radius: int
    yardstick: float
    statement: float


def measure(*, quick: bool) -> list[Line]:
    """Both directions; `quick` stops at 100,000 offers."""
    large = Market(100_000 if quick else 1_000_000, 20_000 if quick else SEARCHES)
    with ground() as settings:
        admin = make_engine(cluster.database_url(settings, SUPERUSER), poolclass=NullPool)
        engine = make_engine(cluster.database_url(settings, DatabaseRole.APP), DatabaseRole.APP)
        try:
            _fill(admin, large, is_first=True)
            with Session(engine) as session:
                searches = _some_searches(session, large, 8 if quick else 40)
                timed = [_time_search(session, own) for own in searches]
                lines = _lines(large, timed)
                lines += _offer_lines(session, large, 40 if quick else 100)
                inner = _inner_searches(session, large, 20 if quick else 40)
                at_large = [_time_search(session, own).statement for own in inner]
            lines += whole_requests(
                settings, admin, [own.id for own in searches][:: 2 if quick else 5], MOST_REQUEST_MS
            )
            small = Market(large.offers // 10, large.searches)
            lines += _growth((admin, engine), (large, small), inner, at_large)
        finally:
            engine.dispose()
            admin.dispose()
    return lines


def _fill(admin: Engine, market: Market, *, is_first: bool) -> None:
    """The market is there, in physical order and with statistics."""
    with admin.connect() as connection, connection.begin():
        driver = connection.connection.driver_connection
        assert driver is not None
        with driver.cursor() as cursor:
            if is_first:
                loosen(driver)
                make_places(cursor, market.side_m)
                make_searches(cursor, market)
            make_offers(cursor, market)
        connection.execute(text("GRANT SELECT ON bench_offer TO PUBLIC"))
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM ANALYZE published_offer, published_search, place_area, bench_offer"))


def _some_searches(session: Session, market: Market, count: int) -> list[Own]:
    """So many for each radius, in mixed order."""
    chosen = random.Random(market.seed)
    numbers = []
    for radius in RADII:
        rows = session.scalars(
            text("SELECT id FROM published_search WHERE radius_km = :radius ORDER BY id"), {"radius": radius}
        ).all()
        numbers += chosen.sample(list(rows), count)
    chosen.shuffle(numbers)
    return [_found(finding.own_search(session, number)) for number in numbers]


def _inner_searches(session: Session, market: Market, count: int) -> list[Own]:
    """Searches whose circle lies inside the square of a tenth of the offers, in the middle of the large one."""
    middle, half = market.side_m / 2, market.side_m / 2 / 10**0.5
    rows = session.scalars(
        text("""SELECT s.id FROM published_search s JOIN place_area p ON p.id = s.place
            WHERE s.radius_km <= :largest
              AND abs(ST_X(p.reference) - 400000 - :middle) + s.radius_km * 1000 <= :half
              AND abs(ST_Y(p.reference) - 5500000 - :middle) + s.radius_km * 1000 <= :half
            ORDER BY s.id LIMIT :count"""),
        {"middle": middle, "half": half, "largest": INSIDE_RADIUS_KM, "count": count},
    )
    return [_found(finding.own_search(session, number)) for number in rows]


def _time_search(session: Session, own: Own) -> Timed:
    """The bare count and both lists."""
    kinds = [bit for bit in range(9) if own.row["kinds"] >> bit & 1]
    values = {"kinds": kinds, "x": own.here.x, "y": own.here.y, "metres": own.row["radius_km"] * 1000}
    statement = offers_for(own.row, own.here, MEANS, LISTS)
    return Timed(own.row["radius_km"], *_alternately(session, Statement(COUNT_OFFERS, values), statement))


def _time_offer(session: Session, own: Own) -> Timed:
    """The bare count and both lists."""
    values = {"kind": 1 << own.row["kind"], "x": own.here.x, "y": own.here.y}
    statement = searches_for(own.row, own.here, MEANS, LISTS)
    return Timed(0, *_alternately(session, Statement(COUNT_SEARCHES, values), statement))


def _alternately(session: Session, yardstick: Statement, statement: Statement) -> tuple[float, float]:
    """The middle of a few times of each, in milliseconds, one after the other."""
    driver = session.connection().connection.driver_connection
    assert driver is not None
    times: tuple[list[float], list[float]] = ([], [])
    with RawCursor(driver) as cursor:
        for number in range(ROUNDS + 1):
            for one, kept in zip((yardstick, statement), times, strict=True):
                begin = time.perf_counter()
                cursor.execute(*one.numbered(), prepare=False)
                if number:
                    kept.append((time.perf_counter() - begin) * 1000)
    return min(times[0]), min(times[1])


def _lines(market: Market, timed: list[Timed]) -> list[Line]:
    """Mixed radii in milliseconds, each radius as a ratio."""
    name = f"both lists of 20 among {market.offers:,} offers"
    limit = MOST_MIXED_MS if market.offers >= 1_000_000 else None
    lines = [
        Line(f"{name}, mixed radii, p50", median(each.statement for each in timed), "ms", limit, _pair(timed, 50)),
        Line(f"{name}, mixed radii, p95", _p95([each.statement for each in timed]), "ms", None, _pair(timed, 95)),
    ]
    for radius in RADII:
        some = [each for each in timed if each.radius == radius]
        p50 = median(each.statement for each in some) / median(each.yardstick for each in some)
        p95 = _p95([each.statement for each in some]) / _p95([each.yardstick for each in some])
        lines.append(Line(f"  {radius} km: p50 / bare GiST radius count", p50, "x", MOST_P50[radius], _pair(some, 50)))
        lines.append(Line(f"  {radius} km: p95 / bare GiST radius count", p95, "x", MOST_P95[radius], _pair(some, 95)))
    return lines


def _offer_lines(session: Session, market: Market, count: int) -> list[Line]:
    """Searches for one offer."""
    numbers = random.Random(market.seed).sample(range(1, market.offers + 1), count)
    timed = [_time_offer(session, _found(finding.own_offer(session, number))) for number in numbers]
    name = f"one offer against {market.searches:,} searches"
    return [
        Line(f"{name}, p50", median(each.statement for each in timed), "ms", MOST_OFFER_MS, _pair(timed, 50)),
        Line(f"{name}, p95", _p95([each.statement for each in timed]), "ms", None, _pair(timed, 95)),
    ]


def _growth(
    engines: tuple[Engine, Engine], markets: tuple[Market, Market], inner: list[Own], at_large: list[float]
) -> list[Line]:
    """The same searches on a tenth of the offers at the same density: the offers outside the middle are gone."""
    (admin, engine), (large, small) = engines, markets
    with admin.connect() as connection, connection.begin():
        connection.execute(
            text("""DELETE FROM published_offer o USING place_area p WHERE p.id = o.place
                AND (abs(ST_X(p.reference) - 400000 - :middle) > :half
                     OR abs(ST_Y(p.reference) - 5500000 - :middle) > :half)"""),
            {"middle": large.side_m / 2, "half": large.side_m / 2 / 10**0.5},
        )
    with admin.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("VACUUM FULL ANALYZE published_offer"))
    with Session(engine) as session:
        at_small = [_time_search(session, own).statement for own in inner]
    ratio = median(big / little for big, little in zip(at_large, at_small, strict=True))
    what = f"the same searches: {large.offers:,} / {small.offers:,} offers at one density"
    return [Line(what, ratio, "x", MOST_GROWTH, f"{median(at_large):.1f} / {median(at_small):.1f} ms")]


def _pair(timed: list[Timed], percent: int) -> str:
    """Both times side by side."""
    take: Callable[[list[float]], float] = median if percent == 50 else _p95
    ours, theirs = take([each.statement for each in timed]), take([each.yardstick for each in timed])
    return f"{ours:.1f} / {theirs:.1f} ms"


def _p95(values: list[float]) -> float:
    return quantiles(values, n=20)[-1]


def _found(own: Own | None) -> Own:
    assert own is not None
    return own
