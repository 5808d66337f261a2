"""The forms of the desk: each one topic."""

from collections.abc import Iterable

from flask_babel import lazy_gettext as _l
from wtforms.fields import HiddenField

from succession.awards.limits import LONGEST_NAME, LONGEST_REASON, MOST_VOTES
from succession.awards.models import Cause
from succession.web.errors import say
from succession.web.fields import (
    ChoiceField,
    DayField,
    Form,
    LongTextField,
    RadiosField,
    TextField,
    UploadField,
    WholeNumberField,
)
from succession.web.numbers import of_a_page

YES_NO = (("no", _l("No")), ("yes", _l("Yes")))
NOBODY = "-"


class ScoreForm(Form):
    """Why the lot is scored."""

    cause = RadiosField(_l("Why is the lot scored?"))
    note = LongTextField(_l("Note for the file"), longest=LONGEST_REASON, optional=True)
    drawn = LongTextField(
        _l("Order of the draw"),
        longest=LONGEST_REASON,
        optional=True,
        hint=_l(
            "Only after a draw held by hand: the codes of all who were equal, the first drawn first, one per line."
        ),
    )

    def offer(self, causes: Iterable[Cause]) -> "ScoreForm":
        """Only causes for which there is something new."""
        self.cause.choices = [(one.value, say(one.label)) for one in causes]
        return self


class AskForm(Form):
    """Until when."""

    due_on = DayField(_l("Last day for the papers"))


class PaperForm(Form):
    """A paper, or what was seen of it."""

    document = UploadField(_l("Document"), optional=True, hint=_l("PDF, at most 20 MB and 200 pages."))
    note = LongTextField(_l("What should be known about it?"), longest=LONGEST_REASON, optional=True)


class JudgeForm(Form):
    """Whether the papers prove it."""

    accepted = RadiosField(
        _l("Do the papers prove what was stated?"),
        choices=(("yes", _l("Yes, accepted")), ("no", _l("No, not accepted"))),
    )
    reason = LongTextField(
        _l("Reason"), longest=LONGEST_REASON, optional=True, hint=_l("Needed for a no. The applicant will read it.")
    )
    revision = HiddenField()


class PointsForm(Form):
    """What a body gave one applicant on one line."""

    code = ChoiceField(_l("Applicant"))
    question = ChoiceField(_l("Line of the principles"))
    marks = LongTextField(
        _l("Points"),
        longest=200,
        hint=_l("One figure; where a panel gives marks, one per line."),
        render_kw={"rows": 3},
    )
    reason = LongTextField(
        _l("Reason of the body"), longest=LONGEST_REASON, hint=_l("In its own words. It is printed.")
    )
    body = TextField(_l("Which body?"), longest=LONGEST_NAME)
    given_on = DayField(_l("On which day?"))


class InterestForm(Form):
    """What somebody says of themselves."""

    has_interest = RadiosField(
        _l("Do you have an interest in this call?"),
        choices=YES_NO,
        hint=_l("For example: you, a relative or your employer applies, or you own land next to it."),
    )
    note = LongTextField(_l("In a few words"), longest=LONGEST_REASON, optional=True, hint=_l("Needed if you say yes."))


class MemberForm(Form):
    """What a member of the body has said."""

    name = TextField(_l("Name of the member"), longest=LONGEST_NAME)
    has_interest = RadiosField(_l("Does the member have an interest in this call?"), choices=YES_NO)
    note = LongTextField(_l("In a few words"), longest=LONGEST_REASON, optional=True, hint=_l("Needed for a yes."))


class PrepareForm(Form):
    """What the office wants to say to the body."""

    note = LongTextField(_l("Remarks for the body"), longest=LONGEST_REASON, optional=True)
    run = HiddenField()


class TakeBackForm(Form):
    """Why."""

    reason = LongTextField(_l("Why is it taken back?"), longest=LONGEST_REASON)


class DecisionForm(Form):
    """What stands in the minutes."""

    chosen = RadiosField(_l("What did the body decide?"))
    body = TextField(_l("Which body decided?"), longest=LONGEST_NAME, hint=_l("For example: municipal council."))
    decided_on = DayField(_l("On which day?"))
    item = TextField(_l("Item on the agenda"), longest=LONGEST_NAME, optional=True)
    is_public = RadiosField(_l("Was the session public?"), choices=(("yes", _l("Public")), ("no", _l("Not public"))))
    votes_for = WholeNumberField(_l("Votes for it"), most=MOST_VOTES)
    votes_against = WholeNumberField(_l("Votes against it"), most=MOST_VOTES)
    votes_abstained = WholeNumberField(_l("Abstentions"), most=MOST_VOTES)
    withdrew = LongTextField(
        _l("Members who took no part"), longest=LONGEST_REASON, optional=True, hint=_l("One name per line.")
    )
    reason = LongTextField(
        _l("Reason of the body"),
        longest=LONGEST_REASON,
        optional=True,
        hint=_l("Needed if the body left the ranking or gave the lot to nobody. It is printed."),
    )
    scan = UploadField(_l("Signed minutes"), optional=True, hint=_l("PDF, at most 20 MB. Can be added later."))
    preparation = HiddenField()


class ScanForm(Form):
    """The signed minutes."""

    scan = UploadField(_l("Signed minutes"), hint=_l("PDF, at most 20 MB and 200 pages."))


def revision_of(field: HiddenField) -> int:
    """The number that the page held; 0 where somebody has changed it into something else."""
    return of_a_page(field.data)
