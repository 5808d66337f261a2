"""Form fields that carry their own accessible markup: label, hint, error and control, tied together.

A template only places them: `{{ form.title }}`. Classes used: field, field-invalid, field-label, field-hint,
field-error, field-optional, field-unit, input, input-short, choices, tick, error-summary.
"""

from collections.abc import Iterable
from decimal import Decimal
from typing import Any

from flask_babel import gettext
from flask_babel.speaklater import LazyString
from flask_wtf import FlaskForm
from flask_wtf.csrf import generate_csrf
from flask_wtf.file import FileField
from markupsafe import Markup
from wtforms import Field
from wtforms import fields as plain
from wtforms.validators import Optional, ValidationError
from wtforms.widgets import CheckboxInput, PasswordInput

from succession.i18n import Text, Texts
from succession.web.choices import as_options
from succession.web.errors import say
from succession.web.language import current_language
from succession.web.numbers import parse_decimal, without_unit
from succession.web.validators import Needed, at_most, between, looks_like_email

SHORT_TEXT = 200
LONG_TEXT = 10_000
LARGEST_WHOLE_NUMBER = 2**31 - 1
EARLIEST_YEAR, LATEST_YEAR = 1800, 2300


class Form(FlaskForm):  # type: ignore[misc]  # Flask-WTF has no types
    """A form of ours: fields are needed unless `optional=True`, and what is wrong is summed up on top."""

    class Meta(FlaskForm.Meta):  # type: ignore[misc]  # Flask-WTF has no types
        """The token is checked for every POST at the door, so a form needs no field for it."""

        csrf = False

    def csrf_token(self) -> Markup:
        """The token's hidden field."""
        return Markup('<input type="hidden" name="csrf_token" value="{}">').format(generate_csrf())

    def refuse(self, sentence: str) -> None:
        """The whole form is refused with this sentence."""
        self.form_errors.append(sentence)

    @property
    def title_prefix(self) -> str:
        """What stands before the page's title when something is wrong."""
        return gettext("Error: ") if self.errors else ""

    @property
    def error_summary(self) -> Markup:
        """A list of what is wrong, each with a link to its field; nothing if all is well."""
        if not self.errors:
            return Markup()
        lines = [Markup("<li>{}</li>").format(error) for error in self.form_errors]
        lines += [
            Markup('<li><a href="#{}">{}</a></li>').format(_anchor(field), _named(field))
            for field in self
            if field.errors and not isinstance(field, plain.HiddenField)
        ]
        heading = gettext("Please look at this once more")
        return Markup(
            '<div class="error-summary" role="alert" tabindex="-1" aria-labelledby="error-summary-title" '
            'data-focus><h2 id="error-summary-title">{}</h2><ul>{}</ul></div>'
        ).format(heading, Markup().join(lines))


class _Accessible(Field):
    """What all fields share. `unit` stands behind the control, `hint` before it."""

    is_group = False
    short = False
    errors: Any
    __iter__: Any

    def __init__(
        self,
        label: Any = "",
        validators: Iterable[Any] = (),
        *,
        hint: Any = "",
        optional: bool = False,
        unit: Any = "",
        autocomplete: str = "",
        **options: Any,
    ) -> None:
        first = Optional() if optional else Needed()
        super().__init__(_text(label), [first, *validators], **options)
        self.is_optional = optional
        self.hint, self.unit, self.autocomplete = hint, unit, autocomplete

    def __call__(self, **attributes: Any) -> Markup:
        """The whole field."""
        described = [f"{self.id}-{part}" for part, given in (("hint", self.hint), ("error", self.errors)) if given]
        if described:
            attributes["aria_describedby"] = " ".join(described)
        if self.errors:
            attributes["aria_invalid"] = "true"
        if self.autocomplete:
            attributes.setdefault("autocomplete", self.autocomplete)
        invalid = " field-invalid" if self.errors else ""
        return self._group(invalid, attributes) if self.is_group else self._single(invalid, attributes)

    def _single(self, invalid: str, attributes: dict[str, Any]) -> Markup:
        attributes.setdefault("class_", "input input-short" if self.short else "input")
        control = super().__call__(**attributes)
        if self.unit:
            control = Markup('<span class="field-unit">{} <span>{}</span></span>').format(control, _shown(self.unit))
        label = Markup('<label class="field-label" for="{}">{}{}</label>').format(
            self.id, self.label.text, self._optional_mark()
        )
        return Markup('<div class="field{}">{}{}{}</div>').format(invalid, label, self._notes(), control)

    def _group(self, invalid: str, attributes: dict[str, Any]) -> Markup:
        described = attributes.pop("aria_describedby", "")
        extra = Markup(' aria-describedby="{}"').format(described) if described else ""
        ticks = [Markup('<label class="tick">{} <span>{}</span></label>').format(o(), o.label.text) for o in self]
        return Markup(
            '<fieldset class="field{}" id="{}"{}><legend class="field-label">{}{}</legend>{}'
            '<div class="choices">{}</div></fieldset>'
        ).format(invalid, self.id, extra, self.label.text, self._optional_mark(), self._notes(), Markup().join(ticks))

    def _notes(self) -> Markup:
        hint = error = Markup()
        if self.hint:
            hint = Markup('<p class="field-hint" id="{}-hint">{}</p>').format(self.id, _shown(self.hint))
        if self.errors:
            error = Markup('<p class="field-error" id="{}-error"><span class="visually-hidden">{}</span>{}</p>').format(
                self.id, gettext("Error: "), self.errors[0]
            )
        return hint + error

    def _optional_mark(self) -> Markup:
        mark = Markup(' <span class="field-optional">{}</span>')
        return mark.format(gettext("(optional)")) if self.is_optional else Markup()


