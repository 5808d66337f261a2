"""The ranking of a lot with its runs, scorecards and exports; and the button that scores."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.awards import queries, queries_ranking, queries_readiness, service_runs
from succession.awards.case import catalogue_of
from succession.awards.models import Cause, ScoringRun
from succession.awards.queries import Desk
from succession.awards.told import told
from succession.blueprints.awards.blueprint import bp, who_work
from succession.blueprints.awards.forms import ScoreForm
from succession.blueprints.awards.showing import desk_of, page, tried
from succession.errors import NotFound
from succession.extensions import reading
from succession.principles.document import Draw
from succession.web.csv_tables import as_csv
from succession.web.errors import say
from succession.web.gate import current_actor
from succession.web.language import current_language
from succession.web.xlsx_tables import CONTENT_TYPE, as_xlsx


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/ranking")
@who_work
def ranking(call_id: UUID, number: int) -> ResponseReturnValue:
    """The newest run, or an older one."""
    return _page(desk_of(call_id, number), ScoreForm(formdata=None))


@bp.post("/my-calls/<uuid:call_id>/lots/<int:number>/ranking")
@who_work
def score(call_id: UUID, number: int) -> ResponseReturnValue:
    """The lot is scored on what stands now."""
    found, form = desk_of(call_id, number), ScoreForm()
    _offer(found, form)
    drawn = [line.strip() for line in (form.drawn.data or "").splitlines() if line.strip()]
    refused = tried(
        form,
        lambda session: service_runs.run(
            session,
            current_actor(),
            found.lot,
            Cause(form.cause.data),
            note=form.note.data or "",
            drawn=drawn,
            now=datetime.now(UTC),
        ),
    )
    if refused:
        return _page(found, form), refused
    flash(gettext("The lot is scored. This is no decision yet: the body decides."))
    return redirect(url_for(".ranking", call_id=call_id, number=number))


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/runs/<int:run>/applicants/<code>")
@who_work
def scorecard(call_id: UUID, number: int, run: int, code: str) -> ResponseReturnValue:
    """One applicant's points, line by line, each with its reason."""
    found = desk_of(call_id, number)
    made = queries.run_of(reading(), current_actor(), found.lot, run)
    people, result = queries.applicants(reading(), current_actor(), found), queries.result(made)
    if code not in people or all(card.applicant.identifier != code for card in result.cards):
        raise NotFound
    card = told(found.principles, catalogue_of(made.document), result, code, current_language())
    return page("scorecard", found, "ranking", card=card, applicant=people[code], run=made)


@bp.get("/my-calls/<uuid:call_id>/lots/<int:number>/ranking.<any(csv,xlsx):kind>")
@who_work
def ranking_file(call_id: UUID, number: int, kind: str) -> ResponseReturnValue:
    """The ranking as it is sorted on the page, for a spreadsheet."""
    found = desk_of(call_id, number)
    made = _run(found)
    if made is None:
        raise NotFound
    rows = _rows(_table(found, made))
    name = f"ranking-lot-{number}-run-{made.number}.{kind}"
    content = as_csv(rows) if kind == "csv" else as_xlsx(found.lot.name, rows)
    answer = Response(content, mimetype="text/csv" if kind == "csv" else CONTENT_TYPE)
    answer.headers.set("Content-Disposition", "attachment", filename=name)
    answer.headers["Cache-Control"] = "no-store"
    return answer


def _page(found: Desk, form: ScoreForm) -> str:
    ready = queries_readiness.readiness(reading(), current_actor(), found)
    runs = queries.runs_of(reading(), current_actor(), found.lot)
    made = _run(found)
    form.offer(ready.causes)
    if not form.cause.data and len(ready.causes) == 1:
        form.cause.data = ready.causes[0].value
    return page(
        "ranking",
        found,
        "ranking",
        form=form,
        ready=ready,
        run=made,
        runs=runs,
        people=queries.people(reading(), [one.made_by_account_id for one in runs]),
        table=None if made is None else _table(found, made),
        sort=request.args.get("sort", ""),
        by_hand=found.principles.draw is Draw.BY_HAND,
    )


def _offer(found: Desk, form: ScoreForm) -> None:
    form.offer(queries_readiness.readiness(reading(), current_actor(), found).causes or tuple(Cause))


def _run(found: Desk) -> ScoringRun | None:
    """The run that the address names, else the newest."""
    number = request.args.get("run", type=int)
    if number is None:
        return queries.newest_run(reading(), found.lot.id)
    return queries.run_of(reading(), current_actor(), found.lot, number)


def _table(found: Desk, made: ScoringRun) -> queries_ranking.Table:
    table = queries_ranking.table(reading(), current_actor(), found, made, current_language())
    return queries_ranking.sorted_by(table, request.args.get("sort", ""))


def _rows(table: queries_ranking.Table) -> list[list[object]]:
    head: list[object] = [gettext("Place in the ranking"), gettext("Applicant"), gettext("Code of the application")]
    head += [column.label for column in table.columns]
    if table.has_limits:
        head.append(gettext("Over a limit"))
    rows = [[*head, gettext("Total"), gettext("Reason")]]
    for row in table.rows:
        points: list[object] = list(row.points) or [None] * len(table.columns)
        if table.has_limits:
            points.append(row.off if row.points else None)
        reason = " ".join(str(say(one)) for one in row.because)
        rows.append([row.place, row.name, row.code, *points, row.total, reason])
    return rows
