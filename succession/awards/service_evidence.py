"""Writing doors of evidence: asked for, handed in by the applicant or by post, accepted or not."""

from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from uuid import UUID, uuid4

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.applications import policy as applications_policy
from succession.applications.models import Application
from succession.audit import service as audit
from succession.awards import mails, policy, queries, queries_evidence, queries_interests
from succession.awards.asking import Wanted
from succession.awards.limits import LONGEST_REASON, LONGEST_TIME_FOR_EVIDENCE
from succession.awards.models import ScoringRun
from succession.awards.models_evidence import EvidenceFile, EvidenceItem, EvidenceRequest, ItemState
from succession.calls.models import Call, CallLot
from succession.calls.states import CallState, state_at
from succession.errors import Conflict, Refused
from succession.files import service as files
from succession.files.models import StoredFile
from succession.files.policy import FileOwner
from succession.files.purposes import Purpose
from succession.files.service import Upload
from succession.i18n import PLACE_OF_TIMES, Text
from succession.outbox import service as outbox

MOST_FILES = 10
CHECKING = frozenset({CallState.CLOSED, CallState.EVIDENCE, CallState.PREPARED})


def ask(session: Session, actor: Actor, lot: CallLot, *, due_on: date, now: datetime) -> list[EvidenceRequest]:
    """Everybody of whom the newest run wants something that was not asked yet is asked, once, by mail or by letter."""
    desk = queries.desk_of_lot(session, lot.id, lock=True)
    authorize(policy.may_score, actor, desk.call)
    queries_interests.refuse_interested(session, actor, desk.call)
    _check_open(desk.call, now)
    days = (due_on - now.astimezone(PLACE_OF_TIMES).date()).days
    if not 1 <= days <= LONGEST_TIME_FOR_EVIDENCE:
        most = {"most": LONGEST_TIME_FOR_EVIDENCE}
        raise Refused(Text("The last day lies at least one day ahead, and at most %(most)s.", most))
    run = queries.newest_run(session, lot.id)
    if run is None:
        raise Conflict(Text("The first run comes first."))
    people = queries.applicants(session, actor, desk)
    made = []
    for wanted in queries_evidence.still_to_ask(session, desk, run):
        one = people[wanted.code]
        by_letter = one.account_id is None and not one.email
        request = _requested(session, run, wanted, one.application_id)
        request.due_on, request.asked_at, request.asked_by_account_id = due_on, now, actor.account_id
        request.is_by_letter = by_letter
        session.flush()
        _add_items(session, request, wanted)
        if not by_letter:
            mail = mails.evidence_asked(desk.call.title, lot.number, lot.name, due_on, one.public_id)
            address = None if one.account_id is not None else one.email
            outbox.enqueue(session, mail, account_id=one.account_id, address=address, now=now)
        audit.record(
            session, actor, "award.evidence_asked", kind="evidence_request", public_id=request.public_id, now=now
        )
        made.append(request)
    return made


def hand_in(
    session: Session,
    actor: Actor,
    item_id: UUID,
    *,
    uploads: Sequence[tuple[str, bytes]],
    note: str,
    folder: Path,
    now: datetime,
) -> EvidenceItem:
    """The applicant's papers lie with the office; they may be added to until they are judged."""
    item, request, application = queries_evidence.item_of(session, item_id, lock=True)
    authorize(applications_policy.may_change, actor, application, hidden=True)
    call = session.get_one(Call, application.call_id)
    _check_open(call, now)
    _check_not_judged(item)
    if queries_evidence.is_over(request, now):
        raise Conflict(Text("The last day was %(day)s. Please call the office.", {"day": request.due_on}))
    if not uploads and not note.strip():
        raise Refused(Text("Please choose a PDF document, or write what the office should know."))
    _keep_files(session, actor, call, item, uploads, folder=folder, now=now)
    return _handed_in(session, actor, item, note, by_post=False, now=now)


def take_in(
    session: Session,
    actor: Actor,
    item_id: UUID,
    *,
    uploads: Sequence[tuple[str, bytes]],
    note: str,
    folder: Path,
    now: datetime,
) -> EvidenceItem:
    """A paper that came by post or was shown in the office is noted, with a scan or with what was seen."""
    item, _, application = queries_evidence.item_of(session, item_id, lock=True)
    call = _locked(session, application)
    authorize(policy.may_score, actor, call, hidden=True)
    queries_interests.refuse_interested(session, actor, call)
    _check_open(call, now)
    _check_not_judged(item)
    if not uploads and not note.strip():
        raise Refused(Text("Please add a scan, or write what you saw and when."))
    _keep_files(session, actor, call, item, uploads, folder=folder, now=now)
    return _handed_in(session, actor, item, note, by_post=True, now=now)


