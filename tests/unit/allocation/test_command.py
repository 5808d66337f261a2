import json

import pytest
from click.testing import CliRunner

from succession.cli.allocation import allocation
from tests.unit.allocation import test_choosing, test_lottery, test_ties, test_two_sided

YES = {"id": "organic", "label": {"de": "Bio", "en": "Organic"}, "kind": "boolean", "points": 3}
BID = {"id": "bid", "kind": "per_unit", "points": 1, "unit": 100, "cap": 9}
FIELD = [
    {"id": "anna", "values": {"organic": True, "bid": 100}},
    {"id": "ben", "values": {"organic": False, "bid": 700}},
    {"id": "carl", "values": {"organic": False, "lie": True}},
]
OUT = [{"id": "lie", "label": "Falsche Angabe", "field": "lie", "equals": True}]


def case(name, *criteria):
    return {"id": name, "catalogue": {"criteria": list(criteria), "exclusions": OUT}, "applicants": FIELD}


SCORED = {"format": "points-1", "cases": [case("green", YES), case("price", BID)]}
PARCELS = {
    "id": "strip",
    "applicants": {"anna": {"max_area": 4, "ranking": ["p1", "p2"]}},
    "parcels": {name: {"area": 2, "priorities": ["anna"]} for name in ("p1", "p2")},
    "adjacent": [],
    "order": ["anna"],
}


@pytest.fixture
def run(tmp_path):
    def ran(command, document, *options):
        file = tmp_path / "document.json"
        file.write_text(document if isinstance(document, str) else json.dumps(document), encoding="utf-8")
        return CliRunner().invoke(allocation, [command, str(file), *options])

    return ran


def test_points_are_printed_with_their_reasons_in_german(run):
    found = run("score", SCORED)
    assert found.exit_code == 0
    for said in ("Rangfolge", "1. anna", "Summe: 3 Punkte.", "Ohne Platz: carl", "Falsche Angabe", "Bio"):
        assert said in found.stdout
    assert "Organic" in run("score", SCORED, "--language", "en").stdout


def test_the_same_as_json_is_one_document(run):
    found = json.loads(run("score", SCORED, "--json").stdout)
    assert found["cases"][0]["answer"]["ranking"] == ["anna", "ben"]


@pytest.mark.parametrize(
    ("command", "name", "content", "said"),
    [
        ("draw", "lottery-1", test_lottery.CASE, "Reihenfolge"),
        ("draw", "choosing-1", {**test_choosing.CASE, "on_refusal": "redraw"}, "Gewählt"),
        ("match", "two-sided-1", test_two_sided.CASE, "Zuordnung nach der Regel für Vergaben"),
        ("match", "ties-1", test_ties.CASE, "Aussichten"),
        ("divide", "parcels-area-1", PARCELS, "Flächen nach dem Wählen der Reihe nach"),
        ("sensitivity", "sensitivity-1", {"id": "s", "matrix": [[4, 1], [1, 3]], "weights": [1, 1]}, "Gewichte"),
        ("sensitivity", "smaa-1", {"id": "s", "matrix": [[2, 0, 0], [0, 1, 1]]}, "Anteil aller Gewichte"),
    ],
)
def test_each_command_answers_its_formats(run, command, name, content, said):
    found = run(command, {"format": name, "cases": [content]})
    assert (found.exit_code, said in found.stdout) == (0, True)
    assert json.loads(run(command, {"format": name, "cases": [content]}, "--json").stdout)["format"] == name


def test_two_sets_are_compared_on_the_same_people(run):
    found = run("compare", SCORED)
    assert "green: Vorn ist anna." in found.stdout
    assert "price: Vorn ist ben." in found.stdout
    assert "ben steigt von Platz 2 auf Platz 1." in found.stdout
    # anna: 1 → 1/9, ben: 0 → 7/9; level at 1 − x + x/9 = 7x/9, so at x = 3/5.
    assert "Ab einem Anteil von 60 Prozent price ist ben vorn." in found.stdout
    assert json.loads(run("compare", SCORED, "--json").stdout)["turns"][1] == {"at": "3/5", "winner": "ben"}


def test_a_comparison_of_strangers_is_refused(run):
    other = {**case("price", BID), "applicants": [{"id": "zoe", "values": {}}]}
    assert run("compare", {**SCORED, "cases": [SCORED["cases"][0], other]}).exit_code == 1
    assert run("compare", {**SCORED, "cases": [SCORED["cases"][0]]}).exit_code == 2


@pytest.mark.parametrize(
    ("command", "document"),
    [
        ("score", "{"),
        ("score", {"format": "lottery-1", "cases": []}),
        ("draw", SCORED),
        ("score", {"format": "points-1", "cases": [{"id": "x", "catalogue": {}, "applicants": []}]}),
    ],
)
def test_a_document_that_cannot_be_read_ends_with_two_and_says_where(run, command, document):
    found = run(command, document)
    assert (found.exit_code, found.stdout) == (2, "")
    assert "document.json: " in found.stderr


def test_a_shipped_set_is_printed_and_an_unknown_one_named_as_such():
    found = CliRunner().invoke(allocation, ["catalogue", "greifswald-2019-motion"])
    assert json.loads(found.stdout)["key"] == "greifswald-2019-motion"
    unknown = CliRunner().invoke(allocation, ["catalogue", "atlantis"])
    assert (unknown.exit_code, "highest-bid" in unknown.stderr) == (2, True)
