"""Checks a record from its bytes to its outcome, and says of every line whether it holds. Pure.

In this order: is it written as the format writes it; does the chain hold; do openings fit their commitments; do the
lines follow from each other. A change of one byte is told with the line of the file on which it stands.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from succession.allocation.catalogue import Catalogue
from succession.allocation.conditions import Facts
from succession.allocation.naming import names
from succession.allocation.points_catalogue import catalogue as read_catalogue
from succession.allocation.points_values import facts
from succession.allocation.principles import identifier
from succession.awards.record_frame import Record, at, check_fields, check_order_of_lines, frame
from succession.awards.record_hiding import sealed_because
from succession.awards.record_lines import (
    LINES_BEFORE,
    SHORTEST_SALT,
    Line,
    commitment,
    line_hash,
    line_of_file,
    written,
)
from succession.awards.record_rebuild import is_whole, rebuilt
from succession.awards.record_recompute import Wrong, recomputed
from succession.records.documents import DocumentError, mapping, read, text

Data = Mapping[str, Any]

_PLACE = re.compile(r"\$\.cases\[0\]\.lines\[(\d+)\]")
_SALT = re.compile(rf"[0-9a-f]{{{SHORTEST_SALT},}}")


class Flaw(StrEnum):
    """What kind of thing does not hold."""

    CHANGED = "changed"
    OPENING = "opening"
    CONTRADICTS = "contradicts"
    UNREADABLE = "unreadable"
    WRITING = "writing"


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that does not hold, with the line of the file, counted from 1, and a reason for experts."""

    line: int
    reason: str
    flaw: Flaw


@dataclass(frozen=True, slots=True)
class Report:
    """What a check found. `is_sealed`: points and sums are hidden, so nothing could be added up."""

    record: Record
    is_sealed: bool
    is_rebuilt: bool
    problems: tuple[Problem, ...]

    @property
    def holds(self) -> bool:
        """Whether every line holds."""
        return not self.problems

    def problem_of(self, place: int) -> Problem | None:
        """The first problem of a line of the ledger."""
        return next((one for one in self.problems if one.line == line_of_file(place)), None)


def check(file: str) -> Report:
    """Everything about the record in a file; DocumentError if it is none at all."""
    file = file.removeprefix("\ufeff")
    if file.count("\r\n") == file.count("\n"):
        file = file.replace("\r\n", "\n")
    document = read(file)
    record = frame(document)
    try:
        found = list(_problems(record))
        told = {one.line for one in found}
        found += [one for one in _misspelt(document, file) if one.line not in told]
    except RecursionError as error:
        raise DocumentError("$", "the document is nested too deeply") from error
    return Report(
        record,
        is_sealed=_is_sealed(record),
        is_rebuilt=is_whole(record),
        problems=tuple(sorted(found, key=lambda one: one.line)),
    )


def _problems(record: Record) -> Iterator[Problem]:
    """The chain first; what follows from what is asked only where the lines can be read."""
    yield from _broken_chain(record)
    unreadable = False
    for place, line in enumerate(record.lines):
        try:
            check_fields(line, place, is_full=record.is_full)
            _check_opening(line, at(place))
        except DocumentError as error:
            unreadable = True
            yield _problem_of(error)
    if unreadable:
        return
    try:
        yield from (Problem(line_of_file(wrong.place), wrong.reason, Flaw.CONTRADICTS) for wrong in _outcome(record))
    except DocumentError as error:
        yield _problem_of(error)


def _broken_chain(record: Record) -> Iterator[Problem]:
    """A changed line breaks its own link; the next one is measured against both what stands there and what should."""
    before = {record.identifier}
    for place, line in enumerate(record.lines):
        try:
            wanted = [line_hash(one, line) for one in sorted(before)]
        except DocumentError as error:
            wanted = []
            yield Problem(line_of_file(place), error.reason, Flaw.UNREADABLE)
        if wanted and line["hash"] not in wanted:
            yield Problem(line_of_file(place), "this line was changed: its hash is another one", Flaw.CHANGED)
        before = {line["hash"], *wanted}
    if record.record_hash != record.lines[-1]["hash"]:
        yield Problem(LINES_BEFORE, "the hash of the record is not that of its last line", Flaw.CHANGED)


