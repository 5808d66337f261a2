"""Published awards: the list, one award, its files, and publishing it."""

from datetime import UTC, datetime
from typing import Any
from uuid import UUID

from flask import Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts.actor import Role
from succession.awards import policy_records, queries_records, service_records
from succession.awards.queries_records import Shown
from succession.awards.record_lines import written
from succession.awards.record_shown import AwardShown, award_shown
from succession.blueprints.award_records.blueprint import bp
from succession.extensions import reading, unit_of_work
from succession.letters.rendering import PAPER, Letterhead, as_pdf
from succession.letters.values import Addressee, Letter
from succession.web.context import settings
from succession.web.gate import current_actor, public, requires
from succession.web.language import current_language
from succession.web.paging import page_number, page_of

ON_A_PAGE = 25


@bp.get("/awards")
@public
def published() -> ResponseReturnValue:
    """Every award that has been published, the newest first."""
    number = page_number()
    rows = queries_records.published(reading(), current_actor(), limit=ON_A_PAGE + 1, offset=(number - 1) * ON_A_PAGE)
    return render_template("award_records/published.html", page=page_of(rows, number=number, size=ON_A_PAGE))


@bp.get("/awards/<uuid:record_id>")
@public
def show(record_id: UUID) -> ResponseReturnValue:
    """One award as everybody may read it."""
    found, award = _award(record_id)
    actor = current_actor()
    names = {
        "may_publish": found.record.published_at is None and policy_records.may_publish(actor, found.desk.call),
        "may_read_full": policy_records.may_read_full(actor, found.desk.call),
    }
    return render_template("award_records/show.html", found=found, award=award, **names)


@bp.get("/awards/<uuid:record_id>/record.json")
@public
def public_file(record_id: UUID) -> ResponseReturnValue:
    """The public form as a file that can be recomputed anywhere."""
    found = queries_records.shown(reading(), current_actor(), record_id)
    return _file(found.record.public_record, f"award-{record_id}.json")


@bp.get("/awards/<uuid:record_id>/full.json")
@requires(Role.LANDOWNER)
def full_file(record_id: UUID) -> ResponseReturnValue:
    """The full form, for the scoring office, audit and courts."""
    case = queries_records.full(reading(), current_actor(), record_id)
    return _file(case, f"award-{record_id}-full.json")


@bp.get("/awards/<uuid:record_id>/record.pdf")
@public
def paper(record_id: UUID) -> ResponseReturnValue:
    """The same page on paper."""
    found, award = _award(record_id)
    own = settings()
    values = {"found": found, "award": award, "address": f"{own.base_url}/awards/{record_id}"}
    letter = Letter("award_records/award", Addressee("", ""), datetime.now(UTC).date(), values)
    made = as_pdf(letter, current_language(), Letterhead(own.site_name, own.base_url, own.contact), style=PAPER)
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="award-{record_id}.pdf"'
    return response


@bp.post("/awards/<uuid:record_id>/publication")
@requires(Role.LANDOWNER)
def publish(record_id: UUID) -> ResponseReturnValue:
    """From now on everybody can read it."""
    with unit_of_work() as session:
        found = queries_records.shown(session, current_actor(), record_id)
        service_records.publish(session, current_actor(), found.decision, now=datetime.now(UTC))
    flash(gettext("The award is published. Everybody can read and recompute it."))
    return redirect(url_for(".show", record_id=record_id))


def _award(record_id: UUID) -> tuple[Shown, AwardShown]:
    found = queries_records.shown(reading(), current_actor(), record_id)
    return found, award_shown(found.public, current_language())


def _file(case: dict[str, Any], name: str) -> Response:
    response = Response(written(case), mimetype="application/json")
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
