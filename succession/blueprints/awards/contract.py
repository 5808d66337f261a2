"""Approvals and the signed contract of a lot."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.awards import policy_outward, queries_outward, service_approvals, service_contract, service_not_signed
from succession.awards.approvals import ApprovalKind, StepOutcome, answer_by
from succession.awards.models_contract import ApprovalStep
from succession.awards.obstacles import obstacles
from succession.awards.outward import LotAt
from succession.awards.queries import Desk
from succession.awards.service_approvals import StepResult
from succession.awards.service_contract import Signed
from succession.awards.standstill import day_of
from succession.blueprints.awards.blueprint import bp, who_work
from succession.blueprints.awards.forms import revision_of
from succession.blueprints.awards.forms_outward import ContractForm, StepForm, StepResultForm
from succession.blueprints.awards.outward_pages import before_decision, letter_desk, moment, outward_page
from succession.blueprints.awards.showing import desk_of, tried
from succession.calls.states import CallKind
from succession.errors import NotFound
from succession.extensions import reading
from succession.web.context import settings
from succession.web.gate import current_actor


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/approvals")
@who_work
def approvals(call_id: UUID, number: int) -> ResponseReturnValue:
    """Who must agree or be told, before and after the signing."""
    desk = desk_of(call_id, number)
    return before_decision(desk, "approvals") or _approvals_page(desk, StepForm(formdata=None))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/approvals")
@who_work
def add_approval(call_id: UUID, number: int) -> ResponseReturnValue:
    """One more step."""
    form, at, now = StepForm(), LotAt(call_id, number), moment()
    status = tried(
        form,
        lambda session: service_approvals.add(
            session,
            current_actor(),
            at,
            kind=ApprovalKind(form.kind.data),
            body=form.body.data or "",
            due_on=form.due_on.data,
            now=now,
        ),
    )
    if status:
        return _approvals_page(letter_desk(call_id, number), form), status
    flash(gettext("The step is in the list."))
    return redirect(url_for(".approvals", call_id=call_id, number=number))


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/approvals/<uuid:step_id>")
@who_work
def approval(call_id: UUID, number: int, step_id: UUID) -> ResponseReturnValue:
    """One step."""
    desk = letter_desk(call_id, number)
    step = _step(desk, step_id)
    return _approval_page(desk, step, StepResultForm(formdata=None, obj=step))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/approvals/<uuid:step_id>")
@who_work
def record_approval(call_id: UUID, number: int, step_id: UUID) -> ResponseReturnValue:
    """What came of it."""
    form, at, now = StepResultForm(), LotAt(call_id, number), moment()
    status = tried(
        form,
        lambda session: service_approvals.record(
            session, current_actor(), at, step_id, _result(form), revision=revision_of(form.revision), now=now
        ),
    )
    if status:
        desk = letter_desk(call_id, number)
        return _approval_page(desk, _step(desk, step_id), form), status
    flash(gettext("The step is on record."))
    return redirect(url_for(".approvals", call_id=call_id, number=number))


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/contract")
@who_work
def contract(call_id: UUID, number: int) -> ResponseReturnValue:
    """What stands in the way of the contract, or the contract."""
    desk = desk_of(call_id, number)
    return before_decision(desk, "contract") or _contract_page(desk, ContractForm(formdata=None))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/contract")
@who_work
def record_contract(call_id: UUID, number: int) -> ResponseReturnValue:
    """The signed contract is on file."""
    form, at, now = ContractForm(), LotAt(call_id, number), moment()
    status = tried(
        form,
        lambda session: service_contract.record(
            session, current_actor(), at, _signed(form), folder=settings().files, now=now
        ),
    )
    if status:
        return _contract_page(letter_desk(call_id, number), form), status
    flash(gettext("The contract is on file. From now on its promises are watched."))
    return redirect(url_for(".contract", call_id=call_id, number=number))


def _result(form: StepResultForm) -> StepResult:
    return StepResult(
        form.asked_on.data,
        form.due_on.data,
        StepOutcome(form.outcome.data),
        form.outcome_on.data,
        form.note.data or "",
    )


def _signed(form: ContractForm) -> Signed:
    upload = request.files.get(form.scan.name)
    scan = (upload.filename or "", upload.read()) if upload is not None and upload.filename else None
    today = day_of(moment())
    signed_on, starts_on = form.signed_on.data or today, form.starts_on.data or today
    return Signed(signed_on, starts_on, form.ends_on.data, form.note.data or "", scan)


def _step(desk: Desk, step_id: UUID) -> ApprovalStep:
    course = queries_outward.standing_course(reading(), desk.lot)
    found = next((one for one in course.steps if one.public_id == step_id), None)
    if found is None:
        raise NotFound
    return found


def _approvals_page(desk: Desk, form: StepForm) -> str:
    course = queries_outward.standing_course(reading(), desk.lot)
    return outward_page(
        "approvals",
        desk,
        "approvals",
        course=course,
        form=form,
        kinds=list(ApprovalKind),
        is_sale=desk.call.kind is CallKind.SALE,
        notify_by=service_contract.notification_due(course.contract) if course.contract else None,
    )


def _approval_page(desk: Desk, step: ApprovalStep, form: StepResultForm) -> str:
    due = answer_by(step.asked_on) if step.asked_on and step.kind.silence_agrees else None
    return outward_page("approval", desk, "approvals", step=step, form=form, due=due)


def _contract_page(desk: Desk, form: ContractForm) -> str:
    course = queries_outward.standing_course(reading(), desk.lot)
    names = queries_outward.names_of(reading(), desk.call.id)
    may_give_up = policy_outward.may_write(current_actor(), desk.call)
    return outward_page(
        "contract",
        desk,
        "contract",
        course=course,
        obstacles=() if course.contract else obstacles(course, moment()),
        form=form,
        chosen=names.get(course.decision.application_id or 0, ""),
        may_give_up=may_give_up and service_not_signed.refusal(course) is None,
        call_term=(desk.call.term_from, desk.call.term_years),
    )
