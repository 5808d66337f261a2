"""Preparation by two people of the office, and the decision of the body as it stands in the minutes."""

from datetime import UTC, datetime
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.awards import (
    queries,
    queries_decision,
    queries_interests,
    queries_not_signed,
    queries_readiness,
    service_decision,
    service_preparation,
)
from succession.awards.ballot import Ballot
from succession.awards.models_decision import Outcome
from succession.awards.queries import Desk
from succession.awards.queries_proposed import proposed
from succession.blueprints.awards.blueprint import bp, who_work
from succession.blueprints.awards.desk import chosen_of
from succession.blueprints.awards.evidence import uploads
from succession.blueprints.awards.forms import NOBODY, DecisionForm, PrepareForm, ScanForm, TakeBackForm, revision_of
from succession.blueprints.awards.showing import desk_of, page, tried
from succession.errors import NotFound
from succession.extensions import reading, unit_of_work
from succession.i18n import PLACE_OF_TIMES
from succession.principles.texts import in_language
from succession.web.context import settings
from succession.web.gate import current_actor
from succession.web.language import current_language


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/preparation")
@who_work
def preparation(call_id: UUID, number: int) -> ResponseReturnValue:
    """What stands, what is missing, and the next step of the two."""
    return _preparation_page(desk_of(call_id, number), PrepareForm(formdata=None))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/preparation")
@who_work
def prepare(call_id: UUID, number: int) -> ResponseReturnValue:
    """The newest run waits for a second person."""
    found, form = desk_of(call_id, number), PrepareForm()
    refused = tried(
        form,
        lambda session: service_preparation.prepare(
            session,
            current_actor(),
            found.lot,
            run_number=revision_of(form.run),
            note=form.note.data or "",
            now=datetime.now(UTC),
        ),
    )
    if refused:
        return _preparation_page(found, form), refused
    flash(gettext("Prepared. A second person must check it now."))
    return redirect(url_for(".preparation", call_id=call_id, number=number))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/preparation/<uuid:preparation_id>/check")
@who_work
def check(call_id: UUID, number: int, preparation_id: UUID) -> ResponseReturnValue:
    """A second person has gone through everything."""
    desk_of(call_id, number)
    revision = request.form.get("revision", default=0, type=int)
    with unit_of_work() as session:
        service_preparation.check(session, current_actor(), preparation_id, revision=revision, now=datetime.now(UTC))
    flash(gettext("Checked. The lot can be put before the body."))
    return redirect(url_for(".preparation", call_id=call_id, number=number))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/preparation/<uuid:preparation_id>/take-back")
@who_work
def take_back(call_id: UUID, number: int, preparation_id: UUID) -> ResponseReturnValue:
    """The preparation stands no more."""
    found, form = desk_of(call_id, number), TakeBackForm()
    revision = request.form.get("revision", default=0, type=int)
    refused = tried(
        form,
        lambda session: service_preparation.take_back(
            session,
            current_actor(),
            preparation_id,
            reason=form.reason.data or "",
            revision=revision,
            now=datetime.now(UTC),
        ),
    )
    if refused:
        return _preparation_page(found, PrepareForm(formdata=None), form), refused
    flash(gettext("Taken back."))
    return redirect(url_for(".preparation", call_id=call_id, number=number))


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/decision")
@who_work
def decision(call_id: UUID, number: int) -> ResponseReturnValue:
    """What the body decided, or the form for it."""
    found, form = desk_of(call_id, number), DecisionForm(formdata=None)
    if found.principles.body is not None:
        body = in_language(found.principles.body, current_language())
        form.body.hint = gettext("The principles say: %(body)s. Write what stands in the minutes.", body=body)
    return _decision_page(found, form)


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/decision")
@who_work
def decide(call_id: UUID, number: int) -> ResponseReturnValue:
    """The decision is on file, whole."""
    found, form = desk_of(call_id, number), DecisionForm()
    form.chosen.choices = _choices(found)
    scan = next(iter(uploads(form.scan)), None)
    refused = tried(
        form,
        lambda session: service_decision.decide(
            session,
            current_actor(),
            found.lot,
            _ballot(form),
            preparation_id=_uuid(form.preparation.data),
            scan=scan,
            folder=settings().files,
            now=datetime.now(UTC),
        ),
    )
    if refused:
        return _decision_page(found, form), refused
    flash(gettext("The decision is entered."))
    return redirect(url_for(".decision", call_id=call_id, number=number))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/decision/<uuid:decision_id>/scan")
