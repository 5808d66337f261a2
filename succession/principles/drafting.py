"""What the editor does to a draft: every function takes one and gives another, and leaves nothing hanging. Pure."""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

from succession.principles.drafts import Draft

LONGEST_NAME = 40
_NAMES = frozenset({"id", "field"})
_UMLAUTS = {"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"}


def put_criterion(draft: Draft, criterion: Mapping[str, Any], question: Mapping[str, Any] | None) -> Draft:
    """The criterion stands where one of its name stood, or at the end; the question likewise."""
    catalogue = draft["catalogue"]
    changed = {**draft, "catalogue": {**catalogue, "criteria": _put(catalogue["criteria"], criterion)}}
    if question is not None:
        changed["questions"] = _put(draft.get("questions", []), question)
    return settled(changed)


def remove_criterion(draft: Draft, identifier: str) -> Draft:
    """The criterion is gone, and with it what only it needed: questions, groups, stages, places in other rules."""
    catalogue = dict(draft["catalogue"])
    catalogue["criteria"] = [one for one in catalogue["criteria"] if one["id"] != identifier]
    if "tie_breaks" in catalogue:
        catalogue["tie_breaks"] = [one for one in catalogue["tie_breaks"] if one != identifier]
    if "stages" in catalogue:
        stages = [
            {**stage, "criteria": [one for one in stage["criteria"] if one != identifier]}
            for stage in catalogue["stages"]
        ]
        catalogue["stages"] = [stage for stage in stages if stage["criteria"]]
    promises = [one for one in draft.get("promises", []) if one.get("criterion") != identifier]
    return settled({**draft, "catalogue": catalogue, "promises": promises})


def move_criterion(draft: Draft, identifier: str, by: int) -> Draft:
    """The criterion changes places with its neighbour above (-1) or below (1); at the ends nothing happens."""
    criteria = list(draft["catalogue"]["criteria"])
    place = next((place for place, one in enumerate(criteria) if one["id"] == identifier), None)
    if place is None or not 0 <= place + by < len(criteria):
        return draft
    criteria[place], criteria[place + by] = criteria[place + by], criteria[place]
    return {**draft, "catalogue": {**draft["catalogue"], "criteria": criteria}}


def put_fields(draft: Draft, fields: Mapping[str, Any]) -> Draft:
    """Fields at the top; None takes one out."""
    return settled(_with(draft, fields))


def put_rules(draft: Draft, rules: Mapping[str, Any]) -> Draft:
    """Fields of the catalogue; None takes one out."""
    return settled({**draft, "catalogue": _with(draft["catalogue"], rules)})


def put_groups(
    draft: Draft,
    caps: Mapping[str, Any],
    words: Iterable[Mapping[str, Any]],
    groups: Mapping[str, str | None],
) -> Draft:
    """Each criterion belongs to the group named here or to none; a group has its cap and its name for people."""
    criteria = []
    for one in draft["catalogue"]["criteria"]:
        grouped = {key: value for key, value in one.items() if key != "group"}
        group = groups.get(one["id"])
        criteria.append({**grouped, "group": group} if group else grouped)
    catalogue = {**draft["catalogue"], "criteria": criteria, "group_caps": dict(caps)}
    return settled({**draft, "catalogue": catalogue, "groups": [dict(one) for one in words]})


def put_question(draft: Draft, question: Mapping[str, Any]) -> Draft:
    """One question is as given."""
    return settled({**draft, "questions": _put(draft.get("questions", []), question)})


def settled(draft: Draft) -> Draft:
    """Without questions that nobody reads, and without caps of groups that nobody belongs to."""
    catalogue = draft["catalogue"]
    read = fields_read(catalogue)
    changed = {**draft, "questions": [one for one in draft.get("questions", []) if one["id"] in read]}
    caps = catalogue.get("group_caps")
    groups = {one.get("group") for one in catalogue["criteria"]}
    kept = {group: cap for group, cap in (caps or {}).items() if group in groups}
    if caps is not None:
        changed["catalogue"] = _with(catalogue, {"group_caps": kept or None})
    if "groups" in draft:
        changed = _with(changed, {"groups": [one for one in draft["groups"] if one["id"] in kept] or None})
    return changed


