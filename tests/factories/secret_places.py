"""A small world with secrets: offers whose exact places can be moved within what is shown of them, all else equal.

Everything that could differ between two such worlds is given: ids, names, Chiffren, times, tokens.
"""

from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count
from math import cos, hypot, pi, sin
from uuid import UUID, uuid5

import shapely
from sqlalchemy import select, text
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, Role
from succession.accounts.models import Account, AccountSession, Membership, MembershipRole, OrganisationKind
from succession.accounts.queries import actor_of
from succession.accounts.tokens import hash_token
from succession.facts.kinds import Kind
from succession.geo.grid import cell_at
from succession.land import service as land_service
from succession.land.facts import NewParcel, NewSite
from succession.land.owner import Owner
from succession.listings import service
from succession.listings.lifecycle import Step
from succession.listings.models import Listing, ListingParcel
from succession.places.models import PlaceArea
from succession.places.models_reference import ReferenceCount
from tests.factories.accounts import an_account, an_organisation
from tests.factories.listings import DESCRIPTION, NOW, publish_as
from tests.factories.places import a_small_region
from tests.factories.profiles import a_profile, a_published_search

SPACE = UUID("9d7a1f52-6f0c-4a42-9f6e-3a5f5f8e0b11")
PEOPLE = (
    ("owner", Role.TRANSFEROR),
    ("foreigner", Role.TRANSFEROR),
    ("seeker", Role.SEEKER),
    ("clerk", Role.LANDOWNER),
)
FAR_M = 2_000
VILLAGES = ("Gartow", "Gorleben", "Trebel", "Lenzen", "Cumlosen", "Dannenberg", "Hitzacker", "Lüchow", "Schnackenburg")


@dataclass(frozen=True)
class Secret:
    """Where one offer exactly is, and the reference point of the area in which it is shown."""

    offer: UUID
    x: float
    y: float
    reference: tuple[float, float]

    @property
    def gap_m(self):
        return hypot(self.x - self.reference[0], self.y - self.reference[1])


@dataclass
class World:
    """One of two worlds that differ only in exact places."""

    is_moved: bool
    secrets: list[Secret] = field(default_factory=list)
    moved_points: int = 0
    accounts: dict[str, Account] = field(default_factory=dict)
    offers: dict[str, UUID] = field(default_factory=dict)
    searches: list[UUID] = field(default_factory=list)


def named(*words) -> UUID:
    return uuid5(SPACE, "/".join(map(str, words)))


@contextmanager
def a_connection(engine):
    """A connection whose transaction is rolled back at the end, and a session on it."""
    with engine.connect() as connection:
        outer = connection.begin()
        with Session(connection, join_transaction_mode="create_savepoint", expire_on_commit=False) as session:
            yield connection, session
        outer.rollback()


def build(session, *, moved=False, offers=9) -> World:
    """The world: farms with premises, fields, a square, confidential and public land, seekers and their searches."""
    a_small_region(session)
    world = World(moved)
    people = (
        ("owner", Role.TRANSFEROR),
        ("foreigner", Role.TRANSFEROR),
        ("seeker", Role.SEEKER),
        ("clerk", Role.LANDOWNER),
    )
    for name, role in people:
        world.accounts[name] = an_account(
            session, role, email=f"{name}@example.org", name=f"Person {name}", public_id=named("account", name)
        )
    numbers = count(1)
    for village in VILLAGES[:offers]:
        _farm(session, world, village, next(numbers))
    _confidential(session, world, next(numbers))
    _fields(session, world, next(numbers))
    _square(session, world, next(numbers))
    _public_land(session, world, next(numbers))
    _ended(session, world, next(numbers))
    _foreign(session, world, next(numbers))
    _searches(session, world)
    session.commit()
    return world


def signed_in(app, session, world, name):
    """A browser of that person; its token is the same in both worlds."""
    token = f"token-of-{name}"
    moment = NOW + timedelta(days=365 * 10)  # never idle
    session.add(
        AccountSession(
            account_id=world.accounts[name].id, token_hash=hash_token(token), created_at=moment, last_seen_at=moment
        )
    )
    session.commit()
    client = app.test_client()
    with client.session_transaction() as cookie:
        cookie["token"] = token
    return client


