"""A coordinator's file of reference counts, row by row."""

from datetime import date

import pytest

from succession.places.reference_file import Count, read

TODAY = date(2026, 11, 2)
HEAD = "area;branch;count;source;date\n"
CODES = {"L4-7": "Raum Gartow"}


def rows(*lines, head=HEAD):
    return read((head + "\n".join(lines) + "\n").encode(), CODES, today=TODAY)


def test_a_good_file_is_read():
    found = rows("L4-7;farm;12;Gemeinde;2026-03-01", "CRS3035RES5000mN3310000E4415000;craft:wood;0;Kammer;1.2.2026")
    assert found.problems == ()
    assert found.counts == (
        Count("L4-7", "farm", 12, "Gemeinde", date(2026, 3, 1)),
        Count("CRS3035RES5000mN3310000E4415000", "craft:wood", 0, "Kammer", date(2026, 2, 1)),
    )


def test_commas_and_other_columns_will_do():
    found = rows("12,L4-7,Kammer,farm,2026-01-01,x", head="count,area,source,branch,date,name\n")
    assert [count.number for count in found.counts] == [12]


@pytest.mark.parametrize(
    "line",
    [
        "L4-8;farm;12;Gemeinde;2026-03-01",
        "Raum Gartow;farm;12;Gemeinde;2026-03-01",
        "L4-7;farms;12;Gemeinde;2026-03-01",
        "L4-7;farm:wood;12;Gemeinde;2026-03-01",
        "L4-7;farm;-1;Gemeinde;2026-03-01",
        "L4-7;farm;1.5;Gemeinde;2026-03-01",
        "L4-7;farm;²;Gemeinde;2026-03-01",
        "L4-7;farm;99999999;Gemeinde;2026-03-01",
        "L4-7;farm;;Gemeinde;2026-03-01",
        "L4-7;farm;12;;2026-03-01",
        "L4-7;farm;12;Gemeinde;2026-13-01",
        "L4-7;farm;12;Gemeinde;2027-01-01",
        "L4-7;farm;12;Gemeinde;",
        f"L4-7;farm;12;{'x' * 300};2026-03-01",
        "L4-7",
    ],
)
def test_a_wrong_row_is_named_with_its_reason(line):
    found = rows("L4-7;inn;3;Gemeinde;2026-03-01", line)
    assert [problem.row for problem in found.problems] == [2]


def test_the_same_number_twice_is_a_mistake():
    twice = ["L4-7;farm;12;Gemeinde;2026-03-01", "L4-7;farm;13;Gemeinde;2026-03-01"]
    assert [problem.row for problem in rows(*twice).problems] == [2]


def test_a_file_without_rows_or_columns_is_refused():
    assert rows().problems
    assert rows("1;2", head="area;count\n").problems[0].row == 0
    assert read(b"\x00\xff", CODES, today=TODAY).problems
