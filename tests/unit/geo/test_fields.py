from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.geo.findings import FileRefused
from succession.geo.formats.fields import FIELDS, Reader, mapping


def read(columns, values, area_m2=10_000.0):
    return Reader(mapping(columns)).read(values, area_m2)


@pytest.mark.parametrize(
    ("columns", "field", "column"),
    [
        (["ref_ident", "groesse"], "reference", "ref_ident"),
        (["FLIK", "id"], "reference", "FLIK"),
        (["groesse_ha"], "official_area_m2", "groesse_ha"),
        (["amtlicheFlaeche"], "official_area_m2", "amtlicheFlaeche"),
        (["flurstueckskennzeichen"], "parcel_key", "flurstueckskennzeichen"),
        (["FLURSTUECK"], "parcel_key", "FLURSTUECK"),
        (["HBN"], "land_use", "HBN"),
        (["BNK"], "land_use", "BNK"),
        (["kulturart"], "land_use", "kulturart"),
        (["code", "code_bez"], "crop_name", "code_bez"),
        (["Ackerzahl"], "soil_points", "Ackerzahl"),
    ],
)
def test_usual_names_map_by_themselves(columns, field, column):
    assert mapping(columns)[field] == column


def test_what_a_person_says_goes_before_what_names_say():
    assert mapping(["FLIK", "nr"], {"reference": "NR"}) == {"reference": "nr"}
    assert mapping(["FLIK"], {"reference": ""}) == {}


@pytest.mark.parametrize("chosen", [{"colour": "a"}, {"name": "missing"}])
def test_unknown_fields_and_columns_are_refused_with_the_list(chosen):
    with pytest.raises(FileRefused):
        mapping(["a"], chosen)


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("groesse", 1.0, "10000.00"),
        ("groesse", "1,0021", "10021.00"),
        ("flaeche", 10_050, "10050.00"),
        ("flaeche", "10.050,5", "10050.50"),
        ("groesse_ha", "1.5", "15000.00"),
        ("amtlicheFlaeche", 9_000.5, "9000.50"),
    ],
)
def test_areas_are_square_metres_whatever_the_column_means(column, value, expected):
    facts, remarks = read([column], {column: value})
    assert facts["official_area_m2"] == Decimal(expected)
    assert remarks == ()


def test_an_area_that_does_not_fit_the_outline_is_kept_and_said():
    facts, remarks = read(["groesse_ha"], {"groesse_ha": 9.0})
    assert facts["official_area_m2"] == 90_000
    assert [remark.code for remark in remarks] == ["official-area-differs"]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("020125___00128______", "020125___00128______"),
        ("020125___00128", "020125___00128______"),
        ("02 0125 ___ 00128 ______", "020125___00128______"),
        ("128/2", None),
    ],
)
def test_a_parcel_key_has_twenty_characters(value, expected):
    facts, remarks = read(["flstkennz"], {"flstkennz": value})
    assert facts["parcel_key"] == expected
    assert bool(remarks) == (expected is None)


@pytest.mark.parametrize(
    ("value", "expected"),
    [("AL", "arable"), ("GL", "grassland"), ("Dauergrünland", "grassland"), ("1000", "arable"), (3000, "grassland"),
     ("Wald (Laubwald)", "forest"), ("DK", "permanent_crop"), ("Quark", None)],
)  # fmt: skip
def test_land_use_is_read_in_words_and_codes(value, expected):
    assert read(["HBN"], {"HBN": value})[0]["land_use"] == expected


@pytest.mark.parametrize(
    ("value", "expected"), [(41, 41), ("41,5", Decimal("41.5")), (0, None), (300, None), ("50/48", 48)]
)
def test_soil_points_are_between_one_and_120(value, expected):
    assert read(["ackerzahl"], {"ackerzahl": value})[0]["soil_points"] == expected


def test_empty_is_nothing():
    facts, remarks = read(["FLIK", "groesse", "HBN"], {"FLIK": "  ", "groesse": None, "HBN": ""})
    assert set(facts.values()) == {None}
    assert remarks == ()


VALUES = st.one_of(st.none(), st.text(max_size=300), st.integers(), st.floats(allow_nan=True, allow_infinity=True))


@given(st.dictionaries(st.sampled_from(["FLIK", "groesse", "HBN", "ackerzahl", "name", "flstkennz", "code"]), VALUES))
def test_no_value_breaks_the_reader(values):
    facts, _ = read(list(values), values)
    assert set(facts) <= set(FIELDS)
