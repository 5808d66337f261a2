"""The yearly report of an owner as page, paper and table, and what everybody may know of kept promises."""

from uuid import UUID

from flask import Response, render_template
from flask.typing import ResponseReturnValue

from succession.accounts.actor import Role
from succession.accounts.models import Organisation
from succession.blueprints.monitoring.blueprint import bp, today
from succession.extensions import reading
from succession.i18n import Text
from succession.letters.rendering import PAPER, Letterhead, as_pdf
from succession.letters.values import Addressee, Letter
from succession.monitoring import queries_report
from succession.monitoring.report import HEADINGS, YearlyReport, rows
from succession.web.context import settings
from succession.web.csv_tables import as_csv
from succession.web.errors import say
from succession.web.gate import current_actor, public, requires
from succession.web.language import current_language

YEARS_SHOWN = 5


@bp.get("/promises/report/<uuid:owner_id>/<int:year>")
@requires(Role.LANDOWNER)
def report(owner_id: UUID, year: int) -> ResponseReturnValue:
    """One year of one owner."""
    owner, found = _report(owner_id, year)
    years = range(today().year, today().year - YEARS_SHOWN, -1)
    return render_template("monitoring/report.html", owner=owner, report=found, years=years)


@bp.get("/promises/report/<uuid:owner_id>/<int:year>.csv")
@requires(Role.LANDOWNER)
def table(owner_id: UUID, year: int) -> ResponseReturnValue:
    """The same for a spreadsheet."""
    _, found = _report(owner_id, year)
    words = [say(heading) for heading in HEADINGS]
    made = [[_cell(cell) for cell in row] for row in rows(found, current_language())]
    response = Response(as_csv([words, *made]), mimetype="text/csv")
    response.headers["Content-Disposition"] = f'attachment; filename="promises-{year}.csv"'
    return response


@bp.get("/promises/report/<uuid:owner_id>/<int:year>.pdf")
@requires(Role.LANDOWNER)
def paper(owner_id: UUID, year: int) -> ResponseReturnValue:
    """The same on paper."""
    owner, found = _report(owner_id, year)
    own = settings()
    letter = Letter("monitoring/report", Addressee("", ""), today(), {"owner": owner.name, "report": found})
    made = as_pdf(letter, current_language(), Letterhead(own.site_name, own.base_url, own.contact), style=PAPER)
    response = Response(made, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="promises-{year}.pdf"'
    response.headers["Cache-Control"] = "no-store"
    return response


@bp.get("/kept-promises")
@public
def kept() -> ResponseReturnValue:
    """By owner how often promises were kept; nobody is named, and small numbers are not told."""
    return render_template("monitoring/kept.html", owners=queries_report.kept_promises(reading()))


def _report(owner_id: UUID, year: int) -> tuple[Organisation, YearlyReport]:
    return queries_report.report(reading(), current_actor(), owner_id, year, today=today())


def _cell(cell: object) -> object:
    return say(cell) if isinstance(cell, Text) else cell
