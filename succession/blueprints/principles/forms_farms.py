"""The forms of sample farms: who one is, and what all of them answer to one question."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext

from succession.allocation.rules import Want
from succession.blueprints.principles.forms import SeenForm
from succession.principles.questions import Question
from succession.principles.sample_farms import Farm
from succession.principles.service_farms import LONGEST_NAME, LONGEST_SUMMARY
from succession.principles.typed import written
from succession.web.choices import options
from succession.web.fields import ChoiceField, LongTextField, TextField
from succession.web.language import current_language


class FarmForm(SeenForm):
    """Name and description; the answers come with `farm_form`."""

    farm_name = TextField(lazy_gettext("Name of the farm"), longest=LONGEST_NAME)
    farm_summary = LongTextField(
        lazy_gettext("The farm in one or two sentences"), longest=LONGEST_SUMMARY, render_kw={"rows": 2}
    )


def farm_form(questions: Iterable[Question]) -> type[FarmForm]:
    """The form of one farm with an answer to every question."""
    return type("OneFarmForm", (FarmForm,), {one.identifier: _field(one, _asked(one)) for one in questions})


def answers_form(question: Question, farms: Iterable[Farm]) -> type[SeenForm]:
    """The form of one question with an answer of every farm."""
    fields = {farm.key: _field(question, farm.name.get(current_language()) or farm.name["de"]) for farm in farms}
    return type("AnswersForm", (SeenForm,), fields)


def shown(question: Question, said: Any) -> Any:
    """An answer as its field shows it; areas by zone are not shown here."""
    return written(question, said, current_language()) if not isinstance(said, Mapping) else ""


def _asked(question: Question) -> str:
    return question.question.get(current_language()) or question.question["de"]


def _field(question: Question, label: str) -> Any:
    unit = question.unit.get(current_language(), "") if question.unit else ""
    if question.answer is Want.YES_OR_NO:
        choices = [("", gettext("says nothing")), ("yes", gettext("yes")), ("no", gettext("no"))]
        return ChoiceField(label, choices=options(choices), optional=True)
    if question.answer is Want.NAME:
        named = [(one.identifier, one.label.get(current_language()) or one.label["de"]) for one in question.choices]
        return ChoiceField(label, choices=options([("", gettext("says nothing")), *named]), optional=True)
    hint = (
        gettext("Several numbers: one a line, or with a semicolon between.") if question.answer is Want.NUMBERS else ""
    )
    return TextField(label, optional=True, unit=unit, hint=hint, longest=200)
