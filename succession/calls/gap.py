"""The gap between the price of a lot and what is usual: a year, over the term, against the de-minimis limit. Pure."""

from collections.abc import Iterable
from dataclasses import dataclass

DE_MINIMIS_CENTS = 5_000_000
"""EUR 50,000 in three years: aid in farming up to there needs no notification (Regulation (EU) 1408/2013)."""
DE_MINIMIS_YEARS = 3


@dataclass(frozen=True, slots=True)
class Priced:
    """What a lot costs and what is usual for it; in cents, per year, for a sale once."""

    number: int
    price: int | None
    reference: int | None


@dataclass(frozen=True, slots=True)
class Gap:
    """What an applicant would pay less than usual for one lot."""

    number: int
    per_year: int
    over_term: int
    in_three_years: int

    @property
    def is_above_de_minimis(self) -> bool:
        """Whether this lot alone passes the limit."""
        return self.in_three_years > DE_MINIMIS_CENTS


def gaps(lots: Iterable[Priced], *, years: int | None, is_paid_yearly: bool) -> tuple[Gap, ...]:
    """One for each lot that costs less than usual; a lot without a price or a reference has none."""
    found = []
    for lot in lots:
        if lot.price is None or lot.reference is None or lot.price >= lot.reference:
            continue
        less = lot.reference - lot.price
        term = (years or 1) if is_paid_yearly else 1
        counted = min(term, DE_MINIMIS_YEARS) if is_paid_yearly else 1
        found.append(Gap(lot.number, less, less * term, less * counted))
    return tuple(found)


def total(found: Iterable[Gap]) -> Gap | None:
    """All gaps together: what one applicant would save who got every lot; None without a gap."""
    listed = tuple(found)
    if not listed:
        return None
    return Gap(
        0,
        sum(one.per_year for one in listed),
        sum(one.over_term for one in listed),
        sum(one.in_three_years for one in listed),
    )
