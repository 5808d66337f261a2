"""What a free text gives away (LP-8)."""

from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.facts.discretion import Trace, findings
from succession.listings.states import LONGEST_DESCRIPTION

NAMES = ("Wiebke Lüdemann", "Hof Lüdemann GbR")

GIVE_AWAY = [
    ("Rufen Sie an: 05841 12345.", Trace.PHONE),
    ("Handy 0171/2345678", Trace.PHONE),
    ("Sie erreichen uns unter +49 (0)5841 97 65 43 abends", Trace.PHONE),
    ("Telefon: 12 34 56", Trace.PHONE),
    ("0049-3876-112233 ab 18 Uhr", Trace.PHONE),
    ("Mobil 0151 – 234 567 89", Trace.PHONE),
    ("(03877) 4455-66", Trace.PHONE),
    ("WhatsApp 01601234567", Trace.PHONE),
    ("Schreiben Sie an hof.deichblick@example.org!", Trace.EMAIL),
    ("wiesenhof (at) example (punkt) org", Trace.EMAIL),
    ("wiesenhof[at]example.org", Trace.EMAIL),
    ("info @ example.org", Trace.EMAIL),
    ("Der Hof liegt in 29439 Lüchow.", Trace.ADDRESS),
    ("D-19348 Perleberg, sofort frei", Trace.ADDRESS),
    ("29475 Gorleben, Dorfstraße 12", Trace.ADDRESS),
    ("in der Dorfstr. 7a", Trace.ADDRESS),
    ("Unser Laden im Mühlenweg 3 läuft gut.", Trace.ADDRESS),
    ("Besichtigung: Am Deich 4", Trace.ADDRESS),
    ("An der Kirche 2 ist der Eingang", Trace.ADDRESS),
    ("Lange Straße 17 in der Altstadt", Trace.ADDRESS),
    ("Haus Nr. 9 am Ortsrand", Trace.ADDRESS),
    ("Flurstück 12/4 am Bach", Trace.CADASTRE),
    ("Flur 3, am Graben", Trace.CADASTRE),
    ("Gemarkung Trebel", Trace.CADASTRE),
    ("Kennzeichen 12 3456-007-00089/0003", Trace.CADASTRE),
    ("Feldblock DENILI1234567890", Trace.CADASTRE),
    ("Grundbuch von Höhbeck Blatt 114", Trace.CADASTRE),
    ("Familie Lüdemann gibt ab.", Trace.NAME),
    ("Lüdemanns Hof wird frei", Trace.NAME),
    ("Fragen Sie nach Wiebke.", Trace.NAME),
    ("Bilder auf www.beispielhof.example", Trace.WEBSITE),
    ("mehr auf hof-am-deich.de", Trace.WEBSITE),
]

HARMLESS = [
    "Milchviehhof mit 60 Kühen und 45 Hektar Grünland, zum Teil am Deich.",
    "Seit 1987 in Familienhand, 2019 neuer Stall für 250.000 Euro.",
    "Wir backen für 12 Dörfer; der Umsatz lag 2024 bei 310.000 Euro.",
    "Der Weg ist 3,5 m breit. Am Hof 3 Hektar arrondiert.",
    "Von 2001 bis 2010 verpachtet, seit 10 Jahren ökologisch.",
    "Im Dorf 4 Betriebe, in der Nähe 2 Schulen.",
    "Bodenzahl 38, 11,5 ha in einem Stück, Zufahrt befestigt.",
    "Der Gasthof hat 40 Plätze und 6 Zimmer. Die Küche wurde 2015 erneuert.",
    "Kosten: 12000 Euro im Jahr, Ablöse 25000 Euro.",
    "Geöffnet von 6 bis 18 Uhr an 5 Tagen.",
]


@pytest.mark.parametrize(("text", "trace"), GIVE_AWAY)
def test_each_way_of_giving_oneself_away_is_found(text, trace):
    assert trace in {finding.trace for finding in findings(text, NAMES)}


@pytest.mark.parametrize("text", HARMLESS)
def test_ordinary_descriptions_pass(text):
    assert findings(text, NAMES) == ()


def test_the_excerpt_is_the_passage_itself():
    (finding,) = findings("Rufen Sie an: 05841 12345, gern abends.")
    assert finding.excerpt == "05841 12345"


def test_a_passage_is_named_once():
    assert len(findings("In 29439 Lüchow oder bei 29439 Lüchow")) == 1
    (number,) = findings("Telefon 05862 1234")
    assert number.excerpt == "Telefon 05862 1234"
    assert [found.trace for found in findings("Tel. 05862 1234 oder 05841 99887")] == [Trace.PHONE, Trace.PHONE]


def test_words_that_many_names_share_are_no_names():
    assert findings("Der Hof und der Laden der Gemeinde", ("Hof und Laden GbR", "Gemeinde")) == ()


@given(st.text(max_size=400))
def test_any_text_can_be_searched(text):
    for finding in findings(text, NAMES):
        assert len(finding.excerpt) <= 80


@pytest.mark.parametrize("piece", ["a.", "a-", "a", "0", "www.", "a@", "tel", "(0"])
def test_a_text_made_to_keep_the_search_busy_does_not(piece):  # longest description; minutes with unbounded patterns
    text = piece * (LONGEST_DESCRIPTION // len(piece))
    begun = process_time()
    findings(text, NAMES)
    assert process_time() - begun < 1.5
