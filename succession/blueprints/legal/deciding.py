"""The coordination's list of reports, and deciding on one with reasons."""

from datetime import UTC, datetime
from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts.actor import authorize
from succession.blueprints.legal.blueprint import bp, coordination_only
from succession.blueprints.legal.forms import DecisionForm
from succession.errors import Refused
from succession.extensions import reading, unit_of_work
from succession.legal import policy, queries_reports, service_reports
from succession.legal.reports import Decision, Ground
from succession.legal.service_reports import Judgement
from succession.web.errors import say
from succession.web.gate import current_actor
from succession.web.paging import page_number, page_of

PAGE_SIZE = 30


@bp.get("/reports")
@coordination_only
def reports() -> ResponseReturnValue:
    """What waits for a decision, the longest first; all on demand."""
    number, only_open = page_number(), "all" not in request.args
    found = queries_reports.cases(reading(), only_open=only_open, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE + 1)
    page = page_of(found, number=number, size=PAGE_SIZE)
    return render_template("legal/reports.html", page=page, only_open=only_open)


@bp.get("/reports/<uuid:report_id>")
@coordination_only
def case(report_id: UUID) -> ResponseReturnValue:
    """One report with its history, to be decided."""
    form = DecisionForm(formdata=None)
    return _case(report_id, form)


@bp.post("/reports/<uuid:report_id>/decision")
@coordination_only
def decide(report_id: UUID) -> ResponseReturnValue:
    """It is decided, and both sides have a mail."""
    form = DecisionForm()
    form.prepare()
    if not form.validate():
        return _case(report_id, form), 422
    judged = Judgement(Decision(form.decision.data), Ground(form.ground.data), form.statement.data or "")
    try:
        with unit_of_work() as session:
            service_reports.decide(session, current_actor(), report_id, judged, now=datetime.now(UTC))
    except Refused as refusal:
        form.refuse(say(refusal.text))
        return _case(report_id, form), refusal.status
    flash(gettext("Decided. Both sides get a letter with the reasons by mail."))
    return redirect(url_for(".case", report_id=report_id))


def _case(report_id: UUID, form: DecisionForm) -> str:
    form.prepare()
    found = queries_reports.case(reading(), report_id)
    authorize(policy.may_read_reports, current_actor(), None)
    may_decide = policy.may_decide(current_actor(), found.report)
    return render_template("legal/case.html", case=found, form=form, may_decide=may_decide)
