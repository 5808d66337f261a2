"""Builds the demo region: people, land, offers and seekers along the Elbe, the same every time."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from succession.accounts import queries as accounts
from succession.accounts.actor import Actor, Role, authorize
from succession.accounts.models import Account, OrganisationKind
from succession.demo import ground, policy
from succession.demo.applications import add_applications
from succession.demo.awards import add_awards
from succession.demo.calls import add_calls
from succession.demo.identity import demo_id
from succession.demo.manuscript import Manuscript, read_manuscript
from succession.demo.offers import Surroundings, write_offers
from succession.demo.offices import create_office
from succession.demo.people import People, create_people
from succession.demo.seekers import plan_seekers, seeker_keys, write_seekers
from succession.errors import Conflict
from succession.i18n import Text
from succession.land.models import Parcel
from succession.land.owner import Owner
from succession.listings import service as listings
from succession.listings.lifecycle import Step
from succession.listings.models import Listing
from succession.listings.states import ListingState
from succession.matching import service as matching
from succession.profiles.models import SeekerProfile

# Steps that owners take through their own door, so that the record and the outbox tell of them; days ago.
_BY_HAND = (
    ("milchhof-hoehe", Role.TRANSFEROR, Step.PUBLISH, 26),
    ("gruenland-am-deich", Role.LANDOWNER, Step.PUBLISH, 17),
    ("reserviert-damnatz", Role.LANDOWNER, Step.RESERVE, 4),
)
_BEFORE = {
    "milchhof-hoehe": ListingState.DRAFT,
    "gruenland-am-deich": ListingState.DRAFT,
    "reserviert-damnatz": ListingState.PUBLISHED,
}


@dataclass(frozen=True, slots=True)
class DemoRegion:
    """What there is; `is_new` tells whether this call made it."""

    is_new: bool
    businesses: int
    land_offers: int
    parcels: int
    seekers: int


def build(session: Session, actor: Actor, *, now: datetime) -> DemoRegion:
    """The demo region is there, once. Refused where real people have accounts."""
    authorize(policy.may_build_demo, actor, None)
    session.execute(select(func.pg_advisory_xact_lock(func.hashtext("succession.demo"))))
    if is_built(session):
        return _counted(session, is_new=False)
    _refuse_beside_real_people(session)
    manuscript = read_manuscript()
    keys = [(offer.key, Role.TRANSFEROR) for offer in manuscript.businesses if not offer.owner]
    keys += [(key, Role.SEEKER) for key in seeker_keys(manuscript)]
    people = create_people(session, manuscript, keys, now=now)
    create_office(session, manuscript, people, now=now)
    _write_offers(session, manuscript, people, now=now)
    landowner = accounts.actor_of(session, people.logins[Role.LANDOWNER].id)
    add_calls(session, people.landowners[OrganisationKind.MUNICIPALITY].id, landowner, now=now)
    add_applications(session, now=now)
    add_awards(session, now=now)
    numbers = people.others | {"seeker": people.logins[Role.SEEKER].id}
    seekers = plan_seekers(manuscript)
    places = ground.places_by_name(session, {search.place for draft in seekers for search in draft.searches})
    write_seekers(session, seekers, numbers, places, now=now)
    matching.renew_means(session, actor, seed=1, now=now, public_id=demo_id("pool means"))
    return _counted(session, is_new=True)


def is_built(session: Session) -> bool:
    """Whether the demo region is there."""
    login = demo_id("account", Role.COORDINATOR.value)
    return bool(session.scalar(select(exists().where(Account.public_id == login))))


def _refuse_beside_real_people(session: Session) -> None:
    """Invented people must never stand among real ones."""
    if session.scalar(select(exists().select_from(Account))):
        raise Conflict(Text("Real people have accounts here, so the demo region was not added. Use an empty database."))


def _write_offers(session: Session, manuscript: Manuscript, people: People, *, now: datetime) -> None:
    """Land and offers; some steps are taken through the owners' own door."""
    places = ground.places_by_name(session, {offer.place for offer in manuscript.offers})
    owners = _owners(manuscript, people)
    system = Actor.system()
    landowner = accounts.actor_of(session, people.logins[Role.LANDOWNER].id)
    municipality = owners[ground.IMPORTED_OWNER]
    holders = {name: (owner, system) for name, owner in owners.items()}
    holders[ground.IMPORTED_OWNER] = (municipality, landowner)
    parcels = ground.register(session, ground.plan(manuscript, places), holders, now=now - timedelta(days=620))
    around = Surroundings(places, owners, parcels)
    texts = [replace(text, state=_BEFORE.get(text.key, text.state)) for text in manuscript.offers]
    written = write_offers(session, texts, around, now=now)
    for key, role, step, days in _BY_HAND:
        person = accounts.actor_of(session, people.logins[role].id)
        moment = now - timedelta(days=days)
        if step is Step.PUBLISH:
            listings.publish(session, person, written[key].public_id, is_confirmed=True, now=moment)
        else:
            listings.take_step(session, person, written[key].public_id, step, now=moment)


def _owners(manuscript: Manuscript, people: People) -> dict[str, Owner]:
    """Whose offers and parcels they are, by the word that the texts use."""
    owners = {
        kind.value: Owner(organisation_id=organisation.id, name=organisation.name)
        for kind, organisation in people.landowners.items()
        if kind is not OrganisationKind.ADVISORY
    }
    transferor = people.logins[Role.TRANSFEROR]
    owners[Role.TRANSFEROR.value] = Owner(account_id=transferor.id, name=transferor.name)
    for offer in manuscript.businesses:
        if not offer.owner:
            owners[offer.key] = Owner(account_id=people.others[offer.key])
    return owners


def _counted(session: Session, *, is_new: bool) -> DemoRegion:
    """How much there is."""
    land = func.count().filter(Listing.kind == "land")
    offers, land_offers = session.execute(select(func.count(), land).select_from(Listing)).one()
    return DemoRegion(
        is_new=is_new,
        businesses=offers - land_offers,
        land_offers=land_offers,
        parcels=session.scalar(select(func.count()).select_from(Parcel)) or 0,
        seekers=session.scalar(select(func.count()).select_from(SeekerProfile)) or 0,
    )
