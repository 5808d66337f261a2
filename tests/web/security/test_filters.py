from datetime import UTC, date, datetime
from decimal import Decimal

import pytest

from succession.web import filters

WINTER = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)
SPACE = "\N{NO-BREAK SPACE}"


@pytest.fixture
def written(app):
    def write(language, function, *given, **options):
        with app.test_request_context(headers={"Accept-Language": language}):
            return function(*given, **options)

    return write


@pytest.mark.parametrize(
    ("function", "given", "german", "english"),
    [
        (filters.number, (1234.5,), "1.234,5", "1,234.5"),
        (filters.number, (Decimal("0.5"), 2), "0,50", "0.50"),
        (filters.hectares, (Decimal("123456.7"),), f"12,35{SPACE}ha", f"12.35{SPACE}ha"),
        (filters.hectares, (None,), "–", "–"),
        (filters.euros, (123_400_00,), f"123.400{SPACE}€", f"123,400{SPACE}€"),
        (filters.euros, (1_50,), f"1,50{SPACE}€", f"1.50{SPACE}€"),
        (filters.euros, (None,), "–", "–"),
        (filters.day, (date(2026, 3, 1),), "1. März 2026", "March 1, 2026"),
        (filters.day, (WINTER,), "1. Januar 2027", "January 1, 2027"),
        (filters.clock_time, (WINTER,), "00:30", "12:30\N{NARROW NO-BREAK SPACE}AM"),
    ],
)
def test_numbers_areas_money_and_days_are_written_as_each_language_does(written, function, given, german, english):
    assert written("de", function, *given) == german
    assert written("en", function, *given) == english
