"""Finds in a free text what would give the owner or the place away. Pure.

It warns, it does not forbid: better a warning too many than a telephone number on the open page (LP-8).
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum

from succession.i18n import Text


class Trace(StrEnum):
    """What kind of thing was found."""

    PHONE = "phone"
    EMAIL = "email"
    ADDRESS = "address"
    CADASTRE = "cadastre"
    NAME = "name"
    WEBSITE = "website"

    @property
    def warning(self) -> Text:
        """What it looks like to a person."""
        return _WARNINGS[self]


@dataclass(frozen=True, slots=True)
class Finding:
    """One passage of the text."""

    trace: Trace
    excerpt: str

    @property
    def text(self) -> Text:
        """The warning with the passage."""
        return Text("%(warning)s: “%(excerpt)s”", {"warning": self.trace.warning, "excerpt": self.excerpt})


def findings(text: str, names: Iterable[str] = ()) -> tuple[Finding, ...]:
    """Every passage that looks like a way to the owner or the place, in the order of the text, each once."""
    found: list[tuple[int, int, Finding]] = []
    for trace, pattern in _PATTERNS:
        found += [_found(trace, match) for match in pattern.finditer(text)]
    found += [_found(Trace.NAME, match) for match in _name_matches(text, names)]
    found.sort(key=lambda one: (one[0], -one[1], one[2].trace))
    kept: dict[Finding, None] = {}
    ends: dict[Trace, int] = {}
    for start, end, finding in found:
        if end > ends.get(finding.trace, start):  # "05862 1234" is not said again after "Tel. 05862 1234"
            kept.setdefault(finding)
            ends[finding.trace] = end
    return tuple(kept)


def _found(trace: Trace, match: re.Match[str]) -> tuple[int, int, Finding]:
    return match.start(), match.end(), Finding(trace, _tidied(match.group()))


def _tidied(passage: str) -> str:
    return " ".join(passage.split()).strip(" ,;:(")[:80]


def _name_matches(text: str, names: Iterable[str]) -> Iterable[re.Match[str]]:
    """Where a word of the owner's name stands, also with a genitive s; words that many names share do not count."""
    words = {word for name in names for word in re.findall(r"\w{3,}", name) if word.casefold() not in _SHARED_WORDS}
    for word in sorted(words):
        yield from re.finditer(rf"\b{re.escape(word)}s?\b", text, re.IGNORECASE)


_SHARED_WORDS = frozenset(
    """
    und der die das von vom zum zur den dem für the and gbr ggmbh gmbh verein stiftung familie herr frau hof gut land
    landgut betrieb gemeinde stadt kirche kirchengemeinde pfarrei bäckerei tischlerei gasthof gärtnerei laden farm
    """.split()  # noqa: SIM905 - a list of quoted words is harder to read and to keep
)

_STREET_ENDING = (
    r"(?:straße|strasse|str\.|weg|allee|gasse|ring|damm|chaussee|steig|stieg|ufer|platz|markt|kamp|winkel|redder|wall)"
)
_HOUSE_NUMBER = r"\d{1,3}(?:\s?[a-h])?\b"
_PREPOSITION = (
    r"(?:Am|An der|An den|An dem|Im|In der|In den|Auf dem|Auf der|Zum|Zur|Hinter der|Hinter dem|Vor dem|Vor der"
    r"|Unter den|Bei der|Beim|Alte[rs]?|Neue[rs]?|Lange|Kurze|Große|Kleine)"
)
# "der Weg 3 m breit", "am Hof 3 Hektar": a number that counts something is no house number.
_NO_COUNT = (
    r"(?!\s*(?:[.,]\d|%|[–-]\s?\d|m²|€|(?:ha|km|m|bis|mal|meter|kilometer|hektar|euro|prozent|uhr|stunden?)\b|jahr|monat"
    r"|woche|tag))"
)
_DOT = r"\s?(?:\.|\(punkt\)|\[punkt\]|\(dot\)|\[dot\]|\spunkt\s|\sdot\s)\s?"
_PARTED = r"[\s/().–-]{0,3}"

