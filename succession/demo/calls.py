"""Leases and calls of the demo region's municipality: one open with three lots, one coming, one past."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from hashlib import sha256

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.accounts.models import Organisation
from succession.allocation import lottery
from succession.calls import service, service_lots, service_publishing, service_states
from succession.calls.service_lots import LotPrice, LotValues
from succession.calls.states import CallKind, PriceKind
from succession.demo.identity import demo_id
from succession.i18n import PLACE_OF_TIMES
from succession.land import service_leases
from succession.land.lead_time import months_later
from succession.land.models import Parcel
from succession.land.service_leases import LeaseValues
from succession.listings.models import ListingParcel
from succession.principles import service as principles
from succession.principles import shipped
from succession.principles.models import PrincipleSet
from succession.principles.service import Beginning
from succession.principles.states import Origin

SATURDAY = 5
SHIPPED = "recommended"
LESSEES = ("Hof Ahlers GbR", "Landwirtschaft Brandt", "Gut Elbaue KG", "Familie Cordes", "Milchhof Dahl")
LEASE_ENDS_IN_MONTHS = (2, 7, 13, 19, 25, 26, 28, 30, 33, 41)


@dataclass(frozen=True, slots=True)
class _Draft:
    """One call of the demo region; days count from now."""

    key: str
    title: str
    summary: str
    lots: tuple[int, ...]
    """How many parcels each lot has."""
    opens: int
    closes: int
    price: int
    """What is usual for a hectare, in cents a year."""
    published: int
    begins: int | None = None
    """When the contract begins, as the first day of that month; else with the farming year after next."""


@dataclass(frozen=True, slots=True)
class _Town:
    """Whose calls they are, who prepares them, and by which principles."""

    owner: Organisation
    clerk: Actor
    principles: PrincipleSet


DRAFTS = (
    _Draft(
        "open",
        "Acker und Grünland in drei Losen",
        "Drei Lose aus Gemeindeland, bisher an einen Betrieb verpachtet. Die Hecken bleiben stehen.",
        (2, 2, 1),
        -9,
        26,
        28_000,
        -16,
    ),
    _Draft(
        "coming",
        "Grünland am Dorfrand",
        "Eine Wiese und ein Streifen Acker, gut für einen Betrieb am Anfang.",
        (2,),
        12,
        47,
        19_000,
        -2,
    ),
    _Draft(
        "past",
        "Ackerland an der alten Ziegelei",
        "Zwei Lose mit mittleren Böden. Wasser liegt am Weg.",
        (1, 1),
        -535,
        -500,
        31_000,
        -542,
        -400,
    ),
)


def add_calls(session: Session, owner_id: int, clerk: Actor, *, now: datetime) -> None:
    """The municipality's leases and calls are there, made by its clerk through the services."""
    owner = session.get_one(Organisation, owner_id)
    free = _free_parcels(session, owner_id)
    wanted = sum(sum(draft.lots) for draft in DRAFTS)
    _add_leases(session, clerk, free[wanted : wanted + len(LEASE_ENDS_IN_MONTHS)], now=now)
    town = _Town(owner, clerk, _add_principles(session, owner, clerk, now=now - timedelta(days=600)))
    rest = iter(free)
    for draft in DRAFTS:
        lots = [[parcel for parcel, _ in zip(rest, range(count), strict=False)] for count in draft.lots]
        if all(lots):
            _add_call(session, town, draft, lots, now=now)
    for moment in sorted(turn for draft in DRAFTS for turn in _turns(draft, now) if turn <= now):
        service_states.record_turns(session, Actor.system(), now=moment)


def _free_parcels(session: Session, owner_id: int) -> list[Parcel]:
    """The owner's parcels that stand in no offer, the village with most of them first, always in the same order."""
    offered = select(ListingParcel.parcel_id)
    statement = select(Parcel).where(Parcel.owner_organisation_id == owner_id, Parcel.id.not_in(offered))
    parcels = session.scalars(statement.order_by(Parcel.parcel_key, Parcel.public_id)).all()
    villages = Counter(_village(parcel) for parcel in parcels)
    return sorted(parcels, key=lambda parcel: (-villages[_village(parcel)], _village(parcel)))


def _village(parcel: Parcel) -> str:
    """The part of the key that all parcels of a village share: the lots of a call lie together."""
    return (parcel.parcel_key or "")[:-9]


