"""Numbers as people write them. Pure."""

import re
from decimal import Decimal

SPACES = "\N{NO-BREAK SPACE}\N{NARROW NO-BREAK SPACE}\N{THIN SPACE} '’"
LONGEST = 40
DIGITS_OF_A_PAGE = 9
"""Ten digits may be more than a column holds."""
GROUPED = {",": re.compile(r"\d{1,3}(,\d{3})+"), ".": re.compile(r"\d{1,3}(\.\d{3})+")}
UNIT_BEHIND = re.compile(r"(?P<number>.*[\d\-–—])\s*(?P<unit>€|%|[^\W\d_]+)")
UNIT_NAMES = {
    **dict.fromkeys(("€", "eur", "euros"), "euro"),
    **dict.fromkeys(("ha", "hectare", "hectares"), "hektar"),
    **dict.fromkeys(("km", "kilometre", "kilometres"), "kilometer"),
    **dict.fromkeys(("month", "months", "monat", "monaten"), "monate"),
    **dict.fromkeys(("year", "years", "jahr", "jahren"), "jahre"),
    **dict.fromkeys(("%", "percent"), "prozent"),
}
NO_CENTS = (",-", ",--", ",–", ",—")
PLAIN = re.compile(r"-?(\d+(\.\d*)?|\.\d+)")


def of_a_page(said: str | None) -> int:
    """A number that a page of ours has put into its form; 0 for whatever somebody has made of it."""
    said = said or ""
    return int(said) if said.isascii() and said.isdigit() and len(said) <= DIGITS_OF_A_PAGE else 0


def parse_decimal(text: str, language: str) -> Decimal:
    """The number meant, or `ValueError`.

    The last of two different marks is the decimal one. A single mark before exactly three digits groups thousands only
    where the language does so ("1.500" is 1500 in German, 1.5 in English).
    """
    cleaned = text.strip().translate({ord(sign): None for sign in SPACES}).replace("−", "-").replace("–", "-")
    if not cleaned or len(cleaned) > LONGEST:
        raise ValueError(text)
    sign = "-" if cleaned.startswith("-") else ""
    digits = cleaned[1:] if cleaned[0] in "+-" else cleaned
    plain = sign + _with_point(digits, language)
    if not PLAIN.fullmatch(plain) or not plain.isascii():
        raise ValueError(text)
    return Decimal(plain)


def without_unit(text: str, unit: str) -> str:
    """The text without the unit of its field behind it ("40 ha", "250.000,- Euro"); any other word stays."""
    names = unit.split()[:1] or [""]
    wanted = _one_name(names[0])
    match = UNIT_BEHIND.fullmatch(text.strip()[: 2 * LONGEST])
    number = match["number"] if match and _one_name(match["unit"]) == wanted else text.strip()
    return number.rstrip("-–—").removesuffix(",") if wanted == "euro" and number.endswith(NO_CENTS) else number


def _one_name(unit: str) -> str:
    return UNIT_NAMES.get(unit.casefold(), unit.casefold())


def _with_point(digits: str, language: str) -> str:
    """The digits with a point for the decimals and no groups."""
    comma, point = digits.rfind(","), digits.rfind(".")
    if comma >= 0 and point >= 0:
        decimal = "," if comma > point else "."
        group = "." if decimal == "," else ","
        whole, _, rest = digits.rpartition(decimal)
        if not whole.isdigit() and not GROUPED[group].fullmatch(whole):
            raise ValueError(digits)
        return whole.replace(group, "") + "." + rest
    mark = "," if comma >= 0 else "."
    group = "." if language == "de" else ","
    if mark == group and GROUPED[mark].fullmatch(digits):
        return digits.replace(mark, "")
    return digits.replace(",", ".")