class TextField(_Accessible, plain.StringField):
    """One line."""

    def __init__(self, label: Any = "", validators: Iterable[Any] = (), *, longest: int = SHORT_TEXT, **o: Any) -> None:
        super().__init__(label, [*validators, at_most(longest)], filters=[_tidy], **o)


class LongTextField(_Accessible, plain.TextAreaField):
    """Several lines."""

    def __init__(self, label: Any = "", validators: Iterable[Any] = (), *, longest: int = LONG_TEXT, **o: Any) -> None:
        options = {"render_kw": {"rows": 6}, **o}
        super().__init__(label, [*validators, at_most(longest)], filters=[_tidy], **options)


class EmailField(_Accessible, plain.EmailField):
    """An e-mail address, roughly; whether it exists is not for a form to say."""

    def __init__(self, label: Any = "", validators: Iterable[Any] = (), **options: Any) -> None:
        super().__init__(label, [*validators, at_most(SHORT_TEXT), looks_like_email], filters=[_tidy], **options)


class PasswordField(_Accessible, plain.PasswordField):
    """A password; it is never written back into the page, except `filled` by the demo."""

    filled = ""

    def __call__(self, **attributes: Any) -> Markup:
        """The field; nothing of what was typed is in it."""
        if self.filled:
            self.widget = PasswordInput(hide_value=False)
            attributes["value"] = self.filled
        return super().__call__(**attributes)


