"""The form of one criterion, made for its kind: only what this kind of rule needs is asked."""

from typing import Any

from flask_babel import gettext, lazy_gettext

from succession.blueprints.principles.forms import SeenForm
from succession.principles.building import RANKS, ROWS
from succession.principles.kinds import OF_BIDS, WITH_STEPS, Kind
from succession.web.choices import options
from succession.web.fields import DecimalField, LongTextField, RadiosField, TextField, TickField

MOST_POINTS = 10_000
LONGEST_TEXT = 1000


class WordsForm(SeenForm):
    """What every criterion has."""

    label = TextField(
        lazy_gettext("What is the criterion called?"),
        hint=lazy_gettext("Short, as it stands in the table. For example: organic farm."),
        longest=80,
    )
    reason = LongTextField(
        lazy_gettext("Why does it count?"),
        hint=lazy_gettext("One sentence that stands in the published principles. It helps if somebody objects."),
        longest=LONGEST_TEXT,
        render_kw={"rows": 2},
    )


def criterion_form(kind: Kind, *, is_weighted: bool, is_asked: bool) -> type[SeenForm]:
    """The form class; `is_asked` is whether applicants answer a question of the form for it."""
    fields: dict[str, Any] = dict(_rule_fields(kind))
    if is_weighted:
        fields["weight"] = DecimalField(gettext("Weight in percent"), least=0, most=100)
    if is_asked:
        fields["question"] = TextField(
            gettext("What is asked?"), hint=gettext("As it stands in the application form."), longest=300
        )
        if kind not in (Kind.YES_OR_NO, Kind.CHOICE):
            fields["unit"] = TextField(
                gettext("Unit"), hint=gettext("For example: km, ha, m."), longest=40, optional=True
            )
        fields["evidence"] = LongTextField(
            gettext("Which papers prove it? One a line."),
            hint=gettext("Best are papers that a farm has anyway: applications, notices, certificates."),
            longest=LONGEST_TEXT,
            optional=True,
            render_kw={"rows": 2},
        )
        fields["is_heavy"] = TickField(gettext("The papers are much work for the applicant"))
        fields["mandatory"] = TickField(gettext("The question has to be answered"))
        fields["per_lot"] = TickField(gettext("It is asked for each lot"))
    elif kind not in OF_BIDS:
        fields["question"] = TextField(gettext("What does the body look at?"), longest=300)
    return type("CriterionForm", (WordsForm,), fields)


def makes_sense(form: SeenForm, kind: Kind) -> bool:
    """Whether what belongs together is there; what is missing is noted at the field."""
    values = form.data
    if kind in WITH_STEPS:
        return _rows_make_sense(form, "bound_")
    if kind is Kind.CHOICE:
        return _choices_make_sense(form)
    if kind is Kind.RANK and values.get("points_1") is None:
        form["points_1"].errors = [gettext("Please say how many points the first rank earns.")]
    if kind is Kind.LINEAR and values["start"] == values["end"]:
        form["end"].errors = [gettext("The two figures must differ.")]
    if kind in (Kind.AWARDED, Kind.PANEL) and values["most"] <= values["least"]:
        form["most"].errors = [gettext("The most must be greater than the least.")]
    return not form.errors


def _rows_make_sense(form: SeenForm, name: str) -> bool:
    bounds = []
    for place in range(1, ROWS + 1):
        bound, points = form[f"{name}{place}"], form[f"points_{place}"]
        if (bound.data is None) != (points.data is None):
            empty = bound if bound.data is None else points
            empty.errors = [gettext("This row needs a figure and its points.")]
        if bound.data is not None and bound.data in bounds:
            bound.errors = [gettext("This figure stands there twice.")]
        bounds.append(bound.data)
    if not form.errors and all(bound is None for bound in bounds):
        form[f"{name}1"].errors = [gettext("At least one step is needed.")]
    return not form.errors


def _choices_make_sense(form: SeenForm) -> bool:
    named = [(form[f"choice_{place}"].data or "").strip() for place in range(1, ROWS + 1)]
    given = [one for one in named if one]
    if len(given) < 2:
        form["choice_1"].errors = [gettext("A choice needs at least two answers.")]
    elif len(set(given)) < len(given):
        form["choice_1"].errors = [gettext("Two answers have the same words.")]
    return not form.errors


def _rule_fields(kind: Kind) -> dict[str, Any]:
    points = DecimalField(gettext("Points"), least=-MOST_POINTS, most=MOST_POINTS)
    match kind:
        case Kind.YES_OR_NO:
            return {"points": points}
        case Kind.LINEAR:
            return {
                "points": points,
                "end": DecimalField(gettext("All points at")),
                "start": DecimalField(gettext("No points at")),
                "round_to": DecimalField(
                    gettext("Rounded to multiples of"),
                    hint=gettext("Distances at least to 5 km, so that the points do not give the farmstead away."),
                    optional=True,
                ),
            }
        case Kind.COUNTED:
            return {
                "unit_size": DecimalField(
                    gettext("One unit is"), hint=gettext("For example: 100, if 100 m count once.")
                ),
                "points": DecimalField(gettext("Points for each unit"), least=-MOST_POINTS, most=MOST_POINTS),
                "cap": DecimalField(gettext("At most so many points"), least=-MOST_POINTS, most=MOST_POINTS),
            }
        case Kind.BEST:
            return {"points": points, "best": _best()}
        case Kind.RANK:
            ranks = {
                f"points_{place}": DecimalField(
                    gettext("Points for rank %(number)s", number=place), least=0, optional=True
                )
                for place in range(1, RANKS + 1)
            }
            return {**ranks, "best": _best()}
        case Kind.AWARDED | Kind.PANEL:
            return _body_fields(kind, points)
        case Kind.CHOICE:
            return _rows("choice_", TextField, gettext("Answer %(number)s"))
        case _:
            return _step_fields(kind)


def _body_fields(kind: Kind, points: Any) -> dict[str, Any]:
    fields = {
        "by": TextField(gettext("Which body?"), hint=gettext("For example: the lower nature authority.")),
        "least": DecimalField(gettext("Fewest points"), least=0, most=MOST_POINTS),
        "most": DecimalField(gettext("Most points"), least=0, most=MOST_POINTS),
    }
    return {**fields, "points": points} if kind is Kind.PANEL else fields


def _step_fields(kind: Kind) -> dict[str, Any]:
    bounds = RadiosField(
        gettext("How are the steps meant?"),
        choices=options(
            [
                ("lower", gettext("from this figure on: more is better")),
                ("upper", gettext("up to this figure: less is better")),
            ]
        ),
    )
    fields = {"bounds": bounds, **_rows("bound_", DecimalField, gettext("Step %(number)s: figure"))}
    if kind is Kind.REFERENCE:
        reference = DecimalField(gettext("The published figure"), hint=gettext("Say in the reason where it stands."))
        return {"reference": reference, **fields}
    return fields


def _rows(name: str, field: Any, label: str) -> dict[str, Any]:
    found: dict[str, Any] = {}
    for place in range(1, ROWS + 1):
        found[f"{name}{place}"] = field(label % {"number": place}, optional=True)
        found[f"points_{place}"] = DecimalField(gettext("Points"), least=-MOST_POINTS, most=MOST_POINTS, optional=True)
    return found


def _best() -> RadiosField:
    return RadiosField(
        gettext("Which bid is best?"),
        choices=options([("highest", gettext("the highest")), ("lowest", gettext("the lowest"))]),
    )
