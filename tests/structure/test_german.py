"""German as people read it: plain, calm, and the same words for the same things (glossary, B1)."""

import re

import pytest
from babel.messages.pofile import read_po

from tests.structure.source import PACKAGE

GERMAN = PACKAGE / "translations" / "de" / "LC_MESSAGES" / "messages.po"
MOST_WORDS_ON_AVERAGE = 15
MOST_WORDS_IN_ONE_SENTENCE = 34

STOCK_PHRASES = re.compile(
    r"bitte nicht zögern|zögern Sie nicht|herzlich willkommen|viel Erfolg|im Handumdrehen|einfach und bequem"
    r"|in der heutigen Zeit|maßgeschneidert|ganzheitlich|nahtlos|rundum|Mehrwert|optimal|spannend|innovativ"
    r"|leider ist (ein|etwas)|es ist ein Fehler aufgetreten|erfolgreich (gespeichert|gelöscht)",
    re.IGNORECASE,
)
JARGON = re.compile(
    r"\b(User|Nutzer\w*|Benutzer\w*|Login\w*|einloggen|Account\w*|Matching|Match|Tool|Feature|Dashboard|Button|Upload\w*"
    r"|Download\w*|Support|Workflow|Event|Feedback|Server-?Fehler|Session|Browser-?Cache|ungültig\w*|fehlgeschlagen)\b"
)
THE_FEATURE_OF_GEOJSON = "„Feature“"
"""A word of the format itself, quoted in messages for those who mend such a file."""

FAMILIAR = re.compile(r"\b(du|dir|dich|dein\w*|euch|euer\w*|eure\w*)\b", re.IGNORECASE)
ONE_SEX_ONLY = re.compile(
    r"\b(Betreiber|Inhaber|Eigentümer|Bewerber|Besucher|Pächter|Verpächter|Landwirte?|Nachfolger|Übernehmer|Abgeber|Käufer"
    r"|Verkäufer|Berater|Mentoren|Koordinator|Empfänger|Absender|Ansprechpartner)(?![:\w])"
)
STRAIGHT_QUOTES = re.compile(r"[\"']|``|,,")
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%%")
END_OF_SENTENCE = re.compile(r"(?<=[.?:;])\s+|\n+")


@pytest.fixture(scope="module")
def sentences():
    """Every German text of the catalogue; a plural gives both its forms."""
    with GERMAN.open("rb") as file:
        messages = [message for message in read_po(file, locale="de") if message.id]
    strings = [[message.string] if isinstance(message.string, str) else message.string for message in messages]
    return [text for forms in strings for text in forms if text]


def words(sentence):
    """What is read aloud as a word; a value counts as one."""
    return re.findall(r"\w[\w:.,/-]*", PLACEHOLDER.sub(" 1 ", sentence))


def full_sentences(texts):
    """Texts that end like a sentence, cut at stops and colons, since one breathes there; labels are left out."""
    for text in texts:
        if text.rstrip().endswith((".", "?", ":")):
            yield from (part for part in END_OF_SENTENCE.split(text) if words(part))


def hits(pattern, texts):
    return [(match.group(), text) for text in texts for match in pattern.finditer(text)]


def test_nobody_is_shouted_at(sentences):
    assert [text for text in sentences if "!" in text] == []


def test_no_stock_phrases(sentences):
    assert hits(STOCK_PHRASES, sentences) == []


def test_no_jargon(sentences):
    assert hits(JARGON, [text.replace(THE_FEATURE_OF_GEOJSON, "") for text in sentences]) == []


def test_people_are_addressed_as_sie(sentences):
    assert hits(FAMILIAR, sentences) == []


def test_words_for_people_mean_everybody(sentences):
    """A neutral word where there is one, else the form with a colon."""
    assert hits(ONE_SEX_ONLY, sentences) == []


def test_quotes_are_german(sentences):
    assert hits(STRAIGHT_QUOTES, sentences) == []
    assert [text for text in sentences if text.count("„") != text.count("“") or "”" in text] == []


def test_sentences_are_short(sentences):
    lengths = [len(words(part)) for part in full_sentences(sentences)]
    assert len(lengths) > 300
    assert sum(lengths) / len(lengths) <= MOST_WORDS_ON_AVERAGE


def test_no_single_sentence_runs_on(sentences):
    assert [part for part in full_sentences(sentences) if len(words(part)) > MOST_WORDS_IN_ONE_SENTENCE] == []


def test_spaces_and_dashes_are_set_well(sentences):
    assert [text for text in sentences if re.search(r"\S  \S| [,;:?]| - |\.\.\.", text)] == []


def test_choices_are_said_in_words_not_with_a_slash(sentences):
    """ "Schafe oder Ziegen" can be read aloud; a slash cannot."""
    slash = re.compile(r"[a-zäöüß]-?/[A-ZÄÖÜa-zäöüß]{2,}")
    assert hits(slash, [text for text in sentences if "dl-de" not in text]) == []
