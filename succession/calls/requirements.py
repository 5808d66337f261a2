"""What is still missing or wrong before a call can be published, each with the page where it is put right. Pure."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from succession.accounts.models import OrganisationKind
from succession.calls import dates, gap
from succession.calls.models import Call, CallLot
from succession.calls.queries import LotParcel
from succession.calls.states import PriceKind
from succession.i18n import AnyText, Text
from succession.principles.document import Draw, Owners, PrincipleDocument
from succession.principles.document import PriceKind as PriceOfPrinciples
from succession.principles.questions import Measure


class Page(StrEnum):
    """The pages on which a call is described, one topic each."""

    ABOUT = "about"
    LOTS = "lots"
    PRICES = "prices"
    TERM = "term"
    PRINCIPLES = "principles"
    DATES = "dates"
    LOTTERY = "lottery"
    DOCUMENTS = "documents"
    CONTACT = "contact"

    @property
    def label(self) -> Text:
        """What a person reads."""
        return _PAGES[self]


_PAGES = {
    Page.ABOUT: Text("Title and kind"),
    Page.LOTS: Text("Lots and parcels"),
    Page.PRICES: Text("Prices and what is usual"),
    Page.TERM: Text("Term"),
    Page.PRINCIPLES: Text("Allocation principles"),
    Page.DATES: Text("Opening and deadline"),
    Page.LOTTERY: Text("If a lot has to be drawn"),
    Page.DOCUMENTS: Text("Documents"),
    Page.CONTACT: Text("Whom to ask"),
}

ROADS_ARE_LOADED = False
"""No room holds a network of roads yet; sets that measure along roads have to wait for one."""


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing, in a sentence that says what to do."""

    page: Page
    text: AnyText


@dataclass(frozen=True, slots=True)
class Prepared:
    """A call as it stands, with all that it is made of."""

    call: Call
    owner_kind: OrganisationKind
    lots: Sequence[CallLot]
    parcels: Mapping[int, Sequence[LotParcel]]
    principles: PrincipleDocument | None

    @property
    def gaps(self) -> tuple[gap.Gap, ...]:
        """The lots that cost less than usual."""
        priced = (gap.Priced(lot.number, lot.price_cents_year, lot.reference_rent_cents_year) for lot in self.lots)
        return gap.gaps(priced, years=self.call.term_years, is_paid_yearly=self.call.kind.is_paid_yearly)


def missing(prepared: Prepared, *, now: datetime) -> tuple[Missing, ...]:
    """Everything that stands in the way of publishing, in the order of the pages."""
    return tuple(
        one
        for check in (_lots, _prices, _term, _principles, _lot_facts, _dates, _lottery, _contact)
        for one in check(prepared, now)
    )


def _lots(prepared: Prepared, _: datetime) -> Iterator[Missing]:
    if not prepared.lots:
        yield Missing(Page.LOTS, Text("Add at least one lot."))
    for lot in prepared.lots:
        parcels = prepared.parcels.get(lot.id, ())
        if not parcels:
            yield Missing(Page.LOTS, Text("Lot %(number)s has no parcel yet.", {"number": lot.number}))
        for parcel in parcels:
            if not parcel.is_owners:
                yield Missing(
                    Page.LOTS,
                    Text(
                        "The parcel “%(parcel)s” in lot %(number)s no longer belongs to the owner. Take it out.",
                        {"parcel": parcel.label, "number": lot.number},
                    ),
                )


def _prices(prepared: Prepared, _: datetime) -> Iterator[Missing]:
    call = prepared.call
    for lot in prepared.lots:
        words = {"number": lot.number}
        if lot.price_cents_year is None and call.price_kind is not PriceKind.BID:
            yield Missing(Page.PRICES, Text("Lot %(number)s has no price yet.", words))
        if lot.reference_rent_cents_year is None:
            yield Missing(
                Page.PRICES,
                Text("Say what is usual for lot %(number)s in this place, from which source and of which day.", words),
            )
    if not prepared.gaps:
        return
    if not call.public_interest.strip():
        yield Missing(
            Page.PRICES,
            Text("A lot costs less than usual. Say in words which public interest this serves."),
        )
    if not call.de_minimis_note.strip():
        yield Missing(
            Page.PRICES,
            Text("A lot costs less than usual. Note how you checked the limit for small aid (de minimis)."),
        )


