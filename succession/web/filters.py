"""How templates write sentences, numbers, areas, money and dates."""

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

from babel.dates import format_date, format_datetime, format_time
from babel.numbers import format_currency, format_decimal
from flask import Flask

from succession.allocation.wording import figure as exact_figure
from succession.i18n import PLACE_OF_TIMES, Text
from succession.web.errors import say
from succession.web.language import current_language

SQUARE_METRES_PER_HECTARE = Decimal(10_000)
Number = int | float | Decimal


def init_app(app: Flask) -> None:
    """Templates know these filters from now on."""
    app.add_template_filter(say, "say")
    app.add_template_filter(number, "number")
    app.add_template_filter(hectares, "hectares")
    app.add_template_filter(euros, "euros")
    app.add_template_filter(day, "day")
    app.add_template_filter(moment, "moment")
    app.add_template_filter(minute, "minute")
    app.add_template_filter(month, "month")
    app.add_template_filter(clock_time, "clock_time")
    app.add_template_filter(as_of, "as_of")
    app.add_template_filter(figure, "figure")


def number(value: Number, digits: int | None = None) -> str:
    """1,234.5 in English, 1.234,5 in German; with `digits` exactly that many after the point."""
    pattern = None if digits is None else "#,##0" + ("." + "0" * digits if digits else "")
    return str(format_decimal(value, format=pattern, locale=current_language()))


def hectares(area_m2: Number | None, digits: int = 2) -> str:
    """An area given in square metres, as hectares; an unknown one as a dash."""
    if area_m2 is None:
        return "–"
    return f"{number(Decimal(str(area_m2)) / SQUARE_METRES_PER_HECTARE, digits)}\N{NO-BREAK SPACE}ha"


def euros(cents: int | None) -> str:
    """An amount given in cents; without cents where there are none, unknown as a dash."""
    if cents is None:
        return "–"
    pattern = "#,##0.00\N{NO-BREAK SPACE}¤" if cents % 100 else "#,##0\N{NO-BREAK SPACE}¤"
    return str(
        format_currency(Decimal(cents) / 100, "EUR", format=pattern, locale=current_language(), currency_digits=False)
    )


def day(value: date | datetime, width: str = "long") -> str:
    """A day, as it is in Germany at that moment."""
    local = value.astimezone(PLACE_OF_TIMES).date() if isinstance(value, datetime) else value
    return str(format_date(local, format=width, locale=current_language()))


def month(value: date) -> str:
    """A month and its year: "Oktober 2028"."""
    return str(format_date(value, format="LLLL y", locale=current_language()))


def as_of(written: str) -> str:
    """A date as a source gives it: a year, a month of a year, or a day."""
    match [int(part) for part in written.split("-") if part.isdecimal()]:
        case [year, at_month, at_day]:
            return day(date(year, at_month, at_day))
        case [year, at_month]:
            return month(date(year, at_month, 1))
        case _:
            return written


def moment(value: datetime, width: str = "medium") -> str:
    """A day and a time, as clocks in Germany show it."""
    return str(format_datetime(value, format=width, tzinfo=PLACE_OF_TIMES, locale=current_language()))


def minute(value: datetime) -> str:
    """A deadline as people say it: to the minute."""
    return say(Text("%(day)s, %(time)s", {"day": day(value), "time": clock_time(value)}))


def clock_time(value: datetime) -> str:
    """A time of day, as clocks in Germany show it."""
    return str(format_time(value, format="short", tzinfo=PLACE_OF_TIMES, locale=current_language()))


def figure(value: Fraction) -> str:
    """An exact figure: as a decimal, or as a fraction with its decimal beside it."""
    return say(Text("%(figure)s", {"figure": exact_figure(value)}))
