"""Who is responsible for what somebody types into a form: asked of the database only where a form shows it."""

from dataclasses import dataclass

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.accounts.models import Organisation
from succession.accounts.queries import organisations_of
from succession.blueprints.legal.blueprint import bp
from succession.extensions import reading
from succession.i18n import Text
from succession.legal import queries
from succession.legal.vocabulary import Detail
from succession.web.context import settings
from succession.web.gate import current_actor


@dataclass(frozen=True, slots=True)
class Responsible:
    """The operator's name, and the organisations in whose name the person may enter something, each with its law."""

    operator: str
    organisations: tuple[Text, ...]


@bp.app_template_global()
def responsible_parties(organisation: Organisation | None = None) -> Responsible:
    """The one organisation that a form is about, else all that the person works for.

    Until the operator is entered, the name of the office that people may call stands in.
    """
    session, actor = reading(), current_actor()
    operator = queries.details(session).get(Detail.OPERATOR) or settings().contact.name
    works_for = [organisation] if organisation is not None else _works_for(session, actor)
    named = (Text("%(name)s under the %(law)s", {"name": one.name, "law": one.data_law.label}) for one in works_for)
    return Responsible(operator, tuple(named))


def _works_for(session: Session, actor: Actor) -> list[Organisation]:
    return organisations_of(session, actor) if actor.grants and actor.acting_for is None else []