def judge(
    session: Session, actor: Actor, item_id: UUID, *, accepted: bool, reason: str, revision: int, now: datetime
) -> EvidenceItem:
    """The office has said whether the evidence proves it; a no has its reason, and counts from the next run on.

    What came in after the last day may still be accepted, and nothing that can still come may be refused.
    """
    item, request, application = queries_evidence.item_of(session, item_id, lock=True)
    call = _locked(session, application)
    authorize(policy.may_score, actor, call, hidden=True)
    queries_interests.refuse_interested(session, actor, call)
    _check_open(call, now)
    if item.revision != revision:
        raise Conflict(Text("Somebody else has worked on this in the meantime. Please look at what stands here now."))
    reason = _short(reason)
    if accepted and item.state is ItemState.ASKED:
        raise Refused(Text("Nothing was handed in that could be accepted."))
    if not accepted and not reason:
        raise Refused(Text("Please write why it is not accepted. The applicant will read it."))
    if not accepted and item.state is ItemState.ASKED and not queries_evidence.is_over(request, now):
        raise Conflict(Text("The applicant has time until %(day)s.", {"day": request.due_on}))
    item.state = ItemState.ACCEPTED if accepted else ItemState.NOT_ACCEPTED
    item.reason = reason
    item.judged_by_account_id, item.judged_at = actor.account_id, now
    item.revision += 1
    session.flush()
    action = "award.evidence_accepted" if accepted else "award.evidence_not_accepted"
    audit.record(session, actor, action, kind="evidence_item", public_id=item.public_id, now=now)
    return item


def _requested(session: Session, run: ScoringRun, wanted: Wanted, application_id: int) -> EvidenceRequest:
    """A new request, or the one there is, with more in it and a later day."""
    request = queries_evidence.request_of(session, run.lot_id, application_id)
    if request is None:
        request = EvidenceRequest(
            public_id=uuid4(), lot_id=run.lot_id, application_id=application_id, run_id=run.id, why=wanted.why
        )
        session.add(request)
    return request


def _add_items(session: Session, request: EvidenceRequest, wanted: Wanted) -> None:
    begin = queries_evidence.items_count(session, request)
    session.add_all(
        EvidenceItem(
            public_id=uuid4(),
            request_id=request.id,
            position=position,
            criterion=criterion,
            papers=[dict(paper) for paper in papers],
            state=ItemState.ASKED,
        )
        for position, (criterion, papers) in enumerate(wanted.papers.items(), begin + 1)
    )
    session.flush()


def _handed_in(
    session: Session, actor: Actor, item: EvidenceItem, note: str, *, by_post: bool, now: datetime
) -> EvidenceItem:
    item.state, item.came_by_post, item.handed_in_at = ItemState.HANDED_IN, by_post, now
    item.note = _short(note) or item.note
    item.revision += 1
    session.flush()
    audit.record(session, actor, "award.evidence_handed_in", kind="evidence_item", public_id=item.public_id, now=now)
    return item


def _keep_files(
    session: Session,
    actor: Actor,
    call: Call,
    item: EvidenceItem,
    uploads: Sequence[tuple[str, bytes]],
    *,
    folder: Path,
    now: datetime,
) -> None:
    """The documents belong to the office from now on: the applicant cannot take back what the award stands on."""
    if queries_evidence.files_count(session, item) + len(uploads) > MOST_FILES:
        raise Refused(Text("At most %(most)s documents fit here.", {"most": MOST_FILES}))
    owner = FileOwner(organisation_id=call.owner_organisation_id)
    for name, content in uploads:
        stored: StoredFile = files.add_document(
            session, Actor.system(), owner, Upload(name, content, Purpose.EVIDENCE), folder=folder, now=now
        )
        stored.uploaded_by_account_id = actor.account_id
        session.add(EvidenceFile(item_id=item.id, stored_file_id=stored.id))
    session.flush()


def _locked(session: Session, application: Application) -> Call:
    return session.get_one(Call, application.call_id, with_for_update=True, populate_existing=True)


def _check_open(call: Call, now: datetime) -> None:
    stands = state_at(call, now)
    if stands not in CHECKING:
        raise Conflict(Text("Evidence is not checked now. The call stands at: %(state)s.", {"state": stands.label}))


def _check_not_judged(item: EvidenceItem) -> None:
    if item.state.is_judged:
        raise Conflict(Text("This has been checked already. Please call the office if something is missing."))


def _short(typed: str) -> str:
    words = typed.strip()
    if len(words) > LONGEST_REASON:
        raise Refused(Text("Please write at most %(most)s characters.", {"most": LONGEST_REASON}))
    return words
