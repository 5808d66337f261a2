"""Sentences as data: what a pure module returns instead of finished text. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from functools import cache, lru_cache
from pathlib import Path
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal
from babel.support import NullTranslations
from babel.support import Translations as Catalogue

CATALOGUES = Path(__file__).parent / "translations"
PLACE_OF_TIMES = ZoneInfo("Europe/Berlin")

PlainValue = str | int | float | Decimal | date | datetime | None


@dataclass(frozen=True, slots=True)
class Text:
    """One sentence: a literal English message and the typed values that go into it.

    A value may itself be a `Text` (a term from a closed list, such as a kind of listing), never a plural.
    """

    msgid: str
    values: "Mapping[str, Value]" = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Texts:
    """One sentence that depends on a count; `count` is also a value named `num`."""

    one: str
    many: str
    count: int
    values: "Mapping[str, Value]" = field(default_factory=dict)


Value = PlainValue | Text
AnyText = Text | Texts


class Translations(Protocol):
    """What gettext, Flask-Babel and babel.support agree on."""

    def gettext(self, message: str) -> str:
        """The sentence in the language of the catalogue."""

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        """The sentence for a count of `n`."""


def render(text: AnyText, translations: Translations, language: str) -> str:
    """The sentence in `language` ("de", "en"); numbers and dates are written the way that language does."""
    if isinstance(text, Texts):
        message = translations.ngettext(text.one, text.many, text.count)
        values: dict[str, Value] = {"num": text.count, **text.values}
    else:
        message = translations.gettext(text.msgid)
        values = dict(text.values)
    if not values:
        return message
    return message % {name: _shown(value, translations, language) for name, value in values.items()}


def _shown(value: Value, translations: Translations, language: str) -> str:
    """One value as a reader of `language` expects it."""
    match value:
        case Text():
            return render(value, translations, language)
        case bool() | None:
            return str(value)
        case int() | float() | Decimal():
            return _number_shown(value, language)
        case datetime():
            return str(format_datetime(value, format="medium", tzinfo=PLACE_OF_TIMES, locale=language))
        case date():
            return str(format_date(value, format="long", locale=language))
        case _:
            return value


@cache
def load_translations(language: str) -> NullTranslations:
    """The catalogue of a language for those who have no web request: mails, commands. English needs none."""
    return Catalogue.load(str(CATALOGUES), [language])


def as_json(text: AnyText) -> dict[str, Any]:
    """A sentence for a JSON column; `from_json` reads it back."""
    values = {name: _value_as_json(value) for name, value in text.values.items()}
    if isinstance(text, Texts):
        return {"one": text.one, "many": text.many, "count": text.count, "values": values}
    return {"msgid": text.msgid, "values": values}


def from_json(stored: Mapping[str, Any]) -> AnyText:
    """The sentence that `as_json` stored."""
    values = {name: _value_from_json(value) for name, value in stored["values"].items()}
    if "one" in stored:
        one, many, count = (stored[name] for name in ("one", "many", "count"))
        return Texts(one, many, count, values)
    msgid = stored["msgid"]  # apart from the call, or extraction takes the key for a sentence
    return Text(msgid, values)


def _value_as_json(value: Value) -> Any:
    match value:
        case Text():
            return {"text": as_json(value)}
        case Decimal():
            return {"decimal": str(value)}
        case datetime():
            return {"moment": value.isoformat()}
        case date():
            return {"day": value.isoformat()}
        case _:
            return value


def _value_from_json(stored: Any) -> Any:
    match stored:
        case {"text": text}:
            return from_json(text)
        case {"decimal": str(number)}:
            return Decimal(number)
        case {"moment": str(moment)}:
            return datetime.fromisoformat(moment)
        case {"day": str(day)}:
            return date.fromisoformat(day)
        case _:
            return stored


@lru_cache(maxsize=4096)
def _number_shown(value: float | Decimal, language: str) -> str:
    """A number as that language writes it; a page shows hundreds, and few different ones."""
    return str(format_decimal(value, locale=language))
