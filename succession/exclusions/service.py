"""Writing doors of exclusions: a line is added or taken away, and the keys of those who have changed are made anew."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, func, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.audit import service as audit
from succession.errors import Forbidden, Refused
from succession.exclusions import policy, queries
from succession.exclusions.kinds import LONGEST_ADDRESS, LONGEST_NAME, MOST_ENTRIES, ExclusionKind
from succession.exclusions.models import Exclusion, ExclusionKey, ExclusionSubject, ExclusionSubjectKey
from succession.exclusions.owner import ListOwner
from succession.exclusions.recognition import Entry, keys_of_account, keys_of_entry, keys_of_organisation
from succession.i18n import Text
from succession.places import queries as places

LISTS = 7_302_060
"""The first key of the advisory lock under which one list changes; the second is its owner."""
RENEWING = 7_302_061
MOST_AT_ONCE = 5000

_SAME_AREA = text("""
    SELECT other.id FROM place one
    JOIN place_area area ON area.level = 4 AND ST_Covers(area.geom, one.location)
    JOIN place other ON ST_Covers(area.geom, other.location)
    WHERE one.id = :place
""")


@dataclass(frozen=True, slots=True)
class NewEntry:
    """What a person writes down; a place by its public id."""

    kind: ExclusionKind
    name: str = ""
    address: str = ""
    place: UUID | None = None


def add_entry(session: Session, actor: Actor, owner: ListOwner, new: NewEntry, *, now: datetime) -> None:
    """The list has this line, once; from now on nothing of its owner is shown to those who are meant."""
    authorize(policy.may_keep, actor, owner, hidden=True)
    _check(new)
    session.execute(select(func.pg_advisory_xact_lock(LISTS, owner.organisation_id or -(owner.account_id or 0))))
    place = None if new.place is None else places.place(session, new.place)
    if new.kind is ExclusionKind.PLACE and place is None:
        raise Refused(Text("Please choose a place."))
    number = session.scalar(select(func.count()).select_from(Exclusion).where(queries.of_owner(owner))) or 0
    if number >= MOST_ENTRIES:
        raise Refused(Text("The list can hold at most %(most)s lines. Take one away first.", {"most": MOST_ENTRIES}))
    is_place = place is not None
    values = {
        "owner_organisation_id": owner.organisation_id,
        "owner_account_id": owner.account_id,
        "kind": new.kind,
        "name": "" if is_place else " ".join(new.name.split()),
        "address": "" if is_place else new.address.strip(),
        "place_id": place.id if place is not None else None,
        "created_by_account_id": actor.account_id,
        "created_at": now,
    }
    made = session.scalar(insert(Exclusion).values(values).on_conflict_do_nothing().returning(Exclusion))
    if made is None:
        return
    name, numbers = (place.name, _same_area(session, place.id)) if place is not None else (made.name, frozenset[int]())
    keys = keys_of_entry(Entry(made.kind, name, made.address, numbers))
    session.execute(insert(ExclusionKey), [{"exclusion_id": made.id, "key": key} for key in sorted(keys)])
    audit.record(session, actor, "exclusion.added", kind="exclusion", public_id=made.public_id, now=now)
    _renew(session)


def remove_entry(session: Session, actor: Actor, public_id: UUID, *, now: datetime) -> ListOwner:
    """The line is gone with its keys; whose list it was."""
    entry = queries.kept_entry(session, actor, public_id)
    owner = ListOwner(entry.owner_organisation_id, entry.owner_account_id)
    authorize(policy.may_keep, actor, owner, hidden=True)
    if not policy.may_take_away(actor, owner):
        raise Forbidden(Text("Only the person themselves can take somebody off this list."))
    session.delete(entry)
    session.flush()
    audit.record(session, actor, "exclusion.removed", kind="exclusion", public_id=public_id, now=now)
    return owner


def renew_subjects(session: Session, actor: Actor) -> int:
    """Every account and organisation is recognised by what it is called now; how many had changed."""
    authorize(policy.may_renew, actor, None)
    return _renew(session)


def _check(new: NewEntry) -> None:
    """Limits that a form also has; here they hold for every door."""
    if len(new.name) > LONGEST_NAME or len(new.address) > LONGEST_ADDRESS:
        raise Refused(Text("The name or the address is too long."))
    if new.kind is not ExclusionKind.PLACE and not keys_of_entry(Entry(new.kind, new.name, new.address)):
        raise Refused(Text("Please write down a name or an e-mail address by which we can recognise them."))


def _same_area(session: Session, place_id: int) -> frozenset[int]:
    """The place and all places of its public area; outside the region only itself."""
    return frozenset(session.scalars(_SAME_AREA, {"place": place_id})) | {place_id}


def _renew(session: Session) -> int:
    """Keys are made anew where the facts behind them have another fingerprint; two at once do the same."""
    session.flush()
    if not session.scalar(select(func.pg_try_advisory_xact_lock(RENEWING))):
        return 0
    accounts = session.execute(queries.CHANGED, {"most": MOST_AT_ONCE}).all()
    _store(session, "account_id", ((row, keys_of_account(queries.known_of(row))) for row in accounts))
    organisations = session.execute(queries.CHANGED_ORGANISATIONS, {"most": MOST_AT_ONCE}).all()
    _store(session, "organisation_id", ((row, keys_of_organisation(row.name)) for row in organisations))
    return len(accounts) + len(organisations)


def _store(session: Session, column: str, found: Iterable[tuple[Any, frozenset[bytes]]]) -> None:
    """The keys of these accounts or organisations, in four statements."""
    subjects = {row.id: (row.fingerprint, keys) for row, keys in found}
    if not subjects:
        return
    upsert = insert(ExclusionSubject)
    statement = upsert.on_conflict_do_update(
        index_elements=[column], set_={"fingerprint": upsert.excluded.fingerprint}
    ).returning(ExclusionSubject.id, getattr(ExclusionSubject, column))
    rows = [{column: number, "fingerprint": fingerprint} for number, (fingerprint, _) in subjects.items()]
    numbers = {row[1]: row[0] for row in session.execute(statement, rows)}
    session.execute(delete(ExclusionSubjectKey).where(ExclusionSubjectKey.subject_id.in_(numbers.values())))
    kept = [{"subject_id": numbers[number], "key": key} for number, (_, keys) in subjects.items() for key in keys]
    if kept:
        session.execute(insert(ExclusionSubjectKey), kept)
