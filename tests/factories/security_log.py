"""The security log while tests run: what it says, and a guard over the whole suite against what it must never say."""

import json
import logging
import re

import pytest

from succession import security_log

SECRETS = re.compile(
    r"a-password-for-tests|gemeinsam-an-der-elbe"  # passwords
    r"|@"  # addresses
    r"|\d\.\d{4,}|\d{6,7}\.\d"  # places, in degrees and in metres
    r"|[A-Za-z0-9_-]{40,}"  # tokens; a public id is shorter
    r"|\\[nr]|[\r\n]"  # a line that looks like two
)
FIELDS = {"at", "what", "result"}


class Guard(logging.Handler):
    """Fails the test in which a line says what it must not, or not what it must. (S19, P12)."""

    def emit(self, record):
        line = record.getMessage()
        found = json.loads(line)
        assert not SECRETS.search(line), line
        assert found.keys() >= FIELDS, line
        assert re.search(r"[+-]\d\d:\d\d$", found["at"]), line
        assert re.fullmatch(r"|[0-9.]+\.0/24|[0-9a-f:]+/48", found.get("network", "")), line


class Heard(logging.Handler):
    """Keeps the lines in memory."""

    def __init__(self):
        super().__init__()
        self.lines = []

    def emit(self, record):
        self.lines.append(record.getMessage())


@pytest.fixture
def noted():
    """Calling it gives the lines so far, read."""
    heard = Heard()
    security_log.log.addHandler(heard)
    yield lambda: [json.loads(line) for line in heard.lines]
    security_log.log.removeHandler(heard)
