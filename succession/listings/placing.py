"""Decides in which area an offer is shown and which trade may be named; reads the exact place, writes nothing."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from sqlalchemy import ColumnElement, func, or_, select
from sqlalchemy.orm import Session

from succession.errors import Refused
from succession.facts import branches
from succession.facts.branches import TRADE_FIELD
from succession.facts.terms import TRADES
from succession.i18n import Text
from succession.land import queries as land_queries
from succession.listings import exactness, queries
from succession.listings.exactness import Circumstances
from succession.listings.holders import published_as
from succession.listings.lifecycle import SHOWN
from succession.listings.models import Listing, ListingParcel
from succession.listings.publishing import OfferStatements, published_facts
from succession.places import queries_levels
from succession.places.areas import AreaLevel
from succession.places.levels import EXACT, Verdict, Wanted, decide
from succession.places.models import Place
from succession.places.queries_levels import Around


@dataclass(frozen=True, slots=True)
class Placing:
    """How one offer is shown: the level, the area, and how many of its group there are in that area."""

    level: int
    area: Around
    trades: int | None
    """The code of the trades that may be named; None where naming one would single the business out."""
    verdict: Verdict | None = None

    @property
    def is_exact(self) -> bool:
        """Whether the outline itself is shown; the area is then only for distances and filters."""
        return self.level == EXACT

    def told(self, statements: OfferStatements) -> OfferStatements:
        """What may be said of the offer: everything, but only the trades that may be named."""
        if self.trades == _trades_of(statements):
            return statements
        named = None if self.trades is None else [term.key for term in TRADES.chosen(self.trades)]
        return replace(statements, facts={**statements.facts, TRADE_FIELD: named})


def placings(session: Session, listing: Listing) -> list[tuple[Listing, Placing]]:
    """The offer as it is to be shown, and those that share its land or premises and are now shown too finely.

    All of them are shown at the coarsest of their levels: two areas of different size would say more than either.
    Refused if there is no area at all, so that nothing finer is shown (LP-13).
    """
    group = [listing, *(one for one in _sharing(session, listing) if one.state in SHOWN)]
    level = max(wanted_level(session, one) for one in (listing, *_sharing(session, listing)))
    while True:
        found = [(one, placed(session, one, level)) for one in group]
        reached = max((placing.level for _, placing in found if placing is not None), default=level)
        if reached == level:
            break
        level = reached
    first = found[0][1]
    if first is None:
        raise Refused(
            Text(
                "We cannot tell in which area this offer is to be shown, so it was not published. "
                "Please choose a place in the region."
            )
        )
    others = [(one, other) for one, other in found[1:] if other is not None and _is_shown_finer(one, level)]
    return [(listing, first), *others]


def placing_of(session: Session, listing: Listing) -> Placing | None:
    """How the offer would be shown if it were published now; None if not at all."""
    try:
        return placings(session, listing)[0][1]
    except Refused:
        return None


def wanted_level(session: Session, listing: Listing) -> int:
    """What its owner wants; what was shown coarser once is never shown finer again."""
    wanted = exactness.wanted(listing.wanted_level, circumstances(session, listing))
    return max(wanted, listing.published_level or EXACT)


def circumstances(session: Session, listing: Listing) -> Circumstances:
    """What the usual level depends on."""
    organisation = queries.organisation_of(session, listing)
    return Circumstances(
        kind=listing.kind,
        owner_kind=published_as(organisation.kind if organisation else None),
        is_confidential=listing.is_confidential,
        has_outline=listing.site_id is not None or bool(_parcel_ids(session, listing)),
    )


def areas_around(session: Session, listing: Listing, *, finest: int = AreaLevel.PLACE) -> list[Around]:
    """The areas that hold the place of the offer, from fine to coarse; empty where it has none in the region."""
    point = _location(session, listing)
    return [] if point is None else queries_levels.around(session, *point, finest=finest)


def placed(session: Session, listing: Listing, level: int) -> Placing | None:
    """The finest way to show the offer at `level` or coarser that the k-rule allows."""
    finest = min(level, listing.finest_level if listing.finest_level is not None else level) or AreaLevel.PLACE
    chain = areas_around(session, listing, finest=finest)
    if not chain:
        return None
    statements = queries.statements_of(session, listing)
    if level == EXACT:
        own = next(one for one in chain if one.level == AreaLevel.PLACE)
        return Placing(EXACT, own, _trades_of(statements))
    groups = branches.trades_in(listing.kind, _trades_of(statements))
    wanted = Wanted(
        level, branches.of_kind(listing.kind), tuple(groups), listing.puts_trade_first, listing.finest_level
    )
    steps = queries_levels.steps(session, chain, (wanted.kind, *groups))
    verdict = decide(wanted, steps, queries_levels.least_alike(session))
    if verdict is None:
        return None
    area = next(one for one in chain if one.level == verdict.level)
    return Placing(verdict.level, area, groups.get(verdict.branch), verdict)


def _trades_of(statements: OfferStatements) -> int | None:
    """The published code of the stated trades."""
    return published_facts(statements).get(TRADE_FIELD)


def _location(session: Session, listing: Listing) -> tuple[float, float] | None:
    """Where the offer is, exactly or by the place its owner named."""
    parcel_ids = _parcel_ids(session, listing)
    if listing.site_id is not None or parcel_ids:
        point = land_queries.location_for_publication(session, site_id=listing.site_id, parcel_ids=parcel_ids)
        if point is not None:
            return point
    if listing.place_id is None:
        return None
    located = select(func.ST_X(Place.location), func.ST_Y(Place.location)).where(Place.id == listing.place_id)
    x, y = session.execute(located).one()
    return float(x), float(y)


def _parcel_ids(session: Session, listing: Listing) -> Sequence[int]:
    chosen = select(ListingParcel.parcel_id).where(ListingParcel.listing_id == listing.id)
    return session.scalars(chosen.order_by(ListingParcel.parcel_id)).all()


def _sharing(session: Session, listing: Listing) -> Sequence[Listing]:
    """Other offers that were ever published with one of the same parcels or the same premises."""
    own = select(ListingParcel.parcel_id).where(ListingParcel.listing_id == listing.id)
    with_parcel = select(ListingParcel.listing_id).where(ListingParcel.parcel_id.in_(own))
    same: list[ColumnElement[bool]] = [Listing.id.in_(with_parcel)]
    if listing.site_id is not None:
        same.append(Listing.site_id == listing.site_id)
    statement = select(Listing).where(Listing.id != listing.id, Listing.published_level.is_not(None), or_(*same))
    return session.scalars(statement.order_by(Listing.id)).all()


def _is_shown_finer(listing: Listing, level: int) -> bool:
    return listing.published_level is None or listing.published_level < level
