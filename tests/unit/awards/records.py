"""Cases, principles and records for the tests of `award-1`."""

import random
from hashlib import sha256
from itertools import count

from succession.allocation.lottery import commitment, seed_from
from succession.awards.record_build import Material, draw_letters, full_record, public_record
from succession.awards.record_lines import written

SECRET = "5e" * 32
DRAW = "3 7 12 19 24 41"
LOTTERY = {
    "seed": seed_from(SECRET, DRAW),
    "round": "lot 1",
    "secret": SECRET,
    "secret_commitment": commitment(SECRET),
    "public_draw": DRAW,
}
ORGANIC = {"id": "organic", "kind": "boolean", "points": 3, "group": "nature"}
HEDGES = {"id": "hedges", "kind": "per_unit", "points": 1, "unit": 100, "cap": 3, "group": "nature"}
DISTANCE = {"id": "distance", "kind": "linear", "from": 40, "to": 5, "points": 10, "round_to": 5}
LABOUR = {"id": "labour", "kind": "steps", "steps": [["1/2", 1], [1, 2], ["5/2", 4]]}
START = {
    "id": "start",
    "kind": "category",
    "map": {"founder": 4, "young": 2, "none": 0},
    "equivalences": [
        {"id": "concept", "when": {"field": "concept", "equals": True}, "counts_as": "young"},
    ],
}
RENT = {"id": "rent", "kind": "rank", "points": [3, 2, 1]}
MEAN = {"id": "mean", "kind": "vs_trimmed_mean", "field": "rent", "steps": [["9/10", 1], ["11/10", "1/2"]]}
PARISH = {"id": "parish", "kind": "awarded", "by": "parish council", "most": 2}
CHURCH = {"id": "church", "kind": "boolean", "points": 2}
CATALOGUE = {
    "criteria": [ORGANIC, HEDGES, DISTANCE, LABOUR, START, RENT, MEAN, PARISH],
    "group_caps": {"nature": 5},
    "exclusions": [{"id": "sludge", "field": "sludge", "equals": True}],
    "threshold": 3,
    "tie_breaks": ["organic", {"field": "jobs", "prefer": "higher"}],
}
QUESTIONS = [
    {"id": "distance", "from": "measured", "measure": "distance_farmstead_straight"},
    {"id": "church", "from": "declared", "special_category": "religion"},
    {"id": "rent", "from": "bid"},
]


def principles(catalogue=None, questions=QUESTIONS):
    return {"format": "principles-1", "questions": questions, "catalogue": catalogue or CATALOGUE}


def applicant(code, withdrawn=False, unproven=(), **values):
    return {"id": code, "values": values, "withdrawn": withdrawn, "unproven": list(unproven)}


FOUR = [
    applicant("7f", organic=True, hedges=250, distance="61/5", labour=1, start="none", rent=400, concept=True, jobs=2),
    applicant("1c", organic=False, hedges=0, distance=33, labour="12/5", start="founder", rent=520, jobs=3),
    applicant("9a", organic=True, hedges=900, distance=7, labour=3, start="young", rent=380, sludge=True),
    applicant("04", withdrawn=True, organic=True, distance=2, rent=600),
]


def salts(prefix="salt"):
    numbers = count()
    return lambda: sha256(f"{prefix}{next(numbers)}".encode()).hexdigest()[:32]


def material(applicants=FOUR, catalogue=None, lottery=LOTTERY, seed=1, decision=None, questions=QUESTIONS):
    document = principles(catalogue, questions)
    scored = {**document["catalogue"], **({"lottery": lottery} if lottery else {})}
    case = {"id": "lot 1", "catalogue": scored, "lot": {}, "applicants": applicants}
    letters = draw_letters([one["id"] for one in applicants], random.Random(seed).shuffle, {})
    return Material(
        identifier="0c0b8f0e-8b5b-4b6e-9d55-0a0a0a0a0a0a",
        call={"title": "Wiesen an der Jeetzel", "lot": 1},
        run={"number": 1, "cause": "first", "engine": "points-1/2026-11"},
        hashes={"input": "a" * 64, "result": "b" * 64, "previous": None},
        principles=document,
        case=case,
        letters=letters,
        decision=decision or {"body": "Rat", "decided_on": "2027-03-01", "outcome": "no_award", "code": None},
    )


def records(*arguments, **named):
    salt = named.pop("salt", salts())
    full = full_record(material(*arguments, **named), salt)
    return full, public_record(full)


def files(*arguments, **named):
    return tuple(written(one) for one in records(*arguments, **named))
