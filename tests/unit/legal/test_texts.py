"""Legal texts: gaps, filling and the way to HTML."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.legal import filling
from succession.legal.rendering import to_html
from succession.legal.reports import Decision, Ground, fits, new_reference
from succession.legal.vocabulary import Detail, LegalPage, TextLanguage

EVERY_TEXT = [(page, language) for page in LegalPage for language in TextLanguage]
ALL_DETAILS = {detail: f"Angabe {number}" for number, detail in enumerate(Detail)}


@pytest.mark.parametrize(("page", "language"), EVERY_TEXT)
def test_every_shipped_text_has_gaps_and_the_details_fill_all_of_them(page, language):
    text = filling.shipped(page, language)
    assert filling.gaps(text)
    assert not filling.is_complete(text)
    assert filling.gaps(filling.filled(text, language, ALL_DETAILS)) == ()


@pytest.mark.parametrize("language", TextLanguage)
def test_every_detail_stands_in_some_text(language):
    texts = "".join(filling.shipped(page, language) for page in LegalPage)
    assert [detail for detail in Detail if detail.gap(language) not in texts] == []


def test_accessibility_names_the_day_the_gaps_and_the_arbitration_body():  # A9
    text = filling.shipped(LegalPage.ACCESSIBILITY, TextLanguage.GERMAN)
    wanted = (Detail.CHECKED_ON, Detail.KNOWN_GAPS, Detail.ARBITRATION_BODY)
    assert all(detail.gap(TextLanguage.GERMAN) in text for detail in wanted)
    assert "/report?about=page:/accessibility" in text


def test_links_are_no_gaps_and_an_empty_text_is_not_complete():
    assert filling.gaps("[Hindernis](/report) und [Name] und [Name]") == ("[Name]",)
    assert not filling.is_complete("  \n")


@given(st.text(min_size=1, max_size=80))
def test_what_was_entered_is_shown_as_it_is_and_never_as_layout(value):
    """S13: a detail cannot make a link, a heading or a tag."""
    detail = {Detail.OPERATOR: value}
    html = str(to_html(filling.filled("Anbieterin: [Name der Betreiberin]", TextLanguage.GERMAN, detail)))
    assert set(re.findall(r"<(\w+)", html)) <= {"p", "br"}


@pytest.mark.parametrize(
    ("markdown", "forbidden"),
    [
        ("<script>alert(1)</script>", "<script"),
        ("<img src=x onerror=alert(1)>", "<img"),
        ("[x](javascript:alert(1))", 'href="javascript'),
        ("[x](data:text/html;base64,AAAA)", 'href="data'),
        ("![x](https://elsewhere.example/pixel.gif)", "<img"),
        ("# Groß", "<h1"),
        ("<a href='https://x' onclick='y'>z</a>", "<a"),
    ],
)
def test_nothing_dangerous_gets_out(markdown, forbidden):  # S13, P8
    assert forbidden not in str(to_html(markdown))


def test_headings_lists_tables_and_links_stay():
    html = str(to_html("## A\n\n- b\n\n| c | d |\n|---|---|\n| e | f |\n\n[g](mailto:h@example.org)"))
    for wanted in ("<h2>A</h2>", "<li>b</li>", "<td>e</td>", 'href="mailto:h@example.org"'):
        assert wanted in html


def test_what_stays_breaks_nothing_and_what_goes_breaks_something():
    good = {(decision, ground) for decision in Decision for ground in Ground if fits(decision, ground)}
    assert (Decision.KEEP, Ground.NOTHING_WRONG) in good
    assert len(good) == 5


def test_a_reference_can_be_read_aloud():
    found = {new_reference() for _ in range(200)}
    assert len(found) == 200
    assert all(re.fullmatch(r"M-[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}", one) for one in found)
