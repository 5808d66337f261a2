"""What was looked at and done in a person's name, in words."""

from datetime import date

from sqlalchemy.orm import Session

from succession.accounts import queries_names, queries_representation
from succession.accounts.models import Account
from succession.accounts.models_representation import ConfirmedAct
from succession.accounts.representation import day_of
from succession.audit import queries as audit_queries
from succession.audit.queries import Concerned
from succession.audit.sentences import sentence
from succession.i18n import Text

ROOMS = {
    "listings": Text("looked at the offers"),
    "profiles": Text("looked at the profile and the searches"),
    "land": Text("looked at the land"),
    "matching": Text("looked at what fits"),
    "files": Text("looked at photos and documents"),
}
ELSEWHERE = Text("looked at the file")

QUESTIONS = {
    ConfirmedAct.PUBLISH_LISTING: Text("May we publish your offer?"),
    ConfirmedAct.PUBLISH_SEARCH: Text("May we publish your search?"),
    ConfirmedAct.REVEAL: Text("May we tell somebody your name and the place?"),
}
MOST_LINES = 300


def record_lines(session: Session, person: Account) -> list[tuple[date, str, Text]]:
    """Day, who and what, the newest first: what others did and looked at in the person's name."""
    acts = audit_queries.acts(session, Concerned(person.public_id), limit=MOST_LINES)
    names = queries_names.named(session, audit_queries.people_in(acts))
    done = [
        (act.at, names[act.account].name if act.account in names else "", sentence(act.action))
        for act in acts
        if act.account != person.public_id and not (act.on_behalf_of and act.action.endswith("looked_at"))
    ]
    looked = [
        (look.last_at, look.agent, ROOMS.get(look.room, ELSEWHERE))
        for look in queries_representation.looks(session, person.id, most=MOST_LINES)
    ]
    newest_first = sorted([*done, *looked], key=lambda line: line[0], reverse=True)
    return [(day_of(at), who, what) for at, who, what in newest_first]
