"""What a place in a principle document is called, for people who do not read paths. Pure."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from succession.i18n import Text

_SEGMENT = re.compile(r"\.([^.\[(]+)|\[(\d+)\]|\((order)\)")

PARTS: dict[str, Text] = {
    "criteria": Text("Criterion %(name)s"),
    "questions": Text("Question %(name)s"),
    "promises": Text("Promise %(name)s"),
    "exclusions": Text("Exclusion %(name)s"),
    "equivalences": Text("Equivalence %(name)s"),
    "stages": Text("Stage %(name)s"),
    "choices": Text("Answer %(name)s"),
    "sources": Text("Source %(name)s"),
    "tie_breaks": Text("Rule %(name)s for equal points"),
    "unscored": Text("Criterion without points %(name)s"),
    "applies_if": Text("Condition %(name)s on the lot"),
    "only_if": Text("Condition %(name)s on the lot"),
    "waves": Text("Group %(name)s in the order"),
    "evidence": Text("Paper %(name)s"),
    "steps": Text("Step %(name)s"),
    "gaps": Text("Gap %(name)s"),
    "groups": Text("Group %(name)s"),
}
FIELDS: dict[str, Text] = {
    "$": Text("The document"),
    "format": Text("Format"),
    "key": Text("Short name"),
    "name": Text("Name"),
    "summary": Text("Summary"),
    "date": Text("Date"),
    "completeness": Text("Completeness"),
    "owners": Text("Who may use it"),
    "price": Text("Price"),
    "kind": Text("Kind"),
    "note": Text("Note"),
    "incomplete": Text("Incomplete applications"),
    "field": Text("What the points read"),
    "questions": Text("Questions"),
    "question": Text("Question"),
    "hint": Text("Hint"),
    "unit": Text("Unit"),
    "least": Text("Least"),
    "most": Text("Most"),
    "decimals": Text("Digits after the point"),
    "choices": Text("Answers to choose from"),
    "answer": Text("Kind of answer"),
    "from": Text("From"),
    "to": Text("To"),
    "measure": Text("How it is measured"),
    "evidence": Text("Papers"),
    "evidence_effort": Text("Effort for the papers"),
    "per_lot": Text("Asked for each lot"),
    "special_category": Text("Religion"),
    "mandatory": Text("Has to be answered"),
    "hides": Text("What the public record hides"),
    "promises": Text("Promises"),
    "text": Text("Wording"),
    "check": Text("How it is checked"),
    "first_due_months": Text("First check after months"),
    "every_months": Text("Further checks every … months"),
    "times": Text("Number of checks"),
    "consequence": Text("What follows"),
    "criterion": Text("Criterion"),
    "evidence_from": Text("Who is asked for papers"),
    "body": Text("Who decides"),
    "term_years": Text("Term in years"),
    "standstill_days": Text("Wartefrist in days"),
    "draw": Text("Drawing lots"),
    "unscored": Text("Criteria without points"),
    "catalogue": Text("Points"),
    "criteria": Text("Criteria"),
    "label": Text("Name"),
    "reason": Text("Reason"),
    "points": Text("Points"),
    "weight": Text("Weight"),
    "weights_total": Text("Sum of the weights"),
    "group": Text("Group"),
    "groups": Text("Groups with an upper limit"),
    "group_caps": Text("Most points of a group"),
    "steps": Text("Steps of a figure"),
    "bounds": Text("Direction of the steps"),
    "map": Text("Points of the answers"),
    "cap": Text("At most"),
    "by": Text("Who gives the points"),
    "best": Text("Which offer is best"),
    "round_to": Text("Rounded to"),
    "at_least": Text("Least points"),
    "equal_within": Text("Counts as equal within"),
    "equivalences": Text("What counts as the same"),
    "exclusions": Text("Exclusions"),
    "threshold": Text("Least sum of points"),
    "single_applicant": Text("Only one applicant"),
    "applies_if": Text("For which lots"),
    "only_if": Text("For which lots"),
    "tie_breaks": Text("Equal points"),
    "lottery": Text("Drawing lots"),
    "stages": Text("Stages"),
    "waves": Text("Groups in order"),
    "mode": Text("How it is counted"),
    "rounding": Text("Rounding"),
    "reference": Text("Figure compared with"),
    "sources": Text("Sources"),
    "address": Text("Address"),
    "seen_on": Text("Seen on"),
    "gaps": Text("What is missing"),
    "de": Text("in German"),
    "en": Text("in English"),
}
ORDER = Text("Order")


def place(path: str, document: Mapping[str, Any], language: str = "de") -> Text:
    """The place in words: the part by its own name, then the field."""
    words: list[Text] = []
    here: Any = document
    holder = "$"
    for name, index, order in _SEGMENT.findall(path):
        if order:
            words.append(ORDER)
        elif index or _is_list_of_named(here):
            words, here = _member(words, holder, here, name or index, language)
        else:
            words.append(FIELDS.get(name, Text("“%(name)s”", {"name": name})))
            here = here.get(name) if isinstance(here, Mapping) else None
            holder = name
    shown = [word for word in words if word is not FIELDS["catalogue"]] or [FIELDS["$"]]
    joined = shown[0]
    for word in shown[1:]:
        joined = Text("%(part)s, %(field)s", {"part": joined, "field": word})
    return joined


def named(part: Any, language: str = "de") -> str:
    """What a part of a document is called: by its label, its question or its text; else nothing."""
    if not isinstance(part, Mapping):
        return ""
    for key in ("label", "name", "question", "text"):
        said = part.get(key)
        if isinstance(said, Mapping) and said:
            return str(said.get(language) or said.get("de") or next(iter(said.values())))
    return str(part["id"]) if isinstance(part.get("id"), str) else ""


def _member(words: list[Text], holder: str, here: Any, key: str, language: str) -> tuple[list[Text], Any]:
    """One member of a list, by its number or its id; the word for the list itself is not needed then."""
    found: Any = None
    if isinstance(here, Sequence) and not isinstance(here, str):
        if key.isdigit() and int(key) < len(here):
            found = here[int(key)]
        else:
            found = next((one for one in here if isinstance(one, Mapping) and one.get("id") == key), None)
    called = named(found, language)
    shown = f"„{called}“" if called and language == "de" else f"“{called}”" if called else ""
    number = str(int(key) + 1) if key.isdigit() else key
    part = PARTS.get(holder)
    if part is None:
        return [*words, Text("%(number)s.", {"number": number})], found
    return [*words[:-1], replace(part, values={"name": shown or number})], found


def _is_list_of_named(here: Any) -> bool:
    return isinstance(here, list) and any(isinstance(one, Mapping) and "id" in one for one in here)
