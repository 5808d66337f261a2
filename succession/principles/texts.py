"""Wordings of a principle set: one text in German and in English, kept in the document itself. Pure."""

from collections.abc import Mapping
from typing import Any

from succession.records.documents import DocumentError, mapping, required, sequence, text

Wording = Mapping[str, str]
"""A text by the code of its language."""

LANGUAGES = ("de", "en")


def in_language(wording: Wording, code: str) -> str:
    """The text in the language asked for, else in German, which every document has."""
    return wording.get(code) or wording["de"]


def wording(value: Any, path: str) -> Wording:
    """A text in both languages, neither of them empty or too many."""
    read = mapping(value, path)
    for code in read:
        if code not in LANGUAGES:
            raise DocumentError(f"{path}.{code}", f"is none of the languages {', '.join(LANGUAGES)}")
    return {code: text(required(read, code, path), f"{path}.{code}") for code in LANGUAGES}


def wordings(value: Any, path: str) -> tuple[Wording, ...]:
    """A list of texts."""
    return tuple(wording(one, f"{path}[{place}]") for place, one in enumerate(sequence(value, path)))


def optional(document: Mapping[str, Any], key: str, path: str) -> Wording | None:
    """A text that may be left out."""
    return wording(document[key], f"{path}.{key}") if document.get(key) is not None else None
