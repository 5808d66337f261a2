"""The list of leases with its filters, and the same as a table for spreadsheets."""

from datetime import date
from uuid import UUID

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.leases.blueprint import bp, owners_only, today
from succession.extensions import reading
from succession.land import queries_leases
from succession.land.queries_leases import LeaseFilter, Order
from succession.web.csv_tables import as_csv
from succession.web.errors import say
from succession.web.gate import current_actor
from succession.web.paging import page_number, page_of

PAGE_SIZE = 50


@bp.get("")
@owners_only
def index() -> ResponseReturnValue:
    """The leases of everybody one works for."""
    session, actor, wanted, number = reading(), current_actor(), filters(), page_number()
    lines = queries_leases.own_leases(session, actor, wanted, offset=(number - 1) * PAGE_SIZE, most=PAGE_SIZE + 1)
    total = queries_leases.count_leases(session, actor, wanted)
    return render_template(
        "leases/index.html",
        page=page_of(lines, number=number, size=PAGE_SIZE, total=total),
        wanted=wanted,
        owners=queries_leases.owners_with_parcels(session, actor),
        orders=list(Order),
        today=today(),
    )


@bp.get("/leases.csv")
@owners_only
def table() -> ResponseReturnValue:
    """Everything that the list shows, as a table that can be taken in again."""
    lines = queries_leases.own_leases(reading(), current_actor(), filters())
    head = ["Flurstück", "Kennzeichen", "Eigentum", "Pächter", "Pacht", "Beginn", "Ende", "Kündigungsfrist"]
    rows: list[list[object]] = [[*head, "Bemerkung", gettext("State")]]
    for one in lines:
        rent = "" if one.rent_cents_year is None else f"{one.rent_cents_year / 100:.2f}".replace(".", ",")
        rows.append(
            [
                *(one.parcel_key or one.parcel, one.parcel, one.owner_name or "", one.lessee_name, rent),
                *(_written(one.starts_on), _written(one.ends_on), one.notice_months, one.note),
                say(one.state(today()).label),
            ]
        )
    answer = Response(as_csv(rows), mimetype="text/csv")
    answer.headers.set("Content-Disposition", "attachment", filename="leases.csv")
    return answer


def filters() -> LeaseFilter:
    """What the address asks for; nonsense is nothing."""
    order = request.args.get("order", "")
    try:
        owner = UUID(request.args.get("owner", ""))
    except ValueError:
        owner = None
    return LeaseFilter(
        owner,
        _day(request.args.get("from", "")),
        _day(request.args.get("until", "")),
        Order(order) if order in Order.__members__.values() else Order.END,
    )


def _day(written: str) -> date | None:
    try:
        return date.fromisoformat(written)
    except ValueError:
        return None


def _written(day: date | None) -> str:
    return "" if day is None else f"{day:%d.%m.%Y}"
