"""Pages for everybody: where to begin, how it works, and what the law and good manners ask for."""

from flask import Blueprint, render_template, request, url_for
from flask.typing import ResponseReturnValue

from succession.blueprints.pages import samples
from succession.db import public_reading
from succession.extensions import reading
from succession.listings.filters import SearchFilters
from succession.listings.queries_apart import hidden_from
from succession.listings.queries_search import search_published
from succession.matching.quiet_question import Ticks, quiet_question
from succession.profiles.queries_apart import hidden_searches
from succession.web.gate import current_actor, public

bp = Blueprint("pages", __name__)
NEWEST = 4


@bp.get("/")
@public
def start() -> ResponseReturnValue:
    """What this is and where to begin; the quiet question is answered in place."""
    ticks = Ticks(**{name: name in request.args for name in Ticks.__dataclass_fields__})
    session, actor = reading(), current_actor()
    answer = None if ticks.is_empty else quiet_question(session, ticks, hidden=hidden_searches(session, actor))
    hidden = hidden_from(session, actor)
    with public_reading(session) as reader:
        newest = search_published(reader, SearchFilters(), offset=0, limit=NEWEST, hidden=hidden)
    return render_template("pages/start.html", ticks=ticks, answer=answer, newest=newest)


@bp.get("/hand-over")
@public
def hand_over() -> ResponseReturnValue:
    """Where somebody begins who gives up a business or land."""
    return render_template("pages/hand_over.html")


@bp.get("/give-out-land")
@public
def give_out_land() -> ResponseReturnValue:
    """Where somebody begins who lets or sells land."""
    return render_template("pages/give_out_land.html")


@bp.get("/how-it-works")
@public
def how() -> ResponseReturnValue:
    """The way from the first thought to the handover, in plain words."""
    return render_template("pages/how.html")


@bp.get("/style-guide")
@public
def style_guide() -> ResponseReturnValue:
    """Every component in every state, for those who build pages."""
    return render_template(
        "pages/style_guide.html", samples=samples, forms=samples.forms(), example_address=_example_address
    )


def _example_address(number: int) -> str:
    return url_for("pages.style_guide", page=number)


@bp.get("/talk")
@public
def talk() -> ResponseReturnValue:
    """Rather talk: who answers, when, and what happens then."""
    return render_template("pages/talk.html")


@bp.get("/sources")
@public
def sources() -> ResponseReturnValue:
    """Where data, type and programs come from."""
    return render_template("pages/sources.html")
