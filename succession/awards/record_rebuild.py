"""Makes a full record anew from what it opens, and names every line that comes out differently. Pure."""

from collections.abc import Iterator, Mapping
from typing import Any

from succession.awards.record_build import Material, full_record
from succession.awards.record_frame import Record
from succession.awards.record_lines import Line, value_text
from succession.awards.record_recompute import Wrong

Data = Mapping[str, Any]
_FRAME = ("line", "hash", "opening", "commitment")


def is_whole(record: Record) -> bool:
    """Whether nothing was taken out of it: after some time the law asks for that."""
    return record.is_full and all("opening" in line for line in record.lines if "commitment" in line)


def case_of(record: Record) -> dict[str, Any]:
    """The case of `points-1` that the record opens."""
    document, draw = record.first("principles")[1]["document"], record.first("lottery")[1]["draw"]
    codes = {line["letter"]: line["opening"]["value"] for _, line in record.every("applicant")}
    catalogue = dict(document["catalogue"])
    if draw is not None:
        drawn = {"drawn": [codes[letter] for letter in draw["drawn"]]} if "drawn" in draw else {}
        catalogue["lottery"] = {**draw, **drawn}
    applicants = {
        letter: {"id": code, "values": {}, "withdrawn": record.letters[letter] == "withdrawn"}
        for letter, code in codes.items()
    }
    for _, line in record.every("value"):
        if line["opening"]["value"] is not None:
            applicants[line["letter"]]["values"][line["field"]] = line["opening"]["value"]
    for _, line in record.every("unproven"):
        applicants[line["letter"]]["unproven"] = line["opening"]["value"]
    return {"catalogue": catalogue, "lot": record.first("lot")[1]["facts"], "applicants": list(applicants.values())}


def rebuilt(record: Record) -> Iterator[Wrong]:
    """Every line that the same material and the same salts would write differently."""
    salts = iter([line["opening"]["salt"] for line in record.lines if "opening" in line])
    lines: list[Line] = full_record(_material(record), lambda: next(salts, ""))["lines"]
    for place, (stated, made) in enumerate(zip(record.lines, lines, strict=False)):
        for key in sorted({*stated, *made} - {"hash", "opening", "commitment"}):
            if _written(stated.get(key)) != _written(made.get(key)):
                yield Wrong(place, f"{key} should be {_written(made.get(key))}")
        if stated.get("commitment") != made.get("commitment"):
            yield Wrong(place, "the commitment hides something else than what follows from the values")
    if len(lines) != len(record.lines):
        yield Wrong(min(len(lines), len(record.lines)) - 1, f"the record should have {len(lines)} lines")


def _material(record: Record) -> Material:
    codes = {line["letter"]: line["opening"]["value"] for _, line in record.every("applicant")}
    run, decision = record.first("run")[1], record.first("decision")[1]
    told = {key: value for key, value in decision.items() if key not in ("line", "hash", "letter")}
    return Material(
        identifier=record.identifier,
        call={key: value for key, value in record.first("call")[1].items() if key not in ("line", "hash")},
        run={key: value for key, value in run.items() if key not in _FRAME},
        hashes=run["opening"]["value"],
        principles=record.first("principles")[1]["document"],
        case=case_of(record),
        letters={code: letter for letter, code in codes.items()},
        decision={**told, "code": codes.get(decision["letter"])},
    )


def _written(value: Any) -> str:
    return value_text(value)