def area_of(session, name, level=4):
    found = select(PlaceArea).where(PlaceArea.name == name, PlaceArea.level == level, PlaceArea.code.startswith("L"))
    return session.scalars(found).one()


def outline_of(session, area):
    shape = session.scalar(text("SELECT ST_AsBinary(geom) FROM place_area WHERE id = :id"), {"id": area.id})
    return shapely.from_wkb(bytes(shape))


def reference_of(session, area):
    row = session.execute(
        text("SELECT ST_X(reference), ST_Y(reference) FROM place_area WHERE id = :id"), {"id": area.id}
    ).one()
    return float(row[0]), float(row[1])


def two_points(session, area, turn):
    """Two locations in the area, both at least two kilometres from its reference point, and far from each other."""
    outline, (x, y) = outline_of(session, area).buffer(-150), reference_of(session, area)
    found = []
    for step in range(48):
        angle = 2 * pi * step / 48 + turn
        for far in (FAR_M + 900, FAR_M + 200):
            point = shapely.Point(x + far * cos(angle), y + far * sin(angle))
            if outline.contains(point) and all(point.distance(other) > 1_500 for other in found):
                found.append(point)
                break
    assert len(found) >= 2, area.name
    return (found[0].x, found[0].y), (found[len(found) // 2].x, found[len(found) // 2].y)


def _chosen(world, points):
    world.moved_points += 1
    return points[1 if world.is_moved else 0]


def _site(session, world, owner, name, points):
    x, y = _chosen(world, points)
    site = NewSite("Hofstelle", x, y, public_id=named("site", name))
    return land_service.create_site(session, Actor.system(), owner, site, now=NOW), (x, y)


def _parcels(session, world, owner, name, points, sizes=(300, 120)):
    """Fields of different size beside each other: the largest decides."""
    x, y = points if isinstance(points[0], float) else _chosen(world, points)
    drafts = [
        NewParcel(
            outline=shapely.box(x - size / 2 + 400 * place, y - size / 2, x + size / 2 + 400 * place, y + size / 2),
            name=f"Schlag {place}",
            public_id=named("parcel", name, place),
        )
        for place, size in enumerate(sizes)
    ]
    world.moved_points += len(sizes) - 1 if isinstance(points[0], tuple) else 0
    return land_service.add_parcels(session, Actor.system(), owner, drafts, now=NOW), (x, y)


def _offer(session, world, number, **values):
    given = {
        "public_id": named("offer", number),
        "idempotency_key": named("form", number),
        "reference": f"A{number:02}-TWN",
        "kind": Kind.FARM,
        "title": f"Hof Nummer {number} sucht Nachfolge",
        "description": DESCRIPTION,
        "takeover_models": ["lease", "sale"] if number % 2 else ["sale"],
        "area_ha": 20 + 7 * number,
        "dwelling_rooms": 4,
        "price": 100_000 + 30_000 * number,
        "created_at": NOW,
        "updated_at": NOW,
    }
    listing = Listing(**{**given, **values})
    session.add(listing)
    session.flush()
    world.offers[f"offer-{number}"] = listing.public_id
    return listing


def _published(session, account, listing, number):
    publish_as(session, account, listing, now=NOW + timedelta(minutes=number))


def _farm(session, world, village, number):
    account, area = world.accounts["owner"], area_of(session, village)
    site, (x, y) = _site(session, world, Owner(account_id=account.id), number, two_points(session, area, number))
    listing = _offer(session, world, number, owner_account_id=account.id, site_id=site.id)
    _published(session, account, listing, number)
    world.secrets.append(Secret(listing.public_id, x, y, reference_of(session, area)))


def _confidential(session, world, number):
    account, area = world.accounts["owner"], area_of(session, "Trebel")
    site, _ = _site(session, world, Owner(account_id=account.id), number, two_points(session, area, 2.0))
    values = {"owner_account_id": account.id, "site_id": site.id, "is_confidential": True}
    if hasattr(Listing, "teaser"):
        values["teaser"] = "Ein Hof in guter Lage."
    _published(session, account, _offer(session, world, number, **values), number)


def _fields(session, world, number):
    account, area = world.accounts["owner"], area_of(session, "Lenzen")
    parcels, (x, y) = _parcels(session, world, Owner(account_id=account.id), number, two_points(session, area, 1.0))
    listing = _offer(session, world, number, kind=Kind.LAND, owner_account_id=account.id, dwelling_rooms=None)
    session.add_all(ListingParcel(listing_id=listing.id, parcel_id=parcel.id) for parcel in parcels)
    _published(session, account, listing, number)
    world.secrets.append(Secret(listing.public_id, x, y, reference_of(session, area)))


def _square(session, world, number):
    """An owner who wants no more than a square kilometre of room, where enough farms were counted in it."""
    account, area = world.accounts["owner"], area_of(session, "Cumlosen")
    cell = cell_at(*two_points(session, area, 0.5)[0], 1_000)
    assert outline_of(session, area).covers(cell.outline)
    session.add(
        ReferenceCount(
            area_code=cell.code, branch="farm", number=9, source="Zählung", counted_on=NOW.date(), is_estimate=False
        )
    )
    x, y = cell.reference
    site, _ = _site(
        session, world, Owner(account_id=account.id), number, ((x - 300.0, y + 250.0), (x + 310.0, y - 290.0))
    )
    listing = _offer(session, world, number, owner_account_id=account.id, site_id=site.id, wanted_level=1)
    _published(session, account, listing, number)


def _public_land(session, world, number):
    """Land of a municipality, shown as it is: it stays where it is in both worlds."""
    body = an_organisation(
        session, OrganisationKind.MUNICIPALITY, name="Gemeinde Höhbeck", public_id=named("organisation")
    )
    clerk = world.accounts["clerk"]
    session.add(Membership(organisation_id=body.id, account_id=clerk.id, role=MembershipRole.ADMINISTRATOR))
    session.commit()
    here = two_points(session, area_of(session, "Gartow"), 4.0)[0]
    parcels, _ = _parcels(session, world, Owner(organisation_id=body.id), number, here)
    listing = _offer(session, world, number, kind=Kind.LAND, owner_organisation_id=body.id, dwelling_rooms=None)
    session.add_all(ListingParcel(listing_id=listing.id, parcel_id=parcel.id) for parcel in parcels)
    _published(session, clerk, listing, number)


def _ended(session, world, number):
    """Reserved, withdrawn and never published ones, and premises that belong to no offer."""
    account = world.accounts["owner"]
    owner = Owner(account_id=account.id)
    for step, place in ((Step.RESERVE, "Gorleben"), (Step.WITHDRAW, "Dannenberg"), (None, "Hitzacker")):
        name = f"{number}-{place}"
        site, _ = _site(session, world, owner, name, two_points(session, area_of(session, place), 3.0))
        listing = _offer(
            session, world, number, owner_account_id=account.id, site_id=site.id, public_id=named("offer", name),
            reference=f"B{place[:2].upper()}-TWN", idempotency_key=named("form", name),
        )  # fmt: skip
        world.offers[name] = listing.public_id
        if step is not None:
            _published(session, account, listing, number)
            service.take_step(
                session, actor_of(session, account.id), listing.public_id, step, now=NOW + timedelta(hours=9)
            )
    for turn, place in enumerate(("Lüchow", "Schnackenburg", "Lenzen", "Trebel")):
        _site(session, world, owner, f"idle-{place}", two_points(session, area_of(session, place), turn + 0.3))
    session.commit()


def _foreign(session, world, number):
    """The foreign transferor has an offer of their own, so that they may look for who fits."""
    account, area = world.accounts["foreigner"], area_of(session, "Lüchow")
    listing = _offer(session, world, number, owner_account_id=account.id, place_id=area.place_id)
    _published(session, account, listing, number)


def _searches(session, world):
    profile = a_profile(session, world.accounts["seeker"], equity=80_000, public_id=named("profile"))
    wishes = {"distance": ("very", {"wish_km": 10}), "area": ("nice", {"area_min": 3})}
    for radius, place in ((25, "Gartow"), (60, "Lüchow")):
        search = a_published_search(
            session, profile, kinds=["farm", "land"], radius_km=radius, place=place, wishes=wishes,
            public_id=named("search", place),
        )  # fmt: skip
        world.searches.append(search.public_id)
