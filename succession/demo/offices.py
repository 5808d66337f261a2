"""The managing office of the demo region: two owners have given it a mandate, and each has its letterhead."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from succession.accounts import service, service_mandates, service_organisations
from succession.accounts.actor import Actor, Role
from succession.accounts.data_law import DataLaw
from succession.accounts.duties import MandateScope, MembershipRole
from succession.accounts.models import Account, Organisation, OrganisationKind
from succession.accounts.organisations import today
from succession.accounts.service_mandates import MandateValues
from succession.accounts.service_organisations import OrganisationValues
from succession.demo.identity import demo_id
from succession.demo.manuscript import Manuscript
from succession.demo.people import OFFICE_PEOPLE, People

STATE = "Landesbeauftragte für den Datenschutz (Demo)"
CHURCH = "Beauftragter für den Datenschutz der Kirche (Demo)"
PREPARING = (MandateScope.IMPORT, MandateScope.CALL, MandateScope.SCORE, MandateScope.LETTERS)


@dataclass(frozen=True, slots=True)
class Address:
    """What stands on the letters of an organisation."""

    street: str
    law: DataLaw = DataLaw.GDPR
    supervisor: str = STATE


def create_office(session: Session, manuscript: Manuscript, people: People, *, now: datetime) -> None:
    """The landowner of the demo works in the office too, and sees what it manages in one list."""
    system = Actor.system()
    office = _organisation(session, manuscript, "office", OrganisationKind.MANAGING_OFFICE, now=now)
    village = _organisation(session, manuscript, "village", OrganisationKind.MUNICIPALITY, now=now)
    for organisation, key in zip((office, village), OFFICE_PEOPLE, strict=True):
        leader = session.get_one(Account, people.others[key])
        service.add_member(session, system, organisation, leader, MembershipRole.ADMINISTRATOR, now=now)
    clerk = people.logins[Role.LANDOWNER]
    service.add_member(session, system, office, clerk, MembershipRole.CLERK, now=now)
    parish = people.landowners[OrganisationKind.PARISH]
    addresses = {
        people.landowners[OrganisationKind.MUNICIPALITY]: Address("Deichstraße 4\n29999 Deichmark"),
        parish: Address("Kirchweg 1\n29999 Deichmark-Höhe", DataLaw.DSG_EKD, CHURCH),
        village: Address("Dorfring 12\n29999 Rethfelde"),
        office: Address("Am Markt 2\n29999 Elbauen"),
    }
    for organisation, address in addresses.items():
        _describe(session, organisation, address, now=now)
    _mandate(session, parish, office, "Beschluss des Kirchenvorstands 7/2025, Akte 32.1", None, now=now)
    _mandate(session, village, office, "Ratsbeschluss 3/2024, Akte 815.3", 45, now=now)


def _organisation(
    session: Session, manuscript: Manuscript, key: str, kind: OrganisationKind, *, now: datetime
) -> Organisation:
    return service.find_or_create_organisation(
        session,
        Actor.system(),
        manuscript.organisations[key],
        kind,
        now=now,
        public_id=demo_id("organisation", key),
    )


def _describe(session: Session, organisation: Organisation, address: Address, *, now: datetime) -> None:
    values = OrganisationValues(
        name=organisation.name,
        kind=organisation.kind,
        data_law=address.law,
        supervisor=address.supervisor,
        postal_address=address.street,
        phone="05800 00 00",
        email="post@example.org",
    )
    service_organisations.change(session, Actor.system(), organisation.public_id, values, now=now)


def _mandate(
    session: Session, owner: Organisation, office: Organisation, note: str, ends_in_days: int | None, *, now: datetime
) -> None:
    """A mandate that has run for a year."""
    day = today(now)
    values = MandateValues(
        office=office.public_id,
        scopes=PREPARING,
        starts_on=day - timedelta(days=365),
        ends_on=None if ends_in_days is None else day + timedelta(days=ends_in_days),
        note=note,
    )
    service_mandates.give(session, Actor.system(), owner.public_id, values, now=now)
