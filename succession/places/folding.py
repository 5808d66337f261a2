"""Names made comparable: a place is found with or without umlauts, titles and additions. Pure."""

import re
import unicodedata

# What a place calls itself beside its name: neither shown nor needed for the search.
_TITLES = (
    "universitäts- und hansestadt",
    "hanse- und universitätsstadt",
    "landeshauptstadt",
    "universitätsstadt",
    "lutherstadt",
    "residenzstadt",
    "barlachstadt",
    "reuterstadt",
    "fontanestadt",
    "münzstadt",
    "hansestadt",
    "kreisstadt",
    "hafenstadt",
    "luftkurort",
    "erholungsort",
    "kurort",
    "ostseeheilbad",
    "nordseeheilbad",
    "ostseebad",
    "nordseebad",
    "seebad",
    "samtgemeinde",
    "verbandsgemeinde",
)
# What belongs to the shown name (Bad Wilsnack, Markt Schwaben), though nobody should have to type it.
_FIRST_WORDS = ("heilbad", "bad", "markt", "stadt", "flecken", "gemeinde", "amt")

_TITLE = re.compile(rf"^(?:{'|'.join(_TITLES)})\s+(?=\S)", re.IGNORECASE)
_TITLE_BEHIND = re.compile(rf"\s*,\s*(?:{'|'.join((*_TITLES, *_FIRST_WORDS))})$", re.IGNORECASE)
_FIRST_WORD = re.compile(rf"^(?:{'|'.join(_FIRST_WORDS)})\s+(?=\S)", re.IGNORECASE)
_ADDITION = re.compile(r"\s*(?:\([^()]*\).*|/\s*\S.*)$")
_SITUATION = re.compile(
    r"\s+(?:an der|am|in der|im|bei|vor der|ob der|a\.\s?d\.|i\.\s?d\.|a\.|i\.|b\.)\s*\S.*$", re.IGNORECASE
)
_NOT_A_LETTER = re.compile(r"[^a-z0-9]+")
_BARE_VOWELS = str.maketrans({"ß": "ss", "æ": "ae", "ø": "o"})
_WRITTEN_OUT = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "æ": "ae", "ø": "oe"})


def plain_name(name: str) -> str:
    """The name without titles: "Hansestadt Salzwedel" is Salzwedel; "Bad Wilsnack" keeps its Bad."""
    bare = " ".join(name.split())
    while (shorter := _TITLE_BEHIND.sub("", _TITLE.sub("", bare))) != bare:
        bare = shorter
    return bare


def foldings(name: str) -> tuple[str, ...]:
    """Both ways of writing the name without umlauts (Lüchow: luchow, luechow), the bare vowel first."""
    lower = unicodedata.normalize("NFC", name).lower()
    ways = (_squeezed(lower.translate(_BARE_VOWELS)), _squeezed(lower.translate(_WRITTEN_OUT)))
    return tuple(way for way in dict.fromkeys(ways) if way)


def search_keys(name: str) -> tuple[str, ...]:
    """Every folded form under which `name` shall be found, the plain name first."""
    bare = plain_name(name)
    without_addition = _ADDITION.sub("", bare)
    without_situation = _SITUATION.sub("", without_addition)
    forms = (bare, without_addition, without_situation, _FIRST_WORD.sub("", without_situation), " ".join(name.split()))
    return tuple(dict.fromkeys(key for form in dict.fromkeys(forms) if form for key in foldings(form)))


def _squeezed(text: str) -> str:
    """Accents dropped, everything but letters and digits a single blank."""
    if not text.isascii():
        text = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return _NOT_A_LETTER.sub(" ", text).strip()
