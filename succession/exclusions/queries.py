"""Reading doors of exclusions: one's own list, and between whom nothing is shown.

What an account must not see is asked with what the account is at this moment; whom a list means is read from the keys
that were stored, because that is asked about everybody at once. A test holds the two together.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import LargeBinary, Row, bindparam, exists, select, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.accounts.models import Organisation
from succession.errors import NotFound
from succession.exclusions import policy
from succession.exclusions.kinds import ExclusionKind
from succession.exclusions.models import Exclusion
from succession.exclusions.owner import Apart, ListOwner
from succession.exclusions.recognition import Known, keys_of_account, keys_of_organisation
from succession.i18n import Text
from succession.places.models import Place

# Profiles and searches live above this room; of them it needs only around which places an account seeks.
_FACTS = """
SELECT a.id, coalesce(a.email, '') AS email, a.name, coalesce(a.postal_address, '') AS postal_address,
    ARRAY(SELECT o.name FROM membership m JOIN organisation o ON o.id = m.organisation_id
        WHERE m.account_id = a.id ORDER BY o.name) AS firms,
    ARRAY(SELECT DISTINCT s.place_id FROM search s JOIN seeker_profile p ON p.id = s.profile_id
        WHERE p.account_id = a.id AND s.place_id IS NOT NULL ORDER BY s.place_id) AS places
FROM account a
"""
_OF_THESE = text(f"""{_FACTS} WHERE a.id = ANY(:accounts) AND EXISTS (SELECT FROM exclusion)""")  # nosec B608
_NAMES_OF = text("SELECT name FROM organisation WHERE id = ANY(:organisations)")
CHANGED = text(f"""
    WITH facts AS ({_FACTS})
    SELECT f.*, md5(f::text) AS fingerprint FROM facts f LEFT JOIN exclusion_subject s ON s.account_id = f.id
    WHERE s.fingerprint IS DISTINCT FROM md5(f::text) ORDER BY f.id LIMIT :most
""")  # nosec B608  # noqa: S608 - two constants
CHANGED_ORGANISATIONS = text("""
    SELECT o.id, o.name, md5(o.name) AS fingerprint
    FROM organisation o LEFT JOIN exclusion_subject s ON s.organisation_id = o.id
    WHERE s.fingerprint IS DISTINCT FROM md5(o.name) ORDER BY o.id LIMIT :most
""")
_LISTS_WITH = text("""
    SELECT DISTINCT e.owner_organisation_id AS organisation_id, e.owner_account_id AS account_id
    FROM exclusion e JOIN exclusion_key k ON k.exclusion_id = e.id WHERE k.key = ANY(:keys)
""").bindparams(bindparam("keys", type_=ARRAY(LargeBinary)))
_MEANT_BY = text("""
    SELECT DISTINCT s.organisation_id, s.account_id
    FROM exclusion e
    JOIN exclusion_key k ON k.exclusion_id = e.id
    JOIN exclusion_subject_key w ON w.key = k.key
    JOIN exclusion_subject s ON s.id = w.subject_id
    WHERE e.owner_organisation_id = :organisation OR e.owner_account_id = :account
""")


ARE_USED = exists().select_from(Exclusion)
"""Whether anybody keeps a list at all: where nobody does, nothing more is asked."""


@dataclass(frozen=True, slots=True)
class EntryLine:
    """One line of one's own list."""

    public_id: UUID
    kind: ExclusionKind
    name: str
    address: str


def list_owner(session: Session, actor: Actor, organisation: UUID | None) -> ListOwner:
    """The actor's own list (or that of the person they act for), or an organisation's that they keep."""
    if organisation is None:
        return ListOwner(account_id=actor.own_account_id)
    statement = select(Organisation.id).where(Organisation.public_id == organisation)
    found = session.scalar(statement.where(policy.kept_organisations(actor)))
    if found is None:
        raise NotFound(Text("There is no such organisation."))
    return ListOwner(organisation_id=found)


