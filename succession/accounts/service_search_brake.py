"""Writing doors of the brake on searching: requests in a minute, and different centres in ten."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta

from sqlalchemy import func, literal_column, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts import service_limits
from succession.accounts.brake import network
from succession.accounts.limits import Limit
from succession.accounts.models_second_factor import SearchCentre
from succession.accounts.sealing import Keys
from succession.security_log import Result, note

CENTRES_WITHIN = timedelta(minutes=10)
MANY_CENTRES = 50


@dataclass(frozen=True, slots=True)
class Searcher:
    """Who searches: a person if signed in, and always a network address."""

    keys: Keys = field(repr=False)
    account_id: int | None
    address: str = field(repr=False)


def count(session: Session, searcher: Searcher, limit: Limit, *, now: datetime) -> None:
    """The request is counted for the address and for the person; `TooMany` beyond the limit.

    In a transaction of its own. Always in this order, so that two requests cannot wait for each other.
    """
    service_limits.count(session, limit, "address", network(searcher.address), now=now)
    if searcher.account_id is not None:
        service_limits.count(session, limit, "person", searcher.account_id, now=now)


def note_centre(session: Session, searcher: Searcher, centre: str, *, now: datetime) -> None:
    """The centre is remembered for a while as a hash; every fiftieth different one is in the security log."""
    who = str(searcher.account_id) if searcher.account_id is not None else network(searcher.address)
    key = searcher.keys.hash("searcher", who)
    values = {"key_hash": key, "centre_hash": searcher.keys.hash("centre", centre), "searched_at": now}
    is_new = session.scalar(
        insert(SearchCentre)
        .values(values)
        .on_conflict_do_update(index_elements=["key_hash", "centre_hash"], set_={"searched_at": now})
        .returning(literal_column("xmax = 0"))
    )
    if not is_new:
        return
    recent = (SearchCentre.key_hash == key, SearchCentre.searched_at > now - CENTRES_WITHIN)
    centres = session.scalar(select(func.count()).select_from(SearchCentre).where(*recent)) or 0
    if centres and centres % MANY_CENTRES == 0:
        note("search.many_centres", Result.OK, centres=centres, minutes=int(CENTRES_WITHIN.total_seconds() // 60))
