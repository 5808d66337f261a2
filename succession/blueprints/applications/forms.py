"""The forms of the wizard, each made for what the principles of one call ask."""

from decimal import Decimal
from typing import Any

from flask import request
from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session
from wtforms import HiddenField

from succession.applications.draft import LotOffered
from succession.applications.pages import (
    AnswersPage,
    FarmsteadPage,
    LotPage,
    LotsPage,
    Page,
    PersonPage,
    ReligionPage,
)
from succession.applications.queries import Details
from succession.applications.states import (
    LONGEST_ADDRESS,
    LONGEST_NAME,
    LONGEST_TIES,
    MOST_MEMBERS,
)
from succession.applications.steps import Step, Topic
from succession.blueprints.applications import place_form, question_fields
from succession.web.errors import say
from succession.web.fields import (
    ChoiceField,
    DecimalField,
    EmailField,
    EurosField,
    Form,
    LongTextField,
    TextField,
    TickField,
    TicksField,
)
from succession.web.filters import euros, hectares

SQUARE_METRES = 10_000
CENT = Decimal("0.01")


class SeenForm(Form):
    """A form that remembers what its reader has seen."""

    seen = HiddenField()


class PersonForm(SeenForm):
    """Who applies, and how they are reached."""

    person_name = TextField(
        lazy_gettext("Name"),
        hint=lazy_gettext("Your own, or that of your farm or company, as it shall stand in the contract."),
        longest=LONGEST_NAME,
        autocomplete="name",
    )
    address = LongTextField(
        lazy_gettext("Postal address"),
        hint=lazy_gettext("Street and number in the first line, then postcode and town."),
        longest=LONGEST_ADDRESS,
        autocomplete="street-address",
        render_kw={"rows": 3},
    )
    phone = TextField(
        lazy_gettext("Phone"),
        hint=lazy_gettext("For questions of the office."),
        optional=True,
        longest=40,
        autocomplete="tel",
        render_kw={"inputmode": "tel"},
    )
    email = EmailField(lazy_gettext("E-mail address"), optional=True, autocomplete="email")
    members = LongTextField(
        lazy_gettext("Do others apply together with you?"),
        hint=lazy_gettext("Then write their names here, each in a line of its own. Otherwise leave it empty."),
        optional=True,
        render_kw={"rows": 3},
    )
    ties = TextField(
        lazy_gettext("Does one of you sit in the council, the church council or the office that gives out this land?"),
        hint=lazy_gettext(
            "Then say who and where. It does not exclude you: that person just does not take part in it."
        ),
        optional=True,
        longest=LONGEST_TIES,
    )


def form_of(session: Session, details: Details, step: Step, page: Page) -> Form:
    """The form of a page: filled with what is stored, or with what was sent."""
    match page:
        case PersonPage():
            shown = {"person_name": page.name, "members": "\n".join(page.members)}
            data = {one: getattr(page, one) for one in ("address", "phone", "email", "ties")} | shown
            return PersonForm(data=data)
        case LotsPage():
            return _lots_form(details, page)
        case FarmsteadPage():
            return place_form.form(session, page)
        case LotPage():
            return question_fields.form(
                step.questions, page.answers, details.terms.language, base=_lot_base(details, page)
            )
        case ReligionPage():
            consented = {"consents": page.consents}
            return question_fields.form(
                step.questions, page.answers, details.terms.language, base=ReligionForm, data=consented
            )
        case AnswersPage():
            return question_fields.form(
                step.questions,
                page.answers,
                details.terms.language,
                base=SeenForm,
                is_demanded=step.topic is Topic.CONDITIONS,
            )


def stated(form: Form, step: Step) -> Page | None:
    """What was typed, as the service takes it; None with the errors noted at their fields."""
    must = step.topic is Topic.CONDITIONS and request.form.get("then") == "next"
    match step.topic:
        case Topic.PERSON:
            return _person(form) if form.validate() else None
        case Topic.LOTS:
            return _lots(form)
        case Topic.FARMSTEAD:
            return place_form.stated(form) if form.validate() else None
        case _:
            is_valid = form.validate()
            answers = question_fields.stated(form, step.questions, must_answer=must)
            if answers is None or not is_valid:
                return None
            if step.topic is Topic.LOT:
                bid = form["bid"].data if "bid" in form else None
                return LotPage(step.number or 0, bid, answers)
            if step.topic is Topic.RELIGION:
                return _religion(form, answers)
            return AnswersPage(tuple(question.identifier for question in step.questions), answers)


class ReligionForm(SeenForm):
    """Answers that need a consent of their own."""

    consents = TickField(
        lazy_gettext(
            "I agree that my answers on this page are kept and scored for this call. I can take this back at any time: "
            "then they are deleted."
        )
    )


