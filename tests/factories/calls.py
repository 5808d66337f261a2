"""Calls of a municipality, in each of their first states; everything is committed and made through the services."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from decimal import Decimal
from itertools import count

from succession.accounts.actor import Actor, Role
from succession.accounts.models import Membership, MembershipRole, Organisation, OrganisationKind
from succession.accounts.queries import actor_of
from succession.allocation.principles import identifier
from succession.calls import service, service_lots, service_publishing, service_states
from succession.calls.models import Call, CallLot
from succession.calls.queries import lots_of
from succession.calls.service_lots import LotPrice, LotValues
from succession.calls.states import CallKind, PriceKind, Procedure
from succession.i18n import PLACE_OF_TIMES
from succession.land import service as land
from succession.land.facts import NewParcel
from succession.land.models import LandUse, Parcel
from succession.land.owner import Owner
from succession.principles.models import PrincipleSet
from succession.principles.states import Origin
from tests.factories.accounts import an_account, an_organisation
from tests.factories.land import a_field

COLUMNS = count(10)


def words(text):
    """The same text in both languages."""
    return {"de": text, "en": text}


def principles(**changes):
    """A small set: a yes or no, and hectares in steps."""
    return {
        "format": "principles-1",
        "key": "small-set",
        "name": words("Kleiner Satz"),
        "summary": words("Zwei Fragen."),
        "sources": [{"text": "Beschluss 12/2026"}],
        "completeness": "complete",
        "owners": "any",
        "price": {"kind": "fixed", "note": words("Der Preis steht fest.")},
        "incomplete": "scored_as_stated",
        "questions": [
            {
                "id": "organic",
                "answer": "yes_or_no",
                "from": "declared",
                "question": words("Bewirtschaften Sie ökologisch?"),
                "evidence": [words("Bescheinigung der Kontrollstelle")],
                "evidence_effort": "light",
                "mandatory": True,
                "hides": "nothing",
            },
            {
                "id": "founded_years",
                "answer": "number",
                "from": "declared",
                "question": words("Wie viele Jahre besteht der Betrieb?"),
                "least": 0,
                "most": 200,
                "evidence": [words("Gewerbeanmeldung")],
                "evidence_effort": "light",
                "mandatory": False,
                "hides": "step",
            },
        ],
        "evidence_from": "first_placed",
        "standstill_days": 14,
        "catalogue": {
            "mode": "additive",
            "criteria": [
                {
                    "id": "organic",
                    "kind": "boolean",
                    "points": 10,
                    "label": words("Ökologischer Landbau"),
                    "reason": words("Schont Boden und Wasser."),
                },
                {
                    "id": "young",
                    "kind": "steps",
                    "field": "founded_years",
                    "bounds": "upper",
                    "steps": [[5, 5], [200, 0]],
                    "label": words("Neuer Betrieb"),
                    "reason": words("Hilft beim Anfangen."),
                },
            ],
        },
        **changes,
    }


@dataclass(frozen=True, slots=True)
class Scene:
    """A call with those who work on it."""

    call: Call
    lots: list[CallLot]
    owner: Organisation
    clerk: Actor
    parcels: list[Parcel]
    principles: PrincipleSet


def at(day, hour=12, minute=0):
    """A moment as the clock in the region shows it."""
    return datetime(day.year, day.month, day.day, hour, minute, tzinfo=PLACE_OF_TIMES)


def a_principle_set(session, owner, document=None, *, number=None, now=None):
    """A draft of the owner; a document that is given must be in canonical shape."""
    raw = document or principles()
    row = PrincipleSet(
        owner_organisation_id=owner.id,
        number=number or next(COLUMNS),
        title="Grundsätze",
        origin=Origin.EMPTY,
        document=raw,
        identifier=identifier(raw),
    )
    session.add(row)
    session.commit()
    return row


def some_parcels(session, owner, number=3, **facts):
    """Fields of the owner that no other test has used."""
    column = next(COLUMNS)
    drafts = [
        NewParcel(
            outline=a_field(column, row, size=150.0),
            name=f"Feld {column}-{row + 1}",
            soil_points=Decimal(40 + row),
            **{"land_use": LandUse.ARABLE, **facts},
        )
        for row in range(number)
    ]
    added = land.add_parcels(
        session,
        Actor.system(),
        Owner(organisation_id=owner.id, name=owner.name),
        drafts,
        now=datetime.now(PLACE_OF_TIMES),
    )
    session.commit()
    return added


def a_draft_call(
    session,
    *,
    now,
    lots=1,
    owner=None,
    clerk=None,
    document=None,
    price_kind=PriceKind.FIXED,
    kind=CallKind.LEASE,
    procedure=Procedure.SINGLE_LOTS,
    opens_in=timedelta(days=1),
    open_for=timedelta(days=28),
    title="Ackerland in drei Losen",
):
    """A call that could be published at `now`: everything is said, nothing is public."""
    if owner is None:
        owner = an_organisation(session, OrganisationKind.MUNICIPALITY)
    if clerk is None:
        clerk = a_clerk(session, owner)
    parcels = some_parcels(session, owner, lots)
    chosen = a_principle_set(session, owner, document)
    call = service.begin(
        session, clerk, owner.public_id, service.About(title, kind, "Zwischen Deich und Straße.", procedure), now=now
    )
    for number, parcel in enumerate(parcels, start=1):
        service_lots.add_lot(session, clerk, call.public_id, LotValues(f"Los {number}", (parcel.public_id,)), now=now)
        price = LotPrice(60_000, 60_000, "Pachtpreisspiegel des Landkreises", now.date() - timedelta(days=90))
        service_lots.price_lot(session, clerk, call.public_id, number, price, now=now)
    opens = (now + opens_in).replace(second=0, microsecond=0)
    closes = opens + open_for
    for page in (
        service.Words(price_kind),
        service.Term(date(now.year + 1, 10, 1), 12),
        service.Dates(opens, closes),
        service.PublicDraw("Lotto 6 aus 49, erste Ziehung nach der Frist", (closes + timedelta(days=4)).date()),
        service.Contact("Anna Beispiel", "anna@gemeinde.example", "05841 123", "Rathausplatz 1, 29439 Lüchow"),
    ):
        service.save(session, clerk, call.public_id, page, now=now)
    service.choose_principles(session, clerk, call.public_id, chosen.public_id, now=now)
    session.commit()
    return Scene(call, lots_of(session, call), owner, clerk, parcels, chosen)


def a_clerk(session, owner, **values):
    """An administrator of the owner, as the policies see them."""
    account = an_account(session, Role.LANDOWNER, **values)
    session.add(Membership(organisation_id=owner.id, account_id=account.id, role=MembershipRole.ADMINISTRATOR))
    session.commit()
    return actor_of(session, account.id)


def a_published_call(session, *, now, **values):
    """Published at `now`, opens a day later unless told otherwise."""
    scene = a_draft_call(session, now=now, **values)
    service_publishing.publish(session, scene.clerk, scene.call.public_id, now=now)
    session.commit()
    return scene


def an_open_call(session, *, now, open_for=timedelta(days=28), **values):
    """Published a week ago, open since an hour ago."""
    before = now - timedelta(days=7)
    opens_in = timedelta(days=7) - timedelta(hours=1)
    scene = a_published_call(session, now=before, opens_in=opens_in, open_for=open_for, **values)
    service_states.record_turns(session, Actor.system(), now=now)
    session.commit()
    return scene


def a_closed_call(session, *, now, **values):
    """Its deadline passed an hour ago (counted from `now`)."""
    before = now - timedelta(days=40)
    values = {"opens_in": timedelta(days=12) - timedelta(hours=1), "open_for": timedelta(days=28), **values}
    scene = a_published_call(session, now=before, **values)
    service_states.record_turns(session, Actor.system(), now=now)
    session.commit()
    return scene
