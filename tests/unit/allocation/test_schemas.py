import json

import jsonschema
import pytest

from succession.config import CHECKOUT
from tests.unit.allocation import test_lottery, test_ties, test_two_sided

CASES = {"lottery-1": test_lottery.CASE, "two-sided-1": test_two_sided.CASE, "ties-1": test_ties.CASE}
COMPUTED = {"lottery-1": test_lottery.computed, "two-sided-1": test_two_sided.computed, "ties-1": test_ties.computed}
SHARED = CHECKOUT.parent / "shared" / "data" / "reference-cases"


def schema(name):
    return json.loads((CHECKOUT / f"docs/schemas/{name}.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("name", CASES)
def test_the_schema_accepts_a_case_with_its_answer(name):
    case = {**CASES[name], "expected": COMPUTED[name]()}
    jsonschema.validate({"format": name, "cases": [case]}, schema(name))


@pytest.mark.parametrize(
    ("name", "change"),
    [
        ("lottery-1", {"ids": ["A", "A"]}),
        ("lottery-1", {"ids": ["A\x1fB"]}),
        ("lottery-1", {"secret_commitment": "abc"}),
        ("two-sided-1", {"objects": {"Mill": {"capacity": -1, "priorities": []}}}),
        ("two-sided-1", {"objects": {"Mill": {"capacity": 1}}}),
        ("two-sided-1", {"applicants": {"Adam": ["Mill", "Mill"]}}),
        ("ties-1", {"objects": {"field": {"capacity": 1, "priority_classes": ["Adam"]}}}),
        ("ties-1", {"samples": 0}),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(name, change):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"format": name, "cases": [{**CASES[name], **change}]}, schema(name))


@pytest.mark.parametrize(("name", "file"), [("lottery-1", "lottery"), ("two-sided-1", "two-sided"), ("ties-1", "ties")])
def test_the_schema_accepts_the_reference_cases(name, file):
    path = SHARED / f"{file}.json"
    if not path.exists():
        pytest.skip("the shared reference cases are not here")
    jsonschema.validate(json.loads(path.read_text(encoding="utf-8")), schema(name))
