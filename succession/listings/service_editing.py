"""Writing door of an offer's topics: one page is saved at a time, and nobody overwrites what they have not seen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor, authorize
from succession.accounts.service_confirmation import needs_confirmation
from succession.audit import service as audit
from succession.errors import Conflict, Refused
from succession.facts import differences
from succession.facts.coding import StatedWish, are_known, comparable, counting
from succession.facts.differences import Difference
from succession.facts.field import Field
from succession.facts.fingerprints import fingerprint
from succession.facts.importance import Importance
from succession.facts.limits import is_allowed
from succession.facts.refusals import Overtaken
from succession.facts.wishes import OFFER_WISHES
from succession.i18n import Text
from succession.land import queries as land_queries
from succession.land.models import Parcel, Site
from succession.listings import lifecycle, policy, publication, queries, service
from succession.listings.models import Listing, ListingParcel, ListingWish
from succession.listings.queries import ListingDetails
from succession.listings.states import LONGEST_DESCRIPTION, LONGEST_TEASER, LONGEST_TITLE, ServiceLevel
from succession.listings.topics import Topic, fields_of
from succession.places import queries as place_queries

MOST_PARCELS = 500


@dataclass(frozen=True, slots=True)
class About:
    """The page that names the offer."""

    title: str
    description: str
    service_level: ServiceLevel
    is_confidential: bool
    teaser: str = ""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """The page that says where it is, by public ids."""

    parcels: frozenset[UUID]
    site: UUID | None
    place: UUID | None


@dataclass(frozen=True, slots=True)
class Facts:
    """A page of facts: the values of exactly the fields of its topic."""

    topic: Topic
    values: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Wishes:
    """The page of wishes; those that do not matter may be left out."""

    stated: tuple[StatedWish, ...]


Page = About | Whereabouts | Facts | Wishes


def save_page(
    session: Session,
    actor: Actor,
    public_id: UUID,
    page: Page,
    *,
    seen: str,
    is_confirmed: bool = False,
    now: datetime,
) -> Listing:
    """The page is saved, if what is stored is still what the person has `seen` (a mark by `seen_mark`).

    Otherwise `Overtaken` says field by field what stands there now. What others read changes at once.
    """
    listing = queries.kept(session, actor, public_id, lock=True)
    authorize(policy.may_hold, actor, queries.holder_of(listing))
    if listing.state not in lifecycle.EDITABLE:
        raise Conflict(Text("This offer can no longer be changed. Make a draft of it again first."))
    if listing.state in lifecycle.SHOWN and needs_confirmation(actor):
        raise Conflict(
            Text("Others see this offer, so only the person themselves can change it. You can withdraw it first.")
        )
    details = queries.details(session, listing)
    _check(page, details)
    _refuse_overtaken(details, page, seen)
    _assign(session, actor, details, page)
    listing.version += 1
    listing.updated_at = now
    session.flush()
    if listing.state in lifecycle.SHOWN:
        service.check_before_others_see(session, listing, is_confirmed=is_confirmed or not isinstance(page, About))
        publication.refresh(session, listing)
    audit.record(session, actor, "listing.edited", kind="listing", public_id=listing.public_id, now=now)
    return listing


def seen_mark(details: ListingDetails, topic: Topic) -> str:
    """A mark of what this page shows; it goes into the form and comes back with it."""
    return fingerprint(stored(details, topic))


def stored(details: ListingDetails, topic: Topic) -> dict[str, Any]:
    """What is stored of one page."""
    listing = details.listing
    match topic:
        case Topic.ABOUT:
            names = ("title", "description", "service_level", "is_confidential", "teaser")
            return {name: getattr(listing, name) for name in names}
        case Topic.PLACE:
            return {
                "parcels": sorted(str(parcel.public_id) for parcel in details.parcels),
                "site": details.site and str(details.site.public_id),
                "place": details.place and str(details.place.public_id),
            }
        case Topic.WISHES:
            return comparable(details.statements.wishes)
        case _:
            return {field.name: getattr(listing, field.name) for field in fields_of(topic, listing.kind)}


def _topic(page: Page) -> Topic:
    match page:
        case About():
            return Topic.ABOUT
        case Whereabouts():
            return Topic.PLACE
        case Wishes():
            return Topic.WISHES
        case Facts(topic=topic):
            return topic


def _check(page: Page, details: ListingDetails) -> None:
    """Limits that a form also has; here they hold for every door."""
    match page:
        case About() if len(page.title) > LONGEST_TITLE:
            raise Refused(Text("The title may have at most %(most)s characters.", {"most": LONGEST_TITLE}))
        case About() if len(page.description) > LONGEST_DESCRIPTION:
            most = {"most": LONGEST_DESCRIPTION}
            raise Refused(Text("The description may have at most %(most)s characters.", most))
        case About() if len(page.teaser) > LONGEST_TEASER:
            raise Refused(Text("The teaser may have at most %(most)s characters.", {"most": LONGEST_TEASER}))
        case Facts():
            for field in fields_of(page.topic, details.listing.kind):
                _check_fact(field, page.values.get(field.name))
        case Whereabouts() if len(page.parcels) > MOST_PARCELS:
            raise Refused(Text("One offer may have at most %(most)s parcels.", {"most": MOST_PARCELS}))
        case Wishes() if not are_known(OFFER_WISHES, page.stated):
            raise Refused(Text("One of the wishes has a value that we do not know."))
        case _:
            return


def _check_fact(field: Field, value: Any) -> None:
    if not is_allowed(field, value):
        raise Refused(Text("“%(label)s” has a value that cannot be right.", {"label": field.label}))


def _refuse_overtaken(details: ListingDetails, page: Page, seen: str) -> None:
    """If the stored page is not the one the person saw, and theirs is another one than it: say in what."""
    mark = seen_mark(details, _topic(page))
    if seen == mark:
        return
    found = _differences(details, page)
    if found:
        raise Overtaken(tuple(found), mark)


def _differences(details: ListingDetails, page: Page) -> list[Difference]:
    listing = details.listing
    match page:
        case About():
            return [
                *differences.of_text(Text("Title"), listing.title, page.title),
                *differences.of_text(Text("Description"), listing.description, page.description),
                *_difference(Text("Help"), listing.service_level.label, page.service_level.label),
                *differences.of_text(Text("Teaser"), listing.teaser, page.teaser),
                *_difference(Text("Confidential"), _yes_no(listing.is_confidential), _yes_no(page.is_confidential)),
            ]
        case Whereabouts():
            theirs, yours = stored(details, Topic.PLACE), _as_stored(page)
            counts = [Text("%(count)s parcels", {"count": len(values["parcels"])}) for values in (theirs, yours)]
            return [] if theirs == yours else [Difference(Text("Where it is"), *counts)]
        case Facts():
            theirs = stored(details, page.topic)
            return differences.of_facts(fields_of(page.topic, listing.kind), theirs, page.values)
        case Wishes():
            kinds = frozenset({listing.kind})
            yours = comparable(counting(OFFER_WISHES, page.stated, kinds).values())
            return differences.of_wishes(OFFER_WISHES, comparable(details.statements.wishes), yours)


def _difference(label: Text, theirs: Text, yours: Text) -> list[Difference]:
    return [] if theirs == yours else [Difference(label, theirs, yours)]


def _yes_no(value: bool) -> Text:
    return Text("yes") if value else Text("no")


def _as_stored(page: Whereabouts) -> dict[str, Any]:
    return {
        "parcels": sorted(str(public_id) for public_id in page.parcels),
        "site": page.site and str(page.site),
        "place": page.place and str(page.place),
    }


def _assign(session: Session, actor: Actor, details: ListingDetails, page: Page) -> None:
    """The rows say what the page says."""
    listing = details.listing
    match page:
        case About():
            listing.title, listing.description = page.title.strip(), page.description.strip()
            listing.service_level, listing.is_confidential = page.service_level, page.is_confidential
            listing.teaser = page.teaser.strip()
        case Facts():
            for field in fields_of(page.topic, listing.kind):
                setattr(listing, field.name, page.values.get(field.name))
        case Whereabouts():
            _assign_place(session, actor, listing, page)
        case Wishes():
            _assign_wishes(session, listing, page)


def _assign_place(session: Session, actor: Actor, listing: Listing, page: Whereabouts) -> None:
    """Parcels and premises must be of the same owner as the offer; others do not exist for it."""
    parcels = land_queries.parcels_by_public_ids(session, actor, sorted(page.parcels))
    own = [parcel for parcel in parcels if _same_owner(parcel, listing)]
    if len(own) != len(page.parcels):
        raise Refused(Text("One of the chosen parcels is not there any more. Please choose again."))
    site = None
    if page.site is not None:
        sites = (one for one in land_queries.sites_of(session, actor) if one.public_id == page.site)
        site = next((one for one in sites if _same_owner(one, listing)), None)
        if site is None:
            raise Refused(Text("The chosen farmstead is not there any more. Please choose again."))
    place = None if page.place is None else place_queries.place(session, page.place)
    if page.place is not None and place is None:
        raise Refused(Text("We do not know this place. Please search for it again."))
    listing.site_id = site.id if site else None
    listing.place_id = place.id if place else None
    session.execute(delete(ListingParcel).where(ListingParcel.listing_id == listing.id))
    if own:
        rows = [{"listing_id": listing.id, "parcel_id": parcel.id} for parcel in own]
        session.execute(insert(ListingParcel).values(rows))


def _same_owner(thing: Parcel | Site, listing: Listing) -> bool:
    return (thing.owner_organisation_id, thing.owner_account_id) == (
        listing.owner_organisation_id,
        listing.owner_account_id,
    )


def _assign_wishes(session: Session, listing: Listing, page: Wishes) -> None:
    """A row for each wish that counts; a wish that needs a value and has none does not count."""
    counted = counting(OFFER_WISHES, page.stated, frozenset({listing.kind}))
    rows = session.scalars(select(ListingWish).where(ListingWish.listing_id == listing.id)).all()
    for row in rows:
        if row.criterion not in counted:
            session.delete(row)
    existing = {row.criterion: row for row in rows}
    for criterion, wish in counted.items():
        row = existing.get(criterion) or ListingWish(listing_id=listing.id, criterion=criterion)
        row.importance, row.values = Importance(wish.importance), dict(wish.values)
        session.add(row)
