import re
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from succession.awards.record_check import check
from succession.awards.record_lines import written
from succession.records.documents import DocumentError
from tests.unit.awards.records import CATALOGUE, CHURCH, FOUR, applicant, files, records, salts
from tests.unit.awards.test_record import blind

halves = st.integers(0, 80).map(lambda n: str(Fraction(n, 2)))
values = st.fixed_dictionaries(
    {},
    optional={
        "organic": st.booleans(),
        "hedges": halves,
        "distance": halves,
        "labour": halves,
        "start": st.sampled_from(["founder", "young", "none"]),
        "concept": st.booleans(),
        "rent": halves,
        "jobs": halves,
        "sludge": st.booleans(),
        "parish": st.integers(0, 2),
        "church": st.booleans(),
    },
)
fields = st.lists(
    st.tuples(values, st.booleans(), st.lists(st.sampled_from(["organic", "labour"]), unique=True)), max_size=6
).map(lambda every: [applicant(f"c{k}", gone, left_open, **one) for k, (one, gone, left_open) in enumerate(every)])
catalogues = st.fixed_dictionaries(
    {"criteria": st.permutations(CATALOGUE["criteria"]), "group_caps": st.just({"nature": 4})},
    optional={
        "mode": st.sampled_from(["additive", "lexicographic"]),
        "field": st.sampled_from(["frozen", "recomputed"]),
        "threshold": st.integers(0, 12),
        "exclusions": st.just(CATALOGUE["exclusions"]),
        "tie_breaks": st.just(CATALOGUE["tie_breaks"]),
        "waves": st.just([{"field": "organic", "equals": True}, {"field": "jobs", "at_least": 3}]),
        "rounding": st.just({"digits": 0, "digits_on_tie": 2}),
        "stages": st.just([{"id": "first", "criteria": ["organic", "labour"], "threshold": 1, "carried": False}]),
        "single_applicant": st.just("without_threshold"),
        "group_share_caps": st.just({"nature": "1/3"}),
    },
)


@given(fields, catalogues, st.booleans(), st.integers(0, 99))
@settings(max_examples=60)
def test_whatever_is_scored_both_records_hold(everyone, catalogue, is_churchly, seed):
    if is_churchly:
        catalogue = {**catalogue, "criteria": [*catalogue["criteria"], CHURCH]}
    for file in files(everyone, catalogue, seed=seed):
        report = check(file)
        assert report.problems == ()
        assert report.is_sealed == is_churchly


FULL, PUBLIC = files()
SEALED = files(FOUR, {**CATALOGUE, "criteria": [*CATALOGUE["criteria"], CHURCH]})[1]
ALPHABET = st.sampled_from([*'abcdefA7890 ."{}[]:,\n\\-/é', "\u00a0", "\u2028", "\u0301"])


@given(st.sampled_from([FULL, PUBLIC, SEALED]), st.data())
@settings(max_examples=100)
def test_one_character_changed_put_in_or_left_out_is_found_on_its_line(file, data):
    place = data.draw(st.integers(0, len(file) - 1))
    way = data.draw(st.sampled_from(["changed", "put in", "left out"]))
    other = "" if way == "left out" else data.draw(ALPHABET)
    changed = file[:place] + other + file[place if way == "put in" else place + 1 :]
    if changed == file:
        return
    lines = {file.count("\n", 0, place) + 1 + step for step in (0, 1)}
    assert found(changed) & lines, (way, other)


def found(file):
    """The lines that do not hold; what is no JSON any more, or no record, says its line in a refusal."""
    try:
        return {one.line for one in check(file).problems}
    except DocumentError as error:
        told = re.match(r"line (\d+)", error.path)
        return {int(told[1]), int(told[1]) - 1} if told else {1, 2, 3}


def without_one_bit(file, place):
    try:
        return (file[:place] + bytes([file[place] ^ 1]) + file[place + 1 :]).decode()
    except UnicodeDecodeError:
        return None


def test_a_bit_of_a_record_matters_wherever_it_is():
    file = PUBLIC.encode()
    for place in range(0, len(file), 211):
        changed = without_one_bit(file, place)
        assert changed is None or found(changed), place


@pytest.mark.long
@pytest.mark.parametrize("file", [FULL, PUBLIC, SEALED], ids=["full", "public", "sealed"])
def test_every_single_bit_of_a_record_matters(file):
    file = file.encode()
    for place in range(len(file)):
        changed = without_one_bit(file, place)
        assert changed is None or found(changed), place


@given(st.integers(0, 3), st.integers(1, 80).map(lambda n: Fraction(n, 2)), st.integers(-24, 25))
def test_moving_a_farmstead_inside_its_step_changes_nothing_but_the_commitments(who, distance, tenths):
    """LP: a step of 5 km is 2.5 km either side of its middle; halves go up."""
    middle = Fraction(5) * ((2 * distance + 5) // 10)
    everyone = [dict(one, values=dict(one["values"])) for one in FOUR]
    everyone[who]["values"]["distance"] = str(middle)
    before = records(everyone)[1]
    everyone[who]["values"]["distance"] = str(max(middle + Fraction(tenths, 10) - Fraction(1, 20), Fraction(0)))
    after = records(everyone)[1]
    assert blind(before) == blind(after)


def test_other_salts_change_nothing_but_the_commitments():
    assert blind(records()[1]) == blind(records(salt=salts("other"))[1])
    assert written(records()[1]) != written(records(salt=salts("other"))[1])
