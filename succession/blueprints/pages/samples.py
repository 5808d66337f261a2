"""What the style guide shows: every component in every state, with sentences as they stand on real pages."""

from dataclasses import dataclass
from datetime import UTC, datetime
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext
from werkzeug.datastructures import MultiDict

from succession.facts.importance import Importance
from succession.facts.kinds import Kind
from succession.i18n import Text
from succession.listings.queries_search import OfferCard
from succession.listings.states import ListingState, OwnerKind, ServiceLevel
from succession.web.fields import (
    ChoiceField,
    DayField,
    DecimalField,
    EmailField,
    EurosField,
    Form,
    LongTextField,
    RadiosField,
    TextField,
    TickField,
    TicksField,
    UploadField,
)

NOBODY = UUID(int=0)
A_DAY = datetime(2026, 11, 3, 9, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Reason:
    """One line of a list of reasons."""

    mark: str
    sentence: Text
    weight: Text | None = None


REASONS = (
    Reason("fits", Text("12 km away, your wish: up to 15 km"), Importance.VERY.label),
    Reason("fits", Text("A dwelling with four rooms is free"), Importance.MUST.label),
    Reason("partly", Text("A lease is possible, but only after a trial year"), Importance.IMPORTANT.label),
    Reason("against", Text("Not organic yet; you wish for it from the beginning"), Importance.NICE.label),
    Reason("open", Text("Nothing is said about the state of the milking parlour. Ask"), Importance.RATHER.label),
)

KINDS = tuple(kind for kind in Kind)
IMPORTANCES = tuple((choice.value, choice.label) for choice in Importance)


def offers() -> list[OfferCard]:
    """Three cards: plain, with a distance, reserved and only partly within."""
    plain = _offer(Kind.FARM, "Milchviehhof sucht Nachfolge, Wohnung ist da", {})
    near = _offer(Kind.HORTICULTURE, "Gärtnerei mit drei Folientunneln", {"km": 12})
    reserved = _offer(Kind.CRAFT, "Backstube mit Laden und zwei Gesellen", {"km": 24, "is_partly": True})
    return [plain, near, _with_state(reserved, ListingState.RESERVED)]


def _offer(kind: Kind, title: str, more: dict[str, Any]) -> OfferCard:
    return OfferCard(
        public_id=NOBODY,
        reference="4K7",
        title=title,
        kind=kind,
        state=ListingState.PUBLISHED,
        service_level=ServiceLevel.LINK,
        owner_kind=OwnerKind.PRIVATE,
        facts={"area_ha": 18, "takeover_models": 3, "dwelling_rooms": 2},
        published_at=A_DAY,
        confirmed_at=A_DAY,
        area_public_id=NOBODY,
        area=Text("near %(place)s", {"place": "Gartow"}),
        **more,
    )


def _with_state(card: OfferCard, state: ListingState) -> OfferCard:
    values = {name: getattr(card, name) for name in OfferCard.__dataclass_fields__}
    return OfferCard(**{**values, "state": state})


class SampleForm(Form):
    """Every kind of field."""

    title = TextField(lazy_gettext("Title"), hint=lazy_gettext("One sentence that says what it is."))
    email = EmailField(lazy_gettext("E-mail address"), autocomplete="email")
    description = LongTextField(lazy_gettext("Description"), optional=True)
    area = DecimalField(lazy_gettext("Size of the land"), unit=lazy_gettext("hectares"), optional=True)
    price = EurosField(lazy_gettext("Asking price"), optional=True, hint=lazy_gettext("Others only see a range."))
    day = DayField(lazy_gettext("From when"), optional=True)
    level = ChoiceField(
        lazy_gettext("Organic farming"),
        choices=[
            ("", lazy_gettext("no answer")),
            ("a", lazy_gettext("conventional")),
            ("b", lazy_gettext("certified organic")),
        ],
    )
    stays = RadiosField(
        lazy_gettext("Do you want to go on living there?"),
        choices=[("yes", lazy_gettext("Yes")), ("no", lazy_gettext("No")), ("open", lazy_gettext("Still open"))],
    )
    models = TicksField(
        lazy_gettext("What can you imagine?"),
        choices=[("lease", lazy_gettext("lease")), ("sale", lazy_gettext("sale"))],
        optional=True,
    )
    agree = TickField(lazy_gettext("I have looked at everything once more."))
    file = UploadField(lazy_gettext("File with parcels"), optional=True)


def forms() -> SimpleNamespace:
    """The same form empty, filled, and with mistakes; ids differ so that the page stays valid."""
    empty = SampleForm(formdata=None, prefix="empty-")
    filled = SampleForm(
        formdata=None, prefix="filled-", data={"title": "Hof am Deich", "stays": "open", "models": ["lease"]}
    )
    typed = MultiDict({"wrong-email": "frieda", "wrong-area": "viel"})
    wrong = SampleForm(formdata=typed, prefix="wrong-")
    wrong.validate()
    return SimpleNamespace(empty=empty, filled=filled, wrong=wrong)
