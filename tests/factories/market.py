"""Random published offers and searches as codes, with planted ties; everything is committed."""

from datetime import UTC, datetime, timedelta
from random import Random
from uuid import UUID

from sqlalchemy import insert, select

from succession.accounts.actor import Role
from succession.facts.importance import Importance
from succession.facts.kinds import Kind
from succession.facts.offer import OFFER_FIELDS
from succession.facts.seeker import SEEKER_FIELDS
from succession.facts.shapes import Banded, Choice, HalfYear, Several
from succession.facts.wishes import OFFER_WISHES, SEARCH_WISHES, wish_column
from succession.listings.models import Listing, ListingPublication
from succession.listings.models_published import published_offer
from succession.listings.references import make_reference
from succession.listings.states import ListingState, OwnerKind, ServiceLevel
from succession.places.models import PlaceArea
from succession.profiles.models import Search, SearchPublication
from succession.profiles.models_published import published_search
from tests.factories.accounts import an_account
from tests.factories.profiles import a_profile

START = datetime(2026, 6, 1, tzinfo=UTC)
MATCHED_OFFER_FIELDS = [field for field in OFFER_FIELDS if field.is_matched]
MATCHED_SEEKER_FIELDS = [field for field in SEEKER_FIELDS if field.is_matched]


def a_code(random: Random, name, shape) -> int:
    """Any code of a field or a wish; a few values only, so that ties are common."""
    if name == "wish_km":
        return random.choice((5, 10, 15, 20, 30))
    match shape:
        case Choice(terms=terms):
            return random.randrange(len(terms))
        case Several(terms=terms):
            return random.randrange(1 << min(4, len(terms)))
        case Banded():
            return random.randrange(min(5, len(shape.edges) + 1))
        case HalfYear():
            return 2027 * 2 + random.randrange(4)
        case _:
            return random.randrange(2)


def facts(random: Random, fields, unknown=0.25):
    return {
        field.name: None if random.random() < unknown else a_code(random, field.name, field.shape) for field in fields
    }


def wishes(random: Random, catalogue, counting=0.5, must=0.12):
    """Wish columns as `facts.coding.wish_codes` writes them."""
    row, bits, total = {}, 0, 0
    for place, wish in enumerate(catalogue):
        counts = random.random() < counting
        codes = {value.name: a_code(random, value.name, value.shape) for value in wish.values}
        if len(codes) == 2 and random.random() < 0.5:
            codes.pop(random.choice(list(codes)))
        is_must = counts and random.random() < must
        weight = 0 if not counts else Importance.MUST.weight if is_must else random.choice((1, 2, 3, 5))
        row |= {wish_column(value.name): codes.get(value.name) if counts else None for value in wish.values}
        row[f"weight_{wish.criterion}"] = weight
        bits |= is_must << place
        total += weight
    return row | {"must": bits, "weight_sum": total}


def an_offer_row(random: Random):
    """Codes of an offer, without number, place and time."""
    return {
        "kind": random.choice((0, 0, 0, 1, 4)),
        **facts(random, MATCHED_OFFER_FIELDS),
        **wishes(random, OFFER_WISHES, must=0.05),
    }


def a_search_row(random: Random):
    """Codes of a search, without number, place and time."""
    return {
        "kinds": random.choice((1, 3, 3, 19)),
        "radius_km": random.choice((5, 10, 20, 30, 50)),
        **facts(random, MATCHED_SEEKER_FIELDS),
        **wishes(random, SEARCH_WISHES, must=0.1),
    }


def a_market(session, *, offers=160, searches=30, seed=1, repeats=0.33):
    """Rows of both narrow tables on the areas of a small region; many repeat an earlier one."""
    random = Random(seed)
    areas = list(session.scalars(select(PlaceArea.id).order_by(PlaceArea.level, PlaceArea.id)))
    villages = list(session.scalars(select(PlaceArea.id).where(PlaceArea.level == 4).order_by(PlaceArea.id)))
    owner, profile = an_account(session, Role.TRANSFEROR), a_profile(session)
    offer_rows, search_rows = [], []
    for number in range(offers):
        listing = Listing(
            reference=make_reference(UUID(int=random.getrandbits(128))),
            kind=Kind.LAND,
            owner_account_id=owner.id,
            public_id=UUID(int=random.getrandbits(128)),
        )
        session.add(listing)
        session.flush()
        told = random.choice(offer_rows) if number > 2 and random.random() < repeats else an_offer_row(random)
        place = told["place"] if "place" in told and random.random() < 0.7 else random.choice(areas)
        published = START + timedelta(days=random.randrange(4))
        offer_rows.append({**told, "id": listing.id, "place": place, "published": published})
    for number in range(searches):
        search = Search(profile_id=profile.id, public_id=UUID(int=random.getrandbits(128)))
        session.add(search)
        session.flush()
        told = random.choice(search_rows) if number > 2 and random.random() < 0.33 else a_search_row(random)
        place = told["place"] if "place" in told and random.random() < 0.7 else random.choice(villages)
        published = START + timedelta(days=random.randrange(4))
        search_rows.append({**told, "id": search.id, "place": place, "published": published})
    session.execute(insert(ListingPublication), offer_publications(session, offer_rows))
    session.execute(insert(SearchPublication), search_publications(session, search_rows))
    session.execute(insert(published_offer), offer_rows)
    session.execute(insert(published_search), search_rows)
    session.commit()
    return offer_rows, search_rows


def offer_publications(session, offer_rows):
    """What everybody reads of each offer."""
    listings = {row.id: row for row in session.execute(select(Listing.id, Listing.public_id, Listing.reference))}
    return [
        {
            "listing_id": row["id"],
            "public_id": listings[row["id"]].public_id,
            "reference": listings[row["id"]].reference,
            "title": f"Angebot {number}",
            "description": "",
            "kind": list(Kind)[row["kind"]],
            "state": ListingState.PUBLISHED,
            "service_level": ServiceLevel.LINK,
            "owner_kind": OwnerKind.PRIVATE,
            "place_area_id": row["place"],
            "facts": {field.name: row[field.name] for field in MATCHED_OFFER_FIELDS if row[field.name] is not None},
            "wishes": {},
            "published_at": row["published"],
            "confirmed_at": row["published"],
        }
        for number, row in enumerate(offer_rows, start=1)
    ]


def search_publications(session, search_rows):
    """What owners read of each search."""
    public = {row.id: row.public_id for row in session.execute(select(Search.id, Search.public_id))}
    return [
        {
            "search_id": row["id"],
            "public_id": public[row["id"]],
            "introduction": "",
            "kinds": [kind.value for kind in Kind if row["kinds"] >> kind.code & 1],
            "place_area_id": row["place"],
            "radius_km": row["radius_km"],
            "facts": {},
            "wishes": {},
            "published_at": row["published"],
        }
        for row in search_rows
    ]