def _term(prepared: Prepared, _: datetime) -> Iterator[Missing]:
    call = prepared.call
    if call.kind.is_paid_yearly and (call.term_from is None or call.term_years is None):
        yield Missing(Page.TERM, Text("Say when the contract begins and how many years it runs."))
    if not call.kind.is_paid_yearly and call.term_from is None:
        yield Missing(Page.TERM, Text("Say when the land is handed over."))


ALWAYS_KNOWN = frozenset({"area_ha", "soil_points", "land_use"})
"""What is known of every lot by its parcels; so is `has_` with a kind of land use."""


def lot_fields(document: PrincipleDocument) -> tuple[str, ...]:
    """What conditions of the set ask of a lot beyond what its parcels say: the owner answers with yes or no."""
    catalogue = document.catalogue
    asked = {condition.field for condition in catalogue.applies_if}
    asked |= {condition.field for criterion in catalogue.criteria for condition in criterion.only_if}
    return tuple(sorted(one for one in asked - ALWAYS_KNOWN if not one.startswith("has_")))


def _lot_facts(prepared: Prepared, _: datetime) -> Iterator[Missing]:
    """A condition on a lot that nobody has answered would silently switch a criterion off."""
    if prepared.principles is None:
        return
    for lot in prepared.lots:
        if any(field not in lot.facts for field in lot_fields(prepared.principles)):
            yield Missing(
                Page.PRINCIPLES,
                Text("The principles ask something of lot %(number)s. Say what is true of it.", {"number": lot.number}),
            )


def _principles(prepared: Prepared, _: datetime) -> Iterator[Missing]:
    document = prepared.principles
    if document is None:
        yield Missing(Page.PRINCIPLES, Text("Choose the principles by which the land is given out."))
        return
    yield from (Missing(Page.PRINCIPLES, text) for text in unsuitable(document, prepared.owner_kind))
    asks = prepared.call.price_kind.asks_for_bids
    if asks and document.price is PriceOfPrinciples.FIXED:
        yield Missing(
            Page.PRICES,
            Text("The call asks for offers of money, but the chosen principles go with a fixed price."),
        )
    if not asks and document.price is not PriceOfPrinciples.FIXED:
        yield Missing(
            Page.PRICES,
            Text("The chosen principles count offers of money, but the call has a fixed price."),
        )


def unsuitable(document: PrincipleDocument, owner_kind: OrganisationKind) -> Iterator[Text]:
    """Why a set cannot be used by this owner now, one sentence each; nothing if it can."""
    for criterion in document.unscored:
        yield Text(
            "The points for “%(criterion)s” are not known. Give it points or take it out before a call uses this set.",
            {"criterion": criterion.label["de"]},
        )
    if owner_kind is not OrganisationKind.PARISH and (
        document.owners is Owners.CHURCH or any(one.special_category is not None for one in document.questions)
    ):
        yield Text("Only a church may ask about membership in a church. Please choose another set.")
    if not ROADS_ARE_LOADED and any(one.measure is Measure.FARMSTEAD_ROAD for one in document.questions):
        yield Text(
            "The set measures along roads, and no roads are loaded here. "
            "Choose a set that measures in a straight line, or ask the operator."
        )


def _dates(prepared: Prepared, now: datetime) -> Iterator[Missing]:
    call = prepared.call
    wrong = dates.wrong_dates(call.opens_at, call.closes_at, now=now)
    if wrong is not None:
        yield Missing(Page.DATES, wrong)


def _lottery(prepared: Prepared, _: datetime) -> Iterator[Missing]:
    call, document = prepared.call, prepared.principles
    if document is not None and document.draw is not Draw.COMMITTED:
        return
    if not call.public_draw_name.strip() or call.public_draw_on is None:
        yield Missing(Page.LOTTERY, Text("Name the public draw and its day."))
        return
    wrong = dates.wrong_draw(call.public_draw_on, call.closes_at)
    if wrong is not None and call.closes_at is not None:
        yield Missing(Page.LOTTERY, wrong)


def _contact(prepared: Prepared, _: datetime) -> Iterator[Missing]:
    call = prepared.call
    if not call.contact_name.strip() or not (call.contact_email.strip() or call.contact_phone.strip()):
        yield Missing(
            Page.CONTACT, Text("Name somebody whom applicants can ask, with a telephone number or an address.")
        )
    if not call.contact_address.strip():
        yield Missing(Page.CONTACT, Text("Say where an application on paper goes."))
