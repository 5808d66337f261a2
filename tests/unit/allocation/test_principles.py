import json
from hashlib import sha256
from unicodedata import normalize

import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.allocation.principles import Change, canonical, changes, identifier
from succession.records.documents import DocumentError, read

texts = st.text(st.characters(blacklist_categories=["Cs"]), max_size=6).map(lambda one: normalize("NFC", one))
values = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | texts,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(texts, inner, max_size=3),
    max_leaves=12,
)
SET = {
    "name": "Grünland",
    "criteria": [{"id": "organic", "points": 3}, {"id": "young", "points": 1}],
    "threshold": 2,
}


def test_the_example_of_the_standard_is_written_as_it_says():
    text = '{"string": "\\u20ac$\\u000F\\u000aA\'\\u0042\\u0022\\u005c\\\\\\"\\/", "literals": [null, true, false]}'
    assert canonical(read(text)).decode() == (
        '{"literals":[null,true,false],"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}'
    )


def test_members_are_sorted_by_utf_16_as_the_standard_says():
    keys = ["\u20ac", "\r", "\ufb01", "1", "\U0001f600", "\u0080", "\u00f6"]
    in_order = ["\r", "1", "\u0080", "\u00f6", "\u20ac", "\U0001f600", "\ufb01"]
    assert list(json.loads(canonical(dict.fromkeys(keys, 1)))) == in_order


@given(st.dictionaries(texts, values, max_size=4))
def test_the_canonical_form_reads_as_the_same_document_and_is_its_own(document):
    written = canonical(document)
    assert json.loads(written) == document
    assert canonical(json.loads(written)) == written


@given(st.dictionaries(texts, values, max_size=4))
def test_order_and_spaces_change_no_id(document):
    turned = dict(reversed(document.items()))
    assert identifier(json.loads(json.dumps(turned, indent=3))) == identifier(document)


def test_the_id_is_the_hash_of_the_canonical_form():
    expected = '{"criteria":[{"id":"organic","points":3},{"id":"young","points":1}],"name":"Grünland","threshold":2}'
    assert identifier(SET) == sha256(expected.encode()).hexdigest()


def test_one_figure_or_letter_changes_the_id():
    others = [{**SET, "threshold": 3}, {**SET, "name": "Grünlanb"}, {**SET, "threshold": "2"}]
    assert len({identifier(one) for one in [SET, *others]}) == 4


def test_the_same_number_and_the_same_letter_have_one_form_however_typed():
    assert canonical(read('{"a": 0.50, "b": 3.0, "c": 1e2}')) == b'{"a":"1/2","b":3,"c":100}'
    assert canonical({"\u0075\u0308": "u\u0308"}) == '{"ü":"ü"}'.encode()
    assert canonical({"a": 2**53}) == b'{"a":"9007199254740992"}'


@pytest.mark.parametrize("document", [{"a": 0.5}, {"a": {1, 2}}, {"\u00fc": 1, "u\u0308": 2}, {"a": "\ud800"}])
def test_what_has_no_canonical_form_is_refused(document):
    with pytest.raises(DocumentError):
        canonical(document)


def test_a_derived_set_says_what_it_changed():
    derived = {
        "name": "Grünland",
        "criteria": [{"id": "young", "points": 1}, {"id": "organic", "points": "5/2"}, {"id": "hay", "points": 1}],
        "source": "council",
    }
    assert list(changes(SET, derived)) == [
        Change("$.criteria.organic.points", 3, "5/2"),
        Change("$.criteria.hay", None, {"id": "hay", "points": 1}),
        Change("$.criteria(order)", ["organic", "young"], ["young", "organic", "hay"]),
        Change("$.threshold", 2, None),
        Change("$.source", None, "council"),
    ]


@given(st.dictionaries(texts, values, max_size=4))
def test_a_set_does_not_differ_from_itself(document):
    assert list(changes(document, document)) == []