def _check_opening(line: Line, path: str) -> None:
    """What is opened must be what was committed to."""
    if "opening" not in line:
        return
    opening = mapping(line["opening"], f"{path}.opening")
    salt = opening.get("salt")
    if set(opening) != {"salt", "value"} or not isinstance(salt, str) or not _SALT.fullmatch(salt):
        raise DocumentError(f"{path}.opening", "needs a value, and a salt of 16 bytes or more as hex")
    if commitment(salt, opening["value"]) != line.get("commitment"):
        raise DocumentError(f"{path}.opening", "value and salt do not give the commitment")


def _outcome(record: Record) -> Iterator[Wrong]:
    """Principles, their reading, and everything that follows from the lines."""
    place, line = record.first("principles")
    document = mapping(line["document"], f"{at(place)}.document")
    if identifier(document) != line["id"]:
        yield Wrong(place, "the id is not that of these principles")
    catalogue = _catalogue(record, document)
    reasons = [{"where": one.where, "because": one.because.value} for one in sealed_because(document, catalogue)]
    if record.first("sealed")[1]["because"] != reasons:
        yield Wrong(record.first("sealed")[0], "what is sealed does not follow from the principles")
    place, line = record.first("lot")
    lot = mapping(line["facts"], f"{at(place)}.facts")
    stated: Facts = facts(lot, {}, f"{at(place)}.facts")
    check_order_of_lines(record, catalogue, applies=all(one.holds(stated) for one in catalogue.applies_if))
    if is_whole(record):
        yield from rebuilt(record)
    elif not reasons:
        yield from recomputed(record, catalogue, lot)
    yield from _letters_that_fit(record)


def _catalogue(record: Record, document: Data) -> Catalogue:
    """The catalogue of the principles with the draw, which must be the one that was promised."""
    path = f"{at(record.first('principles')[0])}.document.catalogue"
    catalogue = dict(mapping(document.get("catalogue"), path))
    read_catalogue(catalogue, path)
    place, line = record.first("lottery")
    if line["draw"] is None:
        return read_catalogue(catalogue, path)
    try:
        found = read_catalogue({**catalogue, "lottery": line["draw"]}, path)
    except DocumentError as error:
        raise DocumentError(at(place), error.reason) from error
    if found.lottery and not set(found.lottery.drawn) <= set(record.letters):
        raise DocumentError(at(place), "somebody was drawn who did not apply")
    return found


def _letters_that_fit(record: Record) -> Iterator[Wrong]:
    """Order and decision speak of those who applied; who leaves the order says so."""
    admitted = {letter for letter, state in record.letters.items() if state == "admitted"}
    place, line = record.first("order")
    ranking = names(line["ranking"], f"{at(place)}.ranking")
    if not set(ranking) <= admitted:
        yield Wrong(place, "the order names somebody who was not admitted")
    equals = [names(one, f"{at(place)}.undecided") for one in line.get("undecided", ())]
    first = {letter for group in (ranking[:1], *equals) if ranking and ranking[0] in group for letter in group}
    is_told = "commitment" not in line
    place, line = record.first("decision")
    chosen = line["letter"]
    if chosen is not None and text(chosen, at(place)) not in admitted:
        yield Wrong(place, "the decision names somebody who was not admitted")
    if chosen is not None and line.get("departs") is False and is_told and chosen not in first:
        yield Wrong(place, "the decision leaves the order and does not say so")


def _misspelt(document: Data, file: str) -> Iterator[Problem]:
    """The first line whose bytes are not those that the format writes, though it may mean the same."""
    wanted = written(document["cases"][0]).split("\n")
    found = file.split("\n")
    for number, (one, other) in enumerate(zip(found, wanted, strict=False), start=1):
        if one != other:
            yield Problem(number, "this line is not written as the format writes it", Flaw.WRITING)
            return
    if len(found) != len(wanted):
        shorter = min(len(found), len(wanted))
        yield Problem(shorter, "the file has more or fewer lines than the record", Flaw.WRITING)


def _is_sealed(record: Record) -> bool:
    return any(bool(line.get("because")) for _, line in record.every("sealed"))


def _problem_of(error: DocumentError) -> Problem:
    """With the line of the file that the path names; what names none concerns the frame."""
    found = _PLACE.match(error.path)
    line = LINES_BEFORE if found is None else line_of_file(int(found[1]))
    rest = error.path[found.end() :] if found else error.path
    flaw = Flaw.OPENING if rest.startswith(".opening") else Flaw.UNREADABLE
    return Problem(line, f"{rest.lstrip('.')}: {error.reason}" if rest else error.reason, flaw)
