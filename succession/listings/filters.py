"""What people narrow the list of offers by, and how it is written into the address of the page. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from uuid import UUID

from succession.facts.kinds import Kind
from succession.facts.measures import AREA
from succession.facts.terms import TAKEOVER_MODELS
from succession.i18n import Text

LONGEST_TEXT = 80
Box = tuple[float, float, float, float]
"""West, south, east and north, in degrees."""
RADII_KM = (5, 10, 15, 25, 40, 60, 100)
_DEGREES = re.compile(r"-?[0-9]{1,3}(\.[0-9]{1,9})?", re.ASCII)
TAKEOVER_KEYS = tuple(term.key for term in TAKEOVER_MODELS.terms)


class Sort(StrEnum):
    """The order of the list."""

    NEWEST = "newest"
    NEAREST = "nearest"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _SORTS[self]


_SORTS = {Sort.NEWEST: Text("newest first"), Sort.NEAREST: Text("nearest first")}


@dataclass(frozen=True, slots=True)
class SearchFilters:
    """All conditions hold at once; within `kinds` and `takeover` one is enough. An unknown fact does not match."""

    kinds: frozenset[Kind] = field(default_factory=frozenset)
    takeover: frozenset[str] = field(default_factory=frozenset)
    place: UUID | None = None
    radius_km: int | None = None
    area: UUID | None = None
    """A public area: only offers that are shown in it, or in one within it."""
    box: Box | None = None
    """What the map shows: only offers whose area has its reference point in it, so that list and map agree."""
    area_from: int | None = None
    """Smallest band of land, as a code of `measures.AREA`."""
    area_to: int | None = None
    with_dwelling: bool = False
    organic: bool = False
    text: str = ""
    sort: Sort = Sort.NEWEST

    @property
    def is_empty(self) -> bool:
        """Whether the whole list is shown; the order is no filter."""
        return self == SearchFilters(sort=self.sort)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of the free text, in lower case."""
        return tuple(self.text.lower().split())


def parse(pairs: Iterable[tuple[str, str]]) -> SearchFilters:
    """Filters from an address; what makes no sense is left out, so that an old link still shows something."""
    given: dict[str, list[str]] = {}
    for name, value in pairs:
        given.setdefault(name, []).append(value)

    def one(name: str) -> str:
        return given.get(name, [""])[0].strip()

    place = _uuid(one("place"))
    radius = _number(one("radius"), 1, max(RADII_KM))
    return SearchFilters(
        kinds=frozenset(kind for kind in Kind if kind.value in given.get("kind", [])),
        takeover=frozenset(key for key in TAKEOVER_KEYS if key in given.get("takeover", [])),
        place=place,
        radius_km=radius if place else None,
        area=_uuid(one("area")),
        box=_box(one("box")),
        area_from=_number(one("area_from"), 1, len(AREA.edges)),
        area_to=_number(one("area_to"), 0, len(AREA.edges) - 1),
        with_dwelling=one("dwelling") == "yes",
        organic=one("organic") == "yes",
        text=" ".join(one("text").replace("\0", " ").split())[:LONGEST_TEXT].strip(),
        sort=Sort.NEAREST if place and one("sort") == Sort.NEAREST else Sort.NEWEST,
    )


def serialise(filters: SearchFilters) -> Sequence[tuple[str, str]]:
    """The same filters as pairs of an address, always in the same order; `parse` gives them back."""
    pairs: list[tuple[str, str]] = [("kind", kind.value) for kind in Kind if kind in filters.kinds]
    pairs += [("takeover", key) for key in TAKEOVER_KEYS if key in filters.takeover]
    for name, value in (
        ("place", filters.place),
        ("radius", filters.radius_km),
        ("area", filters.area),
        ("box", _box_text(filters.box)),
        ("area_from", filters.area_from),
        ("area_to", filters.area_to),
        ("dwelling", "yes" if filters.with_dwelling else None),
        ("organic", "yes" if filters.organic else None),
        ("text", filters.text or None),
        ("sort", filters.sort if filters.sort is not Sort.NEWEST else None),
    ):
        if value is not None:
            pairs.append((name, str(value)))
    return pairs


def _uuid(value: str) -> UUID | None:
    try:
        return UUID(value)
    except ValueError:
        return None


def _box(value: str) -> Box | None:
    """Four numbers in degrees with at most three decimals; anything else is no filter."""
    parts = value.split(",")
    if len(value) > LONGEST_TEXT or len(parts) != 4 or not all(_DEGREES.fullmatch(part) for part in parts):
        return None
    west, south, east, north = (round(float(part), 3) for part in parts)
    return (west, south, east, north) if -180 <= west < east <= 180 and -90 <= south < north <= 90 else None


def _box_text(box: Box | None) -> str | None:
    return None if box is None else ",".join(f"{degrees:g}" for degrees in box)


def _number(value: str, least: int, most: int) -> int | None:
    """A whole number within the limits; anything else is no filter."""
    if not (value.isascii() and value.isdigit() and len(value) <= 4):
        return None
    number = int(value)
    return number if least <= number <= most else None
