"""What the page about an offer's place shows: each level with what would really be shown there, and why."""

from dataclasses import dataclass, replace

from sqlalchemy.orm import Session

from succession.facts import branches
from succession.i18n import Text, Value
from succession.listings import exactness, placing
from succession.listings.models import Listing
from succession.listings.placing import Placing
from succession.places import drawings, queries_levels
from succession.places.areas import AreaLevel, area_label
from succession.places.drawings import Sketch
from succession.places.levels import EXACT


@dataclass(frozen=True, slots=True)
class LevelOption:
    """One level to choose, and what becomes of it under the k-rule."""

    level: int
    label: Text
    explanation: Text
    outcome: Text | None
    is_usual: bool
    is_chosen: bool
    sketch: Sketch | None


@dataclass(frozen=True, slots=True)
class LevelPage:
    """The page on which an owner chooses how exactly the place may be shown."""

    options: tuple[LevelOption, ...]
    now: Text | None
    chosen: int | None
    puts_trade_first: bool
    names_trade: bool
    """Whether the offer states a trade, so that there is something to weigh against the place."""
    has_place: bool
    is_confidential: bool
    was_shown: bool
    least: int


def level_page(session: Session, listing: Listing) -> LevelPage:
    """The levels for this offer, each with its outcome; the caller has checked that it is their own."""
    given = placing.circumstances(session, listing)
    usual, least = exactness.usual(given), queries_levels.least_alike(session)
    chosen = exactness.wanted(listing.wanted_level, given)
    chain = placing.areas_around(session, listing, finest=AreaLevel.SQUARE_1_KM)
    pictures = drawings.sketches(session, chain)
    levels = {one.level for one in chain} | {EXACT}
    options = tuple(
        LevelOption(
            level=level,
            label=exactness.label(level),
            explanation=replace(exactness.explanation(level), values={"least": least}),
            outcome=_outcome(session, listing, level),
            is_usual=level == usual,
            is_chosen=level == max(chosen, listing.published_level or EXACT),
            sketch=pictures.get(level),
        )
        for level in exactness.possible(given, coarsest_shown=listing.published_level)
        if level in levels or not chain
    )
    shown = placing.placing_of(session, listing)
    return LevelPage(
        options=options,
        now=None if shown is None else _shown(session, shown),
        chosen=listing.wanted_level,
        puts_trade_first=listing.puts_trade_first,
        names_trade=bool(listing.trades),
        has_place=bool(chain),
        is_confidential=listing.is_confidential,
        was_shown=listing.published_level is not None,
        least=least,
    )


def shown_as(session: Session, listing: Listing) -> Text | None:
    """In one sentence how the offer is shown, or would be; None where it has no place in the region."""
    found = placing.placing_of(session, listing)
    return None if found is None else _shown(session, found)


def hides_trade(session: Session, listing: Listing) -> bool:
    """Whether a stated trade is left out because it would single the business out."""
    found = placing.placing_of(session, listing)
    return bool(listing.trades) and found is not None and found.trades is None


def _outcome(session: Session, listing: Listing, level: int) -> Text | None:
    """What would be shown if this level were chosen."""
    if level == EXACT:
        return None
    found = placing.placed(session, listing, level)
    if found is None:
        return Text("We have no figures for this, so nothing could be shown.")
    shown = _shown(session, found)
    return shown if found.level == level else Text("There are too few here. %(shown)s", {"shown": shown})


def _shown(session: Session, found: Placing) -> Text:
    """The area, how many of the group there are in it, and whether that was counted."""
    if found.is_exact or found.verdict is None:
        return Text("Shown is the place itself.")
    values: dict[str, Value] = {
        "area": area_label(found.area.level, found.area.place_name),
        "count": int(found.verdict.count),
        "group": branches.label(found.verdict.branch),
    }
    if queries_levels.is_estimated(session, found.verdict.branch):
        return Text("Shown is: %(area)s. There are at least %(count)s of the group “%(group)s” (an estimate).", values)
    return Text("Shown is: %(area)s. There are at least %(count)s of the group “%(group)s”.", values)
