"""Whether somebody who deals with a call is, or is called like, somebody who applies. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from unicodedata import category, normalize

_TITLES = frozenset({"dr", "prof", "herr", "frau", "dipl", "ing", "med", "von", "van", "de", "zu", "und"})


@dataclass(frozen=True, slots=True)
class Applying:
    """One applicant by everything they are called, with the account they applied from."""

    code: str
    names: tuple[str, ...]
    account_id: int | None


def applying_as(account_id: int | None, applicants: Iterable[Applying]) -> tuple[str, ...]:
    """The codes of the applications that came from this account."""
    return tuple(one.code for one in applicants if account_id is not None and one.account_id == account_id)


def called_like(name: str, applicants: Iterable[Applying]) -> tuple[str, ...]:
    """The codes of applicants with a name that has all parts of this one, or the other way round.

    "Muster, Erika" is Erika Muster, and "Hof Erika Muster GbR" may be she. One part alone is no match.
    """
    parts = _parts(name)
    return tuple(one.code for one in applicants if any(_alike(parts, _parts(other)) for other in one.names))


def _alike(one: frozenset[str], other: frozenset[str]) -> bool:
    return min(len(one), len(other)) > 1 and (one <= other or other <= one)


def _parts(name: str) -> frozenset[str]:
    folded = "".join(sign for sign in normalize("NFKD", name.casefold()) if category(sign) != "Mn")
    found: Sequence[str] = re.findall(r"\w+", folded.replace("ß", "ss"))
    return frozenset(part for part in found if part not in _TITLES)
