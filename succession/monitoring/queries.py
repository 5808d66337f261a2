"""Reading doors of promises: the contract with its promises, one check, and the agenda of an office."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.duties import Duty
from succession.accounts.models import Organisation
from succession.applications.models import Application
from succession.awards.models_contract import Contract
from succession.calls import queries as calls
from succession.calls.models import Call, CallLot
from succession.errors import NotFound
from succession.files.models import StoredFile
from succession.monitoring import policy
from succession.monitoring.models import Finding, LesseeChange, Promise, PromiseCheck, PromiseEvidence
from succession.monitoring.policy import Holder, Parties
from succession.monitoring.schedule import Standing, standing


@dataclass(frozen=True, slots=True)
class CheckLine:
    """One day of looking, with what was found; the newest finding first."""

    check: PromiseCheck
    standing: Standing
    findings: Sequence[Finding]

    @property
    def finding(self) -> Finding | None:
        """The one that counts."""
        return self.findings[0] if self.findings else None


@dataclass(frozen=True, slots=True)
class PromiseLine:
    """One promise with all its days."""

    promise: Promise
    checks: tuple[CheckLine, ...]


@dataclass(frozen=True, slots=True)
class Held:
    """One contract with everything that was promised."""

    contract: Contract
    lot: CallLot
    call: Call
    owner: Organisation
    holder: Holder
    changes: Sequence[LesseeChange]
    promises: tuple[PromiseLine, ...]
    has_sold_land: bool
    """Whether a parcel of the lot belongs to somebody else by now."""

    @property
    def parties(self) -> Parties:
        """Whose land it is, and who has it."""
        return Parties(self.call.owner_organisation_id, self.holder)


@dataclass(frozen=True, slots=True)
class OneCheck:
    """A check with its promise, its contract and its papers."""

    held: Held
    promise: Promise
    line: CheckLine
    evidence: Sequence[tuple[PromiseEvidence, StoredFile]]


@dataclass(frozen=True, slots=True)
class AgendaLine:
    """One line of the office's agenda."""

    check: PromiseCheck
    promise: Promise
    contract: Contract
    lot: CallLot
    call: Call
    holder_name: str
    standing: Standing
    finding: Finding | None


def holder_of(session: Session, contract: Contract, on: date | None = None) -> Holder:
    """Who keeps the promises, today or on a day."""
    changed = select(LesseeChange).where(LesseeChange.contract_id == contract.id)
    if on is not None:
        changed = changed.where(LesseeChange.since_on <= on)
    found = session.scalar(changed.order_by(LesseeChange.since_on.desc()).limit(1))
    if found is not None:
        return Holder(found.name, found.account_id, found.since_on)
    application = session.get_one(Application, contract.application_id)
    return Holder(application.name, application.applicant_account_id)


def contract_of(session: Session, actor: Actor, public_id: UUID, *, lock: bool = False) -> Contract:
    """A contract for its two sides; for everybody else it does not exist."""
    statement = select(Contract).where(Contract.public_id == public_id, policy.visible_contracts(actor))
    if lock:
        statement = statement.with_for_update(of=Contract).execution_options(populate_existing=True)
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def contract_by_number(session: Session, actor: Actor, number: int) -> Contract | None:
    """The same by the number that other rows hold."""
    return session.scalar(select(Contract).where(Contract.id == number, policy.visible_contracts(actor)))


def held(session: Session, actor: Actor, public_id: UUID, *, today: date) -> Held:
    """Everything that was promised with a contract."""
    return held_by(session, contract_of(session, actor, public_id), today=today)


def held_by(session: Session, contract: Contract, *, today: date) -> Held:
    """The same for a door that has the contract already."""
    lot = session.get_one(CallLot, contract.lot_id)
    call = session.get_one(Call, lot.call_id)
    changes = session.scalars(
        select(LesseeChange).where(LesseeChange.contract_id == contract.id).order_by(LesseeChange.since_on.desc())
    ).all()
    sold = [one for one in calls.parcels_of(session, call).get(lot.id, []) if not one.is_owners]
    return Held(
        contract,
        lot,
        call,
        calls.owner_of(session, call),
        holder_of(session, contract),
        changes,
        _promises(session, contract, today),
        bool(sold),
    )


def one_check(session: Session, actor: Actor, public_id: UUID, *, today: date) -> OneCheck:
    """One check for either side."""
    row = session.execute(
        select(PromiseCheck, Promise, Contract)
        .join(Promise, Promise.id == PromiseCheck.promise_id)
        .join(Contract, Contract.id == Promise.contract_id)
        .where(PromiseCheck.public_id == public_id, policy.visible_contracts(actor))
    ).one_or_none()
    if row is None:
        raise NotFound
    check, promise, contract = row
    findings = _findings(session, [check.id]).get(check.id, [])
    stands = standing(check.due_on, today, is_found=bool(findings), ended_on=promise.ended_on)
    return OneCheck(
        held_by(session, contract, today=today), promise, CheckLine(check, stands, findings), _evidence(session, check)
    )


def evidence_file(session: Session, actor: Actor, public_id: UUID) -> StoredFile:
    """A paper of a check, for either side."""
    found = session.scalar(
        select(StoredFile)
        .join(PromiseEvidence, PromiseEvidence.stored_file_id == StoredFile.id)
        .join(PromiseCheck, PromiseCheck.id == PromiseEvidence.check_id)
        .join(Promise, Promise.id == PromiseCheck.promise_id)
        .join(Contract, Contract.id == Promise.contract_id)
        .where(StoredFile.public_id == public_id, policy.visible_contracts(actor))
    )
    if found is None:
        raise NotFound
    return found


