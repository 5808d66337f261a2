"""Places of one name are told apart."""

from succession.places.naming import NamedPoint, shown_names

TOWNS = [
    NamedPoint(1, "Lüchow", 0, 0, 9678),
    NamedPoint(2, "Hansestadt Salzwedel", 0, -13_000, 21058),
    NamedPoint(3, "Neubrandenburg", 150_000, 60_000, 63000),
]


def test_namesakes_are_called_after_the_nearest_town():
    villages = [NamedPoint(4, "Wustrow", -2_000, -5_000, 3086), NamedPoint(5, "Wustrow", 140_000, 50_000, 600)]
    shown = shown_names([*TOWNS, *villages], {})
    assert (shown[4], shown[5]) == ("Wustrow bei Lüchow", "Wustrow bei Neubrandenburg")


def test_the_only_town_of_a_name_keeps_it():
    shown = shown_names([*TOWNS, NamedPoint(6, "Lüchow", 100_000, 90_000, 237)], {})
    assert (shown[1], shown[6]) == ("Lüchow", "Lüchow bei Neubrandenburg")


def test_a_name_borne_once_stays_plain_and_loses_its_title():
    assert shown_names(TOWNS, {})[2] == "Salzwedel"


def test_what_is_still_the_same_gets_its_state():
    villages = [NamedPoint(7, "Berge", 1_000, 1_000, 0), NamedPoint(8, "Berge", 1_500, 1_000, 0)]
    shown = shown_names([*TOWNS, *villages], {7: "Niedersachsen", 8: "Sachsen-Anhalt"})
    assert (shown[7], shown[8]) == ("Berge bei Lüchow (Niedersachsen)", "Berge bei Lüchow (Sachsen-Anhalt)")


def test_without_any_town_names_stay_as_they_are():
    assert shown_names([NamedPoint(1, "Berge", 0, 0, 0), NamedPoint(2, "Berge", 9, 9, 0)], {}) == {
        1: "Berge",
        2: "Berge",
    }
