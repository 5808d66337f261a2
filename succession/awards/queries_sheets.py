"""Reading doors that put a result sheet together: for one applicant, or for all to whom the office writes."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.models import Account
from succession.allocation.catalogue import Applicant, Catalogue
from succession.allocation.conditions import Facts
from succession.allocation.explanation_nearest import way_sentences
from succession.allocation.nearest import nearest
from succession.allocation.points import Result
from succession.allocation.points_values import applicants as read_applicants
from succession.allocation.points_values import facts
from succession.applications.models import Application
from succession.applications.states import Way as ApplicationWay
from succession.awards import policy_outward as policy
from succession.awards import queries, queries_outward
from succession.awards.case import catalogue_of
from succession.awards.models import ScoringRun
from succession.awards.models_contract import ApprovalStep
from succession.awards.models_decision import Decision, Outcome
from succession.awards.models_notices import Standstill
from succession.awards.models_records import AwardRecord
from succession.awards.notice_kinds import Way
from succession.awards.queries import Desk
from succession.awards.record_hiding import sealed_because
from succession.awards.record_own import own_lines
from succession.awards.sheets import Decided, LeaseEnding, LotNamed, OwnRecord, OwnValue, Recipient, Sheet
from succession.awards.standstill import day_of
from succession.awards.told import told
from succession.calls import queries as calls
from succession.calls.states import CallKind
from succession.errors import Conflict, NotFound
from succession.i18n import Text
from succession.land.queries_leases import next_public_leases
from succession.principles.document import PrincipleDocument
from succession.principles.questions import Category
from succession.principles.texts import in_language
from succession.principles.wordings import wordings

MOST_LEASES = 10
"""In a letter; the page of public calls has more."""


@dataclass(frozen=True)
class Ground:
    """What all sheets of one decision share."""

    desk: Desk
    decision: Decision
    standstill: Standstill | None
    owner_name: str
    catalogue: Catalogue
    result: Result
    applicants: Sequence[Applicant]
    lot: Facts
    record: AwardRecord | None
    steps: tuple[str, ...]
    leases: tuple[LeaseEnding, ...]
    chosen: str | None
    """The code of whoever shall get the lot."""

    @property
    def decided(self) -> Decided:
        """What everybody may know of the decision."""
        one = self.decision
        is_award = one.outcome is Outcome.AWARD
        reason = one.departure_reason if one.departs or not is_award else ""
        return Decided(one.body, one.decided_on, is_award, one.departs, reason)

    @property
    def lot_named(self) -> LotNamed:
        """Which lot."""
        call, lot = self.desk.call, self.desk.lot
        return LotNamed(call.title, self.owner_name, lot.number, lot.name, call.kind is CallKind.SALE)


def holds_religion(principles: PrincipleDocument) -> bool:
    """Whether statements of this call are of a special category."""
    return any(one.special_category is Category.RELIGION for one in principles.questions)


def ground(session: Session, desk: Desk, decision: Decision, *, now: datetime) -> Ground:
    """What is needed for any sheet of a decision; the caller has asked for permission."""
    run = session.get_one(ScoringRun, decision.run_id)
    if not run.document:
        raise Conflict(Text("The statements of this call have been deleted when their time was over."))
    catalogue = catalogue_of(run.document)
    chosen = session.get(Application, decision.application_id) if decision.application_id else None
    steps = select(ApprovalStep.body).where(
        ApprovalStep.decision_id == decision.id, ApprovalStep.is_before_contract, ApprovalStep.outcome != "not_needed"
    )
    return Ground(
        desk=desk,
        decision=decision,
        standstill=session.scalar(select(Standstill).where(Standstill.decision_id == decision.id)),
        owner_name=calls.owner_of(session, desk.call).name,
        catalogue=catalogue,
        result=queries.result(run),
        applicants=read_applicants(run.document, catalogue, "$"),
        lot=facts(run.document.get("lot", {}), {}, "$.lot"),
        record=session.scalar(select(AwardRecord).where(AwardRecord.decision_id == decision.id)),
        steps=tuple(session.scalars(steps.order_by(ApprovalStep.number))),
        leases=tuple(
            LeaseEnding(one.owner_name, one.place_name or "", Text("%(area)s ha", {"area": one.area_ha}), one.ends_on)
            for one in next_public_leases(session, today=day_of(now), most=MOST_LEASES)
        ),
        chosen=chosen.code if chosen else None,
    )


def recipients(session: Session, actor: Actor, found: Ground) -> tuple[Recipient, ...]:
    """Everybody who is told of the decision: who applied for the lot and has a card, by code."""
    authorize(policy.may_see, actor, found.desk.call, hidden=True)
    cards = {card.applicant.identifier for card in found.result.cards}
    return tuple(
        Recipient(
            one.application_id,
            one.public_id,
            one.account_id,
            code,
            one.name,
            one.address,
            Way.MAIL if one.way is ApplicationWay.ONLINE and one.account_id is not None else Way.POST,
        )
        for code, one in sorted(queries.applicants(session, actor, found.desk).items())
        if code in cards and not one.is_withdrawn
    )


def languages(session: Session, found: Sequence[Recipient]) -> Mapping[int, str]:
    """The language of each recipient, by application; German where nobody has an account."""
    ids = [one.account_id for one in found if one.account_id is not None]
    rows = session.execute(select(Account.id, Account.language).where(Account.id.in_(ids)))
    by_account = {row.id: row.language.value for row in rows}
    return {one.application_id: by_account.get(one.account_id or 0, "de") for one in found}


def sheet(found: Ground, recipient: Recipient, language: str) -> Sheet:
    """The sheet of one recipient."""
    principles = found.desk.principles
    is_chosen = recipient.code == found.chosen
    told_now = told(principles, found.catalogue, found.result, recipient.code, language)
    if sealed_because(principles.raw, found.catalogue):  # the total of the place before would tell a sealed line
        told_now = replace(told_now, behind_because=())
    return Sheet(
        lot=found.lot_named,
        decided=found.decided,
        recipient=recipient,
        is_chosen=is_chosen,
        told=told_now,
        ways=() if is_chosen or found.decision.departs else _ways(found, recipient.code, language),
        leases=() if is_chosen else found.leases,
        span=queries_outward.span_of(found.standstill) if found.standstill else None,
        steps=found.steps,
        promises=_promises(found, recipient.code, language) if is_chosen else (),
        own=_own(found, recipient.code, language),
    )


def office_sheets(
    session: Session, actor: Actor, found: Ground, chosen: Sequence[Recipient]
) -> tuple[tuple[Sheet, str], ...]:
    """The sheets of several recipients with the language of each, for letters."""
    religion = holds_religion(found.desk.principles)
    authorize(lambda who, call: policy.may_print(who, call, holds_religion=religion), actor, found.desk.call)
    spoken = languages(session, chosen)
    return tuple((sheet(found, one, spoken[one.application_id]), spoken[one.application_id]) for one in chosen)


@dataclass(frozen=True, slots=True)
class OwnSheet:
    """The page of one applicant."""

    application: Application
    desk: Desk
    decision: Decision
    standstill: Standstill
    sheet: Sheet


def own_sheet(
    session: Session, actor: Actor, application_id: UUID, number: int, language: str, *, now: datetime
) -> OwnSheet:
    """The applicant's own result on one lot, once the letters have left; NotFound before, and for everybody else."""
    application = queries_outward.told_application(session, actor, application_id)
    authorize(policy.may_be_told, actor, application, hidden=True)
    call, lot = queries_outward.call_and_lot(session, application, number)
    decision, standstill = queries_outward.told_decision(session, application, lot)
    desk = Desk(call, lot)
    found = ground(session, desk, decision, now=now)
    if application.code not in {card.applicant.identifier for card in found.result.cards}:
        raise NotFound
    recipient = Recipient(
        application.id,
        application.public_id,
        application.applicant_account_id,
        application.code,
        application.name,
        application.address,
        Way.MAIL if application.way is ApplicationWay.ONLINE else Way.POST,
    )
    return OwnSheet(application, desk, decision, standstill, sheet(found, recipient, language))


