"""The evidence desk: who is to be asked, what came in, and whether it proves what was stated."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, ngettext
from sqlalchemy.orm import Session

from succession.awards import queries, queries_evidence, service_evidence
from succession.awards.limits import USUAL_TIME_FOR_EVIDENCE
from succession.awards.queries import Desk
from succession.blueprints.awards.blueprint import bp, who_work
from succession.blueprints.awards.forms import AskForm, JudgeForm, PaperForm, revision_of
from succession.blueprints.awards.showing import desk_of, page, tried
from succession.errors import NotFound
from succession.extensions import reading
from succession.files.limits import LARGEST_DOCUMENT
from succession.i18n import PLACE_OF_TIMES
from succession.principles.texts import in_language
from succession.web.context import settings
from succession.web.fields import UploadField
from succession.web.gate import current_actor
from succession.web.language import current_language


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/evidence")
@who_work
def evidence(call_id: UUID, number: int) -> ResponseReturnValue:
    """Everything that was asked and is still to ask."""
    form = AskForm(formdata=None)
    form.due_on.data = _today() + timedelta(days=USUAL_TIME_FOR_EVIDENCE)
    return _page(desk_of(call_id, number), form)


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/evidence")
@who_work
def ask(call_id: UUID, number: int) -> ResponseReturnValue:
    """Everybody who is to be asked is asked."""
    found, form = desk_of(call_id, number), AskForm()
    asked: list[int] = []

    def act(session: Session) -> None:
        made = service_evidence.ask(
            session, current_actor(), found.lot, due_on=form.due_on.data or _today(), now=datetime.now(UTC)
        )
        asked.append(len(made))

    refused = tried(form, act)
    if refused:
        return _page(found, form), refused
    flash(ngettext("%(num)d applicant is asked.", "%(num)d applicants are asked.", asked[0]))
    return redirect(url_for(".evidence", call_id=call_id, number=number))


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/evidence/<uuid:item_id>")
@who_work
def evidence_item(call_id: UUID, number: int, item_id: UUID) -> ResponseReturnValue:
    """One piece of evidence: what was stated, what came in, and the two things that can be done."""
    found = desk_of(call_id, number)
    return _item_page(found, item_id, PaperForm(formdata=None), JudgeForm(formdata=None))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/evidence/<uuid:item_id>/paper")
@who_work
def take_in(call_id: UUID, number: int, item_id: UUID) -> ResponseReturnValue:
    """A paper that came by post is noted."""
    found, form = desk_of(call_id, number), PaperForm()
    _known(found, item_id)
    refused = tried(
        form,
        lambda session: service_evidence.take_in(
            session,
            current_actor(),
            item_id,
            uploads=uploads(form.document),
            note=form.note.data or "",
            folder=settings().files,
            now=datetime.now(UTC),
        ),
    )
    if refused:
        return _item_page(found, item_id, form, JudgeForm(formdata=None)), refused
    flash(gettext("Noted. Now say whether it proves what was stated."))
    return redirect(url_for(".evidence_item", call_id=call_id, number=number, item_id=item_id))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/evidence/<uuid:item_id>/judgement")
@who_work
def judge(call_id: UUID, number: int, item_id: UUID) -> ResponseReturnValue:
    """Accepted, or not with the reason."""
    found, form = desk_of(call_id, number), JudgeForm()
    _known(found, item_id)
    refused = tried(
        form,
        lambda session: service_evidence.judge(
            session,
            current_actor(),
            item_id,
            accepted=form.accepted.data == "yes",
            reason=form.reason.data or "",
            revision=revision_of(form.revision),
            now=datetime.now(UTC),
        ),
    )
    if refused:
        return _item_page(found, item_id, PaperForm(formdata=None), form), refused
    flash(gettext("Saved."))
    return redirect(url_for(".evidence", call_id=call_id, number=number))


def uploads(field: UploadField) -> tuple[tuple[str, bytes], ...]:
    """What was chosen, if anything."""
    if not field.data:
        return ()
    return ((field.data.filename or "", field.data.stream.read(LARGEST_DOCUMENT + 1)),)


def _page(found: Desk, form: AskForm) -> str:
    session = reading()
    run = queries.newest_run(session, found.lot.id)
    people = queries.applicants(session, current_actor(), found)
    return page(
        "evidence",
        found,
        "evidence",
        form=form,
        run=run,
        people=people,
        to_ask=() if run is None else queries_evidence.still_to_ask(session, found, run),
        asked=queries_evidence.requests_of(session, found, now=datetime.now(UTC)),
        labels=_labels(found),
    )


def _item_page(found: Desk, item_id: UUID, paper: PaperForm, judgement: JudgeForm) -> str:
    asked = _known(found, item_id)
    item = next(one for one in asked.request.items if one.public_id == item_id)
    judgement.revision.data = judgement.revision.data or str(item.revision)
    run = queries.newest_run(reading(), found.lot.id)
    return page(
        "evidence_item",
        found,
        "evidence",
        asked=asked,
        item=item,
        paper=paper,
        form=judgement,
        labels=_labels(found),
        run=run,
    )


def _known(found: Desk, item_id: UUID) -> queries_evidence.Asked:
    """The request with this piece, if it belongs to the lot."""
    for asked in queries_evidence.requests_of(reading(), found, now=datetime.now(UTC)):
        if any(item.public_id == item_id for item in asked.request.items):
            return asked
    raise NotFound


def _labels(found: Desk) -> dict[str, str]:
    language = current_language()
    return {key: in_language(words.label, language) for key, words in found.principles.words.items()}


def _today() -> date:
    return datetime.now(PLACE_OF_TIMES).date()
