"""Checks a placement by what everybody sees of it, and knows no algorithm: the certificate of a round. Pure.

A placement is stable (Gale and Shapley 1962) if it fits, nobody holds what they do not want or may not have, and nobody
is passed over in favour of somebody with a lower place. With equal places this is weak stability (Irving 1994).
"""

from collections.abc import Iterable, Mapping, Sequence

Places = Mapping[str, Mapping[str, int]]
"""For each lot the place of each applicant it lists; the smaller goes first, equal places tie."""


def places_in_order(priorities: Mapping[str, Sequence[str]]) -> Places:
    """Places from strict lists, best first."""
    return {lot: {one: place for place, one in enumerate(row)} for lot, row in priorities.items()}


def places_in_classes(classes: Mapping[str, Sequence[Iterable[str]]]) -> Places:
    """Places from classes, best first; members of one class tie."""
    return {lot: {one: place for place, row in enumerate(rows) for one in row} for lot, rows in classes.items()}


def overfull(capacities: Mapping[str, int], placement: Mapping[str, str]) -> list[str]:
    """Lots that were given to more applicants than they take, and those that do not exist."""
    taken: dict[str, int] = {}
    for lot in placement.values():
        taken[lot] = taken.get(lot, 0) + 1
    return [lot for lot, count in taken.items() if count > capacities.get(lot, 0)]


def unacceptable(
    wishes: Mapping[str, Sequence[str]], places: Places, placement: Mapping[str, str]
) -> list[tuple[str, str]]:
    """Applicants with a lot that they did not wish, or for which they are not eligible."""
    return [
        (one, lot) for one, lot in placement.items() if lot not in wishes.get(one, ()) or one not in places.get(lot, {})
    ]


def blocking_pairs(
    wishes: Mapping[str, Sequence[str]],
    places: Places,
    capacities: Mapping[str, int],
    placement: Mapping[str, str],
) -> list[tuple[str, str]]:
    """Applicants with a lot they wish more than their own, which has room or went to somebody with a lower place.

    Of a placement that is not `unacceptable`.
    """
    held: dict[str, list[int]] = {lot: [] for lot in capacities}
    for one, lot in placement.items():
        held[lot].append(places[lot][one])
    lowest = {lot: max(found, default=-1) for lot, found in held.items()}
    found = []
    for one, row in wishes.items():
        for lot in row:
            if placement.get(one) == lot:
                break
            place = places[lot].get(one)
            if place is not None and (len(held[lot]) < capacities[lot] or lowest[lot] > place):
                found.append((one, lot))
    return found


def is_stable(
    wishes: Mapping[str, Sequence[str]],
    places: Places,
    capacities: Mapping[str, int],
    placement: Mapping[str, str],
) -> bool:
    """Whether it fits, everybody may have and wants what they hold, and no pair blocks it."""
    return not (
        overfull(capacities, placement)
        or unacceptable(wishes, places, placement)
        or blocking_pairs(wishes, places, capacities, placement)
    )
