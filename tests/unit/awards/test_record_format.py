import json

import jsonschema
import pytest
from click.testing import CliRunner

from succession.allocation.principles import identifier
from succession.awards.record_check import check
from succession.cli.recompute import recompute
from succession.config import CHECKOUT
from succession.records.documents import DocumentError
from tests.unit.awards.records import CATALOGUE, CHURCH, FOUR, applicant, files

SCHEMA = json.loads((CHECKOUT / "docs/schemas/award-1.schema.json").read_text(encoding="utf-8"))
SEALED = {**CATALOGUE, "criteria": [*CATALOGUE["criteria"], CHURCH]}


@pytest.mark.parametrize("catalogue", [CATALOGUE, SEALED])
def test_the_schema_accepts_both_forms(catalogue):
    for file in files(FOUR, catalogue):
        jsonschema.validate(json.loads(file), SCHEMA)


def test_the_schema_refuses_an_opening_in_a_public_record():
    full, _ = files()
    document = json.loads(full)
    document["cases"][0]["record"] = "public"
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document, SCHEMA)


def run(path, file):
    path.write_bytes(file.encode())
    return CliRunner().invoke(recompute, [str(path)])


def test_recompute_reads_both_forms(tmp_path):
    for file, form in zip(files(), ("full", "public"), strict=True):
        result = run(tmp_path / "record.json", file)
        assert result.exit_code == 0, result.stderr
        answer = json.loads(result.stdout)["cases"][0]["answer"]
        assert answer["record"] == form
        assert set(answer["total"]) >= set(answer["ranking"])


def test_recompute_says_which_line_was_changed(tmp_path):
    _, public = files()
    lines = public.split("\n")
    place = next(number for number, line in enumerate(lines) if '"points":"60/7"' in line)
    lines[place] = lines[place].replace("60/7", "61/7")
    result = run(tmp_path / "record.json", "\n".join(lines))
    assert result.exit_code == 1
    assert f"line {place + 1}:" in result.stderr


def test_recompute_refuses_what_is_no_record(tmp_path):
    assert run(tmp_path / "record.json", '{"format":"award-1","cases":[]}').exit_code == 2
    assert run(tmp_path / "record.json", '{"format":"award-1"').exit_code == 2


def is_refused(file):
    try:
        return not check(file).holds
    except DocumentError:
        return True


@pytest.mark.parametrize(
    ("kind", "key", "value"),
    [
        ("principles", "document", {"questions": [{"id": [], "from": "bid"}], "catalogue": {"criteria": []}}),
        ("value", "letter", None),
        ("call", "title", "\ud800"),
    ],
)
def test_nonsense_in_a_line_is_told_and_breaks_nothing(kind, key, value):
    _, public = files()
    case = json.loads(public)
    line = next(one for one in case["cases"][0]["lines"] if one["line"] == kind)
    line[key] = value
    if kind == "principles":
        line["id"] = identifier(value)
    assert is_refused(json.dumps(case))


def test_results_too_long_to_be_written_are_refused_and_not_computed_for_ever():
    names = [f"c{number}" for number in range(14)]
    rules = [{"id": name, "kind": "boolean", "points": f"1/{10**390 + number}"} for number, name in enumerate(names)]
    everyone = [applicant("a", **dict.fromkeys(names, True)), applicant("b")]
    with pytest.raises(DocumentError, match=r"3,600 digits"):
        files(everyone, {"criteria": rules}, lottery=None)
