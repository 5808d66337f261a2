import json

import pytest

from succession.awards.record_check import check
from succession.awards.record_lines import chained, commitment, value_text, written
from succession.awards.record_own import fits, own_lines
from succession.records.documents import DocumentError, read
from tests.unit.awards.records import CATALOGUE, CHURCH, DISTANCE, FOUR, LOTTERY, applicant, files, material, records


def problems(file):
    return [(one.line, one.reason) for one in check(file).problems]


def test_both_records_hold_and_have_the_same_hash():
    full, public = files()
    assert problems(full) == []
    assert problems(public) == []
    assert check(full).record.record_hash == check(public).record.record_hash
    assert check(full).is_rebuilt
    assert not check(public).is_rebuilt


def test_the_public_record_tells_no_statement_no_code_and_no_salt():
    _, public = records()
    file = written(public)
    for one in FOUR:
        for value in one["values"].values():
            if value not in (True, False, 1, 3, 7, "none", "founder", "young", 2, 0):
                assert f":{value_text(value)}" not in file
    assert '"salt"' not in file
    assert "opening" not in file
    assert '"7f"' not in file
    assert "a" * 64 not in file, "a hash of all statements would let people guess the last unknown one"


def test_a_step_beyond_the_anchors_is_told_as_the_anchor():
    _, public = records([applicant("x", distance=85), applicant("y", distance=1)], lottery=None)
    told = [line.get("step") for line in public["lines"] if line.get("criterion") == "distance"]
    assert sorted(told) == ["40", "5"]


def test_counts_are_told_by_their_points_only():
    _, public = records()
    hedges = [line for line in public["lines"] if line.get("criterion") == "hedges"]
    assert hedges
    assert all("step" not in line for line in hedges)


def test_those_who_were_equal_show_their_ids_of_the_draw_and_nobody_else_does():
    same = {"organic": True, "distance": 10}
    everyone = [applicant("one", **same), applicant("two", **same), applicant("three", distance=10, labour=1)]
    full, public = records(everyone)
    drew = {line["lottery_id"] for line in public["lines"] if "lottery_id" in line}
    assert drew == {"one", "two"}
    assert problems(written(public)) == []
    assert problems(written(full)) == []


def test_a_stated_fact_that_separates_equals_is_told_as_a_rank_among_them():
    same = {"organic": True, "distance": 10}
    everyone = [applicant("one", **same, jobs=3), applicant("two", **same, jobs=8), applicant("three", organic=True)]
    full, public = records(everyone)
    assert [line["among_equals"] for line in public["lines"] if "among_equals" in line].count({"fact:jobs": 1}) == 1
    assert problems(written(public)) == []
    assert problems(written(full)) == []


CHURCHLY = {**CATALOGUE, "criteria": [*CATALOGUE["criteria"], CHURCH]}


def test_a_set_that_counts_religion_seals_lines_and_sums():
    yes = [{**one, "values": {**one["values"], "church": True}} for one in FOUR]
    full, public = records(yes, CHURCHLY)
    assert [line["because"] for line in public["lines"] if line["line"] == "sealed"] == [
        [{"where": "church", "because": "special_category"}]
    ]
    assert not any("points" in line or "total" in line for line in public["lines"])
    assert problems(written(public)) == []
    assert problems(written(full)) == []
    assert check(written(public)).is_sealed


def blind(public):
    """Without what depends on salts."""
    return [
        {key: value for key, value in line.items() if key not in ("commitment", "hash")} for line in public["lines"]
    ]


def test_a_sealed_record_is_the_same_whoever_belongs_to_a_church_as_long_as_the_order_is():
    def with_members(*codes):
        members = [{**one, "values": {**one["values"], "church": one["id"] in codes}} for one in FOUR]
        return blind(records(members, CHURCHLY)[1])

    assert with_members() == with_members("7f") == with_members("04")


@pytest.mark.parametrize(
    "criterion",
    [
        {**DISTANCE, "round_to": 1},
        {key: value for key, value in DISTANCE.items() if key != "round_to"},
        {"id": "rent", "kind": "linear", "from": 0, "to": 900, "points": 5, "round_to": 100},
        {"id": "rent", "kind": "proportion_to_best", "points": 5},
    ],
)
def test_a_line_whose_points_tell_the_figure_seals_the_record(criterion):
    full, public = records(catalogue={"criteria": [criterion]}, lottery=LOTTERY)
    assert any(line.get("because") for line in public["lines"] if line["line"] == "sealed")
    assert problems(written(public)) == []
    assert problems(written(full)) == []


