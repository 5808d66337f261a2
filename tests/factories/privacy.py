"""A person who has something in every room, with a marker in each field that can hold one; everything is committed."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from succession.accounts import queries
from succession.accounts.actor import Actor, Role
from succession.accounts.duties import MembershipRole
from succession.accounts.models import Account, Membership
from succession.accounts.models_people import AccountInvitation, AccountToken
from succession.accounts.models_people import Purpose as TokenPurpose
from succession.accounts.models_representation import AccountFreeze, Representation
from succession.accounts.representation import FreezeReason, RepresentationKind
from succession.audit import service as audit
from succession.files.models import StoredFile
from succession.files.purposes import Purpose
from succession.jobs import progress
from succession.land import service as land
from succession.land.facts import NewSite
from succession.land.models import ImportState, LandImport
from succession.land.owner import Owner
from succession.listings.models import Listing
from succession.listings.models_releases import ListingReader, ListingRelease
from succession.marks import Person
from succession.outbox import service as outbox
from succession.outbox.values import Mail
from tests.factories.accounts import an_account, an_organisation
from tests.factories.exclusions import keeps_from
from tests.factories.land import X, Y, parcels
from tests.factories.listings import a_listing, a_published_listing
from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_published_search, a_search

MARKERS = tuple(f"merkzeichen{number:02}x" for number in range(1, 23))
NOT_COPIED = (MARKERS[17], MARKERS[20])
"""What an advisor noted when the file was set to rest, and the name of somebody else: erased, but in no copy."""
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
        phone=f"030 {next(marks)}",
        postal_address=f"{next(marks)} 7, 29471 Gartow",
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
    _others_and_the_person(session, account, marks, now)
    session.commit()
    assert next(marks, None) is None
    return account


def _others_and_the_person(session, account, marks, now):
    """What concerns others too: lists, helpers, requests, releases, invitations, files and the record."""
    other = an_account(session)
    theirs, own = a_published_listing(session, other), session.scalars(select(Listing).limit(1)).one()
    keeps_from(session, account, f"Nachbar {next(marks)}", "")
    file = {"content_hash": "0" * 64, "bytes": 3, "pages": 1, "purpose": Purpose.OFFER_DOCUMENT}
    session.add_all(
        [
            StoredFile(owner_account_id=account.id, name=f"{next(marks)}.pdf", **file),
            Representation(
                principal_account_id=account.id,
                agent_account_id=other.id,
                kind=RepresentationKind.NEIGHBOUR,
                scopes=["read"],
                starts_on=now.date(),
                ends_on=now.date(),
                note=f"Gesagt von {next(marks)}",
            ),
            AccountFreeze(
                account_id=account.id, reason=FreezeReason.ILLNESS, frozen_at=now, note=f"Liegt in {next(marks)}"
            ),
            ListingReader(listing_id=theirs.id, account_id=account.id, message=f"Ich bin {next(marks)}"),
            ListingRelease(
                listing_id=own.id,
                account_id=other.id,
                purpose=f"Besuch bei {next(marks)}",
                released_at=now,
                ends_at=now + timedelta(days=30),
                released_by_account_id=account.id,
            ),
            AccountInvitation(
                inviter_account_id=account.id,
                address="invited@example.org",
                name=f"Vetter {next(marks)}",
                role=Role.SEEKER,
                token_hash=b"invited",
                expires_at=now,
            ),
            AccountToken(account_id=account.id, purpose=TokenPurpose.PASSWORD, token_hash=b"token", expires_at=now),
        ]
    )
    audit.record(
        session,
        queries.actor_of(session, account.id),
        "account.edited",
        kind="account",
        public_id=account.public_id,
        detail={"name": f"früher {next(marks)}"},
        now=now,
    )


def as_person(account: Account) -> Person:
    return Person(account.id, account.public_id, account.email, account.name)


def actor_of(session, account: Account) -> Actor:
    return queries.actor_of(session, account.id)
