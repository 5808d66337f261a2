"""For everybody: published sets side by side on the twelve sample farms. Nothing is kept."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from succession.blueprints.simulation.blueprint import bp
from succession.blueprints.simulation.page import Page, page_of, paper
from succession.i18n import Text
from succession.principles import shipped
from succession.principles.sample_farms import farms
from succession.principles.texts import in_language
from succession.simulation.kinds import FEWEST_SETS, MOST_SETS
from succession.simulation.outlook import Contender, Trial, outlook
from succession.web.gate import public
from succession.web.language import current_language

SAMPLE = Text("Tried on twelve sample farms. They are invented.")


@bp.get("/what-if")
@public
def public_what_if() -> ResponseReturnValue:
    """The choice, and what the chosen sets would lead to."""
    keys = _chosen()
    enough = FEWEST_SETS <= len(keys) <= MOST_SETS
    return render_template(
        "simulation/public.html",
        choices=[(key, in_language(shipped.document(key).name, current_language())) for key in shipped.names()],
        chosen=keys,
        page=_page(keys) if enough else None,
        is_wrong=bool(request.args) and not enough,
        most=MOST_SETS,
    )


@bp.get("/what-if/comparison.pdf")
@public
def public_paper() -> ResponseReturnValue:
    """The same to print."""
    keys = _chosen()
    if not FEWEST_SETS <= len(keys) <= MOST_SETS:
        return public_what_if()
    return paper(_page(keys), current_language(), [])


def _chosen() -> list[str]:
    """The known keys of the address, each once."""
    return [key for key in dict.fromkeys(request.args.getlist("sets")) if key in shipped.names()]


def _page(keys: list[str]) -> Page:
    people = tuple(Contender(farm.key, farm.name, farm.summary) for farm in farms())
    answers = {farm.key: farm.answers for farm in farms()}
    trials = [Trial(shipped.document(key).name, shipped.document(key), answers) for key in keys]
    return page_of(outlook(people, trials), SAMPLE, current_language())
