"""The forms in which a call is described, one for each topic."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime, time
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext, lazy_gettext
from wtforms import HiddenField

from succession.accounts.models import Organisation
from succession.calls import dates, service
from succession.calls.limits import LONGEST_SUMMARY, LONGEST_TITLE, LONGEST_WORDS
from succession.calls.models import Call
from succession.calls.requirements import Page
from succession.calls.states import CallKind, PriceKind, Procedure
from succession.errors import Refused
from succession.i18n import PLACE_OF_TIMES
from succession.web.choices import options
from succession.web.errors import say
from succession.web.fields import (
    DayField,
    EmailField,
    EurosField,
    Form,
    LongTextField,
    RadiosField,
    TextField,
    TickField,
    TicksField,
    UploadField,
    WholeNumberField,
)

USUAL_CLOCK = "12:00"


class AboutForm(Form):
    """Title and kind."""

    title = TextField(
        lazy_gettext("A title"),
        hint=lazy_gettext("For example: 12 hectares of arable land near Lenzen, in three lots"),
        longest=LONGEST_TITLE,
    )
    kind = RadiosField(lazy_gettext("What is given out?"), choices=[])
    procedure = RadiosField(lazy_gettext("How do lots and applicants come together?"), choices=[])
    summary = LongTextField(
        lazy_gettext("What applicants should know"),
        hint=lazy_gettext("Soil, access, water, what is to be kept. Everybody will read it."),
        longest=LONGEST_SUMMARY,
        optional=True,
    )

    def prepare(self) -> None:
        """The choices."""
        self.kind.choices = options((one.value, say(one.label)) for one in CallKind)
        self.procedure.choices = options((one.value, say(one.label)) for one in Procedure)

    def values(self) -> service.About:
        """As the service takes it."""
        return service.About(
            self.title.data or "",
            CallKind(self.kind.data),
            self.summary.data or "",
            Procedure(self.procedure.data),
        )


class NewCallForm(AboutForm):
    """What is asked before there is a draft."""

    key = HiddenField()
    owner = RadiosField(lazy_gettext("Whose land is it?"), choices=[])

    def offer(self, owners: Sequence[Organisation]) -> None:
        """The owners, and a fresh key for a fresh form."""
        self.prepare()
        self.owner.choices = options((str(one.public_id), one.name) for one in owners)
        if len(owners) == 1 and not self.is_submitted():
            self.owner.data = str(owners[0].public_id)
        self.key.data = str(as_uuid(self.key.data) or uuid4())


class TermForm(Form):
    """From when and how long."""

    term_from = DayField(lazy_gettext("The contract begins on"))
    term_years = WholeNumberField(lazy_gettext("It runs"), unit=lazy_gettext("years"), least=1, most=99, optional=True)
    extension = TextField(
        lazy_gettext("Can it be extended?"),
        hint=lazy_gettext("For example: once by six years, if both agree a year before."),
        longest=300,
        optional=True,
    )

    def values(self) -> service.Term:
        """As the service takes it."""
        return service.Term(self.term_from.data, self.term_years.data, self.extension.data or "")


class WordsForm(Form):
    """How the price is found, and why it may be less than usual; the prices of the lots stand beside it."""

    price_kind = RadiosField(lazy_gettext("How is the price found?"), choices=[])
    public_interest = LongTextField(
        lazy_gettext("Which public interest does a lower price serve?"),
        hint=lazy_gettext("Only if a lot costs less than usual. Everybody will read it."),
        longest=LONGEST_WORDS,
        optional=True,
        render_kw={"rows": 4},
    )
    de_minimis_note = LongTextField(
        lazy_gettext("How did you check the limit for small aid?"),
        hint=lazy_gettext(
            "In farming aid of up to 50,000 euros in three years needs no approval (de minimis). "
            "For example: applicants declare other aid; register asked on 3 May."
        ),
        longest=LONGEST_WORDS,
        optional=True,
        render_kw={"rows": 3},
    )

    def prepare(self) -> None:
        """The choices."""
        self.price_kind.choices = options((one.value, say(one.label)) for one in PriceKind)

    def values(self) -> service.Words:
        """As the service takes it."""
        return service.Words(
            PriceKind(self.price_kind.data), self.public_interest.data or "", self.de_minimis_note.data or ""
        )


class PriceForm(Form):
    """What one lot costs and what is usual."""

    price = EurosField(lazy_gettext("Price"), optional=True)
    reference = EurosField(lazy_gettext("What is usual here"), optional=True)
    source = TextField(
        lazy_gettext("Source of what is usual"),
        hint=lazy_gettext("For example: lease price survey of the county"),
        optional=True,
    )
    reference_on = DayField(lazy_gettext("Day of the source"), optional=True)


class DatesForm(Form):
    """Opening and deadline to the minute."""

    opens_on = DayField(lazy_gettext("Opens on"))
    opens_clock = TextField(lazy_gettext("At"), longest=5, hint=lazy_gettext("Hours and minutes, such as 12:00"))
    closes_on = DayField(lazy_gettext("Closes on"))
    closes_clock = TextField(
        lazy_gettext("At (the deadline)"),
        longest=5,
        hint=lazy_gettext("What arrives at this minute or later is too late."),
    )
    reference_on = DayField(
        lazy_gettext("Day that counts for distances and areas"),
        hint=lazy_gettext("Left empty, it is the day of the deadline."),
        optional=True,
    )
    standstill_days = WholeNumberField(
        lazy_gettext("Days between the letters and the contract"),
        hint=lazy_gettext("In this time applicants can object. Usual are 14 days."),
        unit=lazy_gettext("days"),
        least=1,
        most=90,
    )

    def values(self) -> service.Dates | None:
        """As the service takes it; None where a time makes no sense, which then stands at its field."""
        opens = self._moment(self.opens_on.data, self.opens_clock)
        closes = self._moment(self.closes_on.data, self.closes_clock)
        if opens is None or closes is None:
            return None
        return service.Dates(opens, closes, self.reference_on.data, self.standstill_days.data or 14)

    @staticmethod
    def _moment(day: date | None, clock: Any) -> datetime | None:
        return moment_of(day, clock)


class LotteryForm(Form):
    """The later public draw."""

    name = TextField(
        lazy_gettext("Which public draw?"),
        hint=lazy_gettext("For example: Lotto 6 aus 49, first Saturday draw after the deadline, numbers in order"),
    )
    held_on = DayField(lazy_gettext("Held on"))

    def values(self) -> service.PublicDraw:
        """As the service takes it."""
        return service.PublicDraw(self.name.data or "", self.held_on.data)


class ContactForm(Form):
    """Whom applicants ask, and where paper goes."""

    name = TextField(lazy_gettext("Who answers questions?"), longest=120)
    phone = TextField(lazy_gettext("Telephone"), longest=60, optional=True)
    email = EmailField(lazy_gettext("E-mail"), optional=True)
    address = TextField(
        lazy_gettext("Where does an application on paper go?"),
        hint=lazy_gettext("Street, postcode, place"),
        longest=300,
    )

    def values(self) -> service.Contact:
        """As the service takes it."""
        return service.Contact(
            self.name.data or "", self.email.data or "", self.phone.data or "", self.address.data or ""
        )


class PrinciplesForm(Form):
    """Which set."""

    chosen = RadiosField(lazy_gettext("Which principles?"), choices=[])


class FactsForm(Form):
    """What is true of one lot."""

    true = TicksField(lazy_gettext("What is true of this lot?"), choices=[], optional=True)


class LotForm(Form):
    """One lot: its name and its parcels."""

    name = TextField(
        lazy_gettext("Name of the lot"),
        hint=lazy_gettext("Left empty, it has only its number."),
        longest=120,
        optional=True,
    )
    parcels = TicksField(lazy_gettext("Which parcels belong to it?"), choices=[])
    remark = LongTextField(lazy_gettext("Remark"), longest=1000, optional=True, render_kw={"rows": 3})


class DocumentForm(Form):
    """One PDF."""

    title = TextField(lazy_gettext("What is it?"), hint=lazy_gettext("For example: draft of the contract"), longest=160)
    file = UploadField(lazy_gettext("File"), hint=lazy_gettext("A PDF of at most 20 MB"))


class ReasonForm(Form):
    """A reason that everybody will read."""

    reason = LongTextField(lazy_gettext("Why?"), hint=lazy_gettext("Everybody will read it."), longest=1000)


class ChangeForm(Form):
    """A change after the opening."""

    reason = LongTextField(
        lazy_gettext("What is changed, and why?"), hint=lazy_gettext("Everybody will read it."), longest=LONGEST_WORDS
    )
    closes_on = DayField(lazy_gettext("New deadline: day"))
    closes_clock = TextField(lazy_gettext("Time"), longest=5, hint=lazy_gettext("Hours and minutes, such as 12:00"))
    summary = LongTextField(lazy_gettext("What applicants should know"), longest=LONGEST_SUMMARY, optional=True)
    draw_on = DayField(lazy_gettext("Day of the public draw"), optional=True)
    removed = TicksField(lazy_gettext("Lots that are taken out"), choices=[], optional=True)
    confirmed = TickField(
        lazy_gettext("All who have applied are told, and everybody can read what was changed."), optional=False
    )

    def closes_at(self) -> datetime | None:
        """The new deadline; None where the time makes no sense, which then stands at its field."""
        return moment_of(self.closes_on.data, self.closes_clock)


class DrawForm(Form):
    """The result of the public draw."""

    result = TextField(
        lazy_gettext("Result of the draw"),
        hint=lazy_gettext("Just as it was published, for example: 4 8 15 16 23 42. It stands for good."),
    )


def moment_of(day: date | None, clock: Any) -> datetime | None:
    """Day and time as clocks in the region show them; what is wrong with it stands at the field of the time."""
    if day is None:
        return None
    try:
        return dates.moment(day, time.fromisoformat((clock.data or "").replace(".", ":").zfill(5)))
    except ValueError:
        clock.errors = [gettext("Please write the time with hours and minutes, such as 12:00.")]
    except Refused as refusal:
        clock.errors = [say(refusal.text)]
    return None


def form_for(call: Call, page: Page) -> Form:
    """The form of a topic: filled with what is stored, or with what was sent."""
    match page:
        case Page.ABOUT:
            data = {"title": call.title, "kind": call.kind.value, "summary": call.summary}
            about = AboutForm(data={**data, "procedure": call.procedure.value})
            about.prepare()
            return about
        case Page.TERM:
            return TermForm(obj=call)
        case Page.PRICES:
            words = WordsForm(data={**_words(call), "price_kind": call.price_kind.value})
            words.prepare()
            return words
        case Page.DATES:
            return DatesForm(data=_dates(call))
        case Page.LOTTERY:
            return LotteryForm(data={"name": call.public_draw_name, "held_on": call.public_draw_on})
        case _:
            return ContactForm(
                data={
                    "name": call.contact_name,
                    "email": call.contact_email,
                    "phone": call.contact_phone,
                    "address": call.contact_address,
                }
            )


def as_uuid(value: Any) -> UUID | None:
    """A public id from a form; nonsense is none."""
    try:
        return UUID(value or "")
    except (ValueError, AttributeError, TypeError):
        return None


def as_uuids(values: Iterable[str] | None) -> tuple[UUID, ...]:
    """The public ids that were ticked."""
    return tuple(found for found in map(as_uuid, values or ()) if found is not None)


def _words(call: Call) -> dict[str, Any]:
    return {"public_interest": call.public_interest, "de_minimis_note": call.de_minimis_note}


def _dates(call: Call) -> dict[str, Any]:
    opens, closes = _local(call.opens_at), _local(call.closes_at)
    return {
        "opens_on": opens and opens.date(),
        "opens_clock": f"{opens:%H:%M}" if opens else USUAL_CLOCK,
        "closes_on": closes and closes.date(),
        "closes_clock": f"{closes:%H:%M}" if closes else USUAL_CLOCK,
        "reference_on": call.reference_on,
        "standstill_days": call.standstill_days,
    }


def _local(moment: datetime | None) -> datetime | None:
    return None if moment is None else moment.astimezone(PLACE_OF_TIMES)
