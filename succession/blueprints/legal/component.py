"""Who is responsible for what somebody types into a form: asked of the database once, where a form shows it."""

from succession.blueprints.legal.blueprint import bp
from succession.extensions import reading
from succession.legal import queries
from succession.legal.vocabulary import Detail
from succession.web.context import settings


@bp.app_template_global()
def responsible_party() -> str:
    """The operator's name; until it is entered, the name of the office that people may call."""
    return queries.details(reading()).get(Detail.OPERATOR) or settings().contact.name
