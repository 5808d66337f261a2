"""Everything the search page shows, gathered in one place: offers, counts, and the words for the chosen filters."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy.orm import Session

from succession.facts.display import at_least, at_most
from succession.facts.kinds import Kind
from succession.facts.measures import AREA
from succession.facts.terms import TAKEOVER_MODELS
from succession.i18n import Text
from succession.listings.filters import RADII_KM, SearchFilters, Sort
from succession.listings.queries_search import (
    AreaCount,
    OfferCard,
    count_published,
    counts_by_area,
    counts_by_kind,
    search_published,
)
from succession.listings.tallies import parts_told, told
from succession.places import queries as places
from succession.places.areas import area_label
from succession.places.queries import FoundPlace

PAGE_SIZE = 20
MOST_ALTERNATIVES = 5
USUAL_RADIUS_KM = 25


@dataclass(frozen=True, slots=True)
class FoundPlaces:
    """What a typed place may mean; `place` is set only where there is exactly one reading worth taking."""

    typed: str = ""
    place: UUID | None = None
    candidates: tuple[FoundPlace, ...] = ()

    @property
    def is_settled(self) -> bool:
        """Whether nothing is left to choose: a place was found, or none was asked for."""
        return self.place is not None or not self.typed


@dataclass(frozen=True, slots=True)
class Choice:
    """One tick or line of a list of choices; `has_any` without a count means fewer than five (LP-10)."""

    value: str
    label: Text
    is_chosen: bool
    count: int | None = None
    has_any: bool = False


@dataclass(frozen=True, slots=True)
class Overview:
    """The page."""

    filters: SearchFilters
    found: FoundPlaces
    place_name: str
    area: Text | None
    offers: Sequence[OfferCard]
    total: int
    number: int
    areas: Sequence[AreaCount]
    kinds: Sequence[Choice]
    takeover: Sequence[Choice]
    radii: Sequence[Choice]
    area_from: Sequence[Choice]
    area_to: Sequence[Choice]

    @property
    def last(self) -> int:
        """The number of the last page."""
        return max(1, -(-self.total // PAGE_SIZE))

    @property
    def total_told(self) -> int | None:
        """How many offers there are; None for fewer than five."""
        return told(self.total)

    @property
    def map_counts(self) -> list[dict[str, object]]:
        """The areas with offers, as the map reads them."""
        return [
            {
                "id": str(area.area_public_id),
                "level": area.level,
                "count": area.told,
                "point": [round(area.longitude, 5), round(area.latitude, 5)],
            }
            for area in self.areas
        ]

    @property
    def has_folded(self) -> bool:
        """Whether one of the filters that are folded away is set."""
        f = self.filters
        return bool(f.takeover or f.area_from is not None or f.area_to is not None or f.organic or f.text)

    @property
    def wider(self) -> SearchFilters:
        """The same without everything about where."""
        return replace(self.filters, place=None, radius_km=None, area=None, box=None, sort=Sort.NEWEST)

    @property
    def sorts(self) -> tuple[Sort, ...]:
        """The orders to choose from."""
        return tuple(Sort)

    @property
    def areas_by_size(self) -> Sequence[AreaCount]:
        """The areas with offers, those with most of them first."""
        return sorted(self.areas, key=lambda area: (-area.count, area.level, str(area.area_public_id)))

    @property
    def removable(self) -> list[tuple[Text, SearchFilters]]:
        """Each filter about where in words, and the filters without it; the others are ticks in sight."""
        f, found = self.filters, []
        if f.place is not None and f.radius_km is not None:
            around = Text("up to %(km)s km around %(place)s", {"km": f.radius_km, "place": self.place_name})
            found.append((around, replace(f, place=None, radius_km=None, sort=Sort.NEWEST)))
        if self.area is not None:
            found.append((self.area, replace(f, area=None)))
        if f.box is not None:
            found.append((Text("only what the map shows"), replace(f, box=None)))
        return found

    def sorted_by(self, sort: Sort) -> SearchFilters:
        """The same in another order."""
        return replace(self.filters, sort=sort)

    def within(self, area: UUID) -> SearchFilters:
        """The same in one area only."""
        return replace(self.filters, area=area, box=None)

    def around(self, place: UUID) -> SearchFilters:
        """The same around a place."""
        return replace(self.filters, place=place, radius_km=self.filters.radius_km or USUAL_RADIUS_KM)

    def address_of(self, address: Callable[[SearchFilters, int], str]) -> Callable[[int], str]:
        """The address of each page of the list."""
        return lambda number: address(self.filters, number)


def look_up(reader: Session, typed: str, chosen: UUID | None) -> FoundPlaces:
    """What somebody typed as a place: the chosen one if it is its name, a clear one at once, else a choice."""
    if not typed:
        return FoundPlaces()
    before = places.place(reader, chosen) if chosen is not None else None
    if before is not None and before.shown_name == typed:
        return FoundPlaces(typed=typed, place=chosen)
    found = tuple(places.search(reader, typed, limit=MOST_ALTERNATIVES))
    named_so = [place for place in found if place.shown_name.lower() == typed.lower()]
    if len(found) == 1 or len(named_so) == 1:
        return FoundPlaces(typed=typed, place=(named_so or list(found))[0].public_id)
    return FoundPlaces(typed=typed, candidates=found)


def overview(
    reader: Session, filters: SearchFilters, found: FoundPlaces, *, number: int, hidden: Sequence[int] = ()
) -> Overview:
    """All that the page shows; a page beyond the last is the last one. Nothing in it speaks of `hidden` offers."""
    total = count_published(reader, filters, hidden)
    number = min(number, max(1, -(-total // PAGE_SIZE)))
    counts = counts_by_kind(reader, filters, hidden)
    counted = counts_by_area(reader, filters, hidden)
    shown = parts_told(counts)
    return Overview(
        filters=filters,
        found=found,
        place_name=_place_name(reader, filters),
        area=_area_name(reader, filters, counted),
        offers=search_published(reader, filters, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE, hidden=hidden),
        total=total,
        number=number,
        areas=counted,
        kinds=[Choice(kind.value, kind.label, kind in filters.kinds, shown[kind], counts[kind] > 0) for kind in Kind],
        takeover=[Choice(term.key, term.label, term.key in filters.takeover) for term in TAKEOVER_MODELS.terms],
        radii=[
            Choice(str(km), Text("up to %(km)s km", {"km": km}), km == filters.radius_km)
            for km in sorted({*RADII_KM, *([filters.radius_km] if filters.radius_km else [])})
        ],
        area_from=[
            Choice(str(code), at_least(AREA, code), code == filters.area_from) for code in range(1, len(AREA.edges) + 1)
        ],
        area_to=[Choice(str(code), at_most(AREA, code), code == filters.area_to) for code in range(len(AREA.edges))],
    )


def _place_name(reader: Session, filters: SearchFilters) -> str:
    place = places.place(reader, filters.place) if filters.place is not None else None
    return place.shown_name if place is not None else ""


def _area_name(reader: Session, filters: SearchFilters, counted: Sequence[AreaCount]) -> Text | None:
    """The chosen area in words; asked for only where no offer is left in it."""
    if filters.area is None:
        return None
    for count in counted:
        if count.area_public_id == filters.area:
            return count.area
    area = places.area(reader, filters.area)
    return area_label(area.level, area.name) if area is not None else None
