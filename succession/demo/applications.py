"""Applications to the demo region's past call, as sample farms would have sent them; backdated, so written as rows."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.models import Account
from succession.applications import content
from succession.applications.content import Applicant, Sent, SentLot
from succession.applications.models import Application, ApplicationLot, ApplicationSubmission
from succession.applications.service import ALPHABET, CODE_LENGTH
from succession.applications.states import ApplicationState, Way
from succession.calls import queries as calls
from succession.calls.models import Call, CallLot
from succession.demo.identity import demo_id
from succession.principles.answers import asked, fault
from succession.principles.document import PrincipleDocument
from succession.principles.questions import Source
from succession.principles.sample_farms import Farm, farms
from succession.principles.texts import in_language

APPLICANTS = 6
METRES = 1000


def add_applications(session: Session, *, now: datetime) -> None:
    """Six farms have applied to the past call for all of its lots, the demo's seeker among them."""
    call = session.scalar(select(Call).where(Call.public_id == demo_id("call", "past")))
    if call is None or call.closes_at is None or call.closes_at > now:
        return
    seeker = session.scalar(select(Account.id).where(Account.email == "seeker@example.org"))
    lots, document = calls.lots_of(session, call), calls.principles_of(call)
    for number, farm in enumerate(farms()[:APPLICANTS]):
        arrived_at = call.closes_at - timedelta(days=2 * number, hours=3)
        _add(session, call, lots, document, farm, account_id=None if number else seeker, arrived_at=arrived_at)
    session.flush()


def _add(
    session: Session,
    call: Call,
    lots: list[CallLot],
    document: PrincipleDocument,
    farm: Farm,
    *,
    account_id: int | None,
    arrived_at: datetime,
) -> None:
    who = Applicant(in_language(farm.name, "de"), f"Dorfstraße {len(farm.key)}\n29439 Lüchow")
    common, of_lot = _answers(document, farm, per_lot=False), _answers(document, farm, per_lot=True)
    sent = content.document(
        Sent(
            call=call.public_id,
            principles=document.identifier,
            code=_code(farm.key),
            number=1,
            way=Way.ONLINE,
            arrived_at=arrived_at,
            applicant=who,
            answers=common,
            lots=tuple(SentLot(lot.number, None, None, of_lot, _metres(document, farm)) for lot in lots),
        )
    )
    row = _row(call, farm, who, sent, account_id=account_id, arrived_at=arrived_at)
    session.add(row)
    session.flush()
    session.add_all(ApplicationLot(application_id=row.id, lot_id=lot.id, answers=of_lot) for lot in lots)
    session.add(
        ApplicationSubmission(
            application_id=row.id,
            number=1,
            arrived_at=arrived_at,
            content=sent,
            hash=content.hash_of(sent),
            idempotency_key=demo_id("submission", farm.key),
        )
    )


def _row(
    call: Call, farm: Farm, who: Applicant, sent: dict[str, Any], *, account_id: int | None, arrived_at: datetime
) -> Application:
    return Application(
        public_id=demo_id("application", farm.key),
        call_id=call.id,
        applicant_account_id=account_id,
        code=_code(farm.key),
        way=Way.ONLINE,
        state=ApplicationState.SUBMITTED,
        name=who.name,
        address=who.address,
        answers=sent["answers"],
        arrived_at=arrived_at,
        receipt_hash=content.hash_of(sent),
        sent_revision=1,
        revision=1,
        created_at=arrived_at,
        updated_at=arrived_at,
    )


def _answers(document: PrincipleDocument, farm: Farm, *, per_lot: bool) -> dict[str, Any]:
    """What the farm answers to this set, in the shape in which answers are kept."""
    said = {one.identifier: _kept(farm.answers.get(one.identifier)) for one in asked(document, per_lot=per_lot)}
    questions = {one.identifier: one for one in document.questions}
    return {key: value for key, value in said.items() if value is not None and fault(questions[key], value) is None}


def _kept(value: Any) -> Any:
    match value:
        case bool() | None:
            return value
        case Mapping():
            return {key: str(one) for key, one in value.items()}
        case list() | tuple():
            return [str(one) for one in value]
        case _:
            return str(value)


def _metres(document: PrincipleDocument, farm: Farm) -> int | None:
    """How far the farm says it is."""
    measured = [one.identifier for one in document.questions if one.source is Source.MEASURED]
    far = next((farm.answers[one] for one in measured if farm.answers.get(one) is not None), None)
    return None if far is None else round(float(far) * METRES)


def _code(key: str) -> str:
    digest = sha256(f"demo {key}".encode()).digest()
    return "".join(ALPHABET[byte % len(ALPHABET)] for byte in digest[:CODE_LENGTH])
