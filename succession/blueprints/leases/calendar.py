"""The lead-time calendar: which leases ask for a call, which end soon; on a page and for one's own calendar."""

from dataclasses import dataclass
from datetime import date
from urllib.parse import urljoin

from flask import Response, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.leases.blueprint import bp, now, owners_only, today
from succession.extensions import reading
from succession.land import lead_time, leases_ics, queries_leases
from succession.land.lead_time import LOOK_AHEAD_MONTHS
from succession.land.queries_leases import LeaseLine
from succession.web.context import settings
from succession.web.gate import current_actor


@dataclass(frozen=True, slots=True)
class Month:
    """The leases that end in one month."""

    first: date
    lines: tuple[LeaseLine, ...]


@bp.get("/calendar")
@owners_only
def calendar() -> ResponseReturnValue:
    """What asks for a call now, what ends before, what comes next."""
    day = today()
    first, last = lead_time.window(day)
    lines = queries_leases.ending_between(reading(), current_actor(), day, _horizon(day))
    return render_template(
        "leases/calendar.html",
        first=first,
        last=last,
        asking=_months([one for one in lines if one.ends_on is not None and first <= one.ends_on <= last]),
        late=_months([one for one in lines if one.ends_on is not None and one.ends_on < first]),
        later=_months([one for one in lines if one.ends_on is not None and one.ends_on > last]),
        today=day,
    )


@bp.get("/calendar.ics")
@owners_only
def calendar_file() -> ResponseReturnValue:
    """The same days for one's own calendar."""
    day = today()
    base = urljoin(settings().base_url, url_for("leases.calendar"))
    entries = []
    for one in queries_leases.ending_between(reading(), current_actor(), day, _horizon(day)):
        assert one.ends_on is not None
        title = gettext("Prepare a call: %(parcel)s", parcel=one.parcel)
        words = gettext("The lease ends on %(day)s.", day=f"{one.ends_on:%d.%m.%Y}")
        call_by = lead_time.call_by(one.ends_on)
        entries.append(
            leases_ics.Entry(f"call-{one.public_id}@succession", max(call_by, day), title, f"{words}\n{base}")
        )
        notice_by = lead_time.notice_by(one.ends_on, one.notice_months)
        if notice_by is not None and notice_by >= day:
            title = gettext("Last day to give notice: %(parcel)s", parcel=one.parcel)
            entries.append(leases_ics.Entry(f"notice-{one.public_id}@succession", notice_by, title, f"{words}\n{base}"))
    made = leases_ics.calendar(entries, name=gettext("Leases"), now=now())
    answer = Response(made, mimetype="text/calendar")
    answer.headers.set("Content-Disposition", "attachment", filename="leases.ics")
    return answer


def _horizon(day: date) -> date:
    return lead_time.months_later(day, LOOK_AHEAD_MONTHS)


def _months(lines: list[LeaseLine]) -> list[Month]:
    """The leases by the month of their end."""
    found: dict[date, list[LeaseLine]] = {}
    for one in lines:
        if one.ends_on is not None:
            found.setdefault(one.ends_on.replace(day=1), []).append(one)
    return [Month(first, tuple(some)) for first, some in found.items()]