def organisations_with_lists(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The organisations whose lists the actor keeps, by name."""
    statement = select(Organisation).where(policy.kept_organisations(actor))
    return session.scalars(statement.order_by(Organisation.name, Organisation.id)).all()


def entries(session: Session, actor: Actor, owner: ListOwner) -> list[EntryLine]:
    """One list, in the order of its making; somebody else's is empty."""
    statement = (
        select(Exclusion, Place.shown_name)
        .outerjoin(Place, Place.id == Exclusion.place_id)
        .where(of_owner(owner), policy.kept_entries(actor))
        .order_by(Exclusion.created_at, Exclusion.id)
    )
    return [
        EntryLine(entry.public_id, entry.kind, place or entry.name, entry.address)
        for entry, place in session.execute(statement)
    ]


def kept_entry(session: Session, actor: Actor, public_id: UUID) -> Exclusion:
    """One line of a list that the actor keeps; nobody else learns that it exists."""
    found = session.scalar(select(Exclusion).where(Exclusion.public_id == public_id, policy.kept_entries(actor)))
    if found is None:
        raise NotFound
    return found


def of_owner(owner: ListOwner) -> Any:
    """The entries of one list as a filter."""
    if owner.organisation_id is not None:
        return Exclusion.owner_organisation_id == owner.organisation_id
    return Exclusion.owner_account_id == owner.account_id


def is_used(session: Session) -> bool:
    """Whether anybody keeps a list at all."""
    return bool(session.scalar(select(ARE_USED)))


def hiding_from(session: Session, actor: Actor) -> Apart:
    """The owners whose things this actor must not learn of; nobody for a visitor, of whom nothing is known.

    Whoever acts for somebody is asked about twice: as that person, and as themselves.
    """
    accounts = {actor.account_id, actor.own_account_id} - {None}
    if not accounts:
        return Apart()
    return _hiding(session, accounts, actor.organisation_ids)


def hiding_from_account(session: Session, account_id: int) -> Apart:
    """The owners whose things this person must not learn of, whoever asks."""
    return _hiding(session, {account_id}, frozenset())


def hiding_from_organisation(session: Session, organisation_id: int) -> Apart:
    """The owners whose things nobody who works for this organisation must learn of."""
    names = session.scalars(_NAMES_OF, {"organisations": [organisation_id]})
    return _lists_with(session, frozenset[bytes]().union(*(keys_of_organisation(name) for name in names)))


def hiding_from_owner(session: Session, owner: ListOwner) -> Apart:
    """The owners whose things must not come to the one to whom something belongs."""
    if owner.organisation_id is not None:
        return hiding_from_organisation(session, owner.organisation_id)
    return Apart() if owner.account_id is None else hiding_from_account(session, owner.account_id)


def meant_by(session: Session, owner: ListOwner) -> Apart:
    """The accounts and organisations that one owner's list means, as far as their keys are stored."""
    values = {"organisation": owner.organisation_id, "account": owner.account_id}
    return _apart(session.execute(_MEANT_BY, values).all())


def known_of(row: Row[Any]) -> Known:
    """What a row of facts says of an account."""
    return Known(row.email, row.name, row.postal_address, tuple(row.firms), frozenset(row.places))


def _hiding(session: Session, accounts: set[int | None], organisations: frozenset[int]) -> Apart:
    """One question where nobody keeps a list, three else."""
    rows = session.execute(_OF_THESE, {"accounts": sorted(filter(None, accounts))}).all()
    if not rows:
        return Apart()
    keys = frozenset[bytes]().union(*(keys_of_account(known_of(row)) for row in rows))
    if organisations:
        names = session.scalars(_NAMES_OF, {"organisations": sorted(organisations)})
        keys = keys.union(*(keys_of_organisation(name) for name in names))
    return _lists_with(session, keys)


def _lists_with(session: Session, keys: frozenset[bytes]) -> Apart:
    return _apart(session.execute(_LISTS_WITH, {"keys": sorted(keys)}).all()) if keys else Apart()


def _apart(rows: Sequence[Row[Any]]) -> Apart:
    return Apart(
        frozenset(row.organisation_id for row in rows if row.organisation_id is not None),
        frozenset(row.account_id for row in rows if row.account_id is not None),
    )
