import json

import jsonschema
import pytest
from click.testing import CliRunner

from succession.cli.recompute import FORMATS, recompute
from succession.config import CHECKOUT
from succession.records.documents import DocumentError, differences, read
from succession.records.documents import recompute as answers

SCHEMA = json.loads((CHECKOUT / "docs/schemas/score-1.schema.json").read_text(encoding="utf-8"))
CASE = {
    "id": "score-shared-1",
    "source": "constructed; exact rationals, checked in floats",
    "seeker_weights": [3, 4, 1, 2, 3],
    "seeker_satisfaction": ["0.8", None, 1, 0, "0.8"],
    "listing_weights": [9, 2, 7],
    "listing_satisfaction": [0, "0.1", "0.5"],
    "expected": {
        "seeker": {"known_score": "29/45", "coverage": "9/13", "low": "29/65", "high": "49/65"},
        "listing": {"known_score": "37/180", "coverage": "1", "low": "37/180", "high": "37/180"},
        "harmonic_of_known": "2146/6885",
        "harmonic_low": "2146/7625",
        "harmonic_high": "3626/11225",
    },
}


def document(**changes):
    return {"format": "score-1", "cases": [{**CASE, **changes}]}


def computed(**changes):
    return answers(read(json.dumps(document(**changes))), FORMATS)["cases"][0]["answer"]


def run(tmp_path, text):
    file = tmp_path / "case.json"
    file.write_bytes(text if isinstance(text, bytes) else text.encode())
    return CliRunner().invoke(recompute, [str(file)])


def test_a_case_with_unknowns_is_answered_exactly():
    assert computed() == CASE["expected"]


def test_with_pool_means_the_rank_scores_are_answered_too():
    answer = computed(seeker_means=[0, "1/2", 0, 0, 0], listing_means=["0.5"] * 3)
    assert answer["seeker"]["rank_score"] == "3/5"
    assert answer["listing"]["rank_score"] == "37/180"
    assert answer["harmonic_of_rank"] == "222/725"


def test_the_command_prints_the_answers_and_ends_well(tmp_path):
    result = run(tmp_path, json.dumps(document()))
    assert result.exit_code == 0
    assert json.loads(result.stdout) == {
        "format": "score-1",
        "cases": [{"id": CASE["id"], "answer": CASE["expected"]}],
    }


def test_a_difference_is_named_by_its_path_and_ends_with_1(tmp_path):
    wrong = {**CASE["expected"], "harmonic_low": "1/2", "of_another_time": "7"}
    result = run(tmp_path, json.dumps(document(expected=wrong)))
    assert result.exit_code == 1
    assert result.stderr == "$.cases[0].expected.harmonic_low: expected 1/2, computed 2146/7625\n"


def test_numbers_are_read_as_decimals_never_as_floats():
    text = json.dumps(document()).replace('"0.8"', "0.8").replace('"0.1"', "0.1000")
    assert answers(read(text), FORMATS)["cases"][0]["answer"] == CASE["expected"]


def test_expected_numbers_may_be_written_in_any_way():
    same = {"harmonic_low": "4292/15250", "listing": {"coverage": "1.0"}}
    loaded = read(json.dumps(document(expected=same)))
    assert differences(loaded, answers(loaded, FORMATS)) == []


@pytest.mark.parametrize(
    ("change", "path"),
    [
        ({"seeker_weights": [3, -4, 1, 2, 3]}, "$.cases[0].seeker_weights[1]"),
        ({"seeker_weights": [0, 0, 0, 0, 0]}, "$.cases[0].seeker_weights"),
        ({"seeker_weights": [3, 4]}, "$.cases[0].seeker_satisfaction"),
        ({"seeker_weights": 3}, "$.cases[0].seeker_weights"),
        ({"listing_satisfaction": [0, "0.1", "1.5"]}, "$.cases[0].listing_satisfaction[2]"),
        ({"listing_satisfaction": [0, -0.1, 1]}, "$.cases[0].listing_satisfaction[1]"),
        ({"listing_satisfaction": [0, float("nan"), 1]}, "$.cases[0].listing_satisfaction[1]"),
        ({"listing_satisfaction": [0, True, 1]}, "$.cases[0].listing_satisfaction[1]"),
        ({"listing_satisfaction": [0, "1/0", 1]}, "$.cases[0].listing_satisfaction[1]"),
        ({"listing_satisfaction": [0, "half", 1]}, "$.cases[0].listing_satisfaction[1]"),
        ({"listing_weights": [9, 1e300, "1e999999999"]}, "$.cases[0].listing_weights[2]"),
        ({"seeker_means": [0, 0, 0, 0, 0]}, "$.cases[0].listing_means"),
        ({"seeker_means": [0, 0, 0, 0, None], "listing_means": [0, 0, 0]}, "$.cases[0].seeker_means[4]"),
    ],
)
def test_a_bad_value_is_refused_with_its_path(change, path):
    with pytest.raises(DocumentError) as refused:
        computed(**change)
    assert refused.value.path == path


@pytest.mark.parametrize("field", ["id", "seeker_weights", "seeker_satisfaction", "listing_weights"])
def test_a_missing_field_is_refused_with_its_path(tmp_path, field):
    case = {key: value for key, value in CASE.items() if key != field}
    result = run(tmp_path, json.dumps({"format": "score-1", "cases": [case]}))
    assert (result.exit_code, result.stdout) == (2, "")
    assert f"$.cases[0].{field}: this field is missing" in result.stderr


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("{}", "$.format: this field is missing"),
        ('{"format": "score-9", "cases": []}', "$.format: unknown format"),
        ('{"format": "score-1"}', "$.cases: this field is missing"),
        ('{"format": "score-1", "cases": [4]}', "$.cases[0]: a case is an object"),
        ('{"format": "score-1", "format": "x", "cases": []}', "format: this field stands there twice"),
        ('{"format": ', "line 1, column"),
        ("[]", "$: a document is an object"),
        ("[" * 100_000, "$: the document is nested too deeply"),
        (b"\xff\xfe{", "this is not UTF-8"),
    ],
)
def test_a_bad_document_ends_with_2_and_a_sentence(tmp_path, text, said):
    result = run(tmp_path, text)
    assert (result.exit_code, result.stdout) == (2, "")
    assert said in result.stderr


def test_the_schema_accepts_the_case_and_refuses_a_negative_weight():
    jsonschema.validate(document(), SCHEMA)
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(document(seeker_weights=[3, -4, 1, 2, 3]), SCHEMA)
