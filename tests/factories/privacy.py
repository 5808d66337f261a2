"""A person who has something in every room, with a marker in each field that can hold one; everything is committed."""

from datetime import UTC, datetime

from succession.accounts import queries
from succession.accounts.actor import Actor, Role
from succession.accounts.duties import MembershipRole
from succession.accounts.models import Account, Membership
from succession.jobs import progress
from succession.land import service as land
from succession.land.facts import NewSite
from succession.land.models import ImportState, LandImport
from succession.land.owner import Owner
from succession.marks import Person
from succession.outbox import service as outbox
from succession.outbox.values import Mail
from tests.factories.accounts import an_account, an_organisation
from tests.factories.land import X, Y, parcels
from tests.factories.listings import a_listing, a_published_listing
from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_published_search, a_search

MARKERS = tuple(f"merkzeichen{number:02}x" for number in range(1, 13))
NOON = datetime(2026, 11, 2, 11, tzinfo=UTC)


def a_rich_person(session, *, now=NOON) -> Account:
    """Somebody who offers, seeks, has land and mails, and works for a parish; each marker stands in one field."""
    marks = iter(MARKERS)
    a_small_region(session)
    account = an_account(
        session,
        Role.SEEKER,
        Role.TRANSFEROR,
        email=f"{next(marks)}@example.org",
        name=f"Wiebke {next(marks)}",
    )
    owner = Owner(account_id=account.id)
    parcels(session, owner, 1, reference=f"Acker {next(marks)}")
    land.create_site(session, Actor.system(), owner, NewSite(f"Hof {next(marks)}", X, Y), now=now)
    a_published_listing(session, account, title=f"Hof {next(marks)}", description=f"Schön, {next(marks)}.")
    a_listing(session, account, title=f"Entwurf {next(marks)}")
    profile = a_profile(session, account, introduction=f"Wir sind {next(marks)}.")
    a_published_search(session, profile, title=f"Traum {next(marks)}")
    a_search(session, profile, title=f"Zweiter {next(marks)}")
    outbox.enqueue(session, Mail("operations/trial", {"written_at": next(marks)}), account_id=account.id, now=now)
    session.add(
        LandImport(
            owner_account_id=account.id,
            started_by_account_id=account.id,
            state=ImportState.DONE,
            file_name=f"{next(marks)}.gpkg",
            created_at=now,
        )
    )
    progress.start(session, "test", account_id=account.id, now=now)
    parish = an_organisation(session, members=[an_account(session)])
    session.add(Membership(organisation_id=parish.id, account_id=account.id, role=MembershipRole.CLERK))
    a_listing(session, parish, created_by_account_id=account.id, title="Pfarrland")
    session.commit()
    assert next(marks, None) is None
    return account


def as_person(account: Account) -> Person:
    return Person(account.id, account.public_id, account.email, account.name)


def actor_of(session, account: Account) -> Actor:
    return queries.actor_of(session, account.id)
