"""What the text check finds in thirty texts that give somebody away, and leaves alone in thirty that do not (LP-8)."""

from succession.facts.discretion import Trace, findings

NAMES = ("Hinnerk Wohlfahrt-Kröger", "Tischlerei Wohlfahrt")

# Each with at least one postcode and street, telephone number, e-mail, cadastral number or name of the owner.
TELLING = [
    ("Sie finden uns in 29451 Dannenberg, Lüchower Straße 14.", Trace.ADDRESS),
    ("Anschrift: Mühlentor 3, 29439 Lüchow (Wendland)", Trace.ADDRESS),
    ("Die Werkstatt steht in der Bahnhofstraße 27b, gleich am Gleis.", Trace.ADDRESS),
    ("Besichtigung im Rundlingsweg 5 nach Absprache", Trace.ADDRESS),
    ("Hof 8, 19309 Lanz, Einfahrt neben der Linde", Trace.ADDRESS),
    ("Der Laden ist Am Markt 11 in bester Lage", Trace.ADDRESS),
    ("PLZ 39615 Seehausen, Ortsteil am Wald", Trace.ADDRESS),
    ("Zufahrt über die Elbuferstr. 60, zweites Tor", Trace.ADDRESS),
    ("Wir wohnen Hinter dem Deich 2 und zeigen alles", Trace.ADDRESS),
    ("Bitte anrufen: 0 58 41 / 97 13 20", Trace.PHONE),
    ("Handy: 0160 / 99 88 77 66", Trace.PHONE),
    ("Tel. (05865) 443-12, abends", Trace.PHONE),
    ("erreichbar unter +49 151 2345 6789", Trace.PHONE),
    ("Telefon 03876 61 20 33", Trace.PHONE),
    ("Rückruf erbeten 05843-1290", Trace.PHONE),
    ("0049 176 12345678 (auch WhatsApp)", Trace.PHONE),
    ("Mail an h.kroeger@wendland-holz.example", Trace.EMAIL),
    ("hofnachfolge(at)gmx.de", Trace.EMAIL),
    ("schreibt uns: milch.hof [at] posteo [dot] de", Trace.EMAIL),
    ("kontakt@hof-am-see.org oder Brief", Trace.EMAIL),
    ("Es geht um das Flurstück 117/3 und den Acker daneben.", Trace.CADASTRE),
    ("Gemarkung Höhbeck, Flur 4, Flurstücke 12 und 13", Trace.CADASTRE),
    ("Flst. 88/2, rund zwei Hektar", Trace.CADASTRE),
    ("Kennzeichen 034567-004-00123/0002", Trace.CADASTRE),
    ("FLIK DENILI1402119832", Trace.CADASTRE),
    ("Grundbuch von Gartow Blatt 512", Trace.CADASTRE),
    ("Familie Wohlfahrt hört auf.", Trace.NAME),
    ("Krögers Tischlerei kennt hier jeder.", Trace.NAME),
    ("Fragen Sie im Dorf nach Hinnerk.", Trace.NAME),
    ("Die Tischlerei Wohlfahrt besteht seit 1951.", Trace.NAME),
]

HARMLESS = [
    "Der Hof liegt am Dorfrand, 400 m von der Schule.",
    "Wir bewirtschaften 86 ha, davon 30 ha Grünland am Fluss.",
    "Im Jahr 2023 haben wir 215.000 Euro umgesetzt.",
    "Die Halle misst 24 x 12 m und hat ein Dach von 2018.",
    "Am Montag und Dienstag ist Ruhetag, sonst ab 11 Uhr.",
    "Der Stall hat 62 Plätze, der Melkstand 2 x 5.",
    "Unser Brot kennen 3 Märkte und 14 Wiederverkäufer.",
    "Seit 1978 bilden wir aus, bisher 31 Lehrlinge.",
    "Der Pachtpreis liegt bei 250 Euro je Hektar.",
    "Bodenpunkte zwischen 28 und 35, viel Sand.",
    "Die Heizung läuft mit Hackschnitzeln, 80 kW.",
    "Im Ort gibt es Kita, Bäcker und 2 Gasthöfe.",
    "Wir suchen jemanden ab Sommer 2027, gern zu zweit.",
    "Der Weg zum Acker ist 3 m breit und fest.",
    "Rund 1.200 Stammkunden, 40 % aus der Stadt.",
    "Die Wohnung hat 5 Zimmer und 118 m².",
    "Zum Betrieb gehören 2 Schlepper und 1 Lader.",
    "Am Deich weiden im Sommer 45 Schafe.",
    "Die Ölmühle presst 9 Tonnen im Jahr.",
    "In der Saison arbeiten hier 6 bis 8 Menschen.",
    "Der Kaufpreis wird in 10 Raten gezahlt.",
    "Unter den Eichen ist Platz für 20 Zelte.",
    "Vor dem Haus 4 Stellplätze, dahinter der Garten.",
    "Wir liefern jeden Freitag 120 Kisten aus.",
    "Lange Erfahrung mit Direktvermarktung, kurze Wege.",
    "Die Bahn fährt alle 60 Minuten in die Kreisstadt.",
    "Auf dem Dach sind 99 kWp Photovoltaik.",
    "Der Laden hat 85 Quadratmeter und ein Lager.",
    "Wir geben 2026 oder 2027 ab, je nachdem.",
    "Neue Fenster 2019, neue Küche 2021, alles bezahlt.",
]


def test_nine_of_ten_telling_texts_are_found_by_their_kind():
    missed = [text for text, trace in TELLING if trace not in {one.trace for one in findings(text, NAMES)}]
    assert len(TELLING) == 30
    assert len(missed) <= 3, missed


def test_hardly_a_harmless_text_is_warned_of():
    warned = [(text, findings(text, NAMES)) for text in HARMLESS if findings(text, NAMES)]
    assert len(HARMLESS) == 30
    assert len(warned) <= 1, warned
