"""Forms made from the catalogue of facts and wishes, so that none of them is written by hand."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from markupsafe import Markup

from succession.facts.coding import StatedWish
from succession.facts.display import amount, stated, unit_label
from succession.facts.field import Field, Wish, WishField
from succession.facts.importance import Importance
from succession.facts.limits import DECIMALS, FIRST_DAY, GREATEST, LAST_DAY, ExactValue
from succession.facts.shapes import Banded, Choice, HalfYear, Several, Unit, YesNo
from succession.i18n import Text
from succession.web.choices import options
from succession.web.errors import say
from succession.web.fields import (
    ChoiceField,
    DayField,
    DecimalField,
    Form,
    RadiosField,
    TicksField,
    WholeNumberField,
)
from succession.web.validators import between

NONE_OF_THESE = "none-of-these"
NOT_STATED = ""
SAYS_NOTHING = Text("I leave it open")
CAN_BE_NOTHING = frozenset({"restrictions", "livestock", "buildings"})
"""Lists where "none of these" is a statement; elsewhere nothing ticked means nothing said."""

HALF_YEARS_AHEAD = 12


class QuietForm(Form):
    """A form in which everything may stay open; the page says so once, instead of at every field."""

    def __init__(self, *arguments: Any, **options: Any) -> None:
        super().__init__(*arguments, **options)
        for field in self:
            if hasattr(field, "is_optional"):
                field.is_optional = False


class ImportanceField(RadiosField):
    """How much a wish counts, as a row of words."""

    def _group(self, invalid: str, attributes: dict[str, Any]) -> Markup:
        attributes.pop("aria_describedby", "")
        words = [Markup("<label>{}<span>{}</span></label>").format(o(), o.label.text) for o in self]
        return Markup(
            '<fieldset class="field{}" id="{}"><legend class="field-label">{}</legend>{}'
            '<div class="importance">{}</div></fieldset>'
        ).format(invalid, self.id, self.label.text, self._notes(), Markup().join(words))


def facts_form(fields: Iterable[Field], *, base: type[Form] = QuietForm) -> type[Form]:
    """A form class with one field for each fact, after the fields of `base`."""
    return type("FactsForm", (base,), {field.name: _fact_field(field) for field in fields})


def shown_facts(fields: Iterable[Field], values: Mapping[str, ExactValue]) -> dict[str, Any]:
    """What the form is filled with."""
    return {field.name: _shown(field, values.get(field.name)) for field in fields}


def stated_facts(form: Form, fields: Iterable[Field]) -> dict[str, ExactValue]:
    """What was stated, as the services take it."""
    return {field.name: _exact(field, form[field.name].data) for field in fields}


def wishes_form(wishes: Iterable[Wish], *, today: date, base: type[Form] = QuietForm) -> type[Form]:
    """A form class with importance and values for each wish, after the fields of `base`."""
    fields: dict[str, Any] = {}
    for wish in wishes:
        fields[importance_name(wish)] = ImportanceField(
            wish.label,
            choices=options((one.value, say(one.label)) for one in Importance),
            default=Importance.NONE.value,
        )
        fields |= {value_name(wish, value): _value_field(value, today) for value in wish.values}
    return type("WishesForm", (base,), fields)


def shown_wishes(wishes: Iterable[Wish], stated_ones: Iterable[StatedWish]) -> dict[str, Any]:
    """What the form is filled with."""
    by_criterion = {one.criterion: one for one in stated_ones}
    shown: dict[str, Any] = {}
    for wish in wishes:
        one = by_criterion.get(wish.criterion)
        shown[importance_name(wish)] = one.importance.value if one else Importance.NONE.value
        for value in wish.values:
            code = one.values.get(value.name) if one else None
            shown[value_name(wish, value)] = _shown_code(value, code)
    return shown


def stated_wishes(form: Form, wishes: Iterable[Wish]) -> tuple[StatedWish, ...]:
    """What was wished, as the services take it; a wish that does not matter is left out."""
    found = []
    for wish in wishes:
        importance = Importance(form[importance_name(wish)].data)
        if importance is not Importance.NONE:
            codes = {value.name: _code(value, form[value_name(wish, value)].data) for value in wish.values}
            known = {name: code for name, code in codes.items() if code is not None}
            found.append(StatedWish(wish.criterion, importance, known))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class WishGroup:
    """The fields of one wish, for a template to place."""

    importance: Any
    values: tuple[Any, ...]


def wish_groups(form: Form, wishes: Iterable[Wish]) -> list[WishGroup]:
    """The fields of each wish together."""
    return [
        WishGroup(form[importance_name(wish)], tuple(form[value_name(wish, value)] for value in wish.values))
        for wish in wishes
    ]


def wishes_make_sense(form: Form, wishes: Iterable[Wish]) -> bool:
    """Whether every wish that counts says how much is asked, from less to more; errors are noted at the fields."""
    by_criterion = {wish.criterion: wish for wish in wishes}
    for one in stated_wishes(form, by_criterion.values()):
        wish = by_criterion[one.criterion]
        if not wish.values:
            continue
        first = form[value_name(wish, wish.values[0])]
        if not one.values:
            first.errors = [gettext("Please say what you wish for, or choose “does not matter”.")]
        elif len(one.values) == 2 and one.values[wish.values[0].name] > one.values[wish.values[1].name]:
            first.errors = [gettext("The first value must not be larger than the second one.")]
    return not form.errors


def importance_name(wish: Wish) -> str:
    """The name of the field that says how much the wish counts."""
    return f"{wish.criterion}-importance"


def value_name(wish: Wish, value: WishField) -> str:
    """The name of the field of one of its values."""
    return f"{wish.criterion}-{value.name}"


def _fact_field(field: Field) -> Any:
    """The form field of one fact; nothing is needed, because people may not know."""
    given: dict[str, Any] = {"hint": field.hint or "", "optional": True}
    match field.shape:
        case Choice(terms=terms):
            choices = [(term.key, say(term.label)) for term in terms]
            return _radios(field.label, [*choices, (NOT_STATED, say(SAYS_NOTHING))], given)
        case YesNo():
            choices = [("yes", gettext("yes")), ("no", gettext("no")), (NOT_STATED, say(SAYS_NOTHING))]
            return _radios(field.label, choices, given)
        case Several(terms=terms):
            choices = [(term.key, say(term.label)) for term in terms]
            if field.name in CAN_BE_NOTHING:
                choices.append((NONE_OF_THESE, gettext("none of these")))
            return TicksField(field.label, choices=options(choices), **given)
        case HalfYear():
            return DayField(field.label, [between(FIRST_DAY, LAST_DAY)], **given)
        case Banded(unit=unit):
            kind = DecimalField if DECIMALS[unit] else WholeNumberField
            return kind(field.label, least=0, most=GREATEST[unit], unit=unit_label(unit), **given)


def _radios(label: Text, choices: list[tuple[str, str]], given: dict[str, Any]) -> Any:
    return RadiosField(label, choices=options(choices), default=NOT_STATED, **given)


def _shown(field: Field, value: ExactValue) -> Any:
    match field.shape:
        case YesNo():
            return {True: "yes", False: "no"}.get(value, NOT_STATED)  # type: ignore[arg-type]  # a yes or no
        case Choice():
            return value or NOT_STATED
        case Several():
            return [NONE_OF_THESE] if value == [] else value
        case Banded() if isinstance(value, Decimal):
            return value.normalize()
        case _:
            return value


def _exact(field: Field, data: Any) -> ExactValue:
    match field.shape:
        case YesNo():
            return {"yes": True, "no": False}.get(data)
        case Several():
            keys = [key for key in data or [] if key != NONE_OF_THESE]
            return keys or ([] if data else None)
        case Choice():
            return data or None
        case Banded(unit=unit) if data is not None:
            return data if DECIMALS[unit] else int(data)
        case _:
            exact: ExactValue = data
            return exact


def _value_field(value: WishField, today: date) -> Any:
    """The form field of one value of a wish."""
    if isinstance(value.shape, Several):
        choices = [(term.key, say(term.label)) for term in value.shape.terms]
        return TicksField(value.label, choices=options(choices), optional=True)
    choices = [("", gettext("Please choose")), *_value_choices(value, today)]
    return ChoiceField(value.label, choices=options(choices), optional=True, coerce=str)


def _value_choices(value: WishField, today: date) -> list[tuple[str, str]]:
    """The codes to choose from, in words; those that would ask for nothing are left out."""
    match value.shape:
        case Choice(terms=terms):
            first = 1 if value.name.endswith("_min") else 0
            return [(str(code), say(terms[code].label)) for code in range(first, len(terms))]
        case HalfYear() as shape:
            now = shape.code(today) or 0
            return [(str(code), say(stated(shape, code))) for code in range(now, now + HALF_YEARS_AHEAD)]
        case Banded() as shape if value.name == "wish_km":
            return [(str(edge), say(amount(Unit.KILOMETRES, edge))) for edge in shape.edges]
        case Banded() as shape:
            return [(str(code), say(text)) for code, text in _limits(value, shape)]
        case YesNo() | Several():
            return []


def _limits(value: WishField, shape: Banded) -> list[tuple[int, Text]]:
    """Lower ends for a wish for at least so much, upper ends for one for at most so much."""
    if value.name.endswith("_min"):
        return [(code, amount(shape.unit, shape.interval(code)[0])) for code in shape.codes() if code]
    ends = [(code, shape.interval(code)[1]) for code in shape.codes()]
    return [(code, amount(shape.unit, end)) for code, end in ends if end is not None]


def _shown_code(value: WishField, code: int | None) -> Any:
    if isinstance(value.shape, Several):
        return [term.key for term in value.shape.chosen(code)] if code is not None else []
    return "" if code is None else str(code)


def _code(value: WishField, data: Any) -> int | None:
    if isinstance(value.shape, Several):
        return value.shape.code(data) if data else None
    return int(data) if data else None
