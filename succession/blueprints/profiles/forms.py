"""The forms in which seekers describe themselves and their searches."""

from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask_babel import lazy_gettext
from sqlalchemy.orm import Session
from wtforms import HiddenField

from succession.facts.kinds import Kind
from succession.profiles import service, service_editing
from succession.profiles.models import SeekerProfile
from succession.profiles.queries import SearchDetails, exact_facts
from succession.profiles.service import Facts, Introduction
from succession.profiles.service_editing import Basics, SearchPage
from succession.profiles.states import (
    LARGEST_RADIUS_KM,
    LONGEST_INTRODUCTION,
    LONGEST_SEARCH_TITLE,
    SMALLEST_RADIUS_KM,
)
from succession.profiles.topics import ProfileTopic, SearchTopic, profile_fields, search_wishes
from succession.web import fact_fields
from succession.web.choices import options
from succession.web.errors import say
from succession.web.fields import Form, LongTextField, TextField, TickField, TicksField, WholeNumberField
from succession.web.place_field import PlaceForm


class SeenForm(fact_fields.QuietForm):
    """A form that remembers what its reader has seen."""

    seen = HiddenField()


class IntroductionForm(SeenForm):
    """The seeker's own words."""

    words = LongTextField(
        lazy_gettext("Who are you, and what do you want to do?"),
        hint=lazy_gettext(
            "Write as you would speak. Please no names, no address, no telephone number. At most 3,000 characters."
        ),
        longest=LONGEST_INTRODUCTION,
        optional=True,
        render_kw={"rows": 10},
    )
    is_confirmed = TickField(lazy_gettext("I have looked at it. It may be published like this."))


class BasicsForm(PlaceForm, fact_fields.QuietForm):
    """What is looked for, and where."""

    key = HiddenField()
    seen = HiddenField()
    place_name = TextField(
        lazy_gettext("Around which place?"),
        hint=lazy_gettext("Type the name of a town or village, then choose the right one."),
        optional=True,
        longest=80,
        autocomplete="off",
    )
    kinds = TicksField(lazy_gettext("What are you looking for?"), choices=[], optional=True)
    radius_km = WholeNumberField(
        lazy_gettext("How far around it?"),
        hint=lazy_gettext("From 1 to 100 km, in a straight line. Rather too large than too small."),
        least=SMALLEST_RADIUS_KM,
        most=LARGEST_RADIUS_KM,
        unit="km",
        default=25,
    )
    title = TextField(
        lazy_gettext("Your name for this search"),
        hint=lazy_gettext("Only you see it."),
        longest=LONGEST_SEARCH_TITLE,
        optional=True,
    )

    def prepare(self, session: Session, details: SearchDetails | None) -> None:
        """The choices, and a fresh key for a fresh form."""
        self.kinds.choices = options((kind.value, say(kind.label)) for kind in Kind)
        self.offer_places(session, details.place if details else None)
        self.key.data = self.key.data if _is_uuid(self.key.data) else str(uuid4())

    @property
    def basics(self) -> Basics:
        """What was stated, as the service takes it."""
        kinds = frozenset(Kind(value) for value in self.kinds.data or ())
        return Basics(self.title.data or "", kinds, self.place_id, self.radius_km.data)


def profile_form(profile: SeekerProfile | None, topic: ProfileTopic) -> Form:
    """The form of a topic: filled with what is stated, or with what was sent."""
    seen = service.seen_mark(profile, topic)
    if topic is ProfileTopic.INTRODUCTION:
        return IntroductionForm(data={"words": profile.introduction if profile else "", "seen": seen})
    fields = profile_fields(topic)
    shown = fact_fields.shown_facts(fields, exact_facts(profile))
    return fact_fields.facts_form(fields, base=SeenForm)(data={**shown, "seen": seen})


def profile_page(form: Form, topic: ProfileTopic) -> service.Page:
    """What was stated, as the service takes it."""
    if topic is ProfileTopic.INTRODUCTION:
        return Introduction(form["words"].data or "")
    return Facts(topic, fact_fields.stated_facts(form, profile_fields(topic)))


def search_form(session: Session, details: SearchDetails, topic: SearchTopic, *, today: date) -> Form:
    """The form of a topic of a search: filled with what is stated, or with what was sent."""
    wishes = search_wishes(topic, details.kinds)
    data: dict[str, Any] = fact_fields.shown_wishes(wishes, details.statements.wishes)
    data["seen"] = service_editing.seen_mark(details, topic)
    if topic is not SearchTopic.PLACE:
        return fact_fields.wishes_form(wishes, today=today, base=SeenForm)(data=data)
    data |= {
        "title": details.search.title,
        "kinds": list(details.search.kinds),
        "place": str(details.place.public_id) if details.place else "",
        "radius_km": details.search.radius_km,
    }
    form = fact_fields.wishes_form(wishes, today=today, base=BasicsForm)(data=data)
    assert isinstance(form, BasicsForm)
    form.prepare(session, details)
    return form


def makes_sense(form: Form, details: SearchDetails, topic: SearchTopic) -> bool:
    """Whether the form can be saved; errors are noted at the fields."""
    if not form.validate():
        return False
    is_placed = form.settle_place() if isinstance(form, BasicsForm) else True
    return fact_fields.wishes_make_sense(form, search_wishes(topic, details.kinds)) and is_placed


def search_page(form: Form, details: SearchDetails, topic: SearchTopic) -> SearchPage:
    """What was stated, as the service takes it."""
    stated = fact_fields.stated_wishes(form, search_wishes(topic, details.kinds))
    return SearchPage(topic, stated, form.basics if isinstance(form, BasicsForm) else None)


def _is_uuid(value: Any) -> bool:
    try:
        UUID(value or "")
    except (ValueError, AttributeError, TypeError):
        return False
    return True
