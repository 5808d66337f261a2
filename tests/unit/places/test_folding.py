"""Names are found however they are written."""

import pytest

from succession.places.folding import foldings, plain_name, search_keys


@pytest.mark.parametrize("typed", ["Lüchow", "luechow", "Luchow", "LÜCHOW", "Lu\u0308chow", "  lüchow "])
def test_umlauts_fold_both_ways(typed):
    assert set(foldings(typed)) & set(search_keys("Lüchow"))


@pytest.mark.parametrize(
    ("name", "typed"),
    [
        ("Hansestadt Salzwedel", "salzwedel"),
        ("Luftkurort Arendsee", "Arendsee"),
        ("Bad Wilsnack", "Wilsnack"),
        ("Ostseebad Boltenhagen", "boltenhagen"),
        ("Universitäts- und Hansestadt Greifswald", "Greifswald"),
        ("Wittenberge (Elbe)", "Wittenberge"),
        ("Dömitz/Elbe", "Doemitz"),
        ("Osterburg, Hansestadt", "Osterburg"),
        ("Bergen an der Dumme", "Bergen"),
        ("Groß Garz", "gross garz"),
        ("Hitzacker", "Stadt Hitzacker (Elbe)"),
        ("Wittenberge", "Wittenberge a. d. Elbe"),
    ],
)
def test_titles_and_additions_do_not_stand_in_the_way(name, typed):
    assert set(search_keys(name)) & set(search_keys(typed))


def test_a_bath_keeps_its_bad_and_a_market_its_markt():
    assert plain_name("Bad Wilsnack") == "Bad Wilsnack"
    assert plain_name("Markt Schwaben") == "Markt Schwaben"
    assert plain_name("Hansestadt Salzwedel") == "Salzwedel"


@pytest.mark.parametrize("typed", ["", "   ", "%", "!?", "–"])
def test_nothing_to_look_for_folds_to_nothing(typed):
    assert foldings(typed) == ()
    assert search_keys(typed) == ()
