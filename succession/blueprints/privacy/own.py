"""My data: what we hold, a copy of it, consents, and the last page that somebody sees."""

from datetime import UTC, datetime
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, send_file, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.privacy.blueprint import bp
from succession.extensions import reading, unit_of_work
from succession.privacy import queries, service
from succession.privacy.consents import ConsentPurpose
from succession.web.context import settings
from succession.web.freshness import fresh_password
from succession.web.gate import current_actor, public, requires


@bp.get("/my-data")
@requires()
def index() -> ResponseReturnValue:
    """What we hold on the person, why, how long, who sees it; and what they can do about it."""
    overview = queries.overview(reading(), current_actor(), now=datetime.now(UTC))
    return render_template("privacy/index.html", overview=overview, copies_a_day=service.EXPORTS_A_DAY)


@bp.post("/my-data/copies")
@requires()
def make_copy() -> ResponseReturnValue:
    """A copy is being made; its page shows how far it is."""
    with unit_of_work() as session:
        work = service.request_export(session, current_actor(), now=datetime.now(UTC))
    return redirect(url_for("operations.work", public_id=work.public_id))


@bp.get("/my-data/copies/<uuid:copy_id>")
@requires()
def copy(copy_id: UUID) -> ResponseReturnValue:
    """One copy: how long it is kept, and how it is fetched."""
    found = queries.export(reading(), current_actor(), copy_id, now=datetime.now(UTC))
    return render_template("privacy/copy.html", copy=found)


@bp.post("/my-data/copies/<uuid:copy_id>/file")
@requires()
@fresh_password
def fetch_copy(copy_id: UUID) -> ResponseReturnValue:
    """The file, for whoever has just entered the password."""
    with unit_of_work() as session:
        path = service.note_fetched(session, current_actor(), copy_id, settings(), now=datetime.now(UTC))
    name = gettext("my-data") + ".zip"
    return send_file(path, mimetype="application/zip", as_attachment=True, download_name=name, max_age=0)


@bp.get("/my-data/consents")
@requires()
def consents() -> ResponseReturnValue:
    """What the person has consented to, in which words, and since when."""
    return render_template("privacy/consents.html", consents=queries.consents(reading(), current_actor()))


@bp.post("/my-data/consents")
@requires()
def decide_consent() -> ResponseReturnValue:
    """A consent is given or withdrawn: each with one button."""
    word, is_given = request.form.get("purpose", ""), request.form.get("decision") == "give"
    if word not in {purpose.value for purpose in ConsentPurpose}:
        abort(400)
    with unit_of_work() as session:
        service.decide_consent(session, current_actor(), ConsentPurpose(word), is_given=is_given, now=datetime.now(UTC))
    flash(gettext("Thank you. We have noted it.") if is_given else gettext("Your consent is withdrawn."))
    return redirect(url_for(".consents"))


@bp.get("/my-data/farewell")
@public
def farewell() -> ResponseReturnValue:
    """The account is shut; what happens now. There is nothing to see here of anybody."""
    return render_template("privacy/farewell.html")
