"""What the room of places holds on a person: nothing. Towns, their names and their areas are nobody's data."""

from succession.marks import Marked, table_of
from succession.places.models import Place, PlaceArea, PlaceName
from succession.places.models_reference import ReferenceCount

REGISTER: tuple[Marked, ...] = (
    Marked(
        table=table_of(ReferenceCount),
        plain=("area_code", "branch", "number", "source", "counted_on", "is_estimate"),
    ),
    Marked(table=table_of(PlaceName), plain=("place_id", "folded", "is_alternative")),
    Marked(
        table=table_of(PlaceArea),
        plain=(
            "id",
            "public_id",
            "level",
            "code",
            "name",
            "shown_name",
            "geom",
            "reference",
            "place_id",
            "parent_id",
        ),
    ),
    Marked(
        table=table_of(Place),
        plain=(
            "id",
            "public_id",
            "source",
            "source_id",
            "name",
            "shown_name",
            "population",
            "state",
            "longitude",
            "latitude",
            "location",
            "region_km",
        ),
    ),
)
