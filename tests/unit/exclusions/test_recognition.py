import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.exclusions.kinds import ExclusionKind
from succession.exclusions.recognition import (
    Entry,
    Known,
    fold_email,
    is_meant,
    keys_of_account,
    keys_of_entry,
    keys_of_organisation,
)


def person(name="", address=""):
    return Entry(ExclusionKind.PERSON, name, address)


def firm(name="", address=""):
    return Entry(ExclusionKind.FIRM, name, address)


MEANT = [
    (person("Anna Müller"), Known(name="Anna Müller")),
    (person("Anna Müller"), Known(name="anna MUELLER")),
    (person("Anna Müller"), Known(name="Anna Muller")),
    (person("Anna Müller"), Known(name="Müller Anna")),
    (person("Müller, Anna"), Known(name="Anna Müller")),
    (person("Anna Müller"), Known(name="Anna Müller-Schmidt")),
    (person("Anna Müller"), Known(name="Anna Müller Schmidt")),
    (person("Anna Schmidt"), Known(name="Anna Müller-Schmidt")),
    (person("Anna Müller-Schmidt"), Known(name="Anna Müller")),
    (person("Anna Müller"), Known(name="Anna Maria Müller")),
    (person("Anna Maria Müller"), Known(name="Anna Müller")),
    (person("Anna Müller"), Known(name="Dr. Anna Müller")),
    (person("Dr. agr. Anna von der Müller"), Known(name="Anna Müller")),
    (person("Hans Groß"), Known(name="Hans Gross")),
    (person("Hans Groß"), Known(name="HANS GROSS")),
    (person("André Dupré"), Known(name="Andre Dupre")),
    (person("Anna und Hans Müller"), Known(name="Hans Müller")),
    (person("Familie Müller"), Known(name="Anna Müller")),
    (person("Müller"), Known(name="Anna Müller")),
    (person("Anna Müller"), Known(name="Müller")),
    (person("", "anna@example.org"), Known(email="Anna@Example.org ")),
    (person("", "anna@example.org"), Known(email="anna+hof@example.org")),
    (person("", "a.n.na@gmail.com"), Known(email="anna@googlemail.com")),
    (person("Anna Müller", "anna@example.org"), Known(email="anna@example.org", name="Ganz Anders")),
    (firm("Landhandel Meyer GmbH & Co. KG"), Known(firms=("Landhandel Meyer",))),
    (firm("Landhandel Meyer"), Known(firms=("Landhandel Meyer GmbH",))),
    (firm("Landtechnik Müller GmbH"), Known(email="einkauf@landtechnik-mueller.de")),
    (firm("Landtechnik Müller GmbH"), Known(email="x@mail.landtechnikmueller.de")),
    (firm("", "www.landtechnik.example"), Known(email="chef@landtechnik.example")),
    (firm("", "https://www.landtechnik.example/kontakt"), Known(email="chef@post.landtechnik.example")),
    (firm("", "info@landtechnik.example"), Known(email="chef@landtechnik.example")),
    (firm("Bäckerei Süd", "baeckerei-sued@t-online.de"), Known(email="baeckerei-sued@t-online.de")),
    (Entry(ExclusionKind.PLACE, "Gartow", places=frozenset({7, 8})), Known(places=frozenset({8, 20}))),
    (Entry(ExclusionKind.PLACE, "Gartow"), Known(postal_address="Hauptstr. 3, 29471 Gartow")),
    (Entry(ExclusionKind.PLACE, "Hansestadt Salzwedel"), Known(postal_address="Markt 1\n29410 Salzwedel")),
    (Entry(ExclusionKind.PLACE, "Bad Wilsnack"), Known(postal_address="Große Straße 1, 19336 Bad Wilsnack")),
]
NOT_MEANT = [
    (person("Anna Müller"), Known(name="Anna Meier")),
    (person("Anna Müller"), Known(name="Bert Müller")),
    (person("Anna Müller"), Known(name="Anna")),
    (person("Hans-Peter Müller"), Known(name="Hans-Peter Meier")),
    (person("", "anna@example.org"), Known(email="hanna@example.org")),
    (person("Anna Müller", "anna@example.org"), Known(email="bert@example.org", name="Bert Anders")),
    (firm("Landhandel Meyer"), Known(firms=("Landhandel Schulze",), email="x@landhandel.de")),
    (firm("Bäckerei Süd", "baeckerei-sued@t-online.de"), Known(email="anna@t-online.de")),
    (firm("Web"), Known(email="anna@web.de")),
    (Entry(ExclusionKind.PLACE, "Gartow", places=frozenset({7})), Known(places=frozenset({9}))),
    (Entry(ExclusionKind.PLACE, "Gartow"), Known(name="Anna Gartow", postal_address="Markt 1, 29410 Salzwedel")),
]


@pytest.mark.parametrize(("entry", "known"), MEANT)
def test_who_is_named_is_recognised_in_whatever_spelling(entry, known):
    assert is_meant(entry, known)


@pytest.mark.parametrize(("entry", "known"), NOT_MEANT)
def test_others_are_left_alone(entry, known):
    assert not is_meant(entry, known)


def test_a_firm_is_itself_recognised_by_its_name():
    assert keys_of_entry(firm("Landhandel Meyer GmbH")) & keys_of_organisation("Landhandel Meyer")


def test_somebody_of_whom_nothing_is_known_is_never_meant():
    assert keys_of_account(Known()) == frozenset()


def test_keys_are_hashes_and_name_nobody():
    told = b"".join(keys_of_entry(person("Anna Müller", "anna@example.org")))
    assert b"anna" not in told
    assert b"muller" not in told


WORDS = st.lists(st.text(st.characters(categories=["L"]), min_size=2, max_size=9), min_size=2, max_size=4)


@given(WORDS, st.randoms(use_true_random=False))
def test_the_order_of_the_words_never_matters(words, random):
    shuffled = list(words)
    random.shuffle(shuffled)
    entry, known = person(" ".join(words)), Known(name=" ".join(shuffled))
    assert is_meant(entry, known) == bool(keys_of_entry(entry))


@given(st.text(max_size=200), st.text(max_size=200), st.sampled_from(ExclusionKind))
def test_any_text_can_be_written_down_and_held(name, address, kind):
    entry = Entry(kind, name, address)
    assert is_meant(entry, Known(address, name, address, (name,))) in {True, False}
    assert not is_meant(entry, Known()), "somebody of whom nothing is known is never meant"


@given(st.emails())
def test_an_address_means_itself(email):
    assert is_meant(person("", email), Known(email=email.upper().lower()))
    assert fold_email(email) == fold_email(f" {email} ")
