"""The forms of a set's parts besides criteria: exclusions, promises, questions."""

from flask_babel import gettext, lazy_gettext

from succession.blueprints.principles.forms import SeenForm
from succession.web.choices import options
from succession.web.fields import ChoiceField, LongTextField, RadiosField, TextField, WholeNumberField

LONGEST_TEXT = 1000


class ExclusionForm(SeenForm):
    """One more reason that puts an application out."""

    known = ChoiceField(lazy_gettext("One that others use"), choices=[], optional=True)
    label = TextField(
        lazy_gettext("Or your own: what puts somebody out?"),
        hint=lazy_gettext("For example: owes the town rent."),
        optional=True,
    )
    question = TextField(
        lazy_gettext("Which question shows it?"),
        hint=lazy_gettext("For example: Do you owe the town rent?"),
        optional=True,
    )
    answer = RadiosField(lazy_gettext("Who is out?"), choices=[], default="yes")

    def prepare(self, known: list[tuple[str, str]]) -> None:
        """The choices."""
        self.known.choices = options([("", gettext("Please choose")), *known])
        self.answer.choices = options([("yes", gettext("whoever says yes")), ("no", gettext("whoever says no"))])


class PromiseForm(SeenForm):
    """Something that whoever gets the land promises."""

    text = TextField(lazy_gettext("What is promised?"), hint=lazy_gettext("For example: I plant 200 m of hedge."))
    criterion = ChoiceField(lazy_gettext("Who promises it?"), choices=[], optional=True)
    check = TextField(
        lazy_gettext("How is it checked?"), hint=lazy_gettext("For example: somebody of the office looks at it.")
    )
    first_due_months = WholeNumberField(lazy_gettext("First check, months after the lease begins"), least=0, most=600)
    every_months = WholeNumberField(
        lazy_gettext("Then every … months"),
        hint=lazy_gettext("Empty: it is checked once."),
        least=1,
        most=600,
        optional=True,
    )
    times = WholeNumberField(
        lazy_gettext("How often at most"),
        hint=lazy_gettext("Empty: until the lease ends."),
        least=1,
        most=100,
        optional=True,
    )
    consequence = TextField(
        lazy_gettext("What follows if it is not kept?"),
        hint=lazy_gettext("For example: it has to be made good within a year; after that notice may be given."),
        longest=400,
    )

    def prepare(self, criteria: list[tuple[str, str]]) -> None:
        """Everyone, or whoever got points for a criterion."""
        named = [(key, gettext("whoever gets points for: %(criterion)s", criterion=label)) for key, label in criteria]
        self.criterion.choices = options([("", gettext("everyone")), *named])


class QuestionForm(SeenForm):
    """How a question is asked."""

    question = TextField(lazy_gettext("Question"), longest=300)
    question_en = TextField(lazy_gettext("The same in English"), longest=300, optional=True)
    hint = TextField(lazy_gettext("Hint"), longest=400, optional=True)
    evidence = LongTextField(
        lazy_gettext("Which papers prove it? One a line."), longest=LONGEST_TEXT, optional=True, render_kw={"rows": 3}
    )
    effort = RadiosField(lazy_gettext("How much work are the papers?"), choices=[])
    mandatory = RadiosField(lazy_gettext("Does it have to be answered?"), choices=[])
    per_lot = RadiosField(lazy_gettext("Is it asked once, or for each lot?"), choices=[])
    hides = RadiosField(lazy_gettext("What may everybody read in the public record?"), choices=[])

    def prepare(self) -> None:
        """The choices."""
        self.effort.choices = options(
            [("light", gettext("little: papers that a farm has anyway")), ("heavy", gettext("much"))]
        )
        self.mandatory.choices = options([("yes", gettext("yes")), ("no", gettext("no: who does not answer gets 0"))])
        self.per_lot.choices = options([("no", gettext("once")), ("yes", gettext("for each lot"))])
        self.hides.choices = options(
            [("step", gettext("only which step was reached")), ("nothing", gettext("the answer itself"))]
        )
