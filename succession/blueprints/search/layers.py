"""What the map is drawn from besides the database: levels on offer, and the river. Pure."""

import json
from functools import cache
from typing import Any

from succession.places.areas import AreaLevel
from succession.places.elbe import course

AREA_LEVELS = frozenset(AreaLevel)


@cache
def river() -> tuple[tuple[float, float], ...]:
    """The Elbe between Magdeburg and Geesthacht, downstream."""
    return tuple(course())


def as_geojson(line: tuple[tuple[float, float], ...]) -> str:
    """One line as a GeoJSON text."""
    feature: dict[str, Any] = {
        "type": "Feature",
        "properties": {"name": "Elbe"},
        "geometry": {"type": "LineString", "coordinates": line},
    }
    return json.dumps({"type": "FeatureCollection", "features": [feature]})
