"""Who watches promises, who keeps them, and who reads of it; the rule for lists beside it. Pure."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, false, or_, select, true

from succession.accounts.actor import Actor
from succession.accounts.duties import Duty
from succession.applications.models import Application
from succession.awards.models_contract import Contract
from succession.calls.models import Call, CallLot
from succession.monitoring.models import LesseeChange


@dataclass(frozen=True, slots=True)
class Holder:
    """Who keeps the promises of a contract now."""

    name: str
    account_id: int | None
    since_on: date | None = None
    """Since when, if it is not who got the land."""


@dataclass(frozen=True, slots=True)
class Parties:
    """Whose land it is, and who has it."""

    owner_organisation_id: int
    holder: Holder


def is_system(actor: Actor, _: object) -> bool:
    """What only the clock does."""
    return actor.is_system


def may_enter(actor: Actor, _: object) -> bool:
    """The office's pages of promises."""
    return actor.is_system or bool(actor.organisations_with(Duty.SCORE))


def may_watch(actor: Actor, parties: Parties) -> bool:
    """Look at promises, write findings, end them: the office that scores for the owner."""
    return actor.may_for(Duty.SCORE, parties.owner_organisation_id)


def is_holder(actor: Actor, parties: Parties) -> bool:
    """Whoever has the land now."""
    return actor.own_account_id is not None and actor.own_account_id == parties.holder.account_id


def may_read(actor: Actor, parties: Parties) -> bool:
    """Both sides."""
    return may_watch(actor, parties) or is_holder(actor, parties)


def may_hand_in(actor: Actor, parties: Parties) -> bool:
    """Evidence comes from either side; for somebody else only with the right to enter things."""
    return may_watch(actor, parties) or (is_holder(actor, parties) and actor.may_write)


def visible_contracts(actor: Actor) -> ColumnElement[bool]:
    """`may_read` as a filter on contracts; a test holds the two together."""
    if actor.is_system:
        return true()
    owned = select(CallLot.id).join(Call, Call.id == CallLot.call_id)
    owned = owned.where(Call.owner_organisation_id.in_(actor.organisations_with(Duty.SCORE)))
    return or_(Contract.lot_id.in_(owned), held_contracts(actor))


def held_contracts(actor: Actor) -> ColumnElement[bool]:
    """`is_holder` as a filter: the newest lessee counts, whoever got the land where there is none."""
    if actor.own_account_id is None:
        return false()
    newest = (
        select(LesseeChange.account_id)
        .where(LesseeChange.contract_id == Contract.id)
        .order_by(LesseeChange.since_on.desc())
        .limit(1)
        .scalar_subquery()
    )
    changed = select(LesseeChange.id).where(LesseeChange.contract_id == Contract.id).exists()
    mine = select(Application.id).where(Application.applicant_account_id == actor.own_account_id)
    return or_(newest == actor.own_account_id, ~changed & Contract.application_id.in_(mine))
