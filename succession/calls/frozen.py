"""The document that is frozen with a call: everything an applicant relies on, and its hash. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from typing import Any

from succession.allocation.principles import Change, changes, identifier
from succession.calls.models import Call, CallLot
from succession.calls.queries import LotParcel
from succession.i18n import PLACE_OF_TIMES

FORMAT = "call-1"


def frozen(
    call: Call,
    lots: Iterable[CallLot],
    parcels: Mapping[int, Sequence[LotParcel]],
    principles: Mapping[str, Any],
) -> dict[str, Any]:
    """What the call promises, as one document with whole numbers and texts only."""
    assert call.opens_at is not None
    assert call.closes_at is not None
    return {
        "format": FORMAT,
        "call": str(call.public_id),
        "title": call.title,
        "summary": call.summary,
        "kind": call.kind.value,
        "procedure": call.procedure.value,
        "price_kind": call.price_kind.value,
        "term_from": _day(call.term_from),
        "term_years": call.term_years,
        "extension": call.extension,
        "opens_at": call.opens_at.isoformat(),
        "closes_at": call.closes_at.isoformat(),
        "reference_on": _day(call.reference_on or _local_day(call.closes_at)),
        "standstill_days": call.standstill_days,
        "public_interest": call.public_interest,
        "lottery": {
            "secret_commitment": call.lottery_commitment,
            "public_draw_name": call.public_draw_name,
            "public_draw_on": _day(call.public_draw_on),
        },
        "lots": [_lot(lot, parcels.get(lot.id, ())) for lot in lots],
        "principles": dict(principles),
    }


def hash_of(document: Mapping[str, Any]) -> str:
    """SHA-256 of the canonical form, as lower-case hex."""
    return identifier(document)


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> list[Change]:
    """What a change after the opening has changed; the principles are compared as a whole by their id."""
    return list(changes(_shortened(before), _shortened(after)))


def _shortened(document: Mapping[str, Any]) -> dict[str, Any]:
    """Long lists of rules are not repeated in the log: their id says that they differ."""
    lots = [{**lot, "id": str(lot["number"])} for lot in document["lots"]]
    return {**document, "principles": identifier(document["principles"]), "lots": lots}


def _lot(lot: CallLot, parcels: Sequence[LotParcel]) -> dict[str, Any]:
    return {
        "number": lot.number,
        "name": lot.name,
        "price_cents": lot.price_cents_year,
        "reference_rent_cents": lot.reference_rent_cents_year,
        "reference_source": lot.reference_source,
        "reference_on": _day(lot.reference_on),
        "remark": lot.remark,
        "facts": dict(lot.facts),
        "parcels": [{"parcel": str(one.public_id), "label": one.label, "area_m2": str(one.area_m2)} for one in parcels],
    }


def _day(day: date | None) -> str | None:
    return None if day is None else day.isoformat()


def _local_day(moment: datetime) -> date:
    return moment.astimezone(PLACE_OF_TIMES).date()
