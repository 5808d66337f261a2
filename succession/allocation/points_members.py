"""Reads people who apply together in a `points-1` document, and joins what they state. Pure."""

from collections.abc import Mapping, Sequence
from typing import Any

from succession.allocation.catalogue import Catalogue, Criterion
from succession.allocation.conditions import Facts
from succession.allocation.households import joined
from succession.allocation.naming import name
from succession.allocation.points_conditions import only
from succession.allocation.points_statements import facts
from succession.allocation.rules import Declared, Rule
from succession.records.documents import DocumentError, mapping, required, sequence, yes_or_no

Document = Mapping[str, Any]


class People:
    """Who stands in an application already: a household, and each person, applies once."""

    def __init__(self) -> None:
        self._households: set[str] = set()
        self._persons: set[str] = set()

    def enter(self, applicant: Document, members: Sequence[Facts], path: str) -> None:
        """Refuses a household or a person a second time, unless the application was withdrawn."""
        stated = [name(applicant["household"], f"{path}.household")] if "household" in applicant else []
        persons = [
            (f"{path}.members[{place}].id", name(applicant["members"][place]["id"], f"{path}.members[{place}].id"))
            for place in range(len(members))
            if "id" in applicant["members"][place]
        ]
        if yes_or_no(applicant.get("withdrawn", False), f"{path}.withdrawn"):
            return
        for household in stated:
            if household in self._households:
                raise DocumentError(f"{path}.household", f"{household} applies twice")
            self._households.add(household)
        for at, person in persons:
            if person in self._persons:
                raise DocumentError(at, f"{person} applies twice")
            self._persons.add(person)


def read_members(applicant: Document, rules: Mapping[str, Sequence[Rule]], path: str) -> list[Facts]:
    """What each member states; none where nobody applies together."""
    found: list[Facts] = []
    for place, one in enumerate(sequence(applicant.get("members", []), f"{path}.members")):
        here = f"{path}.members[{place}]"
        member = mapping(one, here)
        only(member, frozenset({"id", "values"}), here)
        found.append(facts(mapping(required(member, "values", here), f"{here}.values"), rules, f"{here}.values"))
    return found


def of_all(own: Facts, members: Sequence[Facts], catalogue: Catalogue, path: str) -> dict[str, Declared | None]:
    """The statements of the household: its own, and each field that members state, joined as the criterion says."""
    found = dict(own)
    for field in dict.fromkeys(field for one in members for field in one):
        if own.get(field) is not None:
            raise DocumentError(f"{path}.values.{field}", "is stated for all together and for a member")
        criterion = _reading(field, catalogue, path)
        values = [one.get(field) for one in members]
        try:
            if criterion is None:
                found[field] = joined(values, None)
            else:
                found[field] = joined(values, criterion.rule, criterion.joint)
        except ValueError as error:
            raise DocumentError(f"{path}.members", f"{field} {error}") from error
    return found


def _reading(field: str, catalogue: Catalogue, path: str) -> Criterion | None:
    """The criterion that reads the field; several must join members in the same way."""
    reading = [one for one in catalogue.criteria if one.reads == field]
    if any(one.rule.relative for one in reading):
        raise DocumentError(f"{path}.members", f"{field} is an offer, which is made by all together")
    if len({one.joint for one in reading}) > 1:
        raise DocumentError(f"{path}.members", f"{field} is read by criteria that join members differently")
    return reading[0] if reading else None