def _add_leases(session: Session, clerk: Actor, parcels: Sequence[Parcel], *, now: datetime) -> None:
    for number, (parcel, months) in enumerate(zip(parcels, LEASE_ENDS_IN_MONTHS, strict=False)):
        ends = _end_of_year(months_later(now.date(), months), months)
        values = LeaseValues(
            LESSEES[number % len(LESSEES)], 60_000 + 17_000 * number, date(ends.year - 12, 10, 1), ends, 24
        )
        lease = service_leases.enter(session, clerk, parcel.public_id, values, now=now - timedelta(days=100))
        lease.public_id = demo_id("lease", str(number))
    session.flush()


def _end_of_year(day: date, months: int) -> date:
    """Leases end with the farming year where that keeps them in their window, else with the month."""
    return day if months < 12 else months_later(day.replace(day=1), 1) - timedelta(days=1)


def _add_principles(session: Session, owner: Organisation, clerk: Actor, *, now: datetime) -> PrincipleSet:
    document = shipped.document(SHIPPED)
    begun = Beginning(
        owner.public_id,
        "Vergabegrundsätze der Gemeinde",
        demo_id("principles", "municipality"),
        Origin.SHIPPED,
        dict(document.raw),
        SHIPPED,
    )
    found = principles.start(session, clerk, begun, now=now)
    found.public_id = demo_id("principle set", "municipality")
    session.flush()
    return found


def _add_call(session: Session, town: _Town, draft: _Draft, lots: Sequence[Sequence[Parcel]], *, now: datetime) -> None:
    clerk = town.clerk
    moment = now + timedelta(days=draft.published)
    about = service.About(draft.title, CallKind.LEASE, draft.summary)
    call = service.begin(session, clerk, town.owner.public_id, about, now=moment)
    call.public_id = demo_id("call", draft.key)
    call.lottery_secret = sha256(f"demo {draft.key}".encode()).hexdigest()
    call.lottery_commitment = lottery.commitment(call.lottery_secret)
    session.flush()
    for number, parcels in enumerate(lots, start=1):
        values = LotValues(parcels[0].name or "", tuple(parcel.public_id for parcel in parcels))
        lot = service_lots.add_lot(session, clerk, call.public_id, values, now=moment)
        hectares = Decimal(str(lot.facts["area_ha"]))
        usual = _rounded(hectares * draft.price)
        price = LotPrice(
            _rounded(hectares * (draft.price - 2_500)),
            usual,
            "Pachtpreise im Landkreis (Demo)",
            (moment - timedelta(days=60)).date(),
        )
        service_lots.price_lot(session, clerk, call.public_id, number, price, now=moment)
    for page in _pages(draft, now):
        service.save(session, clerk, call.public_id, page, now=moment)
    service.choose_principles(session, clerk, call.public_id, town.principles.public_id, now=moment)
    service_publishing.publish(session, clerk, call.public_id, now=moment)


def _rounded(cents: Decimal) -> int:
    """To whole tens of euros."""
    return int((cents / 1_000).to_integral_value()) * 1_000


def _pages(draft: _Draft, now: datetime) -> Iterator[service.PageValues]:
    opens, closes = _turns(draft, now)
    yield service.Words(
        PriceKind.FIXED,
        "Die Gemeinde will Betriebe stärken, die Hecken pflegen und Arbeit im Ort schaffen.",
        "Bewerber:innen erklären andere Beihilfen; der Abstand bleibt weit unter 50.000 Euro in drei Jahren.",
    )
    yield service.Term(_begins(draft, closes, now), 12, "Einmal um sechs Jahre, wenn beide es ein Jahr vorher wollen.")
    yield service.Dates(opens, closes)
    yield service.PublicDraw("Lotto 6 aus 49, erste Ziehung am Samstag danach", _saturday_after(closes.date()))
    yield service.Contact("Frau Petersen, Liegenschaften", "", "05841 120-0", "Amtsplatz 1, 29439 Lüchow")


def _saturday_after(day: date) -> date:
    return day + timedelta(days=(SATURDAY - day.weekday() - 1) % 7 + 1)


def _begins(draft: _Draft, closes: datetime, now: datetime) -> date:
    if draft.begins is None:
        return date(closes.year + 1, 10, 1)
    return (now + timedelta(days=draft.begins)).date().replace(day=1)


def _turns(draft: _Draft, now: datetime) -> tuple[datetime, datetime]:
    """Opening and deadline."""
    return _noon(now + timedelta(days=draft.opens)), _noon(now + timedelta(days=draft.closes))


def _noon(moment: datetime) -> datetime:
    local = moment.astimezone(PLACE_OF_TIMES)
    return local.replace(hour=12, minute=0, second=0, microsecond=0)
