"""An operator's list is read in the ways offices write it, and each wrong row is named."""

import pytest

from succession.config import Region
from succession.places.place_file import OperatorPlace, read

REGION = Region()
HOEHBECK = OperatorPlace("Höhbeck", 53.07, 11.43, 630)


@pytest.mark.parametrize(
    "content",
    [
        "name,lat,lon,population\nHöhbeck,53.07,11.43,630\n".encode(),
        "\ufeffname;lat;lon;population\r\nHöhbeck;53,07;11,43;630\r\n".encode(),
        "Name;Lat;Lon;Population\nHöhbeck;53,07;11,43;630\n".encode("cp1252"),
    ],
)
def test_a_good_file_is_read(content):
    assert read(content, REGION) == type(read(content, REGION))((HOEHBECK,), ())


def test_inhabitants_may_be_unknown():
    assert read(b"name,lat,lon\nRestorf,53.055,11.49\n", REGION).places == (OperatorPlace("Restorf", 53.055, 11.49),)


@pytest.mark.parametrize(
    ("row", "says"),
    [
        (",53.07,11.43,1", "name is missing"),
        ("Höhbeck,x,11.43,1", "must be numbers"),
        ("Höhbeck,nan,11.43,1", "must be numbers"),
        ("Höhbeck,11.43,53.07,1", "swapped"),
        ("München,48.1,11.5,1", "outside the region"),
        ("Höhbeck,53.07,11.43,viele", "whole number"),
        ("Höhbeck,53.07,11.43,-3", "whole number"),
    ],
)
def test_a_wrong_row_is_named_with_its_reason(row, says):
    found = read(f"name,lat,lon,population\nMeetschow,53.02,11.40,90\n{row}\n".encode(), REGION)
    assert [problem.row for problem in found.problems] == [2]
    assert says in found.problems[0].reason.msgid


@pytest.mark.parametrize("content", [b"", b"\x00\x01", b"name,lat\nA,1\n", b"name,lat,lon\n"])
def test_a_file_without_places_says_so(content):
    found = read(content, REGION)
    assert not found.places
    assert found.problems
