import json
from datetime import UTC, datetime, timedelta

import pytest

from succession.config import CHECKOUT
from succession.privacy.logs import age, shortened
from succession.privacy.retention import ADDRESSES_KEPT, LOGS_KEPT

NOW = datetime(2026, 11, 2, tzinfo=UTC)


def log(folder, *ages):
    (folder / "logs").mkdir()
    path = folder / "logs" / "security.jsonl"
    lines = [{"at": (NOW - timedelta(days=days)).isoformat(), "address": "203.0.113.77", "what": "x"} for days in ages]
    path.write_text("".join(json.dumps(line) + "\n" for line in lines))
    return path


def test_addresses_are_cut_after_a_week_and_lines_go_after_thirty_days(tmp_path):  # P12
    path = log(tmp_path, 31, 30, 29, 8, 6, 0)
    age(tmp_path, now=NOW, keep_addresses=ADDRESSES_KEPT, keep=LOGS_KEPT)
    left = [json.loads(line)["address"] for line in path.read_text().splitlines()]
    assert left == ["203.0.113.0", "203.0.113.0", "203.0.113.77", "203.0.113.77"]
    assert path.stat().st_mode & 0o077 == 0


def test_a_line_without_a_time_that_can_be_read_does_not_stay_for_ever(tmp_path):
    path = log(tmp_path, 1)
    path.write_text(path.read_text() + "nonsense 203.0.113.9\n")
    age(tmp_path, now=NOW, keep_addresses=ADDRESSES_KEPT, keep=LOGS_KEPT)
    assert "203.0.113.9" not in path.read_text()


@pytest.mark.parametrize(
    ("address", "short"),
    [
        ("203.0.113.77", "203.0.113.0"),
        ("2001:db8:1:2::3", "2001:db8:1::"),
        ("127.0.0.1", "127.0.0.0"),
        ("nonsense", ""),
    ],
)
def test_only_the_beginning_of_an_address_is_left(address, short):
    assert shortened(address) == short


def test_no_access_log_is_written_so_no_search_stands_in_one():  # P12
    from gunicorn.config import Config

    assert Config().settings["accesslog"].default is None
    ours = "".join((CHECKOUT / name).read_text() for name in ("gunicorn.conf.py", "succession/supervisor.py"))
    assert "access" not in ours.replace("accessible", "")
