"""The pages of a set's rules as a whole: name, price, counting, equal points, groups, lots."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from flask import request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.principles import page as pages
from succession.blueprints.principles.blueprint import bp, owners_only
from succession.blueprints.principles.forms_rules import (
    FEW_ROWS,
    TIE_ROWS,
    AboutForm,
    CountingForm,
    PriceForm,
    group_form,
    lots_form,
    tie_form,
)
from succession.blueprints.principles.page import EditorPage
from succession.i18n import Text
from succession.principles import building, drafting
from succession.principles.drafts import Draft
from succession.principles.models import PrincipleSet
from succession.principles.parts import of_catalogue, of_document, together
from succession.principles.topics import TOPICS, Topic
from succession.web.errors import say
from succession.web.language import current_language

TEMPLATE = "principles/rules.html"
ADDRESSES = ",".join(f'"{topic}"' for topic in Topic)  # quoted: one has a hyphen
FACTS = {
    "area_ha": Text("area of the lot in hectares"),
    "in_nature_network": Text("lies in a nature network (1 for yes, 0 for no)"),
}
TESTS = {
    "at_least": Text("at least"),
    "more_than": Text("more than"),
    "at_most": Text("at most"),
    "less_than": Text("less than"),
    "equals": Text("exactly"),
}


@bp.route(f"/my-principles/<uuid:set_id>/<any({ADDRESSES}):topic>", methods=["GET", "POST"])
@owners_only
def rules(set_id: UUID, topic: str) -> ResponseReturnValue:
    """One topic: filled with what the draft says, tried, or saved."""
    found = pages.draft(set_id)
    page = PAGES[Topic(topic)](found)
    page.names.update(topic=Topic(topic), words=TOPICS[Topic(topic)])
    return pages.answered(page) if request.method == "POST" else pages.shown(page)


def _about(found: PrincipleSet) -> EditorPage:
    document = found.document
    names = {key: document.get(key, {}) for key in ("name", "summary", "body")}
    form = AboutForm(
        data={
            **{key: said.get("de", "") for key, said in names.items()},
            **{f"{key}_en": said.get("en", "") for key, said in names.items() if key != "body"},
            "term_years": document.get("term_years"),
            "standstill_days": document.get("standstill_days", 14),
        }
    )

    def edit(draft: Draft) -> Draft:
        said = form.data
        return drafting.put_fields(
            draft,
            {
                "name": building.both(said["name"], said["name_en"] or ""),
                "summary": building.both(said["summary"], said["summary_en"] or ""),
                "body": building.reworded(draft.get("body"), said["body"]) if said["body"] else None,
                "term_years": said["term_years"],
                "standstill_days": said["standstill_days"],
            },
        )

    part = of_document("name", "summary", "body", "term_years", "standstill_days")
    return EditorPage(found, TEMPLATE, form, part, edit)


def _price(found: PrincipleSet) -> EditorPage:
    price = found.document["price"]
    form = PriceForm(data={"kind": price["kind"], "note": price["note"].get("de", "")})
    form.prepare()

    def edit(draft: Draft) -> Draft:
        note = building.reworded(draft["price"].get("note"), form.note.data or "")
        return drafting.put_fields(draft, {"price": {"kind": form.kind.data, "note": note}})

    return EditorPage(found, TEMPLATE, form, of_document("price"), edit)


def _counting(found: PrincipleSet) -> EditorPage:
    document, catalogue = found.document, found.document["catalogue"]
    form = CountingForm(
        data={
            "mode": catalogue.get("mode", "additive"),
            "field": catalogue.get("field", "frozen"),
            "threshold": building.figure(catalogue.get("threshold")),
            "single_applicant": catalogue.get("single_applicant", "as_usual"),
            "incomplete": document.get("incomplete", "scored_as_stated"),
            "evidence_from": document.get("evidence_from", "first_placed"),
        }
    )
    form.prepare()

    def edit(draft: Draft) -> Draft:
        said, before = form.data, draft["catalogue"].get("threshold")
        rules = {key: said[key] for key in ("mode", "field", "single_applicant")}
        changed = drafting.put_rules(draft, {**rules, "threshold": building.written(said["threshold"], before)})
        return drafting.put_fields(changed, {key: said[key] for key in ("incomplete", "evidence_from")})

    part = together(
        of_document("incomplete", "evidence_from"), of_catalogue("mode", "field", "threshold", "single_applicant")
    )
    return EditorPage(found, TEMPLATE, form, part, edit)


def _equal(found: PrincipleSet) -> EditorPage:
    draft = found.document
    rules = draft["catalogue"].get("tie_breaks", [])
    form = tie_form(_criteria(draft), _preferences(draft))(
        data={
            **{f"rule_{place}": _tie_value(rule) for place, rule in enumerate(rules[:TIE_ROWS], start=1)},
            "draw": draft.get("draw", "committed"),
        }
    )

    def edit(draft: Draft) -> Draft:
        chosen = [form[f"rule_{place}"].data for place in range(1, TIE_ROWS + 1)]
        listed = [_tie_rule(value) for value in dict.fromkeys(chosen) if value]
        further = draft["catalogue"].get("tie_breaks", [])[TIE_ROWS:]
        changed = drafting.put_rules(draft, {"tie_breaks": [*listed, *further] or None})
        return drafting.put_fields(changed, {"draw": form["draw"].data})

    return EditorPage(found, TEMPLATE, form, together(of_document("draw"), of_catalogue("tie_breaks")), edit)


def _groups(found: PrincipleSet) -> EditorPage:
    draft = found.document
    caps = list(draft["catalogue"].get("group_caps", {}).items())[:FEW_ROWS]
    names = {one["id"]: one["label"].get("de", one["id"]) for one in draft.get("groups", [])}
    data: dict[str, Any] = {}
    for place, (group, cap) in enumerate(caps, start=1):
        data |= {f"group_{place}": names.get(group, group), f"cap_{place}": building.figure(cap)}
    numbers = {group: str(place) for place, (group, _) in enumerate(caps, start=1)}
    for one in draft["catalogue"]["criteria"]:
        data[f"of_{one['id']}"] = numbers.get(one.get("group", ""), "")
    form = group_form(dict(_criteria(draft)))(data=data)

    def edit(draft: Draft) -> Draft:
        return _grouped(draft, form.data, [group for group, _ in caps])

    part = together(of_document("groups"), of_catalogue("group_caps", "criteria"))
    return EditorPage(found, TEMPLATE, form, part, edit, makes_sense=lambda: _groups_make_sense(form))


def _grouped(draft: Draft, said: dict[str, Any], before: list[str]) -> Draft:
    """Groups keep their name in the document while their place is the same."""
    caps: dict[str, Any] = {}
    words: list[dict[str, Any]] = []
    by_number: dict[str, str] = {}
    for place in range(1, FEW_ROWS + 1):
        label = (said[f"group_{place}"] or "").strip()
        if not label:
            continue
        name = before[place - 1] if place <= len(before) else drafting.fresh_name(label, caps)
        by_number[str(place)] = name
        caps[name] = building.written(said[f"cap_{place}"], draft["catalogue"].get("group_caps", {}).get(name))
        words.append({"id": name, "label": building.both(label)})
    groups = {one["id"]: by_number.get(said.get(f"of_{one['id']}") or "") for one in draft["catalogue"]["criteria"]}
    return drafting.put_groups(draft, caps, words, groups)


def _groups_make_sense(form: Any) -> bool:
    for place in range(1, FEW_ROWS + 1):
        group, cap = form[f"group_{place}"], form[f"cap_{place}"]
        if group.data and cap.data is None:
            cap.errors = [gettext("A group needs an upper limit.")]
        if cap.data is not None and not group.data:
            group.errors = [gettext("Please give the group a name.")]
    return not form.errors


def _lots(found: PrincipleSet) -> EditorPage:
    conditions = found.document["catalogue"].get("applies_if", [])
    plain = [one for one in conditions if _is_plain(one)]
    data: dict[str, Any] = {}
    for place, one in enumerate(plain[:FEW_ROWS], start=1):
        test = next(key for key in TESTS if key in one)
        value = {True: 1, False: 0}.get(one[test], one[test]) if isinstance(one[test], bool) else one[test]
        data |= {f"fact_{place}": one["field"], f"test_{place}": test, f"value_{place}": building.figure(value)}
    facts = [(key, say(text)) for key, text in FACTS.items()]
    form = lots_form(facts, [(key, say(text)) for key, text in TESTS.items()])(data=data)

    def edit(draft: Draft) -> Draft:
        kept = [one for one in draft["catalogue"].get("applies_if", []) if not _is_plain(one)]
        listed = [_condition(form.data, place) for place in range(1, FEW_ROWS + 1) if form[f"fact_{place}"].data]
        return drafting.put_rules(draft, {"applies_if": [*kept, *listed] or None})

    return EditorPage(
        found, TEMPLATE, form, of_catalogue("applies_if"), edit, makes_sense=lambda: _lots_make_sense(form)
    )


def _is_plain(condition: dict[str, Any]) -> bool:
    """Whether the form can show it."""
    return condition["field"] in FACTS and any(key in condition for key in TESTS)


def _condition(said: dict[str, Any], place: int) -> dict[str, Any]:
    fact, test, value = said[f"fact_{place}"], said[f"test_{place}"], said[f"value_{place}"]
    if fact == "in_nature_network":
        return {"field": fact, "equals": value == 1}
    return {"field": fact, test: building.written(value)}


def _lots_make_sense(form: Any) -> bool:
    for place in range(1, FEW_ROWS + 1):
        if form[f"fact_{place}"].data and form[f"value_{place}"].data is None:
            form[f"value_{place}"].errors = [gettext("Please enter a number, for example 12.5.")]
    return not form.errors


def _criteria(draft: Draft) -> list[tuple[str, str]]:
    language = current_language()
    return [(one["id"], one["label"].get(language) or one["label"]["de"]) for one in draft["catalogue"]["criteria"]]


def _preferences(draft: Draft) -> list[tuple[str, str]]:
    """What a statement can be preferred by: every question with a yes or a number that is asked already."""
    words = {"yes_or_no": (("yes", Text("yes")), ("no", Text("no")))}
    numbers = (("higher", Text("more is better")), ("lower", Text("less is better")))
    found = []
    for one in draft.get("questions", []):
        if one["answer"] not in ("yes_or_no", "number"):
            continue
        asked = one["question"].get(current_language()) or one["question"]["de"]
        found += [(f"{one['id']}|{key}", f"{asked} – {say(text)}") for key, text in words.get(one["answer"], numbers)]
    return found


def _tie_value(rule: Any) -> str:
    return rule if isinstance(rule, str) else f"{rule['field']}|{rule['prefer']}"


def _tie_rule(value: str) -> Any:
    field, _, prefer = value.partition("|")
    return {"field": field, "prefer": prefer} if prefer else field


PAGES: dict[Topic, Callable[[PrincipleSet], EditorPage]] = {
    Topic.ABOUT: _about,
    Topic.PRICE: _price,
    Topic.COUNTING: _counting,
    Topic.EQUAL: _equal,
    Topic.GROUPS: _groups,
    Topic.LOTS: _lots,
}
