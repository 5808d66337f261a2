"""Who did what: everybody reads what concerns themselves, on a page, on paper and as a table."""

from datetime import UTC, datetime
from uuid import UUID

from flask import Blueprint, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import gettext

from succession.audit import queries
from succession.blueprints.record.reading import concerned_by, lines
from succession.extensions import reading
from succession.i18n import Text
from succession.web.csv_tables import as_csv
from succession.web.errors import say
from succession.web.filters import moment
from succession.web.gate import current_actor, requires
from succession.web.paging import page_number, page_of

bp = Blueprint("record", __name__)
PAGE_SIZE = 50
LONGEST_FILE = 10_000
KINDS = {
    "account": Text("my account"),
    "listing": Text("offers"),
    "search": Text("searches"),
    "profile": Text("profile"),
    "land_import": Text("land"),
    "organisation": Text("organisations"),
}


@bp.get("/record")
@requires()
def index() -> ResponseReturnValue:
    """What concerns the person, the newest first."""
    session, actor = reading(), current_actor()
    concerned, about, kind = concerned_by(session, actor), _about(), _kind()
    number = page_number()
    found = queries.acts(
        session, concerned, about=about, kind=kind, offset=(number - 1) * PAGE_SIZE, limit=PAGE_SIZE + 1
    )
    page = page_of(lines(session, actor, concerned, found), number=number, size=PAGE_SIZE)
    return render_template("record/index.html", page=page, about=about, kind=kind, kinds=KINDS)


@bp.get("/record.csv")
@requires()
def table() -> ResponseReturnValue:
    """The same as a file."""
    session, actor = reading(), current_actor()
    concerned = concerned_by(session, actor)
    found = queries.acts(session, concerned, about=_about(), kind=_kind(), limit=LONGEST_FILE)
    head = [gettext("When"), gettext("What happened"), gettext("What it is about"), gettext("Who it was")]
    rows = [
        [moment(line.at), say(line.what), line.title or "", say(line.who)]
        for line in lines(session, actor, concerned, found)
    ]
    name = f"record-{datetime.now(UTC):%Y-%m-%d}.csv"
    headers = {"Content-Type": "text/csv; charset=utf-8", "Content-Disposition": f'attachment; filename="{name}"'}
    return as_csv([head, *rows]), 200, headers


def _about() -> tuple[str, UUID] | None:
    """The one thing asked for; nonsense is everything."""
    kind, _, written = request.args.get("about", "").partition(":")
    try:
        return (kind, UUID(written)) if kind else None
    except ValueError:
        return None


def _kind() -> str | None:
    kind = request.args.get("kind")
    return kind if kind in KINDS else None
