"""Pages of a round: the run with its report, its document to download, and certificates."""

import json
from datetime import UTC, datetime
from uuid import UUID

from flask import Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext
from sqlalchemy.orm import Session

from succession.accounts.actor import Role
from succession.applications.queries_admitted import admitted
from succession.awards import queries as awards
from succession.blueprints.rounds.blueprint import bp
from succession.calls import queries as calls
from succession.calls.models import Call
from succession.errors import Conflict, NotFound, Refused
from succession.extensions import reading, unit_of_work
from succession.principles.wordings import wordings
from succession.rounds import page, policy, queries, service
from succession.rounds.models import RoundRun
from succession.rounds.outcome import certificate as kept_certificate
from succession.rounds.words import line_sentence
from succession.web.gate import also_while_acting, current_actor, requires
from succession.web.language import current_language


@bp.get("/my-calls/<uuid:call_id>/round")
@requires(Role.LANDOWNER)
def show(call_id: UUID) -> ResponseReturnValue:
    """The newest run, or an older one."""
    return _page(call_id, None)


@bp.post("/my-calls/<uuid:call_id>/round")
@requires(Role.LANDOWNER)
def run(call_id: UUID) -> ResponseReturnValue:
    """All lots at once, from the newest scoring run of each."""
    try:
        with unit_of_work() as session:
            call = calls.call_for(session, current_actor(), call_id)
            service.run(session, current_actor(), call_id, _cases(session, call), now=datetime.now(UTC))
    except (Refused, Conflict) as refusal:
        return _page(call_id, refusal), refusal.status
    flash(gettext("The round has been run. This is no decision yet: the body decides."))
    return redirect(url_for(".show", call_id=call_id))


@bp.get("/my-calls/<uuid:call_id>/round/runs/<int:number>.json")
@requires(Role.LANDOWNER)
def document(call_id: UUID, number: int) -> ResponseReturnValue:
    """The open document of a run, for whoever wants to compute it again."""
    found = _run(_call(call_id), number)
    answer = Response(json.dumps(found.document, ensure_ascii=False, indent=2), mimetype="application/json")
    answer.headers.set("Content-Disposition", "attachment", filename=f"round-{number}.json")
    answer.headers["Cache-Control"] = "no-store"
    return answer


@bp.get("/my-calls/<uuid:call_id>/round/runs/<int:number>/applicants/<code>")
@requires(Role.LANDOWNER)
def applicant(call_id: UUID, number: int, code: str) -> ResponseReturnValue:
    """One applicant's certificate, for the office."""
    call = _call(call_id)
    found = _run(call, number)
    if code not in found.result.get("certificates", {}):
        raise NotFound
    names = {one.code: one.name for one in admitted(reading(), current_actor(), call)}
    return _certificate(call, found, code, names.get(code, code))


@bp.get("/my-applications/<uuid:application_id>/certificate")
@requires()
@also_while_acting
def certificate(application_id: UUID) -> ResponseReturnValue:
    """One's own, once the body has decided."""
    now = datetime.now(UTC)
    application, call, found = queries.certificate_of(reading(), current_actor(), application_id, now=now)
    return _certificate(call, found, application.code, None)


def _certificate(call: Call, found: RoundRun | None, code: str, name: str | None) -> str:
    lots = {str(lot.number): lot.name for lot in calls.lots_of(reading(), call)}
    kept = kept_certificate(found.result, code) if found else ()
    lines = [(line, lots[line.lot], line_sentence(line)) for line in kept]
    return render_template("rounds/certificate.html", call=call, run=found, code=code, name=name, lines=lines)


def _page(call_id: UUID, refusal: Refused | Conflict | None) -> str:
    call, session, actor = _call(call_id), reading(), current_actor()
    runs = queries.runs_of(session, actor, call)
    number = request.args.get("run", type=int)
    found = _run(call, number) if number else next(iter(runs), None)
    lots = calls.lots_of(session, call)
    return render_template(
        "rounds/round.html",
        call=call,
        refusal=refusal,
        runs=runs,
        run=found,
        lots=[(lot, awards.newest_run(session, lot.id) is not None) for lot in lots],
        may_run=policy.may_run(actor, call),
        **(_shown(call, found) if found else {}),
    )


def _shown(call: Call, found: RoundRun) -> dict[str, object]:
    """The run in the words of the page."""
    session = reading()
    names = {one.code: one.name for one in admitted(session, current_actor(), call)}
    words = wordings(calls.principles_of(call), current_language())
    price = queries.price_of(session, found)
    return {
        "held": page.holders(found.result, {lot.number: lot.name for lot in calls.lots_of(session, call)}, names),
        "people": [(code, names.get(code, code)) for code in found.result.get("certificates", {})],
        "report": page.report_sentences(found.result, {name: one.label for name, one in words.items()}),
        "rules": page.rules(found.result),
        "price": page.price_sentences(price.figures, found.result) if price and found.result else None,
    }


def _call(call_id: UUID) -> Call:
    """The call for whoever works on its lots."""
    call = calls.call_for(reading(), current_actor(), call_id)
    queries.runs_of(reading(), current_actor(), call)
    return call


def _run(call: Call, number: int) -> RoundRun:
    found = next((one for one in queries.runs_of(reading(), current_actor(), call) if one.number == number), None)
    if found is None:
        raise NotFound
    return found


def _cases(session: Session, call: Call) -> service.Cases:
    """The newest run of every lot that has been scored."""
    runs = {lot.number: awards.newest_run(session, lot.id) for lot in calls.lots_of(session, call)}
    return {number: found.document for number, found in runs.items() if found is not None}
