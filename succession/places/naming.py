"""Names shown to people: places of the same name told apart by the town they lie near. Pure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from shapely import Point, STRtree

from succession.places.folding import plain_name

TOWN_INHABITANTS = 5_000


@dataclass(frozen=True, slots=True)
class NamedPoint:
    """What naming and areas need of a place: planar coordinates in metres, and its size (0: unknown)."""

    id: int
    name: str
    x: float
    y: float
    population: int


def shown_names(places: Sequence[NamedPoint], states: Mapping[int, str]) -> dict[int, str]:
    """The name to show for each place id.

    A name that only one place bears stays as it is, and so does that of the only town (≥ 5,000) among those who
    share it. The others are called after the nearest other town; if that is still the same, after their state.
    """
    sharing: defaultdict[str, list[NamedPoint]] = defaultdict(list)
    for place in places:
        sharing[plain_name(place.name)].append(place)
    towns = [place for place in places if place.population >= TOWN_INHABITANTS]
    tree = STRtree([Point(town.x, town.y) for town in towns])
    shown: dict[int, str] = {}
    for name, group in sharing.items():
        shown |= _told_apart(name, group, towns, tree)
    return _with_states(shown, states)


def _told_apart(name: str, group: Sequence[NamedPoint], towns: Sequence[NamedPoint], tree: STRtree) -> dict[int, str]:
    """Names for the places that share `name`."""
    large = [place for place in group if place.population >= TOWN_INHABITANTS]
    names: dict[int, str] = {}
    for place in group:
        keeps_its_name = len(group) == 1 or (len(large) == 1 and place is large[0])
        town = None if keeps_its_name else _nearest_town(place, name, towns, tree)
        names[place.id] = name if town is None else f"{name} bei {town}"
    return names


def _nearest_town(place: NamedPoint, name: str, towns: Sequence[NamedPoint], tree: STRtree) -> str | None:
    """The plain name of the nearest town that is neither the place itself nor of its name."""
    here = Point(place.x, place.y)
    for reach in (30_000, 120_000, 1_000_000):
        within = tree.query(here, predicate="dwithin", distance=reach)
        others = [town for town in (towns[index] for index in within) if plain_name(town.name) != name]
        if others:
            nearest = min(others, key=lambda town: ((town.x - place.x) ** 2 + (town.y - place.y) ** 2, town.id))
            return plain_name(nearest.name)
    return None


def _with_states(shown: Mapping[int, str], states: Mapping[int, str]) -> dict[int, str]:
    """Names that are still shared get the state in brackets where they lie in different ones."""
    bearers: defaultdict[str, list[int]] = defaultdict(list)
    for place_id, name in shown.items():
        bearers[name].append(place_id)
    result = dict(shown)
    for name, ids in bearers.items():
        if len({states.get(place_id, "") for place_id in ids}) > 1:
            result |= {i: f"{name} ({states[i]})" for i in ids if states.get(i)}
    return result
