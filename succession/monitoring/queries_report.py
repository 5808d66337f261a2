"""Reading doors of the yearly report, and of what everybody may know: sums without names."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.accounts.duties import Duty
from succession.accounts.models import Organisation
from succession.awards.models_contract import Contract
from succession.calls.models import Call, CallLot
from succession.errors import NotFound
from succession.monitoring import queries
from succession.monitoring.models import Finding, Promise, PromiseCheck
from succession.monitoring.outcomes import Outcome
from succession.monitoring.report import FEWEST_SHOWN, YearlyReport, yearly_report


def owners(session: Session, actor: Actor) -> Sequence[Organisation]:
    """The owners for whom the actor watches promises."""
    wanted = actor.organisations_with(Duty.SCORE)
    return session.scalars(select(Organisation).where(Organisation.id.in_(wanted)).order_by(Organisation.name)).all()


def report(
    session: Session, actor: Actor, owner_id: UUID, year: int, *, today: date
) -> tuple[Organisation, YearlyReport]:
    """One year of one owner; for everybody else there is none."""
    owner = next((one for one in owners(session, actor) if one.public_id == owner_id), None)
    if owner is None:
        raise NotFound
    found = queries.lines(session, queries.rows_of_owner(session, owner.id), today=today)
    return owner, yearly_report(found, year, today)


@dataclass(frozen=True, slots=True)
class KeptBy:
    """What everybody may know of one owner's contracts; `outcomes` is empty where it would tell of single people."""

    owner: str
    outcomes: tuple[tuple[Outcome, int], ...]
    checked: int

    @property
    def is_told(self) -> bool:
        """Whether enough was checked for the sums to be shown."""
        return self.checked >= FEWEST_SHOWN


def kept_promises(session: Session) -> list[KeptBy]:
    """By owner how often promises were kept; the newest finding of each check counts. Open to everybody."""
    newest = select(Finding.check_id, func.max(Finding.number).label("number")).group_by(Finding.check_id).subquery()
    statement = (
        select(Organisation.name, Finding.outcome, func.count())
        .join(newest, (newest.c.check_id == Finding.check_id) & (newest.c.number == Finding.number))
        .join(PromiseCheck, PromiseCheck.id == Finding.check_id)
        .join(Promise, Promise.id == PromiseCheck.promise_id)
        .join(Contract, Contract.id == Promise.contract_id)
        .join(CallLot, CallLot.id == Contract.lot_id)
        .join(Call, Call.id == CallLot.call_id)
        .join(Organisation, Organisation.id == Call.owner_organisation_id)
        .group_by(Organisation.name, Finding.outcome)
    )
    counts: dict[str, Counter[Outcome]] = {}
    for name, outcome, number in session.execute(statement):
        counts.setdefault(name, Counter())[outcome] = number
    holders = _contracts(session)
    return [_told(name, counts[name], holders.get(name, 0)) for name in sorted(counts)]


FEWEST_LESSEES = 3


def _told(name: str, counts: Counter[Outcome], contracts: int) -> KeptBy:
    checked = counts.total()
    if checked < FEWEST_SHOWN or contracts < FEWEST_LESSEES:
        return KeptBy(name, (), 0)
    return KeptBy(name, tuple((outcome, counts[outcome]) for outcome in Outcome), checked)


def _contracts(session: Session) -> dict[str, int]:
    """How many lessees stand behind the sums of an owner."""
    statement = (
        select(Organisation.name, func.count(Contract.application_id.distinct()))
        .join(Call, Call.owner_organisation_id == Organisation.id)
        .join(CallLot, CallLot.call_id == Call.id)
        .join(Contract, Contract.lot_id == CallLot.id)
        .join(Promise, Promise.contract_id == Contract.id)
        .join(PromiseCheck, PromiseCheck.promise_id == Promise.id)
        .join(Finding, Finding.check_id == PromiseCheck.id)
        .group_by(Organisation.name)
    )
    return {row[0]: row[1] for row in session.execute(statement)}
