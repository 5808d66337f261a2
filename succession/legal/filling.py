"""Legal texts as they are shipped, their gaps, and how details fill them. Pure."""

import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from succession.legal.vocabulary import Detail, LegalPage, TextLanguage

SHIPPED = Path(__file__).parent / "texts"
GAP = re.compile(r"(?<!\\)\[[^\[\]\n]+\](?![(\[:])")  # what leads somewhere is a link, no gap
SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")
BLOCK_STARTS = re.compile(r"^(\s*)([-+]|\d+[.)])(?=\s)", re.MULTILINE)


@cache
def shipped(page: LegalPage, language: TextLanguage) -> str:
    """The text that the product brings, with its gaps."""
    return (SHIPPED / language.value / f"{page.value}.md").read_text(encoding="utf-8")


def filled(text: str, language: TextLanguage, details: Mapping[Detail, str]) -> str:
    """The text with every gap filled for which there is a detail; nothing entered is read as a sign of layout."""
    for detail, value in details.items():
        if value.strip():
            text = text.replace(detail.gap(language), _as_plain(value))
    return text


def gaps(text: str) -> tuple[str, ...]:
    """What is still open in a text, each once."""
    return tuple(dict.fromkeys(GAP.findall(text)))


def is_complete(text: str) -> bool:
    """Whether the text may stand before everybody: it is there, and nothing is open."""
    return bool(text.strip()) and not gaps(text)


def _as_plain(value: str) -> str:
    """Signs of Markdown are shown as they are; each line stays a line."""
    escaped = SIGNS.sub(r"\\\1", value.strip())
    escaped = BLOCK_STARTS.sub(lambda match: f"{match[1]}{match[2][:-1]}\\{match[2][-1]}", escaped)
    return "  \n".join(line.strip() for line in escaped.splitlines() if line.strip())