def _religion(form: Form, answers: dict[str, Any]) -> Page | None:
    if answers and not form["consents"].data:
        form["consents"].errors = [gettext("Please tick this, or leave the questions empty.")]
        return None
    return ReligionPage(bool(form["consents"].data and answers), answers)


def _person(form: Form) -> Page | None:
    members = tuple(" ".join(line.split()) for line in (form["members"].data or "").splitlines() if line.strip())
    if len(members) > MOST_MEMBERS or any(len(name) > LONGEST_NAME for name in members):
        form["members"].errors = [gettext("At most %(most)s names, each in a line of its own.", most=MOST_MEMBERS)]
        return None
    said = {one: (form[one].data or "").strip() for one in ("address", "phone", "email", "ties")}
    address = "\n".join(line.strip() for line in said["address"].splitlines() if line.strip())
    return PersonPage(form["person_name"].data or "", address, said["email"], said["phone"], members, said["ties"])


def _lots_form(details: Details, page: LotsPage) -> Form:
    """A tick for each lot; places only where the order of wishes decides something."""
    offered = details.terms.lots
    fields: dict[str, Any] = {
        "lots": TicksField(
            lazy_gettext("I apply for"),
            choices=[(str(lot.number), _lot_label(lot)) for lot in offered],
            optional=True,
        )
    }
    if details.terms.asks_for_ranks:
        places = [
            ("", gettext("not chosen")),
            *((str(n), gettext("place %(number)s", number=n)) for n in range(1, len(offered) + 1)),
        ]
        for lot in offered:
            label = gettext("How much do you want lot %(number)s?", number=lot.number)
            fields[f"rank_{lot.number}"] = ChoiceField(label, choices=places, optional=True)
    if details.terms.is_round:
        fields["max_area"] = DecimalField(
            lazy_gettext("How much do you want at most?"),
            hint=lazy_gettext("All lots together. Empty means: as much as there is."),
            unit="ha",
            least=0,
            most=10_000,
            optional=True,
        )
        fields["is_connected"] = TickField(lazy_gettext("I can only use parcels that lie together"))
    data: dict[str, Any] = {"is_connected": page.is_connected}
    data |= {} if page.max_area_m2 is None else {"max_area": page.max_area_m2 / SQUARE_METRES}
    data |= {"lots": [str(number) for number in page.ranks]}
    data |= {f"rank_{number}": str(rank or "") for number, rank in page.ranks.items()}
    form: Form = type("LotsForm", (SeenForm,), fields)(data=data)
    form["lots"].is_optional = False  # a draft may be saved without, but nothing can be sent
    return form


def _lot_label(lot: LotOffered) -> str:
    """Number, name, hectares and price, as far as they are known."""
    parts = [gettext("Lot %(number)s: %(name)s", number=lot.number, name=lot.name)]
    area = lot.facts.get("area_ha")
    if area is not None:
        parts.append(hectares(float(area) * SQUARE_METRES))
    if lot.price_cents_year is not None:
        parts.append(gettext("%(amount)s a year", amount=euros(lot.price_cents_year)))
    return " · ".join(parts)


def _lots(form: Form) -> Page | None:
    if not form.validate():
        return None
    chosen = sorted(int(value) for value in form["lots"].data or ())
    if not chosen:
        form["lots"].errors = [gettext("Choose at least one lot.")]
        return None
    ranks = {n: int(form[f"rank_{n}"].data or 0) or None if f"rank_{n}" in form else None for n in chosen}
    given = [rank for rank in ranks.values() if rank is not None]
    if len(given) != len(set(given)):
        twice = next(n for n in chosen if given.count(ranks[n] or 0) > 1)
        form[f"rank_{twice}"].errors = [gettext("You have given this place twice.")]
        return None
    if "max_area" not in form:
        return LotsPage(ranks)
    most = form["max_area"].data
    area = None if not most else (most * SQUARE_METRES).quantize(CENT)
    return LotsPage(ranks, area, bool(form["is_connected"].data))


def _lot_base(details: Details, page: LotPage) -> type[Form]:
    """With a field for the offer where the call asks for one."""
    if not details.terms.asks_for_bids:
        return SeenForm
    lot = details.terms.lot(page.number)
    floor = lot.price_cents_year if lot is not None else None
    hint = gettext("At least %(amount)s.", amount=euros(floor)) if floor else ""
    label = gettext("What do you offer for a year?")
    bid = EurosField(label, hint=hint, optional=True, default=page.bid_cents_year)
    return type("LotForm", (SeenForm,), {"bid": bid})


def refuse_at(form: Form, refusal: Any) -> None:
    """A refusal of the service, on top of the form."""
    form.refuse(say(refusal.text))
