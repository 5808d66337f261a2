import json
from hashlib import sha256

import pytest
from hypothesis import given
from hypothesis import strategies as st

from succession.allocation import lottery, lottery_format
from succession.cli.recompute import FORMATS
from succession.config import CHECKOUT
from succession.records.documents import DocumentError, differences, read
from succession.records.documents import recompute as answers

SHARED = CHECKOUT.parent / "shared" / "data" / "reference-cases" / "lottery.json"
NAMES = st.text(st.characters(blacklist_categories=["Cs", "Cc"]), min_size=1, max_size=8)
SECRET = "0f" * 32
CASE = {
    "id": "draw",
    "seed": sha256(f"{SECRET}\x1f6 aus 49, 1 March 2027: 3 9 21 22 40 48".encode()).hexdigest(),
    "round": "lot 7",
    "ids": ["A-1", "A-2", "A-3"],
    "secret": SECRET,
    "secret_commitment": sha256(SECRET.encode()).hexdigest(),
    "public_draw": "6 aus 49, 1 March 2027: 3 9 21 22 40 48",
}


def computed(**changes):
    case = {key: value for key, value in {**CASE, **changes}.items() if value is not None}
    return answers(read(json.dumps({"format": "lottery-1", "cases": [case]})), FORMATS)["cases"][0]["answer"]


@pytest.mark.skipif(not SHARED.exists(), reason="the shared reference cases are not here")
def test_the_reference_cases_recompute():
    document = read(SHARED.read_text(encoding="utf-8"))
    computed = answers(document, FORMATS)
    assert differences(document, computed) == []
    assert [case["expected"] for case in document["cases"]] == [case["answer"] for case in computed["cases"]]


def test_a_ticket_is_the_hash_that_anybody_can_compute_by_hand():
    assert lottery.ticket("s", "r", "A") == sha256(b"s\x1fr\x1fA").hexdigest()


def test_the_order_goes_by_the_smallest_ticket():
    found = computed()
    assert found["order"] == sorted(CASE["ids"], key=found["tickets"].__getitem__)


@given(st.lists(NAMES, unique=True, max_size=8), st.randoms())
def test_neither_the_order_of_naming_nor_a_withdrawal_changes_who_goes_before_whom(participants, random):
    before = lottery.order("seed", "round", participants)
    shuffled = random.sample(participants, len(participants))
    assert lottery.order("seed", "round", shuffled) == before
    stay = [one for one in participants if random.random() < 0.5]
    assert lottery.order("seed", "round", stay) == [one for one in before if one in stay]


def test_a_new_secret_is_32_random_bytes_and_keeps_its_commitment():
    secret = lottery.new_secret()
    assert len(bytes.fromhex(secret)) == 32
    assert secret != lottery.new_secret()
    assert lottery.keeps(secret, lottery.commitment(secret))
    assert not lottery.keeps(secret.replace(secret[0], "x"), lottery.commitment(secret))


def test_before_the_secret_is_told_only_its_commitment_stands_there():
    assert computed(secret=None, public_draw=None)["order"] == computed()["order"]


@pytest.mark.parametrize(
    ("change", "place"),
    [
        ({"secret": "0e" * 32}, "secret_commitment"),
        ({"secret_commitment": "0" * 64}, "secret_commitment"),
        ({"secret_commitment": 7}, "secret_commitment"),
        ({"public_draw": "another"}, "seed"),
        ({"seed": "0" * 64}, "seed"),
        ({"secret": ""}, "secret"),
        ({"seed": None}, "seed"),
        ({"round": 1}, "round"),
        ({"ids": ["A-1", "A-1"]}, "ids[1]"),
        ({"ids": ["A-1", 2]}, "ids[1]"),
        ({"ids": ["A\x1f1"]}, "ids[0]"),
        ({"ids": ["\ud800"]}, "ids[0]"),
        ({"ids": "A-1"}, "ids"),
    ],
)
def test_what_does_not_hold_together_is_refused_with_its_place(change, place):
    with pytest.raises(DocumentError) as refused:
        computed(**change)
    assert refused.value.path == f"$.cases[0].{place}"


def test_the_format_is_registered():
    assert FORMATS[lottery_format.FORMAT] is lottery_format.answer
