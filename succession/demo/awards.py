"""The past call of the demo region up to its contracts: each step through its own door, at the moment it was taken."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts import queries as accounts
from succession.accounts.actor import Actor, Role
from succession.accounts.demo_logins import OFFICE
from succession.accounts.models import Account
from succession.awards import (
    queries,
    service_contract,
    service_decision,
    service_evidence,
    service_interests,
    service_notices,
    service_preparation,
    service_runs,
)
from succession.awards.ballot import Ballot
from succession.awards.models import Cause, ScoringRun
from succession.awards.models_decision import Outcome as Decided
from succession.awards.models_evidence import EvidenceItem
from succession.awards.outward import LotAt
from succession.awards.queries_outward import standing_course
from succession.awards.service_contract import Signed
from succession.awards.standstill import day_of
from succession.calls import queries as calls
from succession.calls import service_draw
from succession.calls.models import Call, CallLot
from succession.demo.identity import demo_id
from succession.land.lead_time import months_later
from succession.monitoring import queries as promises
from succession.monitoring import service as monitoring
from succession.monitoring import service_findings
from succession.monitoring.outcomes import Outcome
from succession.monitoring.queries import CheckLine

DRAWN = "4 11 19 23 38 42"
MEMBER = "Ratsmitglied Harms"
DAY = timedelta(days=1)
NO_FILES = Path()
"""Every paper was seen in the office, so nothing is stored."""


@dataclass(frozen=True, slots=True)
class _Office:
    """The past call, and the two without whom nothing is decided."""

    call: Call
    lots: tuple[CallLot, ...]
    first: Actor
    second: Actor
    closed_at: datetime

    def after(self, days: int) -> datetime:
        """A moment after the deadline."""
        return self.closed_at + days * DAY


def add_awards(session: Session, *, now: datetime) -> None:
    """Both lots of the past call were scored, decided, told and signed, and one promise has been looked at."""
    call = session.scalar(select(Call).where(Call.public_id == demo_id("call", "past")))
    if call is None or call.closes_at is None or call.term_from is None or call.term_years is None:
        return
    addresses = (f"{Role.LANDOWNER}@example.org", OFFICE)
    first, second = (_person(session, address) for address in addresses)
    office = _Office(call, tuple(calls.lots_of(session, call)), first, second, call.closes_at)
    service_draw.enter_draw(session, first, call.public_id, DRAWN, now=office.after(8))
    _check_evidence(session, office)
    _decide(session, office)
    for lot in office.lots:
        at = LotAt(call.public_id, lot.number)
        told = office.after(24)
        service_notices.plan(session, first, at, dispatched_on=day_of(told), now=told)
        service_notices.confirm(session, first, at, now=told)
    _sign(session, office, call.term_from, call.term_years)
    _look(session, office, now)


def _person(session: Session, address: str) -> Actor:
    return accounts.actor_of(session, session.scalars(select(Account.id).where(Account.email == address)).one())


def _check_evidence(session: Session, office: _Office) -> None:
    """Scored; whoever stands first has shown the papers in the office, and all of them were right."""
    asked, came, judged = office.after(10), office.after(15), office.after(16)
    for lot in office.lots:
        service_runs.run(session, office.first, lot, Cause.FIRST, now=asked)
    for lot in office.lots:
        due_on = day_of(asked) + 14 * DAY
        for request in service_evidence.ask(session, office.first, lot, due_on=due_on, now=asked):
            items = session.scalars(select(EvidenceItem).where(EvidenceItem.request_id == request.id)).all()
            for item in items:
                note = "Das Original wurde im Amt vorgelegt und angesehen."
                service_evidence.take_in(
                    session, office.first, item.public_id, uploads=(), note=note, folder=NO_FILES, now=came
                )
                service_evidence.judge(
                    session, office.first, item.public_id, accepted=True, reason="", revision=item.revision, now=judged
                )


def _decide(session: Session, office: _Office) -> None:
    """Interests declared, prepared by one, checked by the other, decided by the council without one member."""
    declared, checked, decided = office.after(17), office.after(18), office.after(22)
    for actor in (office.first, office.second):
        service_interests.declare_own(session, actor, office.call, has_interest=False, note="", now=declared)
    why = "Verwandt mit einer Person, die sich beworben hat."
    service_interests.note_member(
        session, office.first, office.call, name=MEMBER, has_interest=True, note=why, now=declared
    )
    for lot in office.lots:
        run = _run(session, lot)
        made = service_preparation.prepare(session, office.first, lot, run_number=run.number, note="", now=checked)
        service_preparation.check(session, office.second, made.public_id, revision=made.revision, now=checked)
        ballot = Ballot(
            outcome=Decided.AWARD,
            code=queries.result(run).ranking[0],
            body="Gemeinderat",
            decided_on=day_of(decided),
            item=f"TOP {6 + lot.number}",
            is_public=True,
            votes_for=11,
            votes_against=2,
            votes_abstained=1,
            withdrew=(MEMBER,),
        )
        service_decision.decide(
            session,
            office.first,
            lot,
            ballot,
            preparation_id=made.public_id,
            scan=None,
            folder=NO_FILES,
            now=decided,
        )


def _run(session: Session, lot: CallLot) -> ScoringRun:
    return session.scalars(select(ScoringRun).where(ScoringRun.lot_id == lot.id)).one()


def _sign(session: Session, office: _Office, starts_on: date, years: int) -> None:
    """A week after the Wartefrist; what was promised has its days from then on."""
    signed = office.after(24 + office.call.standstill_days + 8)
    ends_on = months_later(starts_on, 12 * years) - DAY
    for lot in office.lots:
        paper = Signed(day_of(signed), starts_on, ends_on, "")
        at = LotAt(office.call.public_id, lot.number)
        made = service_contract.record(session, office.first, at, paper, folder=NO_FILES, now=signed)
        monitoring.begin(session, Actor.system(), made.id, now=signed)


def _look(session: Session, office: _Office, now: datetime) -> None:
    """The lessee was reminded of the first day, and showed what was promised; the other days wait for somebody."""
    course = standing_course(session, office.lots[0])
    assert course.contract is not None
    held = promises.held_by(session, course.contract, today=day_of(now))
    due = [line for promise in held.promises for line in promise.checks if line.check.due_on <= day_of(now)]
    if not due:
        return
    line = min(due, key=_order)
    looked = now - DAY
    monitoring.remind(session, Actor.system(), now=now - 60 * DAY)
    service_findings.record(
        session,
        office.first,
        line.check.public_id,
        outcome=Outcome.KEPT,
        found_on=day_of(looked),
        note="Die Bescheinigung der Kontrollstelle gilt bis zum Ende des nächsten Jahres.",
        revision=line.check.revision,
        now=looked,
    )


def _order(line: CheckLine) -> tuple[date, int]:
    return line.check.due_on, line.check.id
