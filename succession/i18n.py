"""Sentences as data: what a pure module returns instead of finished text. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from typing import Protocol

from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal

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

    def gettext(self, message: str) -> str: ...

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str: ...


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
            return str(format_decimal(value, locale=language))
        case datetime():
            return str(format_datetime(value, format="medium", locale=language))
        case date():
            return str(format_date(value, format="long", locale=language))
        case _:
            return value
