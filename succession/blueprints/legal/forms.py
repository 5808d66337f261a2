"""The forms of the legal room."""

from typing import Any

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField

from succession.legal.reports import LONGEST_REPORT, LONGEST_STATEMENT, Decision, Ground, Reason
from succession.legal.vocabulary import LONGEST_DETAIL, LONGEST_TEXT, Detail
from succession.web.choices import options
from succession.web.errors import say
from succession.web.fact_fields import QuietForm
from succession.web.fields import EmailField, Form, LongTextField, RadiosField, TextField, TickField


class LegalTextForm(Form):
    """One text in one language."""

    body = LongTextField(
        lazy_gettext("Text"),
        hint=lazy_gettext("## before a line makes a heading, - a list, ** around words makes them bold."),
        longest=LONGEST_TEXT,
        render_kw={"rows": 30},
    )
    seen_version = HiddenField()

    @property
    def seen(self) -> int:
        """The version that the writer had before their eyes; nonsense is none."""
        number = self.seen_version.data or ""
        return int(number) if number.isascii() and number.isdigit() and len(number) < 9 else -1


def details_form() -> type[Form]:
    """One field for each detail."""
    fields: dict[str, Any] = {}
    for detail in Detail:
        words = detail.words
        made = LongTextField if words.has_lines else TextField
        more = {"render_kw": {"rows": 3}} if words.has_lines else {}
        fields[detail.value] = made(words.label, hint=words.hint, optional=True, longest=LONGEST_DETAIL, **more)
    return type("DetailsForm", (QuietForm,), fields)


class ReportForm(Form):
    """What somebody says about something that should not be here."""

    reason = RadiosField(lazy_gettext("What is wrong with it?"), choices=[])
    words = LongTextField(
        lazy_gettext("Please describe it"),
        hint=lazy_gettext("What exactly is wrong, and how do you know?"),
        longest=LONGEST_REPORT,
    )
    email = EmailField(
        lazy_gettext("Your e-mail address"),
        hint=lazy_gettext("So that we can tell you what we decided. Whom it concerns never learns it."),
        optional=True,
        autocomplete="email",
    )
    good_faith = TickField(lazy_gettext("I believe that what I write is true and complete."))

    def prepare(self) -> None:
        """The choices in the language of this request."""
        self.reason.choices = options((one.value, say(one.label)) for one in Reason)

    def makes_sense(self) -> bool:
        """Whether the tick is there: the law asks for it (Art. 16(2)(d) DSA)."""
        if not self.good_faith.data:
            self.good_faith.errors = [gettext("Please confirm this. Without it we may not act on a report.")]
        return bool(self.good_faith.data)


class DecisionForm(Form):
    """What the coordination decides."""

    decision = RadiosField(lazy_gettext("What happens with it?"), choices=[])
    ground = RadiosField(lazy_gettext("On what does the decision rest?"), choices=[])
    statement = LongTextField(
        lazy_gettext("Reasons"),
        hint=lazy_gettext("Both sides read them. Name what you looked at and why you decided so. Name no reporter."),
        longest=LONGEST_STATEMENT,
    )

    def prepare(self) -> None:
        """The choices in the language of this request."""
        self.decision.choices = options((one.value, f"{say(one.label)}. {say(one.explanation)}") for one in Decision)
        self.ground.choices = options((one.value, say(one.label)) for one in Ground)


class ComplaintForm(Form):
    """One side does not agree."""

    words = LongTextField(lazy_gettext("What do you not agree with?"), longest=LONGEST_REPORT)
