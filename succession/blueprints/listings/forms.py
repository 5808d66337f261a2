"""The forms in which offers are made, one for each topic."""

from collections.abc import Iterable
from datetime import date
from typing import Any
from uuid import UUID, uuid4

from flask_babel import gettext, lazy_gettext
from sqlalchemy.orm import Session
from wtforms import HiddenField

from succession.accounts.actor import Actor
from succession.accounts.models import Organisation
from succession.facts.kinds import Kind
from succession.land import queries as land_queries
from succession.land.queries import ParcelLine
from succession.listings import service_editing
from succession.listings.queries import ListingDetails
from succession.listings.service_editing import About, Facts, Page, Whereabouts, Wishes
from succession.listings.states import LONGEST_DESCRIPTION, LONGEST_TEASER, LONGEST_TITLE, ServiceLevel
from succession.listings.topics import Topic, fields_of, wishes_for
from succession.web import fact_fields
from succession.web.choices import options
from succession.web.errors import say
from succession.web.fields import Form, LongTextField, RadiosField, TextField, TickField, TicksField
from succession.web.filters import hectares
from succession.web.place_field import PlaceForm

MYSELF = ""
NO_SITE = ""


class NewOfferForm(Form):
    """What is asked before there is a draft."""

    key = HiddenField()
    kind = RadiosField(lazy_gettext("What do you want to hand over?"), choices=[])
    title = TextField(
        lazy_gettext("A title"),
        hint=lazy_gettext("For example: dairy farm near the dyke is looking for successors. You can change it later."),
        longest=LONGEST_TITLE,
    )
    organisation = RadiosField(lazy_gettext("For whom?"), choices=[], optional=True, default=MYSELF)

    def prepare(self, organisations: Iterable[Organisation]) -> None:
        """The choices, and a fresh key for a fresh form."""
        self.kind.choices = options((kind.value, say(kind.label)) for kind in Kind)
        named = [(str(one.public_id), one.name) for one in organisations]
        self.organisation.choices = options([(MYSELF, gettext("for myself or my family")), *named])
        if len(named) == 1 and not self.is_submitted():
            self.organisation.data = named[0][0]  # an office's clerk seldom offers land of their own
        self.key.data = str(as_uuid(self.key.data) or uuid4())


class AboutForm(fact_fields.QuietForm):
    """Title, description, and how openly the offer is shown."""

    seen = HiddenField()
    title = TextField(lazy_gettext("Title"), longest=LONGEST_TITLE, optional=True)
    description = LongTextField(
        lazy_gettext("Description"),
        hint=lazy_gettext(
            "What makes it special? What should go on? Please no names, no address, no telephone number. "
            "At most 6,000 characters."
        ),
        longest=LONGEST_DESCRIPTION,
        optional=True,
        render_kw={"rows": 12},
    )
    service_level = RadiosField(lazy_gettext("How much help do you want?"), choices=[])
    is_confidential = TickField(
        lazy_gettext(
            "Show it confidentially: strangers see only the kind and a wide area. You decide one by one who reads more."
        )
    )
    teaser = TextField(
        lazy_gettext("One or two sentences for strangers"),
        hint=lazy_gettext(
            "Only for a confidential offer: this, the kind and the wide area are all that strangers read. "
            "At most 300 characters."
        ),
        longest=LONGEST_TEASER,
        optional=True,
    )
    is_confirmed = TickField(lazy_gettext("I have looked at it. It may be published like this."))


class WhereForm(PlaceForm, fact_fields.QuietForm):
    """Parcels, premises, or the name of a place."""

    seen = HiddenField()
    parcels = TicksField(lazy_gettext("Which parcels belong to it?"), choices=[], optional=True)
    site = RadiosField(lazy_gettext("Where are the buildings?"), choices=[], optional=True, default=NO_SITE)


def form_for(session: Session, actor: Actor, details: ListingDetails, topic: Topic, *, today: date) -> Form:
    """The form of a topic: filled with what is stored, or with what was sent."""
    data = {**_stored(session, details, topic), "seen": service_editing.seen_mark(details, topic)}
    match topic:
        case Topic.ABOUT:
            form: Form = AboutForm(data=data)
            form["service_level"].choices = options(
                (level.value, f"{say(level.label)}. {say(level.explanation)}") for level in ServiceLevel
            )
        case Topic.PLACE:
            form = _where_form(session, actor, details, data)
        case Topic.WISHES:
            form = fact_fields.wishes_form(wishes_for(details.listing.kind), today=today, base=SeenForm)(data=data)
        case _:
            form = fact_fields.facts_form(fields_of(topic, details.listing.kind), base=SeenForm)(data=data)
    return form


