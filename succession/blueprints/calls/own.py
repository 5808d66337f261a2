"""The owner's calls: the list, a new draft, the overview of one."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.blueprints.calls.blueprint import bp, now, owners_only
from succession.blueprints.calls.forms import NewCallForm, as_uuid
from succession.calls import policy, publication, queries, requirements, service
from succession.calls.models import Call
from succession.calls.requirements import Missing, Page, Prepared
from succession.calls.states import CallState, may_follow, state_at
from succession.errors import Refused
from succession.extensions import reading, unit_of_work
from succession.i18n import Text
from succession.web.errors import say
from succession.web.gate import current_actor
from succession.web.paging import page_number, page_of

PAGE_SIZE = 25


@dataclass(frozen=True, slots=True)
class Overview:
    """One call with what can be done next."""

    call: Call
    state: CallState
    prepared: Prepared
    missing: tuple[Missing, ...]
    may_prepare: bool
    may_score: bool

    @property
    def is_draft(self) -> bool:
        """Whether its pages can still be changed."""
        return self.call.state is CallState.DRAFT

    @property
    def may_cancel(self) -> bool:
        """Whether it can be ended with a reason."""
        return self.may_prepare and may_follow(self.state, CallState.CANCELLED)

    def words(self, page: Page) -> Text:
        """How far a page is."""
        return Text("still open") if any(one.page is page for one in self.missing) else Text("done")


def overview_of(call_id: UUID) -> Overview:
    """The call on its owner's side; nobody else learns that it exists."""
    session, actor, moment = reading(), current_actor(), now()
    call = queries.call_for(session, actor, call_id)
    prepared = publication.prepared(session, call)
    lacking = requirements.missing(prepared, now=moment) if call.state is CallState.DRAFT else ()
    return Overview(
        call,
        state_at(call, moment),
        prepared,
        lacking,
        policy.may_prepare(actor, call),
        policy.may_score(actor, call),
    )


@bp.get("/my-calls")
@owners_only
def mine() -> ResponseReturnValue:
    """Every call of the owners one works for."""
    session, actor, number = reading(), current_actor(), page_number()
    lines = queries.own_calls(session, actor, offset=(number - 1) * PAGE_SIZE, most=PAGE_SIZE + 1, now=now())
    may_begin = bool(queries.owners_to_call_for(session, actor))
    page = page_of(lines, number=number, size=PAGE_SIZE)
    return render_template("calls/mine.html", page=page, may_begin=may_begin)


@bp.get("/my-calls/new")
@owners_only
def new() -> ResponseReturnValue:
    """What is asked before there is a draft."""
    form = NewCallForm(formdata=None, procedure="single_lots")
    form.offer(queries.owners_to_call_for(reading(), current_actor()))
    return render_template("calls/new.html", form=form)


@bp.post("/my-calls/new")
@owners_only
def begin() -> ResponseReturnValue:
    """The draft is there, once for each form."""
    form = NewCallForm()
    form.offer(queries.owners_to_call_for(reading(), current_actor()))
    if form.validate():
        try:
            with unit_of_work() as session:
                call = service.begin(
                    session,
                    current_actor(),
                    UUID(form.owner.data),
                    form.values(),
                    idempotency_key=as_uuid(form.key.data),
                    now=now(),
                )
            return redirect(url_for(".lots", call_id=call.public_id))
        except Refused as refusal:
            form.refuse(say(refusal.text))
    return render_template("calls/new.html", form=form), 422


@bp.get("/my-calls/<uuid:call_id>")
@owners_only
def overview(call_id: UUID) -> ResponseReturnValue:
    """Where the call stands and what comes next."""
    found = overview_of(call_id)
    session = reading()
    return render_template(
        "calls/overview.html",
        view=found,
        call=found.call,
        pages=list(Page),
        owner=queries.owner_of(session, found.call),
        changes=queries.changes_of(session, found.call),
        sold=queries.sold_parcels(session, found.call),
    )


@bp.post("/my-calls/<uuid:call_id>/delete")
@owners_only
def delete(call_id: UUID) -> ResponseReturnValue:
    """The draft is gone."""
    with unit_of_work() as session:
        service.delete_draft(session, current_actor(), call_id, now=now())
    flash(gettext("The draft is deleted."))
    return redirect(url_for(".mine"))
