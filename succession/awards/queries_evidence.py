"""Reading doors of evidence: what is still to ask, what was asked, and the applicant's own requests."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session, selectinload

from succession.accounts.actor import Actor
from succession.applications import policy as applications_policy
from succession.applications.models import Application
from succession.awards import queries
from succession.awards.asking import Wanted, wanted
from succession.awards.models import ScoringRun
from succession.awards.models_evidence import EvidenceFile, EvidenceItem, EvidenceRequest
from succession.awards.queries import Desk
from succession.awards.queries_input import per_lot_criteria
from succession.awards.queries_proposed import proposed
from succession.calls.models import Call, CallLot
from succession.errors import NotFound
from succession.files.models import StoredFile
from succession.i18n import PLACE_OF_TIMES


@dataclass(frozen=True, slots=True)
class Asked:
    """One request with its pieces and their documents."""

    request: EvidenceRequest
    application: Application
    lot: CallLot
    files: dict[int, list[StoredFile]]
    is_over: bool


def still_to_ask(session: Session, desk: Desk, run: ScoringRun) -> tuple[Wanted, ...]:
    """What follows from the run and was not asked yet; what was asked for another lot of the call holds here too."""
    asked = _asked_criteria(session, desk)
    codes = {code: number for number, code in queries.codes_of(session, desk.call.id).items()}
    found = []
    result = queries.result(run)
    for one in wanted(desk.principles, result, proposed(session, desk, result)):
        known = asked.get(codes[one.code], set())
        papers = {criterion: words for criterion, words in one.papers.items() if criterion not in known}
        if papers:
            found.append(Wanted(one.code, one.why, papers))
    return tuple(found)


def items_for(session: Session, desk: Desk) -> dict[int, dict[str, EvidenceItem]]:
    """What became of the evidence, by application and criterion, as far as it holds for this lot."""
    per_lot = per_lot_criteria(desk.principles)
    statement = (
        select(EvidenceRequest.application_id, EvidenceRequest.lot_id, EvidenceItem)
        .join(EvidenceRequest, EvidenceRequest.id == EvidenceItem.request_id)
        .join(CallLot, CallLot.id == EvidenceRequest.lot_id)
        .where(CallLot.call_id == desk.call.id)
        .order_by(EvidenceItem.id)
    )
    found: dict[int, dict[str, EvidenceItem]] = {}
    for application_id, lot_id, item in session.execute(statement):
        if lot_id == desk.lot.id or item.criterion not in per_lot:
            found.setdefault(application_id, {})[item.criterion] = item
    return found


def requests_of(session: Session, desk: Desk, *, now: datetime) -> list[Asked]:
    """Everything that was asked for a lot; the caller has asked for permission."""
    return _asked(session, EvidenceRequest.lot_id == desk.lot.id, now)


def own_requests(session: Session, actor: Actor, application_id: UUID, *, now: datetime) -> list[Asked]:
    """What one's own application was asked for; nobody else learns of it."""
    own = _own_application(session, actor, application_id)
    return _asked(session, EvidenceRequest.application_id == own.id, now)


def own_call(session: Session, actor: Actor, application_id: UUID) -> Call:
    """The call that one's own application is for."""
    return session.get_one(Call, _own_application(session, actor, application_id).call_id)


def own_file(session: Session, actor: Actor, application_id: UUID, file_id: UUID) -> StoredFile:
    """A document that one has handed in."""
    own = _own_application(session, actor, application_id)
    statement = (
        select(StoredFile)
        .join(EvidenceFile, EvidenceFile.stored_file_id == StoredFile.id)
        .join(EvidenceItem, EvidenceItem.id == EvidenceFile.item_id)
        .join(EvidenceRequest, EvidenceRequest.id == EvidenceItem.request_id)
        .where(EvidenceRequest.application_id == own.id, StoredFile.public_id == file_id)
    )
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def item_of(
    session: Session, item_id: UUID, *, lock: bool = False
) -> tuple[EvidenceItem, EvidenceRequest, Application]:
    """One piece with its request and application; the caller asks for permission."""
    statement = select(EvidenceItem).where(EvidenceItem.public_id == item_id)
    if lock:
        statement = statement.with_for_update().execution_options(populate_existing=True)
    item = session.scalar(statement)
    if item is None:
        raise NotFound
    request = session.get_one(EvidenceRequest, item.request_id)
    return item, request, session.get_one(Application, request.application_id)


def request_of(session: Session, lot_id: int, application_id: int) -> EvidenceRequest | None:
    """What one applicant was asked for one lot."""
    statement = select(EvidenceRequest).where(
        EvidenceRequest.lot_id == lot_id, EvidenceRequest.application_id == application_id
    )
    return session.scalar(statement)


def items_count(session: Session, request: EvidenceRequest) -> int:
    """How many pieces the request has."""
    statement = select(func.count(EvidenceItem.id)).where(EvidenceItem.request_id == request.id)
    return int(session.scalar(statement) or 0)


def files_count(session: Session, item: EvidenceItem) -> int:
    """How many documents lie with the piece."""
    statement = select(func.count()).select_from(EvidenceFile).where(EvidenceFile.item_id == item.id)
    return int(session.scalar(statement) or 0)


def is_over(request: EvidenceRequest, now: datetime) -> bool:
    """Whether the last day has ended in Berlin."""
    return now.astimezone(PLACE_OF_TIMES).date() > request.due_on


def _own_application(session: Session, actor: Actor, application_id: UUID) -> Application:
    statement = select(Application).where(
        Application.public_id == application_id, applications_policy.kept_applications(actor)
    )
    found = session.scalar(statement)
    if found is None:
        raise NotFound
    return found


def _asked_criteria(session: Session, desk: Desk) -> dict[int, set[str]]:
    return {application: set(items) for application, items in items_for(session, desk).items()}


def _asked(session: Session, where: ColumnElement[bool], now: datetime) -> list[Asked]:
    statement = (
        select(EvidenceRequest, Application, CallLot)
        .join(Application, Application.id == EvidenceRequest.application_id)
        .join(CallLot, CallLot.id == EvidenceRequest.lot_id)
        .where(where)
        .options(selectinload(EvidenceRequest.items))
        .order_by(CallLot.number, EvidenceRequest.id)
    )
    rows = session.execute(statement.execution_options(populate_existing=True)).all()
    files = _files(session, [item.id for request, _, _ in rows for item in request.items])
    return [Asked(request, application, lot, files, is_over(request, now)) for request, application, lot in rows]


def _files(session: Session, items: Sequence[int]) -> dict[int, list[StoredFile]]:
    statement = (
        select(EvidenceFile.item_id, StoredFile)
        .join(StoredFile, StoredFile.id == EvidenceFile.stored_file_id)
        .where(EvidenceFile.item_id.in_(items))
        .order_by(StoredFile.id)
    )
    found: dict[int, list[StoredFile]] = {}
    for item_id, file in session.execute(statement):
        found.setdefault(item_id, []).append(file)
    return found
