"""Reporting something, with a receipt; reading how it was decided; saying once that one does not agree."""

from datetime import UTC, datetime
from uuid import UUID

from flask import abort, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts import service_limits
from succession.accounts.limits import network_of
from succession.blueprints.legal.blueprint import bp
from succession.blueprints.legal.forms import ComplaintForm, ReportForm
from succession.errors import Refused
from succession.extensions import own_transaction, reading, unit_of_work
from succession.legal import queries_reports, service_reports
from succession.legal.reports import REPORTS_OF_A_NETWORK, REPORTS_OF_ALL, AboutKind, Reason
from succession.legal.service_reports import NewReport
from succession.listings.holders import Holder
from succession.listings.queries_apart import refuse_hidden
from succession.listings.queries_reported import holder_of_public
from succession.web.errors import say
from succession.web.gate import current_actor, public
from succession.web.language import current_language
from succession.web.own_paths import own_path

OFFER, PAGE = "offer:", "page:"


@bp.get("/report")
@public
def report() -> ResponseReturnValue:
    """The form for one thing, named in the address."""
    about = request.args.get("about", "")
    form = ReportForm(formdata=None, reason=Reason.BARRIER.value if about == "page:/accessibility" else None)
    form.prepare()
    return render_template("legal/report.html", form=form, target=_target(about))


@bp.post("/report")
@public
def send_report() -> ResponseReturnValue:
    """It is with the coordination, and the receipt says under which number."""
    form, target = ReportForm(), _target(request.args.get("about", ""))
    form.prepare()
    if not (form.validate() & form.makes_sense()):
        return render_template("legal/report.html", form=form, target=target), 422
    now = datetime.now(UTC)
    with own_transaction() as own:
        service_limits.count(own, REPORTS_OF_A_NETWORK, network_of(request.remote_addr or ""), now=now)
        service_limits.count(own, REPORTS_OF_ALL, now=now)
    kind, public_id, path, holder = target
    new = NewReport(
        kind,
        public_id,
        path,
        Reason(form.reason.data),
        form.words.data or "",
        email=form.email.data,
        affected_account_id=holder.account_id,
        affected_organisation_id=holder.organisation_id,
    )
    with unit_of_work() as session:
        receipt = service_reports.report(session, current_actor(), new, language=current_language(), now=now)
    return redirect(url_for(".receipt", report_id=receipt.report.public_id, key=receipt.key))


@bp.get("/reports/<uuid:report_id>/receipt")
@public
def receipt(report_id: UUID) -> ResponseReturnValue:
    """The number, what was said, and how it was decided; for who has the key, reported it signed in, or is affected."""
    return _receipt(report_id, ComplaintForm(formdata=None))


@bp.post("/reports/<uuid:report_id>/complaint")
@public
def complain(report_id: UUID) -> ResponseReturnValue:
    """Another look by a person is asked for."""
    form = ComplaintForm()
    if not form.validate():
        return _receipt(report_id, form), 422
    key, now = request.args.get("key"), datetime.now(UTC)
    try:
        with unit_of_work() as session:
            service_reports.complain(session, current_actor(), report_id, form.words.data or "", key=key, now=now)
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return _receipt(report_id, form), refusal.status
    flash(gettext("Your complaint has arrived. A person looks at the matter once more."))
    return redirect(url_for(".receipt", report_id=report_id, key=key))


def _receipt(report_id: UUID, form: ComplaintForm) -> str:
    key = request.args.get("key")
    case = queries_reports.own_case(reading(), current_actor(), report_id, key)
    may_complain = case.may_complain(datetime.now(UTC))
    return render_template("legal/receipt.html", case=case, form=form, key=key, may_complain=may_complain)


def _target(about: str) -> tuple[AboutKind, UUID | None, str | None, Holder]:
    """What is reported: an offer that others see or saw, or a page of ours; anything else does not exist."""
    if about.startswith(OFFER):
        try:
            public_id = UUID(about.removeprefix(OFFER))
        except ValueError:
            abort(404)
        refuse_hidden(reading(), current_actor(), public_id)
        return AboutKind.LISTING, public_id, None, holder_of_public(reading(), public_id)
    path = own_path(about.removeprefix(PAGE)) if about.startswith(PAGE) else None
    return AboutKind.PAGE, None, path or "/", Holder()
