"""Runs the composed statements and orders what they find exactly; reads nothing but published codes."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from fractions import Fraction
from typing import Any, cast
from uuid import UUID

from psycopg import Connection, RawCursor
from psycopg.rows import dict_row
from sqlalchemy import Table, func, select
from sqlalchemy.orm import Session

from succession.listings.models_published import published_offer
from succession.matching.models import PoolMean, PoolMeans
from succession.matching.pairs import Means, Pair
from succession.matching.scoring import PairScore, Place
from succession.matching.statement import Here, Statement, Wanted, offers_for, searches_for
from succession.places.models import PlaceArea
from succession.profiles.models_published import published_search

NOT_SCORED = frozenset({"id", "published", "place", "unclear"})
"""What differs between two rows of one tie without changing the score."""


@dataclass(frozen=True, slots=True)
class Own:
    """The published row of the one who asks, and the reference point of its area."""

    row: dict[str, Any]
    here: Here

    @property
    def id(self) -> int:
        """The number of the listing or search."""
        return int(self.row["id"])


@dataclass(frozen=True, slots=True)
class Candidate:
    """One row that a statement has found, with its exact score."""

    id: int
    published: datetime
    is_unclear: bool
    pair: Pair
    score: PairScore

    def place(self, public_id: UUID) -> Place:
        """Where it stands in its list."""
        return Place(self.score.joint, self.score.low, self.published, public_id)


def current_means(session: Session) -> Means:
    """The newest pool means; the first ones came with the table."""
    newest = select(PoolMeans.id, PoolMeans.public_id).order_by(PoolMeans.made_at.desc(), PoolMeans.id.desc()).limit(1)
    chosen = newest.subquery()
    statement = select(chosen.c.public_id, PoolMean).outerjoin(PoolMean, PoolMean.pool_means_id == chosen.c.id)
    rows = session.execute(statement).all()
    return Means(rows[0].public_id, {(mean.side, mean.criterion): Fraction(mean.mean) for _, mean in rows if mean})


def own_search(reader: Session, search_id: int) -> Own | None:
    """A search as it is published, None if it is not."""
    return _own(reader, published_search, search_id)


def own_offer(reader: Session, listing_id: int) -> Own | None:
    """An offer as it is published, None if it is not (any more)."""
    return _own(reader, published_offer, listing_id)


def offers(reader: Session, search: Own, means: Means, wanted: Wanted, apart: Sequence[int] = ()) -> list[Candidate]:
    """Candidates for both lists of a search, not yet in order, without those that are kept `apart`."""
    rows = _with_ties(reader, wanted, lambda wish: offers_for(search.row, search.here, means, wish, apart))
    return _scored(rows, means, lambda row: Pair(search.row, row, row["km"]))


def searches(reader: Session, offer: Own, means: Means, wanted: Wanted, apart: Sequence[int] = ()) -> list[Candidate]:
    """Candidates for both lists of an offer, not yet in order, without those that are kept `apart`."""
    rows = _with_ties(reader, wanted, lambda wish: searches_for(offer.row, offer.here, means, wish, apart))
    return _scored(rows, means, lambda row: Pair(row, offer.row, row["km"]))


def run(session: Session, statement: Statement) -> list[dict[str, Any]]:
    """The rows of a statement, on the session's own connection and in its transaction; never prepared."""
    driver = cast("Connection[Any]", session.connection().connection.driver_connection)
    sql, values = statement.numbered()
    with RawCursor(driver, row_factory=dict_row) as cursor:
        # The text is composed from our own expressions at run time; values are only ever parameters.
        cursor.execute(cast("Any", sql), values, prepare=False)
        return cursor.fetchall()


def _own(reader: Session, table: Table, number: int) -> Own | None:
    reference = PlaceArea.reference
    statement = (
        select(table, func.ST_X(reference).label("here_x"), func.ST_Y(reference).label("here_y"))
        .join(PlaceArea, PlaceArea.id == table.c.place)
        .where(table.c.id == number)
    )
    row = reader.execute(statement).mappings().one_or_none()
    if row is None:
        return None
    return Own(dict(row), Here(row["place"], round(row["here_x"]), round(row["here_y"])))


def _with_ties(reader: Session, wanted: Wanted, made: Callable[[Wanted], Statement]) -> list[dict[str, Any]]:
    """What the statement finds; asked again with all ties if a list has more of them than are fetched at once."""
    rows = run(reader, made(wanted))
    unclear = sum(row["unclear"] for row in rows)
    if wanted.overflows(len(rows) - unclear, unclear):
        rows = run(reader, made(replace(wanted, with_all_ties=True)))
    return rows


def _scored(rows: Iterable[dict[str, Any]], means: Means, paired: Callable[[dict[str, Any]], Pair]) -> list[Candidate]:
    """The exact score of each row; rows that say the same share it."""
    scores: dict[tuple[Any, ...], PairScore] = {}
    found = []
    for row in rows:
        pair = paired(row)
        said = tuple(value for name, value in row.items() if name not in NOT_SCORED)
        if said not in scores:
            scores[said] = pair.score(means)
        found.append(Candidate(row["id"], row["published"], row["unclear"], pair, scores[said]))
    return found


def in_order(candidates: Iterable[Candidate], public_ids: Mapping[int, UUID]) -> list[Candidate]:
    """Exactly: H, H(low), the earlier publication, the public id. Ask with as many rows as the last page needs."""
    return sorted(candidates, key=lambda each: each.place(public_ids[each.id]).key)
