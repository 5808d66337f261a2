"""Puts the record together for one person: sentences, with names only where they may know them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy.orm import Session

from succession.accounts import queries as accounts
from succession.accounts.actor import Actor, Role
from succession.accounts.queries_names import Named, named
from succession.audit import queries
from succession.audit.models import ActedAs
from succession.audit.queries import Act, Concerned
from succession.audit.sentences import sentence
from succession.i18n import Text
from succession.land import queries_record as land
from succession.listings import queries_record as listings
from succession.profiles import queries_record as profiles

STAFF = (Role.ADVISOR, Role.MENTOR, Role.COORDINATOR, Role.OPERATOR)


@dataclass(frozen=True, slots=True)
class Line:
    """One act as a person reads it."""

    at: datetime
    what: Text
    who: Text
    kind: str
    public_id: UUID | None
    title: str | None


def concerned_by(session: Session, actor: Actor) -> Concerned:
    """What the actor may read in the record: their own, or that of the person they act for."""
    principal = actor.acting_for
    account = principal.account_public_id if principal is not None else actor.account_public_id
    assert account is not None  # the gate lets only people in
    own = () if principal is not None else accounts.organisations_of(session, actor)
    return Concerned(
        account=account,
        organisations=frozenset(organisation.public_id for organisation in own),
        things={
            "listing": listings.kept_ids(actor),
            "profile": profiles.kept_profile_ids(actor),
            "search": profiles.kept_search_ids(actor),
            "land_import": land.import_ids(actor),
            "site": land.site_ids(actor),
        },
    )


def lines(session: Session, actor: Actor, concerned: Concerned, found: Sequence[Act]) -> list[Line]:
    """The acts in words."""
    people = named(session, queries.people_in(found))
    offices = {one.public_id: one.name for one in accounts.organisations_of(session, actor)}
    ids = {act.public_id for act in found if act.public_id is not None}
    titles = {
        **listings.kept_titles(session, actor, ids),
        **profiles.kept_search_titles(session, actor, ids),
        **{public_id: name for public_id, name in offices.items() if public_id in ids},
    }
    return [
        Line(
            at=act.at,
            what=sentence(act.action),
            who=_in_the_name_of(_who(actor, concerned, act, people), act, offices),
            kind=act.kind,
            public_id=act.public_id,
            title=titles.get(act.public_id) if act.public_id is not None else None,
        )
        for act in found
    ]


def _who(actor: Actor, concerned: Concerned, act: Act, people: Mapping[UUID, Named]) -> Text:
    """Who it was; a name only of those who help, work together with the reader, or acted for them."""
    if act.acted_as is ActedAs.SYSTEM:
        return Text("the system by itself")
    if act.account is None:
        return Text("somebody who was not signed in")
    if act.account == actor.account_public_id:
        return _yourself(act, people)
    person = people.get(act.account)
    if person is None:
        return Text("somebody who is no longer here")
    if act.on_behalf_of == concerned.account:
        return Text("%(name)s, for you", {"name": person.name})
    if act.account == concerned.account or person.organisation_ids & actor.organisation_ids:
        return Text("%(name)s", {"name": person.name})
    role = next((role for role in STAFF if role in person.roles), None)
    if role is None:
        return Text("somebody else")
    return Text("%(name)s (%(role)s)", {"name": person.name, "role": role.label})


def _yourself(act: Act, people: Mapping[UUID, Named]) -> Text:
    if act.on_behalf_of is None:
        return Text("you yourself")
    other = people.get(act.on_behalf_of)
    name = Text("somebody who is no longer here") if other is None else Text("%(name)s", {"name": other.name})
    return Text("you, for %(name)s", {"name": name})


def _in_the_name_of(who: Text, act: Act, offices: Mapping[UUID, str]) -> Text:
    name = offices.get(act.organisation) if act.organisation is not None else None
    if name is None:
        return who
    return Text("%(who)s, in the name of %(organisation)s", {"who": who, "organisation": name})
