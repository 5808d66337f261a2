from datetime import UTC, date, datetime

import pytest

from succession.errors import Refused
from succession.land import lead_time, leases_file, leases_ics
from succession.land.lead_time import LeadTime, Span

TODAY = date(2026, 11, 22)
HEAD = "Flurstück;Pächter;Pacht;Beginn;Ende;Kündigungsfrist;Bemerkung\n"


def rows(*lines, encoding="utf-8"):
    return leases_file.read((HEAD + "\n".join(lines)).encode(encoding))


def test_a_table_as_offices_write_it_is_read():
    (row,), problems = rows("03 0123 004 00056;Hof Müller;1.234,50 €;01.10.2015;30.09.2028;24 Monate;am Deich")
    assert problems == ()
    assert (row.lessee, row.rent_cents_year, row.notice_months) == ("Hof Müller", 123_450, 24)
    assert (row.starts_on, row.ends_on) == (date(2015, 10, 1), date(2028, 9, 30))


def test_the_old_encoding_of_windows_is_read_too():
    (row,), _ = rows("5;Hof Jäger;300;2015-10-01;;;", encoding="cp1252")
    assert (row.lessee, row.ends_on, row.rent_cents_year) == ("Hof Jäger", None, 30_000)


@pytest.mark.parametrize(
    "line",
    [
        ";Hof;1;01.10.2015;;;",
        "5;Hof;1;;30.09.2028;;",
        "5;Hof;1;31.02.2015;;;",
        "5;Hof;1;01.10.2028;01.10.2015;;",
        "5;Hof;viel;01.10.2015;;;",
        "5;Hof;-5;01.10.2015;;;",
        "5;Hof;1e9;01.10.2015;;;",
        "5;Hof;1;01.10.2015;;bald;",
        "5;Hof;1;01.10.2015;;700;",
    ],
)
def test_a_line_that_makes_no_sense_says_so_with_its_number(line):
    found, problems = rows("4;Hof;1;01.10.2015;;;", line)
    assert len(found) == 1
    assert [one.line for one in problems] == [3]


@pytest.mark.parametrize("content", [b"", b"a;b\n1;2\n", b"PK\x03\x04\x00\x00", HEAD.encode()])
def test_what_is_no_table_of_leases_is_refused(content):
    with pytest.raises(Refused):
        leases_file.read(content)


@pytest.mark.parametrize(
    ("ends", "state"),
    [
        (None, LeadTime.OPEN_END),
        (date(2026, 11, 21), LeadTime.ENDED),
        (date(2026, 11, 22), LeadTime.LATE),
        (date(2028, 11, 21), LeadTime.LATE),
        (date(2028, 11, 22), LeadTime.ASKS_FOR_A_CALL),
        (date(2029, 5, 22), LeadTime.ASKS_FOR_A_CALL),
        (date(2029, 5, 23), LeadTime.RUNNING),
    ],
)
def test_a_lease_that_ends_in_24_to_30_months_asks_for_a_call(ends, state):
    assert lead_time.lead_time(Span(date(2015, 10, 1), ends), TODAY) is state


def test_months_end_where_the_shorter_month_ends():
    assert lead_time.months_later(date(2027, 8, 31), 6) == date(2028, 2, 29)
    assert lead_time.months_later(date(2027, 1, 31), -2) == date(2026, 11, 30)


def test_the_calendar_folds_long_lines_and_keeps_separators_apart():
    entry = leases_ics.Entry("a@b", TODAY, "Ausschreibung; vorbereiten, bald " + "ü" * 60, "erste\nzweite")
    text = leases_ics.calendar([entry], name="Pachten", now=datetime(2026, 11, 22, tzinfo=UTC))
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    assert b"SUMMARY:Ausschreibung\\; vorbereiten\\, bald" in text
    assert b"DESCRIPTION:erste\\nzweite" in text