def test_an_applicant_checks_every_own_value_against_the_public_record():
    full, public = records()
    own = own_lines(full, "7f")
    assert own is not None
    file = written(public).split("\n")
    for value in own.values:
        assert value.commitment == commitment(value.salt, json.loads(value.value))
        assert value.commitment in file[value.line - 1]
        assert f'"letter":"{own.letter}"' in file[value.line - 1]
        assert fits(value.value, value.salt, value.commitment)
        assert not fits("something else", value.salt, value.commitment)
    distance = next(value for value in own.values if value.field == "distance")
    assert fits("12,2", distance.salt, distance.commitment)


def test_nobody_has_lines_who_did_not_apply():
    assert own_lines(records()[0], "nobody") is None


def test_what_was_taken_out_of_a_full_record_leaves_the_rest_checkable():
    full, _ = records()
    lines = [
        {key: value for key, value in line.items() if key != "opening"} if line.get("field") == "rent" else line
        for line in full["lines"]
    ]
    report = check(written({**full, "lines": lines}))
    assert report.holds
    assert not report.is_rebuilt


def test_letters_come_by_chance_and_stay():
    first = material(seed=1).letters
    assert sorted(first.values()) == ["A", "B", "C", "D"]
    assert len({tuple(material(seed=seed).letters.items()) for seed in range(40)}) > 10


def rehashed(public, place, **changes):
    """A record that somebody changed and then sealed anew, in full knowledge of the format."""
    lines = [{key: value for key, value in line.items() if key != "hash"} for line in public["lines"]]
    lines[place] |= changes
    ledger = chained(public["id"], lines)
    return written({**public, "lines": ledger, "record_hash": ledger[-1]["hash"]})


def place_of(public, **named):
    return next(
        place
        for place, line in enumerate(public["lines"])
        if all(line.get(key) == value for key, value in named.items())
    )


@pytest.mark.parametrize(
    ("named", "changes"),
    [
        ({"line": "points", "criterion": "organic", "step": True}, {"points": "4"}),
        ({"line": "points", "criterion": "labour", "step": "1"}, {"step": "1/2"}),
        ({"line": "points", "criterion": "distance", "step": "35"}, {"points": "10"}),
        ({"line": "points", "criterion": "rent", "step": "2"}, {"step": "1", "points": "3"}),
        ({"line": "offers", "criterion": "rent"}, {"ranks": [1, 1, 2, 4]}),
        ({"line": "sum", "total": "19"}, {"total": "20"}),
        ({"line": "sum", "total": "19"}, {"groups": {"nature": {"sum": "5", "counted": "4"}}}),
        ({"line": "sealed"}, {"because": [{"where": "organic", "because": "exact_figure"}]}),
        ({"line": "order"}, {"ranking": ["A", "B", "C"]}),
    ],
)
def test_a_change_that_was_sealed_anew_contradicts_the_rest(named, changes):
    _, public = records()
    if "total" in named:
        named = {**named, "total": next(line["total"] for line in public["lines"] if line["line"] == "sum")}
    assert problems(rehashed(public, place_of(public, **named), **changes)) != []


def test_a_decision_that_leaves_the_order_must_say_so():
    first = next(line for line in records()[1]["lines"] if line["line"] == "order")["ranking"][0]
    codes = {letter: code for code, letter in material().letters.items()}
    other = next(code for letter, code in codes.items() if letter != first and code in ("7f", "1c"))
    for code, departs, holds in [(codes[first], False, True), (other, False, False), (other, True, True)]:
        decision = {"body": "Rat", "outcome": "award", "departs": departs, "code": code}
        for file in files(decision=decision):
            assert check(file).holds == holds


def test_lines_ended_by_another_system_are_no_change():
    _, public = files()
    assert problems(public.replace("\n", "\r\n")) == []
    assert problems("\ufeff" + public) == []


def test_what_is_no_record_is_refused():
    for file in ("", "[]", "{}", '{"format":"award-1","cases":[]}', '{"format":"award-1","cases":[{"lines":[]}]}'):
        with pytest.raises(DocumentError):
            check(file)


def test_the_file_is_ordinary_json():
    _, public = records()
    assert read(written(public))["cases"] == [json.loads(json.dumps(public))]


def test_of_several_who_are_equal_without_a_draw_the_body_may_choose_any():
    everyone = [applicant("one", organic=True, jobs=1), applicant("two", organic=True, jobs=1), applicant("three")]
    catalogue = {**CATALOGUE, "threshold": 0}
    for code, holds in (("one", True), ("two", True), ("three", False)):
        decision = {"body": "Rat", "outcome": "award", "departs": False, "code": code}
        for file in files(everyone, catalogue, None, decision=decision):
            assert check(file).holds == holds
