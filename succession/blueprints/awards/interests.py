"""Conflicts of interest: what people of the office say of themselves, and what members of the body have said."""

from datetime import UTC, datetime
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.awards import queries_interests, service_interests
from succession.awards.interests import called_like
from succession.awards.queries import Desk
from succession.blueprints.awards.blueprint import bp, who_work
from succession.blueprints.awards.forms import InterestForm, MemberForm
from succession.blueprints.awards.showing import desk_of, page, tried
from succession.extensions import reading
from succession.web.gate import current_actor


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/interests")
@who_work
def interests(call_id: UUID, number: int) -> ResponseReturnValue:
    """What was declared; it holds for the whole call."""
    return _page(desk_of(call_id, number), InterestForm(formdata=None, prefix="own-"), MemberForm(formdata=None))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/interests/own")
@who_work
def declare_own(call_id: UUID, number: int) -> ResponseReturnValue:
    """The person at the keyboard has said it."""
    found, form = desk_of(call_id, number), InterestForm(prefix="own-")
    values = {"has_interest": form.has_interest.data == "yes", "note": form.note.data or ""}
    refused = tried(
        form,
        lambda session: service_interests.declare_own(
            session, current_actor(), found.call, **values, now=datetime.now(UTC)
        ),
    )
    if refused:
        return _page(found, form, MemberForm(formdata=None)), refused
    flash(gettext("Saved. It holds for all lots of this call."))
    return redirect(url_for(".interests", call_id=call_id, number=number))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/interests/members")
@who_work
def note_member(call_id: UUID, number: int) -> ResponseReturnValue:
    """A member of the body has said it."""
    found, form = desk_of(call_id, number), MemberForm()
    values = {"name": form["name"].data or "", "note": form.note.data or ""}
    refused = tried(
        form,
        lambda session: service_interests.note_member(
            session,
            current_actor(),
            found.call,
            **values,
            has_interest=form.has_interest.data == "yes",
            now=datetime.now(UTC),
        ),
    )
    if refused:
        return _page(found, InterestForm(formdata=None, prefix="own-"), form), refused
    flash(gettext("Saved. It holds for all lots of this call."))
    return redirect(url_for(".interests", call_id=call_id, number=number))


def _page(found: Desk, own: InterestForm, member: MemberForm) -> str:
    session, actor = reading(), current_actor()
    return page(
        "interests",
        found,
        "interests",
        own=own,
        member=member,
        declared=queries_interests.declarations(session, found.call),
        has_declared=queries_interests.own_declaration(session, actor, found.call) is not None,
        shares_name=bool(called_like(actor.name, queries_interests.applying(session, actor, found.call))),
    )
