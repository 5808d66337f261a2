"""The JSON Schema and the reader agree on the shipped sets and on what is wrong with a document."""

import json

import jsonschema
import pytest

from succession.config import CHECKOUT
from succession.principles import shipped
from tests.unit.principles.documents import said, small

SCHEMA = json.loads((CHECKOUT / "docs/schemas/principles-1.schema.json").read_text(encoding="utf-8"))


@pytest.mark.parametrize("key", shipped.names())
def test_the_schema_accepts_every_shipped_set(key):
    jsonschema.validate(shipped.document(key).raw, SCHEMA)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        ("extra", 1),
        ("name", {"de": "nur deutsch"}),
        ("owners", "council"),
        ("price.kind", "free"),
        ("questions.0.special_category", "religion"),
        ("questions.1.decimals", 9),
        ("catalogue.lottery", {"seed": "s", "round": "r"}),
        ("catalogue.exclusions.0", {"id": "sludge", "field": "sludge", "equals": True}),
        ("unscored", [{"id": "x", "label": said("x")}]),
        ("promises", [{"id": "p"}]),
    ],
)
def test_the_schema_refuses_what_the_reader_refuses(path, value):
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate(small(path, value), SCHEMA)


def test_the_schema_accepts_the_small_set():
    jsonschema.validate(small(), SCHEMA)
