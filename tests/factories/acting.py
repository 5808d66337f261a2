"""People who act for others, for tests; everything is committed."""

from datetime import UTC, datetime, timedelta

from succession.accounts import queries, service_file, service_representation
from succession.accounts.actor import Actor, Role, Scope
from succession.accounts.models import Account
from succession.accounts.models_representation import Representation
from succession.accounts.queries_representation import in_the_name_of
from succession.accounts.representation import AgreedBy, RepresentationKind, day_of
from succession.accounts.service_file import NewFile
from tests.factories.accounts import an_account

NOW = datetime(2026, 11, 2, 9, 0, tzinfo=UTC)
ALL = (Scope.READ, Scope.WRITE, Scope.SPEAK)


def a_representation(
    session, person: Account, agent: Account, *, kind=RepresentationKind.RELATIVE, scopes=ALL, now=NOW, **values
) -> Representation:
    """`agent` acts for `person` from `now` on for a year; both have said yes."""
    given = {
        "kind": kind,
        "scopes": sorted(scope.value for scope in scopes),
        "starts_on": day_of(now),
        "ends_on": day_of(now) + timedelta(days=365),
        "agreed_by": AgreedBy.PERSON,
        "created_at": now,
        "accepted_at": now,
        "confirmed_at": now,
    }
    row = Representation(principal_account_id=person.id, agent_account_id=agent.id, **{**given, **values})
    session.add(row)
    session.commit()
    return row


def an_agent(session, person: Account, *, now=NOW, scopes=ALL, kind=RepresentationKind.RELATIVE, **values) -> Actor:
    """Somebody who acts for `person` at the moment, as the policies see them."""
    roles = [Role.ADVISOR] if kind is RepresentationKind.ADVISOR else []
    agent = an_account(session, *roles)
    a_representation(session, person, agent, scopes={*scopes, Scope.WRITE}, kind=kind, now=now, **values)
    return in_the_name_of(session, queries.actor_of(session, agent.id), person.id, now=now)


def a_file(session, advisor: Account, *, roles=(Role.TRANSFEROR,), name="Herta Lüdemann", now=NOW) -> Representation:
    """A file for somebody on paper, kept by `advisor`; the person has not said yes yet."""
    new = NewFile(
        name=name,
        postal_address="Dorfstraße 7\n29462 Wustrow (Wendland)",
        phone="05843 1234",
        roles=frozenset(roles),
        scopes=frozenset({Scope.WRITE}),
        ends_on=day_of(now) + timedelta(days=360),
    )
    row = service_file.open_file(session, queries.actor_of(session, advisor.id), new, now=now)
    session.commit()
    return row


def an_agreed_file(session, advisor: Account, *, now=NOW, **values) -> Representation:
    """The same, and the person has said yes by the code of their letter."""
    row = a_file(session, advisor, now=now, **values)
    actor = queries.actor_of(session, advisor.id)
    fresh = service_file.print_mandate(session, actor, row.public_id, now=now)
    service_file.agree_by_code(session, actor, row.public_id, fresh.code, now=now)
    session.commit()
    return row


def act_in_browser(client, session, agent: Account, row: Representation, token: str, *, now=None) -> None:
    """The browser that holds `token` acts on `row` from now on."""
    actor = queries.actor_of(session, agent.id)
    service_representation.start_acting(session, actor, row.public_id, token, now=now or datetime.now(UTC))
    session.commit()
