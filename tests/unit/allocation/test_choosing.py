import json

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.allocation import choosing_format, lottery
from succession.allocation.choosing import OnRefusal, choose
from succession.config import CHECKOUT
from succession.records.documents import DocumentError

WISHES = {"anna": ["mill", "brook"], "ben": ["mill"], "carl": ["brook", "mill"], "dora": ["mill", "brook"]}
DRAWN = lottery.order("seed", "1", WISHES)
CASE = {"id": "c", "seed": "seed", "round": "1", "lots": ["mill", "brook"], "applicants": WISHES}
SCHEMA = json.loads((CHECKOUT / "docs/schemas/choosing-1.schema.json").read_text(encoding="utf-8"))


def chosen(policy, refusing=()):
    return choose(
        ["mill", "brook"],
        {name: ["mill", "brook"] for name in WISHES},
        "seed",
        "1",
        on_refusal=policy,
        refusing=refusing,
    )


def test_whoever_is_drawn_earlier_chooses_earlier():
    found = chosen(OnRefusal.NOBODY)
    assert (found.order, found.lots) == (tuple(DRAWN[:2]), {DRAWN[0]: "mill", DRAWN[1]: "brook"})


def test_what_happens_if_somebody_refuses_is_part_of_the_rule():
    first, second, third, fourth = DRAWN
    nobody = chosen(OnRefusal.NOBODY, [first])
    assert (nobody.lots, nobody.refused, nobody.left) == ({second: "mill"}, (first,), ("brook",))
    assert chosen(OnRefusal.NEXT, [first]).lots == {second: "mill", third: "brook"}
    again = lottery.order("seed", "1/2", [third, fourth])[0]
    assert chosen(OnRefusal.REDRAW, [first]).lots == {second: "mill", again: "brook"}


def test_whoever_wishes_nothing_that_is_left_refuses():
    found = choose(["mill"], {"a": ["mill"], "b": []}, "s", "1", on_refusal=OnRefusal.NEXT)
    assert found.lots == {"a": "mill"}


@given(
    st.dictionaries(st.sampled_from("abcde"), st.lists(st.sampled_from("xyz"), unique=True), min_size=1),
    st.sampled_from(OnRefusal),
    st.sets(st.sampled_from("abcde")),
)
def test_no_lot_is_taken_twice_and_everybody_took_their_best_of_what_was_free(wishes, policy, refusing):
    found = choose("xyz", wishes, "seed", "1", on_refusal=policy, refusing=refusing)
    assert len(set(found.lots.values())) == len(found.lots)
    assert set(found.lots.values()) | set(found.left) == set("xyz")
    before = set()
    for one in found.order:
        lot = found.lots.get(one)
        better = wishes[one] if lot is None else wishes[one][: wishes[one].index(lot)]
        assert one in refusing or set(better) <= before
        before |= {lot} - {None}


def test_the_document_is_answered_and_its_schema_accepts_it():
    case = {**CASE, "on_refusal": "next_moves_up", "refused": [DRAWN[0]]}
    answer = choosing_format.answer(case, "$")
    assert answer["order"][:2] == DRAWN[:2]
    jsonschema.validate({"format": "choosing-1", "cases": [{**case, "expected": answer}]}, SCHEMA)


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({}, "$.on_refusal"),
        ({"on_refusal": "later"}, "$.on_refusal"),
        ({"on_refusal": "redraw", "refused": ["eve"]}, "$.refused[0]"),
        ({"on_refusal": "redraw", "applicants": {"anna": ["hill"]}}, "$.applicants.anna[0]"),
        ({"on_refusal": "redraw", "lots": ["mill", "mill"]}, "$.lots[1]"),
    ],
)
def test_what_cannot_be_meant_is_refused_where_it_stands(change, place):
    with pytest.raises(DocumentError) as error:
        choosing_format.answer({**CASE, **change}, "$")
    assert error.value.path == place
