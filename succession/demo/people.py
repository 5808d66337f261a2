"""The accounts and organisations of the demo region; all accounts carry the mark that keeps them out of production."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from succession.accounts import passwords, service
from succession.accounts.actor import Actor, Role
from succession.accounts.demo_logins import COUNCIL, DEMO_PASSWORD, DEMO_ROLES, OFFICE
from succession.accounts.duties import MembershipRole
from succession.accounts.models import Account, AccountRole, Language, Organisation, OrganisationKind
from succession.accounts.service import NewAccount
from succession.demo.identity import chances, demo_id
from succession.demo.manuscript import Manuscript

_LANDOWNERS = (
    OrganisationKind.MUNICIPALITY,
    OrganisationKind.PARISH,
    OrganisationKind.FOUNDATION,
    OrganisationKind.PRIVATE,
)
OFFICE_PEOPLE = ("member-office", "member-village")
_SIGN_IN_AS = {"member-office": OFFICE, "member-village": COUNCIL}


@dataclass(frozen=True, slots=True)
class People:
    """Who is there, by what the other parts of the demo need them for: numbers of accounts and organisations."""

    logins: dict[Role, Account]
    landowners: dict[OrganisationKind, Organisation]
    others: dict[str, int]


def create_people(
    session: Session, manuscript: Manuscript, keys: Iterable[tuple[str, Role]], *, now: datetime
) -> People:
    """Eight people to sign in as, the organisations, and an account for each of `keys` that nobody can sign in to."""
    system = Actor.system()
    password_hash = passwords.hash_password(DEMO_PASSWORD)  # once: hashing is slow on purpose
    logins = {role: _login(session, manuscript.names, role, password_hash, now=now) for role in DEMO_ROLES}
    landowners = {
        kind: service.find_or_create_organisation(
            session,
            system,
            manuscript.organisations[kind.value],
            kind,
            now=now,
            public_id=demo_id("organisation", kind.value),
        )
        for kind in (*_LANDOWNERS, OrganisationKind.ADVISORY)
    }
    helpers = [(helper.key, Role(helper.role)) for helper in manuscript.helpers]
    members = [(f"member-{kind.value}", Role.LANDOWNER) for kind in _LANDOWNERS[1:]]
    members += [(key, Role.LANDOWNER) for key in OFFICE_PEOPLE]
    names = {helper.key: helper.name for helper in manuscript.helpers}
    everybody = [*helpers, *members, *keys]
    names |= {key: _name(key, manuscript.invented) for key, _ in everybody if key not in names}
    others = _accounts(session, everybody, names, now=now)
    _let_in(session, others, password_hash, now=now)
    _memberships(session, logins, landowners, others, [key for key, _ in helpers], now=now)
    return People(logins, landowners, others)


def _login(session: Session, names: Mapping[str, str], role: Role, password_hash: str, *, now: datetime) -> Account:
    """One of the people whose password is printed."""
    values = NewAccount(
        email=f"{role.value}@example.org",
        name=names[role.value],
        password_hash=password_hash,
        roles=(role,),
        language=Language.GERMAN,
        is_demo=True,
        public_id=demo_id("account", role.value),
    )
    return service.create_account(session, Actor.system(), values, now=now)


def _let_in(session: Session, others: Mapping[str, int], password_hash: str, *, now: datetime) -> None:
    """Giving out land takes two people in the office and somebody for the council: they can sign in as well."""
    for key, address in _SIGN_IN_AS.items():
        account = session.get_one(Account, others[key])
        account.email, account.password_hash, account.confirmed_at = address, password_hash, now


def _accounts(
    session: Session, keys: list[tuple[str, Role]], names: dict[str, str], *, now: datetime
) -> dict[str, int]:
    """Many accounts in two statements, by key."""
    rows = [
        {
            "public_id": demo_id("account", key),
            "email": f"{key}@demo.example.org",
            "name": names[key],
            "password_hash": passwords.HASH_OF_NOBODY,
            "language": Language.GERMAN,
            "is_demo": True,
            "created_at": now,
        }
        for key, _ in keys
    ]
    session.execute(insert(Account), rows)
    made = select(Account.public_id, Account.id).where(Account.public_id.in_([row["public_id"] for row in rows]))
    ids = {row.public_id: row.id for row in session.execute(made)}
    by_key = {key: ids[demo_id("account", key)] for key, _ in keys}
    session.execute(insert(AccountRole), [{"account_id": by_key[key], "role": role} for key, role in keys])
    return by_key


def _name(key: str, invented: Mapping[str, Sequence[str]]) -> str:
    """An invented name; no public text holds it."""
    chance = chances("name", key)
    return f"{chance.choice(invented['first'])} {chance.choice(invented['last'])}"


def _memberships(
    session: Session,
    logins: dict[Role, Account],
    organisations: dict[OrganisationKind, Organisation],
    others: dict[str, int],
    helpers: list[str],
    *,
    now: datetime,
) -> None:
    """The landowner leads the municipality, one person each other owner, the helpers belong to the advisory body."""
    system = Actor.system()
    municipality = organisations[OrganisationKind.MUNICIPALITY]
    service.add_member(session, system, municipality, logins[Role.LANDOWNER], MembershipRole.ADMINISTRATOR, now=now)
    advisory = organisations[OrganisationKind.ADVISORY]
    for role, place in ((Role.ADVISOR, MembershipRole.ADMINISTRATOR), (Role.MENTOR, MembershipRole.READER)):
        service.add_member(session, system, advisory, logins[role], place, now=now)
    for kind in _LANDOWNERS[1:]:
        person = session.get_one(Account, others[f"member-{kind.value}"])
        service.add_member(session, system, organisations[kind], person, MembershipRole.ADMINISTRATOR, now=now)
    second = session.get_one(Account, others["member-office"])
    service.add_member(session, system, municipality, second, MembershipRole.CHECKER, now=now)
    council = session.get_one(Account, others["member-village"])
    service.add_member(session, system, municipality, council, MembershipRole.ADMINISTRATOR, now=now)
    for key in helpers:
        service.add_member(
            session, system, advisory, session.get_one(Account, others[key]), MembershipRole.READER, now=now
        )
