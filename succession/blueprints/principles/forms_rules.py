"""The forms of the rules of a set as a whole: name, price, counting, equal points, groups, lots."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext, lazy_gettext

from succession.blueprints.principles.forms import SeenForm
from succession.principles.states import LONGEST_TITLE
from succession.web.choices import options
from succession.web.fields import ChoiceField, DecimalField, LongTextField, RadiosField, TextField, WholeNumberField

LONGEST_TEXT = 1000
FEW_ROWS = 4
TIE_ROWS = 4


class AboutForm(SeenForm):
    """What the set is called, and who decides."""

    name = TextField(lazy_gettext("Name"), longest=LONGEST_TITLE)
    name_en = TextField(lazy_gettext("Name in English"), longest=LONGEST_TITLE, optional=True)
    summary = LongTextField(
        lazy_gettext("What are they for, in two or three sentences?"), longest=LONGEST_TEXT, render_kw={"rows": 4}
    )
    summary_en = LongTextField(
        lazy_gettext("The same in English"), longest=LONGEST_TEXT, optional=True, render_kw={"rows": 4}
    )
    body = TextField(
        lazy_gettext("Which body decides?"), hint=lazy_gettext("For example: the town council."), optional=True
    )
    term_years = WholeNumberField(
        lazy_gettext("For how many years is the land leased?"), least=1, most=99, optional=True
    )
    standstill_days = WholeNumberField(
        lazy_gettext("How long is the Wartefrist, in days?"),
        hint=lazy_gettext("Before it ends no contract is signed. Usual are 14 days from dispatch."),
        least=1,
        most=90,
    )


class PriceForm(SeenForm):
    """What the price does."""

    kind = RadiosField(lazy_gettext("What about the rent?"), choices=[])
    note = LongTextField(
        lazy_gettext("How is it found?"),
        hint=lazy_gettext("For example: the rent is the average of the county in the latest report."),
        longest=LONGEST_TEXT,
        render_kw={"rows": 3},
    )

    def prepare(self) -> None:
        """The choices."""
        self.kind.choices = options(
            [
                ("fixed", gettext("It is fixed. Nobody makes an offer.")),
                ("floor", gettext("There is a lower limit. Offers below it are out; above it they count as you say.")),
                ("bid", gettext("Everyone makes an offer.")),
            ]
        )


class CountingForm(SeenForm):
    """How points are counted, and what happens at the edges."""

    mode = RadiosField(lazy_gettext("How is it counted?"), choices=[])
    threshold = DecimalField(
        lazy_gettext("Least sum of points"),
        hint=lazy_gettext("Whoever has fewer is not in the ranking. Empty: there is no least sum."),
        optional=True,
    )
    single_applicant = RadiosField(lazy_gettext("And if only one applicant is left?"), choices=[])
    field = RadiosField(lazy_gettext("And if somebody withdraws after the deadline?"), choices=[])
    incomplete = RadiosField(lazy_gettext("And if answers are missing that have to be there?"), choices=[])
    evidence_from = RadiosField(lazy_gettext("Who has to hand in papers?"), choices=[])

    def prepare(self) -> None:
        """The choices."""
        self.mode.choices = options(
            [
                ("additive", gettext("All points are added up. The highest sum comes first.")),
                ("lexicographic", gettext("The first criterion decides; only among equals the second, and so on.")),
            ]
        )
        self.single_applicant.choices = options(
            [
                ("as_usual", gettext("They need the least sum too.")),
                ("without_threshold", gettext("The least sum does not hold for them, if nothing excludes them.")),
            ]
        )
        self.field.choices = options(
            [
                ("frozen", gettext("Their bid stays in means and ranks, so that a withdrawal turns nothing round.")),
                ("recomputed", gettext("Their bid goes out, and means and ranks are worked out anew.")),
            ]
        )
        self.incomplete.choices = options(
            [
                ("excluded", gettext("The application is out.")),
                ("scored_as_stated", gettext("It is scored with what is there.")),
            ]
        )
        self.evidence_from.choices = options(
            [
                ("first_placed", gettext("Only whoever comes first. Then few people have the work.")),
                ("all", gettext("Everyone.")),
            ]
        )


def tie_form(criteria: list[tuple[str, str]], facts: list[tuple[str, str]]) -> type[SeenForm]:
    """What decides between equal points: criteria by their points, or a statement that is preferred."""
    choices = [("", gettext("nothing more")), *criteria, *facts]
    labels = [gettext("First of all"), gettext("Then"), gettext("After that"), gettext("Last")]
    fields: dict[str, Any] = {
        f"rule_{place}": ChoiceField(label, choices=options(choices), optional=True)
        for place, label in enumerate(labels[:TIE_ROWS], start=1)
    }
    fields["draw"] = RadiosField(
        gettext("And if they are still equal?"),
        choices=options(
            [
                ("committed", gettext("The computer draws lots, with a secret number that is committed to before.")),
                ("by_hand", gettext("Lots are drawn by hand, and minuted.")),
                ("none", gettext("No lots are drawn: the body decides.")),
            ]
        ),
    )
    return type("TieForm", (SeenForm,), fields)


def group_form(criteria: Mapping[str, str]) -> type[SeenForm]:
    """Groups with their caps, and the group of every criterion."""
    fields: dict[str, Any] = {}
    for place in range(1, FEW_ROWS + 1):
        fields[f"group_{place}"] = TextField(gettext("Group %(number)s: name", number=place), longest=60, optional=True)
        fields[f"cap_{place}"] = DecimalField(
            gettext("Group %(number)s: at most so many points", number=place), least=0, optional=True
        )
    choices = [
        ("", gettext("no group")),
        *((str(place), gettext("group %(number)s", number=place)) for place in range(1, FEW_ROWS + 1)),
    ]
    for identifier, label in criteria.items():
        fields[f"of_{identifier}"] = ChoiceField(label, choices=options(choices), optional=True, default="")
    return type("GroupForm", (SeenForm,), fields)


def lots_form(facts: list[tuple[str, str]], tests: list[tuple[str, str]]) -> type[SeenForm]:
    """For which lots the principles apply at all."""
    fields: dict[str, Any] = {}
    for place in range(1, FEW_ROWS + 1):
        fields[f"fact_{place}"] = ChoiceField(
            gettext("Condition %(number)s", number=place),
            choices=options([("", gettext("none")), *facts]),
            optional=True,
        )
        fields[f"test_{place}"] = ChoiceField(gettext("has to be"), choices=options(tests), optional=True)
        fields[f"value_{place}"] = DecimalField(gettext("Figure"), optional=True)
    return type("LotsForm", (SeenForm,), fields)
