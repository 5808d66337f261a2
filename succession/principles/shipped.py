"""The principle sets that come with the product, each with source and gaps. Pure but for reading its own files."""

from functools import cache
from pathlib import Path

from succession.principles.document import PrincipleDocument, read
from succession.records import documents

FOLDER = Path(__file__).parent / "catalogues"

RECOMMENDED = "recommended"

ORDER = (
    RECOMMENDED,
    "bvvg-2023",
    "bvvg-2024",
    "greifswald-2019-motion",
    "greifswald-2019-adopted",
    "leipzig-2023",
    "wartenberg",
    "ekm-until-2016",
    "ekm-2017",
    "sachsen-ehp",
    "meinerzhagen-2019",
    "plot-lottery",
    "highest-bid",
    "cornwall-old",
    "cornwall-new",
    "drenthe-2024",
    "noord-holland-2017",
    "croatia-2014",
    "poland-breeders-2023",
    "france-l411-15",
    "france-l2411-10",
    "fauquier-2005",
)
"""Our recommendation first, then what is nearest to the region."""


def names() -> tuple[str, ...]:
    """The keys of all sets, in the order in which they are shown."""
    return ORDER


@cache
def document(name: str) -> PrincipleDocument:
    """The set of that key; a KeyError if there is none."""
    if name not in ORDER:
        raise KeyError(name)
    return read(documents.read((FOLDER / f"{name}.json").read_text(encoding="utf-8")))