@who_work
def add_scan(call_id: UUID, number: int, decision_id: UUID) -> ResponseReturnValue:
    """The minutes lie with the decision."""
    found, form = desk_of(call_id, number), ScanForm()
    scan = next(iter(uploads(form.scan)), ("", b""))
    refused = tried(
        form,
        lambda session: service_decision.add_scan(
            session, current_actor(), decision_id, scan=scan, folder=settings().files, now=datetime.now(UTC)
        ),
    )
    if refused:
        return _decision_page(found, DecisionForm(formdata=None), form), refused
    flash(gettext("Added."))
    return redirect(url_for(".decision", call_id=call_id, number=number))


def _preparation_page(found: Desk, form: PrepareForm, back: TakeBackForm | None = None) -> str:
    session, actor = reading(), current_actor()
    ready = queries_readiness.readiness(session, actor, found)
    standing = queries_decision.standing_preparation(session, found.lot.id)
    earlier = [one for one in queries_decision.preparations_of(session, found.lot.id) if one.set_aside_at]
    form.run.data = form.run.data or (str(ready.run.number) if ready.run else "")
    applicants = queries.applicants(session, actor, found)
    first = proposed(session, found, queries.result(ready.run)) if ready.run else ()
    ids = [
        number
        for one in (standing, *earlier)
        if one
        for number in (one.prepared_by_account_id, one.checked_by_account_id)
    ]
    return page(
        "preparation",
        found,
        "preparation",
        form=form,
        back=back or TakeBackForm(formdata=None),
        ready=ready,
        standing=standing,
        earlier=earlier,
        people=queries.people(session, ids),
        first=applicants.get(first[0]) if first else None,
        is_first_person=standing is not None and standing.prepared_by_account_id == actor.account_id,
        has_declared=queries_interests.own_declaration(session, actor, found.call) is not None,
        is_decided=queries_decision.standing_decision(session, found.lot.id) is not None,
    )


def _decision_page(found: Desk, form: DecisionForm, scan: ScanForm | None = None) -> str:
    session = reading()
    standing = queries_decision.standing_preparation(session, found.lot.id)
    made = queries_decision.standing_decision(session, found.lot.id)
    form.chosen.choices = _choices(found)
    form.preparation.data = form.preparation.data or (str(standing.public_id) if standing else "")
    return page(
        "decision",
        found,
        "decision",
        form=form,
        scan=scan or ScanForm(formdata=None),
        decision=made,
        chosen=chosen_of(found, made),
        standing=standing,
        earlier=[one for one in queries_decision.decisions_of(session, found.lot.id) if one.set_aside_at],
        with_letters=queries_not_signed.with_letters(session, found.lot.id),
        interested=queries_interests.members_with_interest(session, found.call),
        Outcome=Outcome,
    )


def _choices(found: Desk) -> list[tuple[str, str]]:
    """By the ranking, then whoever else could get the lot by a departure, then nobody."""
    run = queries.newest_run(reading(), found.lot.id)
    if run is None:
        return [(NOBODY, gettext("Nobody gets the lot"))]
    result = queries.result(run)
    people = queries.applicants(reading(), current_actor(), found)
    ranked = [
        (code, gettext("%(name)s, place %(place)s", name=people[code].name, place=place))
        for place, code in enumerate(result.ranking, 1)
        if code in people
    ]
    below = [(code, gettext("%(name)s, without a place", name=people[code].name)) for code in result.below_threshold]
    return [*ranked, *below, (NOBODY, gettext("Nobody gets the lot"))]


def _ballot(form: DecisionForm) -> Ballot:
    nobody = form.chosen.data == NOBODY
    return Ballot(
        outcome=Outcome.NO_AWARD if nobody else Outcome.AWARD,
        code=None if nobody else form.chosen.data,
        body=form.body.data or "",
        decided_on=form.decided_on.data or datetime.now(PLACE_OF_TIMES).date(),
        item=form.item.data or "",
        is_public=form.is_public.data == "yes",
        votes_for=form.votes_for.data,
        votes_against=form.votes_against.data,
        votes_abstained=form.votes_abstained.data,
        withdrew=tuple(line.strip() for line in (form.withdrew.data or "").splitlines() if line.strip()),
        reason=form.reason.data or "",
    )


def _uuid(value: str | None) -> UUID:
    try:
        return UUID(value or "")
    except ValueError:
        raise NotFound from None
