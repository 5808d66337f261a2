"""What the worker does for promises: begins the watch when a contract is signed, and reminds every night."""

from datetime import datetime

from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.awards import service_records
from succession.awards.service_contract import BEGIN_MONITORING
from succession.monitoring import service

BEGIN = BEGIN_MONITORING
REMIND = "monitoring.remind"
FORGET = "records.forget"


def begin(session: Session, *, contract_id: int, now: datetime) -> None:
    """The promises of a new contract are watched."""
    service.begin(session, Actor.system(), contract_id, now=now)


def remind(session: Session, *, now: datetime) -> None:
    """Whoever has to know of a coming or a missed day has a mail."""
    service.remind(session, Actor.system(), now=now)


def forget(session: Session, *, now: datetime) -> None:
    """Full records hold no statement of a special category once no Einwand can come, and in the end none at all."""
    service_records.forget_special(session, Actor.system(), now=now)
    service_records.forget(session, Actor.system(), now=now)
