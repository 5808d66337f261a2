import json
import os
import stat
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession import security_log
from succession.security_log import Circumstances, Result, line

NOW = datetime(2026, 7, 2, 9, 0, tzinfo=UTC)
WHO = UUID(int=7)
AROUND = Circumstances(who=WHO, network="192.0.2.0/24", request_id="abc123")


@pytest.fixture
def kept(tmp_path):
    """Lines go into a folder of this test."""
    before = list(security_log.log.handlers)
    security_log.keep_in(tmp_path)
    yield tmp_path / "logs"
    security_log.log.handlers[:] = before


def lines(folder):
    return [json.loads(row) for path in sorted(folder.glob("*.jsonl")) for row in path.read_text().splitlines()]


def test_a_line_says_when_with_its_time_zone_who_what_how_it_ended_and_from_which_network():  # S19
    found = json.loads(line("account.signed_in", Result.OK, AROUND, details={"way": "app"}, now=NOW))
    assert found == {
        "at": "2026-07-02T11:00:00.000+02:00",
        "what": "account.signed_in",
        "result": "ok",
        "who": str(WHO),
        "network": "192.0.2.0/24",
        "request": "abc123",
        "way": "app",
    }


@given(st.text())
def test_nothing_makes_one_line_look_like_two_and_no_sentence_gets_in(word):  # S19
    written = line("account.signed_in", Result.REFUSED, AROUND, details={"word": word}, now=NOW)
    assert "\n" not in written
    assert "\r" not in written
    assert written.isascii()
    kept = json.loads(written).get("word", "")
    assert kept in {"", word, security_log.LEFT_OUT}
    assert "@" not in kept
    assert " " not in kept.replace(security_log.LEFT_OUT, "")


def test_an_address_a_place_and_a_secret_are_left_out():
    for word in ("a@example.org", "53.1234, 11.0", "ein Satz", "x" * 161):
        assert word not in line("x", Result.OK, AROUND, details={"word": word}, now=NOW)


def test_only_the_owner_reads_the_file(kept):
    security_log.note("account.signed_in", Result.OK, who=WHO)
    (path,) = kept.iterdir()
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert stat.S_IMODE(kept.stat().st_mode) == 0o700


def write_many(folder, number):
    security_log.keep_in(folder)
    for turn in range(200):
        security_log.note("account.signed_in", Result.OK, process=number, turn=turn, word="ab/" * 33)
    return os.getpid()


def test_several_processes_never_mix_their_lines(tmp_path):
    with ProcessPoolExecutor(4) as pool:
        list(pool.map(write_many, [tmp_path] * 4, range(4)))
    found = {(row["process"], row["turn"]) for row in lines(tmp_path / "logs")}
    assert len(found) == 800


def test_lines_are_gone_after_thirty_days_and_other_files_stay(tmp_path):
    folder = tmp_path / "logs"
    folder.mkdir()
    for name in ("security-2026-06-01.jsonl", "security-2026-06-02.jsonl", "security-2026-07-01.jsonl", "other.jsonl"):
        (folder / name).touch()
    assert security_log.forget_old(tmp_path, today=date(2026, 7, 2)) == 2
    assert sorted(path.name for path in folder.iterdir()) == ["other.jsonl", "security-2026-07-01.jsonl"]


def test_a_full_disk_stops_no_request(kept, monkeypatch, caplog):
    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "write", full)
    security_log.note("account.signed_in", Result.OK)
    assert "cannot be written" in caplog.text
