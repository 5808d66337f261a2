"""The search for offers: a list that leads, a map that follows, and what the map is drawn from."""

from dataclasses import replace

from flask import Blueprint, Response, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue

from succession.blueprints.search.layers import AREA_LEVELS, as_geojson, river
from succession.blueprints.search.overview import USUAL_RADIUS_KM, FoundPlaces, look_up, overview
from succession.db import public_reading
from succession.errors import NotFound
from succession.extensions import reading
from succession.listings.filters import RADII_KM, SearchFilters, Sort, parse, serialise
from succession.listings.queries_apart import hidden_from
from succession.listings.queries_search import squares_in_use, with_owners
from succession.places import queries as places
from succession.places.areas import SQUARES
from succession.web.gate import current_actor, public
from succession.web.paging import page_number
from succession.web.search_brake import braked

bp = Blueprint("search", __name__)
LARGE_ENOUGH = 300
LONGEST_PLACE = 80


@bp.get("/search")
@public
@braked("searches")
def index() -> ResponseReturnValue:
    """The list with its filters; a typed place becomes part of the address, so that the address can be passed on."""
    filters = parse(request.args.items(multi=True))
    hidden = hidden_from(reading(), current_actor())
    with public_reading(reading()) as reader:
        found = FoundPlaces()
        if "where" in request.args:
            found = look_up(reader, request.args["where"].strip()[:LONGEST_PLACE], filters.place)
            if found.is_settled:
                return redirect(_address(_moved(filters, found)))
            filters = replace(filters, place=None, radius_km=None)
        page = overview(reader, filters, found, number=page_number(), hidden=hidden)
    page = replace(page, areas=with_owners(reading(), page.areas, filters, hidden))
    return render_template("search/index.html", page=page, filters=filters, address=_address)


@bp.get("/map/areas-<int:level>.json")
@public
@braked("maps")
def areas(level: int) -> ResponseReturnValue:
    """The outlines of one level of public areas."""
    if level not in AREA_LEVELS:
        raise NotFound
    hidden = hidden_from(reading(), current_actor()) if level in SQUARES else ()
    with public_reading(reading()) as reader:
        return _geojson(squares_in_use(reader, level, hidden) if level in SQUARES else places.outlines(reader, level))


@bp.get("/map/places.json")
@public
@braked("maps")
def labels() -> ResponseReturnValue:
    """Names of places, largest first."""
    with public_reading(reading()) as reader:
        return _geojson(places.labels(reader, population=LARGE_ENOUGH))


@bp.get("/map/river.json")
@public
@braked("maps")
def elbe() -> ResponseReturnValue:
    """The Elbe as one line."""
    return _geojson(as_geojson(river()))


def _address(filters: SearchFilters, page: int = 1) -> str:
    """The address of the list with these filters."""
    pairs = [*serialise(filters), *([("page", str(page))] if page > 1 else [])]
    values: dict[str, list[str]] = {}
    for name, value in pairs:
        values.setdefault(name, []).append(value)
    return url_for("search.index", **values)  # type: ignore[arg-type]  # Flask repeats a name for each value


def _moved(filters: SearchFilters, found: FoundPlaces) -> SearchFilters:
    """The filters around the place that was typed; around none if the field was emptied."""
    if found.place is None:
        return replace(filters, place=None, radius_km=None, sort=Sort.NEWEST)
    asked = request.args.get("radius", "")
    radius = int(asked) if asked in {str(km) for km in RADII_KM} else filters.radius_km
    sort = Sort.NEAREST if request.args.get("sort") == Sort.NEAREST else Sort.NEWEST
    return replace(filters, place=found.place, radius_km=radius or USUAL_RADIUS_KM, sort=sort)


def _geojson(text: str) -> Response:
    """The same for everybody; a browser asks once an hour whether it has changed."""
    response = Response(text, mimetype="application/geo+json")
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.add_etag()
    response.make_conditional(request)
    return response