class DecimalField(_Accessible, plain.StringField):
    """A number as people write it ("1.234,5"); its data is a Decimal, or None."""

    short = True
    data: Any
    raw_text = ""

    def __init__(
        self, label: Any = "", validators: Iterable[Any] = (), *, least: Any = None, most: Any = None, **o: Any
    ) -> None:
        options = {"render_kw": {"inputmode": "decimal"}, **o}
        super().__init__(label, [*validators, between(least, most)], **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Reads what was typed; nonsense is an error that leaves the text as it is."""
        self.raw_text = valuelist[0].strip() if valuelist else ""
        self.data = None
        if self.raw_text:
            try:
                self.data = parse_decimal(without_unit(self.raw_text, str(_shown(self.unit))), current_language())
            except ValueError:
                raise ValidationError(self._no_number()) from None

    def _no_number(self) -> str:
        return str(gettext("Please enter a number, for example 12.5."))

    def _value(self) -> str:
        if self.raw_text:
            return str(self.raw_text)
        return (
            ""
            if self.data is None
            else f"{Decimal(self.data):f}".replace(".", "," if current_language() == "de" else ".")
        )


class WholeNumberField(DecimalField):
    """A whole number; its data is an int, or None."""

    def __init__(self, label: Any = "", validators: Iterable[Any] = (), **o: Any) -> None:
        options = {"render_kw": {"inputmode": "numeric"}, "least": 0, "most": LARGEST_WHOLE_NUMBER, **o}
        super().__init__(label, validators, **options)

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Reads what was typed; halves are refused."""
        super().process_formdata(valuelist)
        if self.data is not None:
            if self.data != int(self.data):
                self.data = None
                raise ValidationError(self._no_number())
            self.data = int(self.data)

    def _no_number(self) -> str:
        return str(gettext("Please enter a whole number, for example 12."))


class EurosField(DecimalField):
    """An amount in euros; its data is whole cents, or None."""

    def __init__(self, label: Any = "", validators: Iterable[Any] = (), **o: Any) -> None:
        super().__init__(label, validators, **{"unit": "€", "least": 0, "most": 10**13, **o})

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Reads euros, keeps cents."""
        super().process_formdata(valuelist)
        self.data = None if self.data is None else int((self.data * 100).to_integral_value())

    def _value(self) -> str:
        if self.raw_text or self.data is None:
            return super()._value()
        euros, cents = divmod(self.data, 100)
        return f"{euros},{cents:02d}" if current_language() == "de" else f"{euros}.{cents:02d}"


class DayField(_Accessible, plain.DateField):
    """A day, as a browser sends it, or as people write it ("31.12.2026")."""

    short = True

    def process_formdata(self, valuelist: list[str]) -> None:
        """Nothing written is no wrong day: whether one is needed, the validators say."""
        written = "".join(valuelist).strip()
        self.data = None
        if written:
            try:
                super().process_formdata(["-".join(reversed(written.split("."))) if "." in written else written])
            except ValueError as error:
                raise ValueError(gettext("Please write the day like this: 31.12.2026.")) from error

    def pre_validate(self, form: Any) -> None:  # noqa: ARG002  WTForms hands it in
        """A day centuries away is not meant, and what follows from it could not be reckoned."""
        if self.data is not None and not EARLIEST_YEAR <= self.data.year <= LATEST_YEAR:
            raise ValidationError(gettext("This day cannot be meant. Please look at the year."))


class _Listed(_Accessible):
    """A field with a list to choose from; pairs of value and label will do."""

    def __init__(self, label: Any = "", validators: Iterable[Any] = (), *, choices: Any = None, **options: Any) -> None:
        super().__init__(label, validators, choices=as_options(_spoken(choices)), **options)

    def _optional_mark(self) -> Markup:
        """Where one of the choices is taken already, nothing is left open that could be optional."""
        taken = isinstance(self.data, str) and self.data != ""
        return Markup() if taken else super()._optional_mark()

    def __setattr__(self, name: str, value: Any) -> None:
        super().__setattr__(name, as_options(_spoken(value)) if name == "choices" else value)


class ChoiceField(_Listed, plain.SelectField):
    """One of a list, folded."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Blanks are no choice: where none is needed, nobody checks them further."""
        super().process_formdata([value.strip() for value in valuelist])


class RadiosField(_Listed, plain.RadioField):
    """One of a few, all in sight."""

    is_group = True

    def process_formdata(self, valuelist: list[str]) -> None:
        """As with a list."""
        super().process_formdata([value.strip() for value in valuelist])

    def pre_validate(self, form: Any) -> None:
        """Whether the choice exists; that nothing was chosen is said by `Needed`, in plainer words."""
        if self.raw_data:
            super().pre_validate(form)


class TicksField(_Listed, plain.SelectMultipleField):
    """Any of a few, all in sight."""

    is_group = True
    option_widget = CheckboxInput()

    def process_formdata(self, valuelist: list[str]) -> None:
        """What is not ticked is not sent; a blank before the others would make `Optional` pass over all of them."""
        self.raw_data = [value for value in valuelist if value.strip()]
        super().process_formdata(self.raw_data)


class TickField(_Accessible, plain.BooleanField):
    """Yes, or not ticked; with `optional=False` it has to be ticked."""

    is_tick = True

    def __init__(self, label: Any = "", validators: Iterable[Any] = (), **options: Any) -> None:
        super().__init__(label, validators, **{"optional": True, **options})

    def _single(self, invalid: str, attributes: dict[str, Any]) -> Markup:
        control = Field.__call__(self, **attributes)
        return Markup('<div class="field{}">{}<label class="tick">{} <span>{}</span></label></div>').format(
            invalid, self._notes(), control, self.label.text
        )


class UploadField(_Accessible, FileField):  # type: ignore[misc]  # the same
    """A file of the person's machine."""

    def __init__(self, label: Any = "", validators: Iterable[Any] = (), **options: Any) -> None:
        super().__init__(label, validators, **options)


def _tidy(value: str | None) -> str | None:
    """Without blanks at the ends, and without signs that no keyboard has."""
    if value is None:
        return None
    kept = "".join(sign for sign in value if sign in "\n\t" or ord(sign) >= ord(" "))
    return kept.replace("\x7f", "").strip()


def _text(value: Any) -> Any:
    """A label may be a lazy string, or a `Text` of a pure module."""
    return LazyString(say, value) if isinstance(value, Text | Texts) else value


def _spoken(choices: Any) -> Any:
    """Pairs whose label may be a `Text`; anything else stays what it is."""
    if not isinstance(choices, list | tuple):
        return choices
    return [(one[0], _text(one[1]), *one[2:]) if isinstance(one, tuple) and len(one) > 1 else one for one in choices]


def _shown(value: Any) -> Any:
    return say(value) if isinstance(value, Text | Texts) else value


def _named(field: Field) -> str:
    """What is wrong, with the field's name before it unless the sentence says it: the summary is read on its own."""
    label, error = str(field.label.text), str(field.errors[0])
    if label in error:
        return error
    return f"{label} {error}" if label.endswith(("?", ".", ":")) else f"{label}: {error}"


def _anchor(field: Field) -> str:
    """Where the link in the summary leads: the control, or the first of a group."""
    return f"{field.id}-0" if isinstance(field, RadiosField | TicksField) and field.choices else str(field.id)