# Nothing that repeats is unbounded before something that may be missing: a text made for it would take minutes.
_LOOSE = (
    (Trace.EMAIL, rf"[\w.+-]{{1,64}}\s?(?:@|\(at\)|\[at\]|\{{at\}}|\sat\s)\s?[\w-]{{1,63}}(?:{_DOT}[\w-]{{1,63}})+"),
    (Trace.PHONE, rf"(?<![\d.,/])(?:\+|00)\s?\d{{1,3}}(?:{_PARTED}\d){{6,13}}\b"),
    (Trace.PHONE, rf"(?<![\d.,/+-])\(?0\d{{2,5}}\)?{_PARTED}\d(?:[\s/.–-]{{0,2}}\d){{3,10}}\b"),
    (
        Trace.PHONE,
        rf"\b(?:tel(?:efon)?|fon|handy|mobil|whatsapp|ruf)(?:nummer)?\b\.?\s*:?\s*\+?\d(?:{_PARTED}\d){{2,}}",
    ),
    (Trace.WEBSITE, r"(?:https?://|\bwww\.)[^\s,;)]+"),
    (Trace.WEBSITE, r"(?<![@\w.-])[\w-]{2,}\.(?:de|com|org|net|eu|info|farm|shop)\b(?!\w)"),
    (Trace.ADDRESS, rf"\b[\w.-]{{0,40}}{_STREET_ENDING}\s{{0,2}}{_HOUSE_NUMBER}{_NO_COUNT}"),
    (Trace.ADDRESS, r"\b(?:Hausnummer|Hausnr\.?|Hof Nr\.?|Haus Nr\.?)\s*\d{1,3}"),
    (Trace.CADASTRE, r"\b\d{2}\s?\d{4}\s?-?\s?\d{3}\s?-?\s?\d{5}(?:\s?/?\s?\d{1,4})?[_\d]*"),
    (Trace.CADASTRE, r"\b(?:Flurstücks?|Flst\.?|Flur)\s*(?:Nr\.?|Nummer)?\s*\d+(?:/\d+)?"),
    (Trace.CADASTRE, r"\bDE[A-Z]{2}LI?\d{8,12}\b"),
    (Trace.CADASTRE, r"\bGrundbuch(?:blatt)?\s+(?:von\s+)?\w+(?:\s+(?:Blatt\s+)?\d+)?"),
)
_STRICT = (
    (
        Trace.ADDRESS,
        rf"\b{_PREPOSITION}\s+[A-ZÄÖÜ][\w-]+(?:\s+[A-ZÄÖÜ][\w-]+)?\s+{_HOUSE_NUMBER}(?!\s+[A-ZÄÖÜ])(?i:{_NO_COUNT})",
    ),
    (Trace.ADDRESS, r"(?<![\d.,/-])(?:D-\s?)?\d{5}\s+(?!Euro|Quadratmeter|Hektar|Besuch|Gäste|Liter)[A-ZÄÖÜ][\w-]+"),
    (Trace.CADASTRE, r"\bGemarkung\s+[A-ZÄÖÜ][\w-]+"),
)
_PATTERNS = (
    *((trace, re.compile(pattern, re.IGNORECASE)) for trace, pattern in _LOOSE),
    *((trace, re.compile(pattern)) for trace, pattern in _STRICT),
)

_WARNINGS = {
    Trace.PHONE: Text("This looks like a telephone number"),
    Trace.EMAIL: Text("This looks like an e-mail address"),
    Trace.ADDRESS: Text("This looks like an address"),
    Trace.CADASTRE: Text("This looks like an entry of the land register"),
    Trace.NAME: Text("This looks like the owner's name"),
    Trace.WEBSITE: Text("This looks like a website"),
}
