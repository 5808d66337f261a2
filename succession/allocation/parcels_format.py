"""The open format `parcels-area-1`: reads a division strictly, says what it could reach and who picks what. Pure."""

from collections.abc import Callable, Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from succession.allocation.parcels import Applicant, Division, Parcel
from succession.allocation.parcels_search import TooManyError, fewest_blocking, max_area
from succession.allocation.picking import MOST_CONNECTED, Picked, pick
from succession.records.documents import (
    DocumentError,
    mapping,
    number,
    rational,
    required,
    sequence,
    text,
    yes_or_no,
)

FORMAT = "parcels-area-1"


def answer(case: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Keys of `expected` in the reference cases; with an `order` also what serial picking gives, and why."""
    division = _division(case, path)
    found: dict[str, Any] = {}
    beyond: list[str] = []
    for keys, search in YARDSTICKS.items():
        try:
            found |= search(division)
        except TooManyError:
            beyond += keys
    if "order" in case:
        found |= _picked(pick(division, _order(case["order"], f"{path}.order", division)))
    if beyond:
        found["beyond_limit"] = beyond
    return found


def serial(case: Mapping[str, Any], path: str) -> dict[str, Any]:
    """Only what serial picking gives, and why; quick however large the round is."""
    division = _division(case, path)
    return _picked(pick(division, _order(required(case, "order", path), f"{path}.order", division)))


def _least(division: Division) -> dict[str, Any]:
    fewest, area = fewest_blocking(division)
    return {"fewest_blocking_pairs": fewest, "max_area_with_fewest_blocking_pairs": rational(area)}


def _largest(division: Division) -> dict[str, Any]:
    return {"max_area": rational(max_area(division))}


def _largest_contiguous(division: Division) -> dict[str, Any]:
    return {"max_area_contiguous": rational(max_area(division, all_contiguous=True))}


YARDSTICKS: dict[tuple[str, ...], Callable[[Division], dict[str, Any]]] = {
    ("fewest_blocking_pairs", "max_area_with_fewest_blocking_pairs"): _least,
    ("max_area",): _largest,
    ("max_area_contiguous",): _largest_contiguous,
}


def _picked(picked: Picked) -> dict[str, Any]:
    return {
        "serial": dict(sorted(picked.allocation.items())),
        "certificates": {
            applicant: {line.parcel: line.outcome.value for line in lines}
            for applicant, lines in sorted(picked.certificates.items())
        },
    }


def _division(case: Mapping[str, Any], path: str) -> Division:
    given = mapping(required(case, "applicants", path), f"{path}.applicants")
    land = mapping(required(case, "parcels", path), f"{path}.parcels")
    return Division(
        applicants={name: _applicant(wish, f"{path}.applicants.{name}", land) for name, wish in given.items()},
        parcels={name: _parcel(facts, f"{path}.parcels.{name}", given) for name, facts in land.items()},
        adjacent=_adjacent(case, path, land),
    )


def _applicant(value: Any, path: str, land: Collection[str]) -> Applicant:
    wish = mapping(value, path)
    contiguous = yes_or_no(wish.get("contiguous", False), f"{path}.contiguous")
    ranking = _names(required(wish, "ranking", path), f"{path}.ranking", land)
    if contiguous and len(ranking) > MOST_CONNECTED:
        reason = f"whoever asks for connected parcels ranks at most {MOST_CONNECTED}"
        raise DocumentError(f"{path}.ranking", reason)
    limit = number(required(wish, "max_area", path), f"{path}.max_area")
    if limit < 0:
        raise DocumentError(f"{path}.max_area", "an area is never negative")
    return Applicant(limit, ranking, contiguous)


def _parcel(value: Any, path: str, applicants: Collection[str]) -> Parcel:
    facts = mapping(value, path)
    area: Fraction = number(required(facts, "area", path), f"{path}.area")
    if area <= 0:
        raise DocumentError(f"{path}.area", "a parcel has an area above 0")
    return Parcel(area, _names(required(facts, "priorities", path), f"{path}.priorities", applicants))


def _adjacent(case: Mapping[str, Any], path: str, land: Collection[str]) -> frozenset[tuple[str, str]]:
    """Each pair in both directions."""
    at = f"{path}.adjacent"
    found: set[tuple[str, str]] = set()
    for place, value in enumerate(sequence(required(case, "adjacent", path), at)):
        pair = _names(value, f"{at}[{place}]", land)
        if len(pair) != 2:
            raise DocumentError(f"{at}[{place}]", "two different parcels lie side by side")
        found |= {(pair[0], pair[1]), (pair[1], pair[0])}
    return frozenset(found)


def _order(value: Any, path: str, division: Division) -> tuple[str, ...]:
    order = _names(value, path, division.applicants)
    for name in division.applicants:
        if name not in order:
            raise DocumentError(path, f"{name!r} has no turn")
    return order


def _names(value: Any, path: str, known: Collection[str]) -> tuple[str, ...]:
    """Names that the document knows, each at most once."""
    names: Sequence[str] = [text(name, f"{path}[{place}]") for place, name in enumerate(sequence(value, path))]
    seen: set[str] = set()
    for place, name in enumerate(names):
        if name not in known:
            raise DocumentError(f"{path}[{place}]", f"the document has no {name!r}")
        if name in seen:
            raise DocumentError(f"{path}[{place}]", f"{name!r} stands there twice")
        seen.add(name)
    return tuple(names)
