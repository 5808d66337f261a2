"""`succession places`: what an operator types, and how each command ends."""

import json

import pytest
from click.testing import CliRunner
from sqlalchemy.orm import Session

from succession.cli.places import places
from tests.factories.places import a_small_region

GOOD = "name;lat;lon;population\nHöhbeck;53,07;11,43;630\nRestorf;53,055;11,49;\n"


@pytest.fixture
def run(database, monkeypatch, tmp_path):
    with Session(database.engine) as session:
        a_small_region(session)
    monkeypatch.setenv("DATABASE_URL", database.admin_url)
    monkeypatch.setenv("SUCCESSION_INSTANCE", str(tmp_path))

    def invoke(*arguments):
        result = CliRunner().invoke(places, [str(argument) for argument in arguments])
        assert result.exception is None or isinstance(result.exception, SystemExit)
        return result

    return invoke


def test_places_are_added_once_and_then_unchanged(run, tmp_path):
    file = tmp_path / "orte.csv"
    file.write_text(GOOD, encoding="utf-8")
    first, second = run("import", file, "--json"), run("import", file, "--json")
    assert (first.exit_code, second.exit_code) == (0, 0)
    assert json.loads(first.stdout) == {"file": "orte.csv", "new": 2, "changed": 0, "unchanged": 0, "rows": []}
    assert json.loads(second.stdout)["unchanged"] == 2
    assert json.loads(run("search", "hoehbeck", "--json").stdout)[0]["shown_name"] == "Höhbeck"


def test_one_wrong_row_and_nothing_is_added(run, tmp_path):
    file = tmp_path / "orte.csv"
    file.write_text(GOOD + "Irgendwo;11,4;53,0;\n", encoding="utf-8")
    refused = run("import", file, "--json")
    assert refused.exit_code == 1
    assert [row["row"] for row in json.loads(refused.stdout)["rows"]] == [3]
    nothing = run("search", "Höhbeck")
    assert (nothing.stdout, "places import" in nothing.stderr) == ("", True)


def test_a_wrong_use_is_said_so(run, tmp_path):
    assert run("import", tmp_path / "missing.csv").exit_code == 2
    assert run("search", "Gartow", "--limit", "0").exit_code == 2
