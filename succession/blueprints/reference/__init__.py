"""The coordination's page of reference counts: what there is, a template, a file taken whole or not at all."""

import csv
import io
from datetime import UTC, datetime

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext, lazy_gettext, ngettext

from succession.accounts.actor import Role
from succession.extensions import reading, unit_of_work
from succession.facts.branches import every_branch, label
from succession.jobs.queue import enqueue
from succession.listings.jobs import APPLY_REFERENCE
from succession.places import queries_levels, reference_file, service_reference
from succession.places.place_file import RowProblem
from succession.web.fields import Form, UploadField
from succession.web.gate import current_actor, requires

bp = Blueprint("reference", __name__, url_prefix="/reference-counts")
keepers_only = requires(Role.COORDINATOR, Role.OPERATOR)
MOST_SHOWN = 200
MOST_PROBLEMS = 50
EXCEL_MARK = "\ufeff"


class CountsForm(Form):
    """A file of counts."""

    file = UploadField(lazy_gettext("The file"), render_kw={"accept": ".csv,.txt"})


@bp.get("")
@keepers_only
def index() -> ResponseReturnValue:
    """The counts that somebody brought in, and how many estimates still stand in."""
    return _page(CountsForm(formdata=None))


@bp.get("/template.csv")
@keepers_only
def template() -> ResponseReturnValue:
    """Every number as it is now, with the names of areas and groups, to be filled in and brought back."""
    text = io.StringIO()
    writer = csv.writer(text, delimiter=";", lineterminator="\r\n")
    writer.writerow([*reference_file.COLUMNS, "name", "is_estimate"])
    for line in queries_levels.reference_lines(reading()):
        row = [line.area_code, line.branch, int(line.number), line.source, line.counted_on.isoformat(), line.area_name]
        writer.writerow([*row, "yes" if line.is_estimate else "no"])
    headers = {"Content-Disposition": "attachment; filename=reference-counts.csv"}
    return Response(EXCEL_MARK + text.getvalue(), mimetype="text/csv", headers=headers)


@bp.post("")
@keepers_only
def bring_in() -> ResponseReturnValue:
    """The counts are taken, or every wrong row is named and nothing is; offers follow a moment later."""
    form = CountsForm()
    if not form.validate():
        return _page(form), 422
    now = datetime.now(UTC)
    read = reference_file.read(form.file.data.stream.read(), queries_levels.area_codes(reading()), today=now.date())
    if read.problems:
        return _page(form, read.problems), 422
    with unit_of_work() as session:
        taken = service_reference.import_counts(session, current_actor(), read.counts, now=now)
        enqueue(session, APPLY_REFERENCE)
    changed = taken.new + taken.changed
    flash(ngettext("%(num)s count taken in.", "%(num)s counts taken in.", changed))
    flash(gettext("Offers are shown accordingly in a moment."))
    return redirect(url_for(".index"))


def _page(form: CountsForm, problems: tuple[RowProblem, ...] = ()) -> str:
    session = reading()
    counted, estimated = queries_levels.reference_size(session)
    return render_template(
        "reference/index.html",
        form=form,
        problems=problems[:MOST_PROBLEMS],
        left_over=max(0, len(problems) - MOST_PROBLEMS),
        lines=queries_levels.reference_lines(session, only_counted=True, most=MOST_SHOWN),
        counted=counted,
        estimated=estimated,
        least=queries_levels.least_alike(session),
        branches=[(branch, label(branch)) for branch in every_branch()],
        label=label,
    )
