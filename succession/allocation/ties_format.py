"""The open format `ties-1`: how likely each wish comes true when one draw tells equals apart. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from succession.allocation.naming import name
from succession.allocation.ties import SAMPLES, TiedMarket, chances
from succession.allocation.two_sided_format import capacity, known_names, wishes_of
from succession.records.documents import DocumentError, number, rational, required, sequence

FORMAT = "ties-1"
MOST_SAMPLES = 1_000_000


def answer(case: Mapping[str, Any], path: str) -> dict[str, Any]:
    """For each applicant and wish the probability; of a sample also how it was drawn, and its error."""
    applicants, lots, wishes = wishes_of(case, path)
    known = {applicant: place for place, applicant in enumerate(applicants)}
    objects, at = case["objects"], f"{path}.objects"
    market = TiedMarket(
        wishes,
        [_classes(objects[lot], f"{at}.{lot}", known) for lot in lots],
        [capacity(objects[lot], f"{at}.{lot}") for lot in lots],
    )
    seed = name(case["seed"] if "seed" in case else str(required(case, "id", path)), f"{path}.seed")
    found = chances(market, applicants, seed, _samples(case, path))
    drawn = {} if found.error is None else {"seed": seed, "samples": found.samples, "error": round(found.error, 10)}
    return {
        "placement_probability": {
            one: {lots[lot]: rational(share) for lot, share in zip(wishes[place], found.by_wish[place], strict=True)}
            for place, one in enumerate(applicants)
        }
    } | drawn


def _samples(case: Mapping[str, Any], path: str) -> int:
    found = number(case.get("samples", SAMPLES), f"{path}.samples")
    if found.denominator != 1 or not 1 <= found <= MOST_SAMPLES:
        raise DocumentError(f"{path}.samples", f"must be a whole number from 1 to {MOST_SAMPLES}")
    return int(found)


def _classes(lot: Mapping[str, Any], path: str, known: Mapping[str, int]) -> Sequence[Sequence[int]]:
    """The classes of one lot, best first; each applicant stands in at most one of them."""
    at = f"{path}.priority_classes"
    rows: list[list[int]] = []
    seen: set[int] = set()
    for place, row in enumerate(sequence(required(lot, "priority_classes", path), at)):
        members = known_names(row, f"{at}[{place}]", known)
        if seen.intersection(members):
            raise DocumentError(f"{at}[{place}]", "names somebody who stands in a better class")
        seen.update(members)
        rows.append(members)
    return rows
