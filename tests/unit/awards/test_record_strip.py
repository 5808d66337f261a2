from succession.awards.record_check import check
from succession.awards.record_lines import written
from succession.awards.record_strip import is_stripped, stripped
from tests.unit.awards.records import CATALOGUE, CHURCH, FOUR, records

CHURCHLY = {**CATALOGUE, "criteria": [*CATALOGUE["criteria"], CHURCH]}


def members():
    return [{**one, "values": {**one["values"], "church": one["id"] == "7f"}} for one in FOUR]


def test_nothing_of_religion_is_left_and_the_rest_still_holds():
    full, _ = records(members(), CHURCHLY)
    assert not is_stripped(full)
    left = stripped(full)
    assert is_stripped(left)
    opened = {(line["line"], line.get("field")) for line in left["lines"] if "opening" in line}
    assert ("value", "church") not in opened
    assert not {"points", "sum", "order"} & {kind for kind, _ in opened}
    assert ("value", "distance") in opened
    report = check(written(left))
    assert report.problems == ()
    assert not report.is_rebuilt
    assert left["record_hash"] == full["record_hash"]


def test_a_record_without_religion_keeps_everything():
    full, _ = records()
    answers = [dict(line) for line in full["lines"] if line.get("field") != "church"]
    assert [line for line in stripped(full)["lines"] if line.get("field") != "church"] == answers
