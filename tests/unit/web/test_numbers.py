from decimal import Decimal

import pytest

from succession.web.numbers import of_a_page, parse_decimal, without_unit


@pytest.mark.parametrize(
    ("text", "language", "number"),
    [
        ("12", "de", "12"),
        ("12,5", "de", "12.5"),
        ("12.5", "en", "12.5"),
        ("12,5", "en", "12.5"),
        ("12.5", "de", "12.5"),
        ("1.234,56", "de", "1234.56"),
        ("1,234.56", "en", "1234.56"),
        ("1.234,56", "en", "1234.56"),
        ("1.500", "de", "1500"),
        ("1.500", "en", "1.500"),
        ("1,500", "en", "1500"),
        ("1,500", "de", "1.500"),
        ("1 250 000", "de", "1250000"),
        ("1.250.000", "de", "1250000"),
        ("1.250.000,5", "de", "1250000.5"),
        ("  7 ", "de", "7"),
        ("-3", "de", "-3"),
        ("−3,5", "de", "-3.5"),
        ("+4", "de", "4"),
        (",5", "de", "0.5"),
        ("5,", "de", "5"),
    ],
)
def test_numbers_are_read_as_people_of_that_language_write_them(text, language, number):
    assert parse_decimal(text, language) == Decimal(number)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "abc",
        "1e5",
        "NaN",
        "Infinity",
        "12 ha",
        "1.2.3",
        "1,2,3",
        "1.23.456",
        "12,34.567,8",
        "--3",
        "1-2",
        "²",
        "٣",
        "0x10",
        "9" * 60,
        ",",
        ".",
        "-",
        "1.234.56",
        "1_000",
    ],
)
@pytest.mark.parametrize("language", ["de", "en"])
def test_what_is_no_number_is_refused(text, language):
    with pytest.raises(ValueError):  # noqa: PT011 - the caller words it
        parse_decimal(text, language)


@pytest.mark.parametrize(
    ("text", "unit", "number"),
    [
        ("40 ha", "Hektar", "40"),
        ("40ha", "hectares", "40"),
        ("12,5 Hektar", "Hektar", "12,5"),
        ("250.000 €", "Euro", "250.000"),
        ("250.000,- Euro", "Euro", "250.000"),
        ("250.000,-", "€", "250.000"),
        ("350 Euro", "Euro je Hektar und Jahr", "350"),
        ("18 Monate", "Monate", "18"),
        ("40", "Hektar", "40"),
    ],
)
def test_the_unit_of_the_field_may_be_typed_along(text, unit, number):
    assert without_unit(text, unit) == number


@pytest.mark.parametrize(("text", "unit"), [("40 km", "Hektar"), ("40 ha", ""), ("viel", "Euro"), ("40,-", "Hektar")])
def test_another_word_behind_a_number_stays_and_is_refused(text, unit):
    with pytest.raises(ValueError):  # noqa: PT011 - the caller words it
        parse_decimal(without_unit(text, unit), "de")


@pytest.mark.parametrize(
    ("said", "read"), [("7", 7), ("", 0), (None, 0), ("x", 0), ("²", 0), ("٣", 0), ("9" * 5000, 0)]
)
def test_a_number_of_a_page_is_that_number_or_none(said, read):
    assert of_a_page(said) == read