def agenda(
    session: Session, actor: Actor, *, today: date, limit: int, offset: int = 0, only_open: bool = True
) -> list[AgendaLine]:
    """What the office has to look at, the earliest first; or everything that was ever to be looked at."""
    authorize(policy.may_enter, actor, None)
    statement = _rows().where(_watched_by(actor))
    if only_open:
        unfound = ~select(Finding.id).where(Finding.check_id == PromiseCheck.id).exists()
        statement = statement.where(unfound, or_(Promise.ended_on.is_(None), PromiseCheck.due_on <= Promise.ended_on))
    statement = statement.order_by(PromiseCheck.due_on, PromiseCheck.id).limit(limit).offset(offset)
    return lines(session, _fetched(session, statement), today=today)


def own(session: Session, actor: Actor, *, today: date) -> list[Held]:
    """The contracts whose promises the actor keeps."""
    statement = select(Contract).where(
        policy.held_contracts(actor), select(Promise.id).where(Promise.contract_id == Contract.id).exists()
    )
    found = session.scalars(statement.order_by(Contract.starts_on.desc(), Contract.id)).all()
    return [held_by(session, contract, today=today) for contract in found]


Row = tuple[PromiseCheck, Promise, Contract, CallLot, Call, str]


def lines(session: Session, rows: Sequence[Row], *, today: date) -> list[AgendaLine]:
    """Rows as lines, with who keeps each promise now."""
    findings = _findings(session, [row[0].id for row in rows])
    changes = _newest_names(session, {row[2].id for row in rows})
    found = []
    for check, promise, contract, lot, call, name in rows:
        newest = findings.get(check.id, [])
        stands = standing(check.due_on, today, is_found=bool(newest), ended_on=promise.ended_on)
        holder = changes.get(contract.id, name)
        found.append(AgendaLine(check, promise, contract, lot, call, holder, stands, newest[0] if newest else None))
    return found


def rows_of_owner(session: Session, organisation_id: int, *conditions: ColumnElement[bool]) -> Sequence[Row]:
    """All checks of one owner; the caller has asked for permission."""
    statement = _rows().where(Call.owner_organisation_id == organisation_id, *conditions)
    return _fetched(session, statement.order_by(PromiseCheck.due_on, PromiseCheck.id))


def _rows() -> Select[PromiseCheck, Promise, Contract, CallLot, Call, str]:
    return (
        select(PromiseCheck, Promise, Contract, CallLot, Call, Application.name)
        .join(Promise, Promise.id == PromiseCheck.promise_id)
        .join(Contract, Contract.id == Promise.contract_id)
        .join(CallLot, CallLot.id == Contract.lot_id)
        .join(Call, Call.id == CallLot.call_id)
        .join(Application, Application.id == Contract.application_id)
    )


def _fetched(session: Session, statement: Select[PromiseCheck, Promise, Contract, CallLot, Call, str]) -> Sequence[Row]:
    return [
        (check, promise, contract, lot, call, name)
        for check, promise, contract, lot, call, name in session.execute(statement)
    ]


def _watched_by(actor: Actor) -> ColumnElement[bool]:
    return Call.owner_organisation_id.in_(actor.organisations_with(Duty.SCORE))


def _newest_names(session: Session, contracts: set[int]) -> Mapping[int, str]:
    statement = select(LesseeChange).where(LesseeChange.contract_id.in_(contracts)).order_by(LesseeChange.since_on)
    return {one.contract_id: one.name for one in session.scalars(statement)}


def _promises(session: Session, contract: Contract, today: date) -> tuple[PromiseLine, ...]:
    promises = session.scalars(select(Promise).where(Promise.contract_id == contract.id).order_by(Promise.id)).all()
    numbers = [one.id for one in promises]
    statement = select(PromiseCheck).where(PromiseCheck.promise_id.in_(numbers)).order_by(PromiseCheck.number)
    checks: defaultdict[int, list[PromiseCheck]] = defaultdict(list)
    for check in session.scalars(statement):
        checks[check.promise_id].append(check)
    findings = _findings(session, [check.id for some in checks.values() for check in some])
    return tuple(
        PromiseLine(
            promise,
            tuple(
                CheckLine(
                    check,
                    standing(check.due_on, today, is_found=check.id in findings, ended_on=promise.ended_on),
                    findings.get(check.id, ()),
                )
                for check in checks[promise.id]
            ),
        )
        for promise in promises
    )


def _findings(session: Session, checks: Sequence[int]) -> Mapping[int, list[Finding]]:
    statement = select(Finding).where(Finding.check_id.in_(checks)).order_by(Finding.number.desc())
    found: dict[int, list[Finding]] = {}
    for one in session.scalars(statement):
        found.setdefault(one.check_id, []).append(one)
    return found


def _evidence(session: Session, check: PromiseCheck) -> Sequence[tuple[PromiseEvidence, StoredFile]]:
    statement = (
        select(PromiseEvidence, StoredFile)
        .join(StoredFile, StoredFile.id == PromiseEvidence.stored_file_id)
        .where(PromiseEvidence.check_id == check.id)
        .order_by(PromiseEvidence.added_at, PromiseEvidence.id)
    )
    return [(paper, file) for paper, file in session.execute(statement)]
