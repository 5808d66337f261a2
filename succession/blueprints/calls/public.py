"""What everybody reads: the list of calls, one call, its map, its notice to print, and the feed."""

from uuid import UUID

from flask import Response, render_template, request
from flask.typing import ResponseReturnValue

from succession.blueprints.calls import atom
from succession.blueprints.calls import notice as papers
from succession.blueprints.calls.blueprint import bp, now
from succession.blueprints.calls.public_view import page_of
from succession.calls import queries_public
from succession.calls.queries_public import Wanted, When
from succession.calls.states import CallKind
from succession.extensions import reading
from succession.web.context import settings
from succession.web.gate import public
from succession.web.language import current_language
from succession.web.paging import page_number
from succession.web.paging import page_of as list_page

PAGE_SIZE = 20
FEED_SIZE = 50
LONGEST_WORDS = 80


@bp.get("/calls")
@public
def index() -> ResponseReturnValue:
    """Open, coming and past calls; the filters stand in the address."""
    wanted, number, moment = _wanted(), page_number(), now()
    session = reading()
    found = queries_public.calls(session, wanted, now=moment, offset=(number - 1) * PAGE_SIZE, most=PAGE_SIZE + 1)
    return render_template(
        "calls/index.html",
        page=list_page([page_of(one) for one in found], number=number, size=PAGE_SIZE),
        wanted=wanted,
        counts=queries_public.counts(session, now=moment),
        kinds=list(CallKind),
        whens=list(When),
    )


@bp.get("/calls/<uuid:call_id>")
@public
def show(call_id: UUID) -> ResponseReturnValue:
    """One call: what is given out, by which principles, until when, and how one applies."""
    session = reading()
    call = queries_public.published_call(session, call_id, now=now())
    return render_template(
        "calls/show.html",
        page=page_of(call),
        picture=queries_public.picture(session, call_id),
        language_code=current_language(),
        is_preview=False,
    )


@bp.get("/calls/<uuid:call_id>/map.json")
@public
def call_map(call_id: UUID) -> ResponseReturnValue:
    """The outlines of the lots, as far as everybody may see them."""
    queries_public.published_call(reading(), call_id, now=now())
    return queries_public.outlines(reading(), call_id)


@bp.get("/calls/<uuid:call_id>/notice")
@public
def notice(call_id: UUID) -> ResponseReturnValue:
    """The call as a paper for the notice board."""
    call = queries_public.published_call(reading(), call_id, now=now())
    made = papers.notice(page_of(call), current_language(), settings(), now=now())
    answer = Response(made, mimetype="application/pdf")
    answer.headers.set("Content-Disposition", "inline", filename=f"{call_id.hex[:8]}.pdf")
    return answer


@bp.get("/calls.atom")
@public
def feed() -> ResponseReturnValue:
    """The latest calls for feed readers (RFC 4287)."""
    calls = queries_public.latest(reading(), now=now(), most=FEED_SIZE)
    own = settings()
    return Response(atom.feed(calls, own.site_name, own.base_url), mimetype="application/atom+xml")


def _wanted() -> Wanted:
    """The filters of the address; nonsense is none."""
    when, kind = request.args.get("when", ""), request.args.get("kind", "")
    return Wanted(
        When(when) if when in When.__members__.values() else When.OPEN,
        CallKind(kind) if kind in CallKind.__members__.values() else None,
        " ".join(request.args.get("words", "").split())[:LONGEST_WORDS],
    )
