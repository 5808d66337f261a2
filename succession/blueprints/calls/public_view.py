"""A call as its public page shows it: the published document with dates and figures read."""

from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from babel.numbers import format_currency, format_decimal
from sqlalchemy.orm import Session

from succession.allocation import lottery
from succession.calls import publication, queries
from succession.calls.models import Call
from succession.calls.queries_public import PublicCall
from succession.calls.states import CallState, PriceKind, Procedure, state_at
from succession.i18n import Text
from succession.principles.document import read
from succession.principles.gazette import Section, gazette
from succession.principles.texts import in_language

Document = dict[str, Any]


@dataclass(frozen=True, slots=True)
class LotLine:
    """One lot in the table."""

    number: int
    name: str
    area_m2: Decimal
    parcels: tuple[str, ...]
    parcel_count: int
    price: int | None
    reference: int | None
    reference_source: str
    reference_on: date | None
    gap: int | None
    gap_over_term: int | None
    remark: str

    @property
    def title(self) -> str:
        """Its name, where it has one beside its number."""
        return "" if self.name == str(self.number) else self.name

    def area_words(self, language: str) -> str:
        """The area, for paper."""
        return f"{format_decimal(self.area_m2 / 10_000, format='#,##0.00', locale=language)}\N{NO-BREAK SPACE}ha"

    @staticmethod
    def euros(cents: int | None, language: str) -> str:
        """An amount, for paper."""
        return "–" if cents is None else str(format_currency(Decimal(cents) / 100, "EUR", locale=language))


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One change after the opening."""

    number: int
    made_at: datetime
    reason: str
    told: int | None
    """How many were told; null until the deadline is over."""


@dataclass(frozen=True, slots=True)
class PublicPage:
    """Everything the page shows."""

    public_id: UUID
    title: str
    owner_name: str
    kind_label: Text
    is_paid_yearly: bool
    state: CallState
    opens_at: datetime | None
    closes_at: datetime | None
    area: Text | None
    is_exact: bool
    procedure: Procedure
    price_kind: PriceKind
    lots: tuple[LotLine, ...]
    area_m2: Decimal
    term_from: date | None
    reference_on: date | None
    draw_on: date | None
    seed: str | None
    changes: tuple[ChangeLine, ...]
    cancelled_at: datetime | None
    document: Document
    """The rest as it was published: texts that need no reading."""

    @property
    def is_open(self) -> bool:
        """Whether one can apply."""
        return self.state is CallState.OPEN

    def sections(self, language: str) -> tuple[Section, ...]:
        """The principles as a council prints them."""
        return gazette(read(self.document["principles"]), language) if self.document["principles"] else ()

    def principles_name(self, language: str) -> str:
        """What the set is called."""
        return in_language(self.document["principles"]["name"], language) if self.document["principles"] else ""


def page_of(call: PublicCall) -> PublicPage:
    """The page of a published call."""
    return _page(
        call.document,
        public_id=call.public_id,
        title=call.title,
        owner_name=call.owner_name,
        kind_label=call.kind.label,
        is_paid_yearly=call.kind.is_paid_yearly,
        state=call.state,
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        area=call.area,
    )


def preview_of(session: Session, call: Call, *, now: datetime) -> PublicPage:
    """The page as it would be, made by the same functions; the caller has asked whether it may be looked at."""
    return _page(
        publication.as_public(session, call),
        public_id=call.public_id,
        title=call.title,
        owner_name=queries.owner_of(session, call).name,
        kind_label=call.kind.label,
        is_paid_yearly=call.kind.is_paid_yearly,
        state=state_at(call, now),
        opens_at=call.opens_at,
        closes_at=call.closes_at,
        area=None,
    )


def _page(document: Document, **known: Any) -> PublicPage:
    lots = tuple(_lot(one) for one in document["lots"])
    cancelled = document["cancelled"]
    return PublicPage(
        is_exact=document["is_exact"],
        procedure=Procedure(document["procedure"]),
        price_kind=PriceKind(document["price_kind"]),
        lots=lots,
        area_m2=Decimal(document["area_ha"]) * 10_000,
        term_from=_day(document["term_from"]),
        reference_on=_day(document["reference_on"]),
        draw_on=_day(document["lottery"]["public_draw_on"]),
        seed=_seed(document["lottery"]),
        changes=tuple(
            ChangeLine(one["number"], datetime.fromisoformat(one["made_at"]), one["reason"], one["told"])
            for one in document["changes"]
        ),
        cancelled_at=None if cancelled is None else datetime.fromisoformat(cancelled["at"]),
        document=document,
        **known,
    )


def _lot(one: Document) -> LotLine:
    return LotLine(
        number=one["number"],
        name=one["name"],
        area_m2=Decimal(one["area_ha"]) * 10_000,
        parcels=tuple(one["parcels"]),
        parcel_count=one["parcel_count"],
        price=one["price_cents"],
        reference=one["reference_rent_cents"],
        reference_source=one["reference_source"],
        reference_on=_day(one["reference_on"]),
        gap=one["gap_cents"],
        gap_over_term=one["gap_over_term_cents"],
        remark=one["remark"],
    )


def _seed(told: Document) -> str | None:
    """The seed of the lottery, once both its parts are public."""
    if not told.get("public_draw_result") or not told.get("secret"):
        return None
    return lottery.seed_from(told["secret"], told["public_draw_result"])


def _day(written: str | None) -> date | None:
    return None if written is None else date.fromisoformat(written)
