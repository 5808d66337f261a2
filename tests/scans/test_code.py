"""S24: scanners find nothing in the code, and would find something."""

import subprocess
import sys
from pathlib import Path

import pytest

from succession.config import CHECKOUT

RULES = CHECKOUT / "script" / "scans" / "semgrep.yaml"
CARELESS = """
from markupsafe import Markup
from sqlalchemy import text

def show(session, request, name):
    session.execute(text("SELECT * FROM account WHERE name = '%s'" % name))
    return Markup(f"<b>{name}</b>")
"""


def bandit(*arguments):
    return subprocess.run(
        [Path(sys.executable).with_name("bandit"), "--quiet", "-ll", "--recursive", *arguments],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
    )


def test_bandit_finds_nothing():  # S24
    found = bandit("succession", "gunicorn.conf.py")
    assert found.returncode == 0, found.stdout


def test_bandit_would_find_something(tmp_path):  # S24
    (tmp_path / "careless.py").write_text("import subprocess\nsubprocess.run(input(), shell=True)\n")
    assert bandit(str(tmp_path)).returncode == 1


@pytest.mark.long
def test_the_rules_of_this_house_find_nothing():  # S14 S24
    done = subprocess.run([CHECKOUT / "script" / "scan"], cwd=CHECKOUT, capture_output=True, text=True)
    assert done.returncode == 0, done.stdout[-5000:]


@pytest.mark.long
def test_the_rules_of_this_house_would_find_something(tmp_path):  # S14 S24
    subprocess.run([CHECKOUT / "script" / "scan"], cwd=CHECKOUT, capture_output=True)
    (tmp_path / "careless.py").write_text(CARELESS)
    program = CHECKOUT / "instance" / "tools" / "semgrep" / "bin" / "semgrep"
    options = ["--quiet", "--error", "--metrics=off", "--disable-version-check", "--no-git-ignore", "--config", RULES]
    environment = {"PATH": f"{program.parent}:/usr/bin:/bin", "HOME": str(tmp_path)}
    done = subprocess.run([program, "scan", *options, tmp_path], env=environment, capture_output=True, text=True)
    assert done.returncode == 1
    assert "raw-sql-with-values" in done.stdout
    assert "unsafe-markup" in done.stdout
