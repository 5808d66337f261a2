"""Signed contracts with promises, made through the services up to any step."""

from datetime import UTC, date, datetime

from sqlalchemy import select

from succession.accounts.actor import Actor
from succession.awards import service_contract
from succession.awards.models_decision import Decision
from succession.awards.models_notices import Standstill
from succession.awards.service_contract import Signed
from succession.monitoring import service
from tests.factories.calls import principles, words
from tests.factories.outward import after_standstill, at_of, told

HEDGE = {
    "id": "hedge",
    "text": words("Eine Hecke wird gepflanzt."),
    "check": words("Die Hecke steht auf mindestens 100 Metern."),
    "consequence": words("Das Pachtverhältnis kann gekündigt werden."),
    "first_due_months": 12,
}
ORGANIC = {
    "id": "organic",
    "criterion": "organic",
    "text": words("Der Betrieb bleibt ökologisch."),
    "check": words("Bescheinigung der Kontrollstelle liegt vor."),
    "consequence": words("Der Pachtzins steigt auf den ortsüblichen."),
    "first_due_months": 6,
    "every_months": 12,
    "times": 3,
}
BEGINS = date(2030, 10, 1)


def a_contract(session, *, now=None, promises=(HEDGE, ORGANIC), **values):
    """A scene and its signed contract; the promises are not watched yet."""
    now = now or datetime.now(UTC)
    document = principles(promises=list(promises))
    scene, _ = told(session, now=now, document=document, **values)
    standstill = standing(session, scene)
    later = after_standstill(standstill)
    signed = Signed(later.date(), BEGINS, date(2042, 9, 30), "")
    made = service_contract.record(session, scene.clerk, at_of(scene), signed, folder=None, now=later)
    session.commit()
    return scene, made, later


def standing(session, scene):
    """The Wartefrist of the first lot."""
    statement = select(Standstill).join(Decision, Decision.id == Standstill.decision_id)
    return session.scalar(statement.where(Decision.lot_id == scene.lot.id))


def a_watched_contract(session, **values) -> tuple:
    """The same, watched."""
    scene, contract, now = a_contract(session, **values)
    service.begin(session, Actor.system(), contract.id, now=now)
    session.commit()
    return scene, contract, now
