from datetime import date
from io import BytesIO

import pytest
from jinja2 import UndefinedError
from pypdf import PdfReader

from succession.config import Contact
from succession.letters.rendering import Letterhead, NotOurs, OwnFiles, as_html, as_pdf
from succession.letters.values import Addressee, Letter

HEAD = Letterhead("Nachfolge Elbtal", "https://nachfolge.example.org", Contact())
HERTA = Addressee("Herta Lüdemann", "Dorfstraße 7\n29462 Wustrow (Wendland)")
VALUES = {
    "agent": "Nele Winter",
    "scopes": ["read", "write"],
    "ends_on": date(2027, 11, 2),
    "code": "K7MW QX4A RTN9",
    "expires_on": date(2026, 12, 2),
}
MANDATE = Letter("accounts/mandate", HERTA, date(2026, 11, 2), VALUES)


@pytest.fixture(scope="module")
def pdf():
    return PdfReader(BytesIO(as_pdf(MANDATE, "de", HEAD)))


def words(page):
    return " ".join(page.extract_text().split())


def test_a_letter_says_in_german_what_it_is_about_and_shows_the_code(pdf):
    text = words(pdf.pages[0])
    assert "Darf Nele Winter für Sie eintragen?" in text
    assert "K7MW QX4A RTN9" in text
    assert "2. Dezember 2026" in text


def test_a_letter_can_be_read_by_a_screen_reader(pdf):
    """PDF/UA: tagged, with a title and a language."""
    catalogue = pdf.trailer["/Root"]
    assert catalogue["/MarkInfo"]["/Marked"]
    assert catalogue["/Lang"] == "de"
    assert pdf.metadata.title == "Darf Nele Winter für Sie eintragen? · Nachfolge Elbtal"
    assert b"pdfuaid" in catalogue["/Metadata"].get_data()


def test_the_address_stands_in_the_window_of_the_envelope(pdf):
    """DIN 5008 form B: from 45 to 90 mm from above, from 20 to 105 mm from the left."""
    places = {}

    def note(text, matrix, place, *_rest):
        if text.strip():
            places[text.strip()] = (matrix[0] * place[4] + matrix[4], matrix[3] * place[5] + matrix[5])

    pdf.pages[0].extract_text(visitor_text=note)
    found = [place for text, place in places.items() if text in ("Herta Lüdemann", *HERTA.address.split("\n"))]
    height = float(pdf.pages[0].mediabox.height)
    assert found
    assert all(20 <= x / 72 * 25.4 <= 105 and 45 <= (height - y) / 72 * 25.4 <= 90 for x, y in found)


def test_all_typefaces_are_in_the_file(pdf):
    fonts = pdf.pages[0]["/Resources"]["/Font"].values()
    kinds = [font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"] for font in fonts]
    assert kinds
    assert all({"/FontFile2", "/FontFile3"} & set(kind.get_object()) for kind in kinds)


@pytest.mark.parametrize(
    "address",
    ["https://example.org/x.png", "http://127.0.0.1/", "file:///etc/passwd", "font:../../config.py", "data:,x"],
)
def test_a_letter_fetches_nothing(address):  # S15
    with pytest.raises(NotOurs):
        OwnFiles().fetch(address)


def test_what_goes_into_a_letter_is_escaped():
    evil = Letter("accounts/mandate", Addressee("<img src='https://example.org/x.png'>", "A"), date(2026, 1, 1), VALUES)
    assert "<img" not in as_html(evil, "de", HEAD)
    assert as_pdf(evil, "de", HEAD).startswith(b"%PDF")


def test_a_letter_without_one_of_its_values_is_an_error():
    with pytest.raises(UndefinedError):
        as_html(Letter("accounts/mandate", HERTA, date(2026, 1, 1), {}), "de", HEAD)


def test_a_long_address_stays_within_the_window():
    long = Addressee("Herta", "\n".join(f"Zeile {number}" for number in range(20)))
    assert len(long.lines) == 6
