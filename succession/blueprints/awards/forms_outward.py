"""The forms of what follows a decision: each one topic."""

from flask_babel import lazy_gettext as _l
from wtforms.fields import HiddenField

from succession.awards.approvals import LONGEST_BODY, LONGEST_NOTE, ApprovalKind, StepOutcome
from succession.awards.notice_kinds import LONGEST_ANSWER, LONGEST_OBJECTION, LONGEST_REASON, AnswerOutcome, NotSigned
from succession.web.fields import (
    ChoiceField,
    DayField,
    Form,
    LongTextField,
    RadiosField,
    TextField,
    TickField,
    UploadField,
)


class DispatchForm(Form):
    """On which day the letters leave."""

    dispatched_on = DayField(
        _l("On which day do the letters leave?"),
        hint=_l("The letters name this day, and the last day for objections that follows from it."),
    )


class ObjectionForm(Form):
    """What an applicant objects."""

    body = LongTextField(
        _l("What is wrong?"),
        longest=LONGEST_OBJECTION,
        hint=_l("One sentence is enough: which line, and what is wrong with it."),
    )


class PaperObjectionForm(Form):
    """An objection on paper."""

    code = ChoiceField(_l("Who objects?"))
    arrived_on = DayField(_l("On which day did it arrive?"), hint=_l("The day on which it lay in the letter box."))
    body = LongTextField(
        _l("What does it say?"), longest=LONGEST_OBJECTION, hint=_l("Copy the text, or its main sentences.")
    )


class AnswerForm(Form):
    """What the office answers."""

    outcome = RadiosField(
        _l("Is the objection right?"),
        choices=(
            (AnswerOutcome.NOT_JUSTIFIED, AnswerOutcome.NOT_JUSTIFIED.label),
            (AnswerOutcome.JUSTIFIED, AnswerOutcome.JUSTIFIED.label),
        ),
    )
    answer = LongTextField(
        _l("Answer"),
        longest=LONGEST_ANSWER,
        hint=_l("It goes to whoever objected. Say what you checked, and what follows from it."),
    )
    correction = LongTextField(
        _l("What was wrong and is put right?"),
        longest=LONGEST_REASON,
        optional=True,
        hint=_l("Needed if the objection is right. Everybody who applied is told this, so name nobody."),
    )


class LateAnswerForm(Form):
    """The answer to an objection that came too late."""

    answer = LongTextField(
        _l("Answer"),
        longest=LONGEST_ANSWER,
        hint=_l("Say that it came too late, and still explain the line."),
    )


class StepForm(Form):
    """Who else must agree or be told."""

    kind = RadiosField(_l("What kind of step is it?"), choices=[(kind, kind.label) for kind in ApprovalKind])
    body = TextField(
        _l("Who is asked or told?"), longest=LONGEST_BODY, hint=_l("For example: district administration.")
    )
    due_on = DayField(_l("Until when do you expect an answer?"), optional=True)


class StepResultForm(Form):
    """What came of a step."""

    asked_on = DayField(_l("Asked or told on"), optional=True)
    due_on = DayField(_l("Answer expected by"), optional=True)
    outcome = RadiosField(_l("How does it stand?"), choices=[(one, one.label) for one in StepOutcome])
    outcome_on = DayField(_l("Since which day?"), optional=True)
    note = LongTextField(_l("Note for the file"), longest=LONGEST_NOTE, optional=True)
    revision = HiddenField()


class NotSignedForm(Form):
    """Why no contract comes about."""

    why = RadiosField(_l("What has happened?"), choices=[(one, one.label) for one in NotSigned])
    on = DayField(
        _l("On which day?"),
        hint=_l("The day of the refusal, or the last day for signing that you had named."),
    )
    reason = LongTextField(
        _l("What do all who applied read about it?"),
        longest=LONGEST_REASON,
        hint=_l("One sentence, without a name. For example: whoever was chosen does not take the land after all."),
    )


class ContractForm(Form):
    """What stands on the signed paper."""

    signed_on = DayField(_l("Signed on"))
    starts_on = DayField(_l("Begins on"))
    ends_on = DayField(_l("Ends on"), optional=True, hint=_l("Leave it empty for a sale."))
    letter_box = TickField(_l("The post of the last day of the Wartefrist has been opened"), optional=False)
    scan = UploadField(_l("Scan of the signed contract"), optional=True, hint=_l("PDF, at most 20 MB and 200 pages."))
    note = LongTextField(_l("Note for the file"), longest=LONGEST_NOTE, optional=True)