def fields_read(catalogue: Mapping[str, Any]) -> set[str]:
    """Every field that an applicant's statement decides by, also in a catalogue that is not finished."""
    found = set()
    for criterion in catalogue["criteria"]:
        found.add(criterion.get("field", criterion["id"]))
        for clause in criterion.get("equivalences", []):
            found |= {clause["when"]["field"], clause.get("counts_as_field")}
    for condition in [*catalogue.get("exclusions", []), *catalogue.get("waves", [])]:
        found.add(condition["field"])
    for rule in catalogue.get("tie_breaks", []):
        if isinstance(rule, Mapping):
            found.add(rule["field"])
    return {field for field in found if field}


def fresh_name(label: str, taken: Iterable[str]) -> str:
    """A name for a new part, made of its label: plain letters, and none that is taken."""
    used = set(taken)
    lowered = "".join(_UMLAUTS.get(sign, sign) for sign in label.lower())
    plain = unicodedata.normalize("NFKD", lowered).encode("ascii", "ignore").decode("ascii")
    name = re.sub(r"[^a-z0-9]+", "_", plain).strip("_")[:LONGEST_NAME].strip("_") or "part"
    number, found = 2, name
    while found in used:
        found, number = f"{name}_{number}", number + 1
    return found


def names_taken(draft: Mapping[str, Any]) -> set[str]:
    """All names of criteria and questions of a draft."""
    listed = [*draft["catalogue"]["criteria"], *draft.get("questions", [])]
    return {one["id"] for one in listed}


def is_there(listed: Iterable[Mapping[str, Any]], part: Mapping[str, Any]) -> bool:
    """Whether the same stands there already under some name: a form that was sent twice."""
    own = {key: value for key, value in part.items() if key not in _NAMES}
    return any({key: value for key, value in one.items() if key not in _NAMES} == own for one in listed)


def criterion_of(draft: Mapping[str, Any], identifier: str) -> dict[str, Any] | None:
    """The criterion as it stands in the draft."""
    return next((dict(one) for one in draft["catalogue"]["criteria"] if one["id"] == identifier), None)


def question_of(draft: Mapping[str, Any], identifier: str) -> dict[str, Any] | None:
    """The question as it stands in the draft."""
    return next((dict(one) for one in draft.get("questions", []) if one["id"] == identifier), None)


def _put(listed: Iterable[Mapping[str, Any]], part: Mapping[str, Any]) -> list[dict[str, Any]]:
    found = [dict(one) for one in listed]
    for place, one in enumerate(found):
        if one["id"] == part["id"]:
            found[place] = dict(part)
            return found
    return [*found, dict(part)]


def _with(document: Mapping[str, Any], fields: Mapping[str, Any]) -> dict[str, Any]:
    changed = {**document, **fields}
    return {key: value for key, value in changed.items() if value is not None or key not in fields}


def add_exclusion(draft: Draft, exclusion: Mapping[str, Any], question: Mapping[str, Any]) -> Draft:
    """One more exclusion; a question that is asked already is asked once."""
    listed = draft["catalogue"].get("exclusions", [])
    if is_there(listed, exclusion):
        return draft
    label = str(exclusion["label"]["de"])
    taken = names_taken(draft) | {one["id"] for one in listed}
    field = exclusion.get("field") or fresh_name(f"out {label}", taken)
    new = {**exclusion, "id": exclusion.get("id") or fresh_name(label, taken | {field}), "field": field}
    others = [one for one in listed if one["id"] != new["id"]]
    changed = draft
    if question_of(draft, field) is None:
        changed = {**draft, "questions": [*draft.get("questions", []), {**question, "id": field}]}
    return put_rules(changed, {"exclusions": [*others, new]})


def remove_exclusion(draft: Draft, identifier: str) -> Draft:
    """The exclusion is gone, and its question with it if nothing else reads it."""
    left = [one for one in draft["catalogue"].get("exclusions", []) if one["id"] != identifier]
    return put_rules(draft, {"exclusions": left or None})


def add_promise(draft: Draft, promise: Mapping[str, Any]) -> Draft:
    """One more promise."""
    listed = draft.get("promises", [])
    if is_there(listed, promise):
        return draft
    name = fresh_name(str(promise["text"]["de"]), {one["id"] for one in listed})
    return put_fields(draft, {"promises": [*listed, {"id": name, **promise}]})


def remove_promise(draft: Draft, identifier: str) -> Draft:
    """The promise is gone."""
    return put_fields(draft, {"promises": [one for one in draft.get("promises", []) if one["id"] != identifier]})