def _ways(found: Ground, code: str, language: str) -> tuple[tuple[Text, ...], ...]:
    """The nearest changes; never about religion, and nothing where the card was not ranked against anybody."""
    principles = found.desk.principles
    religion = {one.identifier for one in principles.questions if one.special_category is Category.RELIGION}
    movable = [one.identifier for one in found.catalogue.criteria if one.reads not in religion]
    words = wordings(principles, language)
    return tuple(
        way_sentences(way, words)
        for way in nearest(found.catalogue, found.applicants, code, found.lot, changeable=movable)
    )


def _promises(found: Ground, code: str, language: str) -> tuple[str, ...]:
    """What whoever is chosen has promised: with a line only if it earned points."""
    card = next(one for one in found.result.cards if one.applicant.identifier == code)
    return tuple(
        in_language(one.text, language)
        for one in found.desk.principles.promises
        if one.criterion is None or card.points.get(one.criterion, 0) > 0
    )


def _own(found: Ground, code: str, language: str) -> OwnRecord | None:
    """The applicant's own hidden values in the public record."""
    if found.record is None:
        return None
    lines = own_lines(found.record.full_record, code)
    if lines is None:
        return None
    words = wordings(found.desk.principles, language)
    values = tuple(
        OwnValue(one.line, words[one.field].label if one.field in words else one.field, one.value.strip('"'), one.salt)
        for one in lines.values
    )
    return OwnRecord(lines.letter, lines.record_hash, f"/awards/{found.record.public_id}", values)
