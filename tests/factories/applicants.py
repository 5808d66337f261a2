"""Applications that have been sent, for tests of what comes after the deadline; everything is committed.

`an_application_sent` writes what the product's own door would have written, with whatever time the test wants.
"""

from datetime import UTC, datetime, timedelta
from itertools import count
from uuid import uuid4

from sqlalchemy import select

from succession.accounts.actor import Actor, Role
from succession.accounts.queries import actor_of
from succession.applications import content
from succession.applications.content import Applicant, RoundWish, Sent, SentLot
from succession.applications.models import Application, ApplicationLot, ApplicationSpecial, ApplicationSubmission
from succession.applications.states import ApplicationState, Way
from succession.calls import service_states
from succession.calls.models import CallLot
from succession.calls.states import Procedure
from tests.factories.accounts import an_account
from tests.factories.calls import a_published_call

NUMBERS = count(1)


def a_call_closing(session, at, **values):
    """A call that has been open for some days and whose deadline is exactly this moment, past or to come."""
    before = at - timedelta(days=40)
    opens = (before + timedelta(days=12)).replace(second=0, microsecond=0)
    scene = a_published_call(session, now=before, opens_in=timedelta(days=12), open_for=at - opens, **values)
    service_states.record_turns(session, Actor.system(), now=datetime.now(UTC))
    session.commit()
    return scene


def an_applicant(session, **values):
    """A person who may apply, as the policies see them."""
    account = an_account(session, Role.SEEKER, **{"postal_address": "Dorfstraße 1\n29439 Lüchow", **values})
    return actor_of(session, account.id)


def an_application_sent(session, call, account=None, *, answers=None, lots=None, special=None, **values) -> Application:
    """Somebody has applied for all lots, or for those in `lots`: {number: {"rank", "bid_cents_year", …}}.

    `values`: code, name, address, email, arrived_at, state, withdrawn_at, ties, is_of_owner, evidence …
    """
    number = next(NUMBERS)
    rows = list(session.scalars(select(CallLot).where(CallLot.call_id == call.id).order_by(CallLot.number)))
    wanted = {row.number: {} for row in rows} if lots is None else lots
    arrived_at = values.pop("arrived_at", None) or _before(call)
    evidence = values.pop("evidence", {})
    principles = values.pop("principles", "0" * 64)
    wish = RoundWish(values.get("max_area_m2"), bool(values.get("is_connected")))
    given = {"code": f"T{number:07}", "name": f"Applicant {number}", "address": f"Dorfstraße {number}\n18439 Dorf"}
    row = Application(
        **{
            "public_id": uuid4(),
            "call_id": call.id,
            "applicant_account_id": None if account is None else account.id,
            "way": Way.ONLINE,
            "state": ApplicationState.SUBMITTED,
            "answers": answers or {},
            "arrived_at": arrived_at,
            "receipt_hash": "0" * 64,
            "revision": 1,
            "sent_revision": 1,
            **given,
            **values,
        }
    )
    session.add(row)
    session.flush()
    session.add_all(_lot(row, lot, wanted[lot.number]) for lot in rows if lot.number in wanted)
    salt = content.new_salt()
    sent = Sent(
        call=call.public_id,
        principles=principles,
        code=row.code,
        number=1,
        way=row.way,
        arrived_at=arrived_at,
        applicant=Applicant(
            row.name, row.address, row.email, row.phone, ties=row.ties or "", is_of_owner=bool(row.is_of_owner)
        ),
        answers=answers or {},
        lots=tuple(SentLot(number, **of) for number, of in wanted.items()),
        evidence=evidence,
        round_wish=wish if call.procedure is Procedure.PARCELS else None,
        special=content.commitment(salt, special) if special else None,
    )
    document = content.document(sent)
    row.receipt_hash = content.hash_of(document)
    session.add(
        ApplicationSubmission(
            application_id=row.id,
            number=1,
            arrived_at=arrived_at,
            content=document,
            hash=row.receipt_hash,
            idempotency_key=uuid4(),
        )
    )
    if special:
        session.add(
            ApplicationSpecial(application_id=row.id, is_sent=True, answers=special, salt=salt, consented_at=arrived_at)
        )
    session.commit()
    return row


def _lot(application, lot, said) -> ApplicationLot:
    return ApplicationLot(
        application_id=application.id,
        lot_id=lot.id,
        rank=said.get("rank"),
        bid_cents_year=said.get("bid_cents_year"),
        answers=said.get("answers", {}),
    )


def _before(call):
    """A time at which the call took applications."""
    return min(call.closes_at, datetime.now(UTC)) - timedelta(seconds=5)
