"""Fields for the questions of a principle set, whatever they ask."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import request
from flask_babel import gettext

from succession.allocation.rules import Want
from succession.principles import typed
from succession.principles.answers import fault
from succession.principles.questions import Question
from succession.principles.texts import in_language
from succession.web.errors import say
from succession.web.fields import Form, LongTextField, RadiosField, TextField

PREFIX = "q-"
MANY = 5
"""More choices than this stand in a folded list."""


def form(
    questions: Sequence[Question],
    answers: Mapping[str, Any],
    language: str,
    *,
    base: type[Form],
    data: Mapping[str, Any] | None = None,
    is_demanded: bool = False,
) -> Form:
    """A form with a field for each question, filled with what is stored or with what was sent."""
    fields: dict[str, Any] = {}
    shown: dict[str, Any] = dict(data or {})
    for question in questions:
        fields |= dict(_fields(question, language))
        written = typed.written(question, answers.get(question.identifier), language)
        if isinstance(written, dict):
            shown |= {f"{PREFIX}{question.identifier}.{zone}": area for zone, area in written.items()}
        else:
            shown[PREFIX + question.identifier] = written
    made: Form = type("QuestionsForm", (base,), fields)(data=shown)
    asked_for = {PREFIX + question.identifier for question in questions if is_demanded or question.mandatory}
    for name in fields:
        made[name].is_optional = name.split(".")[0] not in asked_for
    return made


def stated(form_: Form, questions: Sequence[Question], *, must_answer: bool) -> dict[str, Any] | None:
    """The answers by question; None with what is wrong noted at the fields."""
    sent = {name.removeprefix(PREFIX): request.form.getlist(name) for name in request.form if name.startswith(PREFIX)}
    answers: dict[str, Any] = {}
    is_fine = True
    for question in questions:
        value = typed.answer(question, sent)
        wrong = None if value is None else fault(question, value)
        if value is None and must_answer:
            _note(form_, question, gettext("Please answer this question."))
            is_fine = False
        elif wrong is not None:
            _note(form_, question, say(wrong))
            is_fine = False
        elif value is not None:
            answers[question.identifier] = value
    return answers if is_fine else None


def _fields(question: Question, language: str) -> list[tuple[str, Any]]:
    label = in_language(question.question, language)
    name = PREFIX + question.identifier
    options: dict[str, Any] = {"hint": _hint(question, language), "optional": True}
    match question.answer:
        case Want.YES_OR_NO:
            said = [(typed.YES, gettext("Yes")), (typed.NO, gettext("No"))]
            said += [] if question.mandatory else [("", gettext("no answer"))]
            return [(name, RadiosField(label, choices=said, **options))]
        case Want.NAME:
            choices = [(one.identifier, in_language(one.label, language)) for one in question.choices]
            return [(name, RadiosField(label, choices=[*choices, ("", gettext("no answer"))], default="", **options))]
        case Want.NUMBERS:
            return [(name, LongTextField(label, render_kw={"rows": 4}, **options))]
        case Want.SHARES:
            return [
                (
                    f"{name}.{one.identifier}",
                    TextField(
                        f"{label} {in_language(one.label, language)}",
                        unit=_unit(question, language),
                        render_kw={"inputmode": "decimal", "class": "input input-short"},
                        **options,
                    ),
                )
                for one in question.choices
            ]
        case Want.NUMBER:
            shape = {"inputmode": "decimal" if question.decimals else "numeric", "class": "input input-short"}
            return [(name, TextField(label, unit=_unit(question, language), render_kw=shape, **options))]


def _hint(question: Question, language: str) -> str:
    """The set's own hint, and which paper proves it later."""
    said = [in_language(question.hint, language)] if question.hint else []
    if question.answer is Want.NUMBERS:
        said.append(gettext("One number per line."))
    if question.evidence:
        papers = "; ".join(in_language(one, language) for one in question.evidence)
        said.append(gettext("Proof, only if you come first: %(papers)s.", papers=papers.rstrip(".")))
    return " ".join(said)


def _unit(question: Question, language: str) -> str:
    return in_language(question.unit, language) if question.unit else ""


def _note(form_: Form, question: Question, sentence: str) -> None:
    name = PREFIX + question.identifier
    own = [field for field in form_ if field.name == name or field.name.startswith(f"{name}.")]
    own[0].errors = [sentence]
