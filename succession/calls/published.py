"""What the public reads of a call, as one document. For owners who are no public body it is coarser. Pure."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from typing import Any
from uuid import UUID

from succession.accounts.models import OrganisationKind
from succession.calls.models import Call, CallLot
from succession.calls.models_changes import CallChange
from succession.calls.queries import LotParcel
from succession.calls.requirements import Prepared
from succession.calls.states import CallState

PUBLIC_BODIES = frozenset({OrganisationKind.MUNICIPALITY, OrganisationKind.PARISH})
"""Whose parcels may be shown as they are (LP, L0)."""
SEALED = frozenset({CallState.DRAFT, CallState.PUBLISHED, CallState.OPEN})
"""As recorded: until then nobody learns how many apply."""
SQUARE_METRES_PER_HECTARE = 10_000
HALF_HECTARE = Decimal("0.5")


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A document that everybody may fetch."""

    public_id: UUID
    title: str
    pages: int
    bytes: int


def is_public_body(kind: OrganisationKind) -> bool:
    """Whether the parcels of such an owner may be shown as they are."""
    return kind in PUBLIC_BODIES


def document(
    prepared: Prepared,
    *,
    principles: Mapping[str, Any],
    owner_name: str,
    files: Sequence[PublicFile] = (),
    changes: Sequence[CallChange] = (),
) -> dict[str, Any]:
    """Everything a visitor may know. It holds neither the lottery's secret before its time nor any lessee."""
    call = prepared.call
    is_open_body = is_public_body(prepared.owner_kind)
    lots = _lots(prepared, is_open_body=is_open_body)
    return {
        "owner": {"name": owner_name, "kind": prepared.owner_kind.value},
        "is_exact": is_open_body,
        "summary": call.summary,
        "procedure": call.procedure.value,
        "price_kind": call.price_kind.value,
        "term_from": _day(call.term_from),
        "term_years": call.term_years,
        "extension": call.extension,
        "reference_on": _day(call.reference_on),
        "standstill_days": call.standstill_days,
        "public_interest": call.public_interest,
        "lottery": _lottery(call),
        "lots": lots,
        "area_ha": str(sum((Decimal(one["area_ha"]) for one in lots), Decimal(0))),
        "contact": _contact(call),
        "files": [
            {"id": str(one.public_id), "title": one.title, "pages": one.pages, "bytes": one.bytes} for one in files
        ],
        "changes": [_change(call, one) for one in changes],
        "cancelled": _cancelled(call),
        "revision": call.revision,
        "hash": call.frozen_hash,
        "principles": dict(principles),
    }


def shown_area_ha(parcels: Sequence[LotParcel], *, is_exact: bool) -> Decimal:
    """The area of a lot: as it is, or in steps of half a hectare."""
    hectares = sum((one.area_m2 for one in parcels), Decimal(0)) / SQUARE_METRES_PER_HECTARE
    if is_exact:
        return hectares.quantize(Decimal("0.0001"))
    steps = (hectares / HALF_HECTARE).quantize(Decimal(1), rounding=ROUND_HALF_UP)
    return max(steps, Decimal(1)) * HALF_HECTARE


def _lots(prepared: Prepared, *, is_open_body: bool) -> list[dict[str, Any]]:
    """Every lot with what it costs less than usual."""
    gaps = {one.number: one for one in prepared.gaps}
    lots = []
    for lot in prepared.lots:
        found = gaps.get(lot.number)
        lots.append(
            {
                **_lot(lot, prepared.parcels.get(lot.id, ()), is_open_body=is_open_body),
                "gap_cents": None if found is None else found.per_year,
                "gap_over_term_cents": None if found is None else found.over_term,
            }
        )
    return lots


def _lot(lot: CallLot, parcels: Sequence[LotParcel], *, is_open_body: bool) -> dict[str, Any]:
    return {
        "number": lot.number,
        "name": lot.name,
        "area_ha": str(shown_area_ha(parcels, is_exact=is_open_body)),
        "parcels": [one.label for one in parcels] if is_open_body else [],
        "parcel_count": len(parcels),
        "price_cents": lot.price_cents_year,
        "reference_rent_cents": lot.reference_rent_cents_year,
        "reference_source": lot.reference_source,
        "reference_on": _day(lot.reference_on),
        "remark": lot.remark,
    }


def _contact(call: Call) -> dict[str, str]:
    return {
        "name": call.contact_name,
        "email": call.contact_email,
        "phone": call.contact_phone,
        "address": call.contact_address,
    }


def _lottery(call: Call) -> dict[str, Any]:
    """The secret is told once the public draw has been entered."""
    told = {
        "secret_commitment": call.lottery_commitment,
        "public_draw_name": call.public_draw_name,
        "public_draw_on": _day(call.public_draw_on),
        "public_draw_result": call.public_draw_result,
    }
    return told if call.public_draw_result is None else {**told, "secret": call.lottery_secret}


def _change(call: Call, change: CallChange) -> dict[str, Any]:
    """How many were told would say before the deadline how many apply, so it is told after it."""
    return {
        "number": change.number,
        "made_at": change.made_at.isoformat(),
        "reason": change.reason,
        "lines": list(change.changes),
        "told": None if call.state in SEALED else change.told,
    }


def _cancelled(call: Call) -> dict[str, Any] | None:
    if call.cancelled_at is None:
        return None
    return {"at": call.cancelled_at.isoformat(), "reason": call.cancelled_reason}


def _day(day: date | datetime | None) -> str | None:
    return None if day is None else day.isoformat()
