"""The open format `score-1`: reads its cases strictly and answers each with exact rationals. Pure."""

from collections.abc import Mapping, Sequence
from fractions import Fraction
from typing import Any

from succession.matching.scoring import Line, SideScore, harmonic
from succession.records.documents import DocumentError, Fields, number, rational, required, sequence

FORMAT = "score-1"


def answer(case: Mapping[str, Any], path: str) -> dict[str, Any]:
    """The keys of `expected` in the reference cases; with pool means also the rank scores."""
    seeker = _side(case, "seeker", path)
    listing = _side(case, "listing", path)
    known = None if seeker.known is None or listing.known is None else harmonic(seeker.known, listing.known)
    found: dict[str, Any] = {
        "seeker": _answer(seeker),
        "listing": _answer(listing),
        "harmonic_of_known": rational(known),
        "harmonic_low": rational(harmonic(seeker.low, listing.low)),
        "harmonic_high": rational(harmonic(seeker.high, listing.high)),
    }
    if "seeker_means" in case or "listing_means" in case:
        found["seeker"]["rank_score"] = rational(seeker.rank)
        found["listing"]["rank_score"] = rational(listing.rank)
        found["harmonic_of_rank"] = rational(harmonic(seeker.rank, listing.rank))
    return found


def _answer(side: SideScore) -> dict[str, Any]:
    return Fields(
        known_score=rational(side.known),
        coverage=rational(side.coverage),
        low=rational(side.low),
        high=rational(side.high),
    )


def _side(case: Mapping[str, Any], side: str, path: str) -> SideScore:
    """Weights, satisfactions and, if any side has them, means of one side, of equal length."""
    at = f"{path}.{side}_weights"
    weights = [number(value, f"{at}[{place}]") for place, value in enumerate(_listed(case, f"{side}_weights", path))]
    for place, weight in enumerate(weights):
        if weight < 0:
            raise DocumentError(f"{at}[{place}]", "a weight is never negative")
    if not sum(weights):
        raise DocumentError(at, "at least one weight must be greater than 0")
    satisfactions = _shares(case, f"{side}_satisfaction", path, len(weights))
    means: Sequence[Fraction | None] = [Fraction(0)] * len(weights)
    if "seeker_means" in case or "listing_means" in case:
        means = _shares(case, f"{side}_means", path, len(weights))
    lines = []
    for place, (weight, satisfaction, mean) in enumerate(zip(weights, satisfactions, means, strict=True)):
        if mean is None:
            raise DocumentError(f"{path}.{side}_means[{place}]", "a mean is a number from 0 to 1")
        lines.append(Line(str(place), weight, satisfaction, mean))
    return SideScore(tuple(lines))


def _listed(case: Mapping[str, Any], key: str, path: str) -> Sequence[Any]:
    return sequence(required(case, key, path), f"{path}.{key}")


def _shares(case: Mapping[str, Any], key: str, path: str, length: int) -> list[Fraction | None]:
    """Numbers from 0 to 1, or null for what is not stated."""
    values = _listed(case, key, path)
    if len(values) != length:
        raise DocumentError(f"{path}.{key}", f"has {len(values)} entries where there are {length} weights")
    shares: list[Fraction | None] = []
    for place, value in enumerate(values):
        share = None if value is None else number(value, f"{path}.{key}[{place}]")
        if share is not None and not 0 <= share <= 1:
            raise DocumentError(f"{path}.{key}[{place}]", "must lie between 0 and 1")
        shares.append(share)
    return shares
