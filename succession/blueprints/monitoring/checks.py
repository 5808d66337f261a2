"""One check of a promise: its evidence, what was found, and what follows."""

from uuid import UUID

from flask import flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.accounts.actor import Role
from succession.blueprints.files import document_response, photo_response
from succession.blueprints.monitoring.blueprint import bp, now, today, tried
from succession.blueprints.monitoring.forms import EvidenceForm, FindingForm, SettledForm
from succession.extensions import reading
from succession.files.limits import LARGEST_DOCUMENT
from succession.monitoring import policy, queries, service, service_findings
from succession.monitoring.outcomes import Outcome
from succession.monitoring.queries import OneCheck
from succession.web.context import settings
from succession.web.gate import also_while_acting, current_actor, requires
from succession.web.numbers import of_a_page

ROOM_FOR_WORDS = 2**20


@bp.get("/promises/checks/<uuid:check_id>")
@requires()
@also_while_acting
def check(check_id: UUID) -> ResponseReturnValue:
    """One check, for both sides."""
    return _page(_one(check_id))


@bp.post("/promises/checks/<uuid:check_id>/evidence")
@requires()
@also_while_acting
def hand_in(check_id: UUID) -> ResponseReturnValue:
    """A paper or a photo lies with the check."""
    request.max_content_length = LARGEST_DOCUMENT + ROOM_FOR_WORDS
    form = EvidenceForm()
    one = _one(check_id)
    refused = tried(
        form,
        lambda session: service.hand_in(
            session,
            current_actor(),
            check_id,
            _upload(form),
            form.note.data or "",
            folder=settings().files,
            now=now(),
        ),
    )
    if refused:
        return _page(one, evidence=form), refused
    flash(gettext("Thank you. It lies with the promise now."))
    return redirect(url_for(".check", check_id=check_id))


@bp.post("/promises/checks/<uuid:check_id>/findings")
@requires(Role.LANDOWNER)
def find(check_id: UUID) -> ResponseReturnValue:
    """What the office found."""
    form = FindingForm()
    one = _one(check_id)
    refused = tried(
        form,
        lambda session: service_findings.record(
            session,
            current_actor(),
            check_id,
            outcome=Outcome(form.outcome.data),
            found_on=form.found_on.data or today(),
            note=form.note.data or "",
            consequence=form.consequence.data or "",
            consequence_due_on=form.consequence_due_on.data,
            revision=of_a_page(form.revision.data),
            now=now(),
        ),
    )
    if refused:
        return _page(one, finding=form), refused
    flash(gettext("Saved. Whoever has the land is told that there is a finding."))
    return redirect(url_for(".check", check_id=check_id))


@bp.post("/promises/checks/<uuid:check_id>/findings/<uuid:finding_id>/settled")
@requires(Role.LANDOWNER)
def settle(check_id: UUID, finding_id: UUID) -> ResponseReturnValue:
    """What had to follow was done."""
    form = SettledForm()
    one = _one(check_id)
    refused = tried(
        form,
        lambda session: service_findings.settle(
            session, current_actor(), check_id, finding_id, form.settled_on.data or today(), now=now()
        ),
    )
    if refused:
        return _page(one, settled=form), refused
    flash(gettext("Saved."))
    return redirect(url_for(".check", check_id=check_id))


@bp.get("/promises/evidence/<uuid:file_id>")
@requires()
@also_while_acting
def evidence(file_id: UUID) -> ResponseReturnValue:
    """A paper or a photo, for both sides."""
    file = queries.evidence_file(reading(), current_actor(), file_id)
    if file.pages is None:
        return photo_response(file.public_id)
    return document_response(file.public_id, f"{file.public_id.hex[:8]}.pdf")


def _one(check_id: UUID) -> OneCheck:
    return queries.one_check(reading(), current_actor(), check_id, today=today())


def _upload(form: EvidenceForm) -> tuple[str, bytes] | None:
    if not form.file.data:
        return None
    return form.file.data.filename or "", form.file.data.stream.read(LARGEST_DOCUMENT + 1)


def _page(
    one: OneCheck,
    finding: FindingForm | None = None,
    evidence: EvidenceForm | None = None,
    settled: SettledForm | None = None,
) -> str:
    begun = {"revision": one.line.check.revision, "found_on": today()}
    return render_template(
        "monitoring/check.html",
        one=one,
        held=one.held,
        may_watch=policy.may_watch(current_actor(), one.held.parties),
        form=finding or FindingForm(formdata=None, data=begun),
        paper=evidence or EvidenceForm(formdata=None),
        settled=settled or SettledForm(formdata=None, data={"settled_on": today()}),
    )