class SeenForm(fact_fields.QuietForm):
    """A form that remembers what its reader has seen."""

    seen = HiddenField()


def makes_sense(form: Form, details: ListingDetails, topic: Topic) -> bool:
    """Whether the form can be saved; errors are noted at the fields."""
    if not form.validate():
        return False
    match topic:
        case Topic.WISHES:
            return fact_fields.wishes_make_sense(form, wishes_for(details.listing.kind))
        case Topic.PLACE:
            assert isinstance(form, WhereForm)
            return form.settle_place()
        case _:
            return True


def page_from(form: Form, details: ListingDetails, topic: Topic) -> Page:
    """What was stated, as the service takes it."""
    match topic:
        case Topic.ABOUT:
            return About(
                form["title"].data or "",
                form["description"].data or "",
                ServiceLevel(form["service_level"].data),
                bool(form["is_confidential"].data),
                form["teaser"].data or "",
            )
        case Topic.PLACE:
            assert isinstance(form, WhereForm)
            return Whereabouts(
                frozenset(UUID(value) for value in form.parcels.data or ()), as_uuid(form.site.data), form.place_id
            )
        case Topic.WISHES:
            return Wishes(fact_fields.stated_wishes(form, wishes_for(details.listing.kind)))
        case _:
            return Facts(topic, fact_fields.stated_facts(form, fields_of(topic, details.listing.kind)))


def as_uuid(value: Any) -> UUID | None:
    """A public id from a form; nonsense is none."""
    try:
        return UUID(value or "")
    except (ValueError, AttributeError, TypeError):
        return None


def _stored(session: Session, details: ListingDetails, topic: Topic) -> dict[str, Any]:
    """What the form is filled with; what the parcels say is proposed where nothing was said."""
    match topic:
        case Topic.WISHES:
            return fact_fields.shown_wishes(wishes_for(details.listing.kind), details.statements.wishes)
        case Topic.ABOUT:
            stored = service_editing.stored(details, topic)
            return {**stored, "service_level": details.listing.service_level.value}
        case Topic.PLACE:
            return service_editing.stored(details, topic)
        case _:
            facts = dict(details.statements.facts)
            if topic is Topic.LAND:
                facts = {**facts, **proposals(session, details)}
            return fact_fields.shown_facts(fields_of(topic, details.listing.kind), facts)


def proposals(session: Session, details: ListingDetails) -> dict[str, Any]:
    """What the chosen parcels say about the facts that are still open."""
    if not details.parcels:
        return {}
    summary = land_queries.parcel_summary(session, [parcel.id for parcel in details.parcels])
    proposed = {
        "area_ha": summary.area_ha or None,
        "land_uses": [use.value for use in summary.land_uses] or None,
        "soil_points": summary.soil_points,
        "contiguity": summary.contiguity,
    }
    open_facts = (name for name in proposed if details.statements.facts.get(name) is None)
    return {name: proposed[name] for name in open_facts if proposed[name] is not None}


def _where_form(session: Session, actor: Actor, details: ListingDetails, data: dict[str, Any]) -> WhereForm:
    form = WhereForm(data={**data, "site": data["site"] or NO_SITE, "place": data["place"] or ""})
    owner = {
        "owner_organisation_id": details.listing.owner_organisation_id,
        "owner_account_id": details.listing.owner_account_id,
    }
    parcels = land_queries.parcels_of(session, actor, **owner)
    form.parcels.choices = options((str(parcel.public_id), _parcel_words(parcel)) for parcel in parcels)
    sites = [
        site
        for site in land_queries.sites_of(session, actor)
        if (site.owner_organisation_id, site.owner_account_id) == tuple(owner.values())
    ]
    named = [(str(site.public_id), site.name) for site in sites]
    form.site.choices = options([*named, (NO_SITE, gettext("none of these"))])
    form.offer_places(session, details.place)
    return form


def _parcel_words(parcel: ParcelLine) -> str:
    """What tells a parcel from the others in the list."""
    words = [parcel.label, hectares(parcel.official_area_m2 or parcel.area_m2)]
    if parcel.land_use is not None:
        words.append(say(parcel.land_use.label))
    return ", ".join(dict.fromkeys(words))
