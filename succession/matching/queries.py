"""The reading doors of matching: offers for a search, searches for an offer, one pair; all of it as published."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import Session

from succession.accounts.actor import Actor
from succession.db import public_reading
from succession.errors import Conflict, NotFound
from succession.exclusions import queries as exclusions
from succession.facts.kinds import Kind
from succession.i18n import Text
from succession.listings.models import ListingPublication
from succession.listings.queries_apart import hidden_from
from succession.listings.stub import heading
from succession.matching import explanation, finding, keeping_apart
from succession.matching.criteria.criterion import KILOMETRES, Side
from succession.matching.explanation import Reason
from succession.matching.finding import Candidate, Own
from succession.matching.pairs import Means, Pair, Requirement, kilometres
from succession.matching.scoring import PairScore
from succession.matching.statement import Wanted
from succession.places.areas import area_label
from succession.places.models import Place, PlaceArea
from succession.profiles.models import SearchPublication

PAGE_SIZE = 20


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a list; one row more than `limit` is returned where there are more. A limit of 0 leaves it out."""

    offset: int = 0
    limit: int = PAGE_SIZE

    @property
    def end(self) -> int:
        """How many rows of the list have to be known."""
        return self.offset + self.limit + 1 if self.limit else 0


@dataclass(frozen=True, slots=True)
class Shown:
    """What is published of the other side of a match."""

    public_id: UUID
    title: Text
    kinds: tuple[Kind, ...]
    area: Text
    facts: dict[str, int]
    reference: str = ""
    introduction: str = ""
    is_confidential: bool = False
    """Then nothing that explains the match may be shown to strangers: every reason names a fact."""

    def fits_kind(self, kinds: tuple[Kind, ...]) -> bool:
        """Whether one of these kinds is among its own."""
        return not set(self.kinds).isdisjoint(kinds)


@dataclass(frozen=True)
class Match:
    """A pair with its score, explained for the one who asked."""

    reader: Side
    shown: Shown
    pair: Pair
    score: PairScore

    @cached_property
    def reasons(self) -> tuple[Reason, ...]:
        """All that counts, the reader's own first."""
        return explanation.reasons(self.pair, self.score, self.reader)

    @property
    def own_reasons(self) -> tuple[Reason, ...]:
        """What counts for the reader."""
        return tuple(reason for reason in self.reasons if reason.side is self.reader)

    @property
    def their_reasons(self) -> tuple[Reason, ...]:
        """What matters to the other side."""
        return tuple(reason for reason in self.reasons if reason.side is not self.reader)

    @cached_property
    def best_reasons(self) -> tuple[Reason, ...]:
        """The three that say most for it."""
        return explanation.best(self.reasons, self.reader)

    @property
    def questions(self) -> tuple[Text, ...]:
        """What has to be cleared up first."""
        return explanation.questions(self.pair, self.reader)

    @property
    def is_failing(self) -> bool:
        """Whether a must-have of either side is not met, so that no list shows it."""
        return self.pair.requirement() is Requirement.FAILS

    @property
    def km(self) -> int:
        """The shown distance."""
        return self.pair.km

    @property
    def them_to_you(self) -> int:
        """How well the other side serves the reader, in steps of four."""
        return explanation.steps(explanation.served(self.score, self.reader).rank)

    @property
    def you_to_them(self) -> int:
        """How well the reader serves the other side, in steps of four."""
        return explanation.steps(explanation.served(self.score, explanation.other(self.reader)).rank)

    @property
    def figure(self) -> int:
        """The joint score out of 100."""
        return explanation.percent(self.score.joint)


@dataclass(frozen=True, slots=True)
class Matches:
    """Both lists, and under which means they were ranked."""

    pool_means_id: UUID
    ranked: tuple[Match, ...]
    unclear: tuple[Match, ...]


def offers_for_search(
    session: Session, search_id: int, *, ranked: Window, unclear: Window, viewer: Actor | None = None
) -> Matches | None:
    """The best offers for a published search, None if it is not published; the caller knows whose it is.

    Offers whose owners hide from the seeker or the `viewer` are not among them.
    """
    means = finding.current_means(session)
    apart = keeping_apart.offers_apart(session, search_id, viewer)
    with public_reading(session) as reader:
        own = finding.own_search(reader, search_id)
        if own is None:
            return None
        found = finding.offers(reader, own, means, Wanted(ranked.end, unclear.end), apart)
        return _lists(means, found, _offers(reader, [each.id for each in found]), (ranked, unclear), Side.SEEKER)


def searches_for_offer(
    session: Session, listing_id: int, *, ranked: Window, unclear: Window, viewer: Actor | None = None
) -> Matches | None:
    """The best searches for a published offer, None if it takes no new matches (draft, reserved, withdrawn)."""
    means = finding.current_means(session)
    apart = keeping_apart.searches_apart(session, listing_id, viewer)
    with public_reading(session) as reader:
        own = finding.own_offer(reader, listing_id)
        if own is None:
            return None
        found = finding.searches(reader, own, means, Wanted(ranked.end, unclear.end), apart)
        return _lists(means, found, _searches(reader, [each.id for each in found]), (ranked, unclear), Side.LISTING)


def one_pair(session: Session, *, search_id: int, offer: UUID, reader_side: Side, viewer: Actor | None = None) -> Match:
    """One search and one offer, explained; a pair that fails a hard requirement is explained too.

    If the other side hides from the reader or the `viewer`, there is no such pair.
    """
    means = finding.current_means(session)
    listing_id = number_of_listing(session, offer)
    if listing_id is None or keeping_apart.is_apart(session, search_id, listing_id, reader_side, viewer):
        raise NotFound
    with public_reading(session) as reader:
        search = finding.own_search(reader, search_id)
        offered = finding.own_offer(reader, listing_id)
        if search is None:
            raise NotFound
        if offered is None:
            raise Conflict(Text("This offer is reserved and takes no new matches at the moment."))
        found = _pair(search, offered)
        other = offered.id if reader_side is Side.SEEKER else search.id
        shown = (_offers if reader_side is Side.SEEKER else _searches)(reader, [other])
    return Match(reader_side, shown[other], found, found.score(means))


def number_of_listing(reader: Session, public_id_or_reference: UUID | str) -> int | None:
    """The listing that is published under this public id or Chiffre."""
    is_uuid = isinstance(public_id_or_reference, UUID)
    column = ListingPublication.public_id if is_uuid else ListingPublication.reference
    return reader.scalar(select(ListingPublication.listing_id).where(column == public_id_or_reference))


def number_of_search(reader: Session, public_id: UUID) -> int | None:
    """The search that is published under this public id."""
    return reader.scalar(select(SearchPublication.search_id).where(SearchPublication.public_id == public_id))


def kind_of_offer(session: Session, public_id: UUID, viewer: Actor) -> Kind | None:
    """What kind of offer is published under this public id; None also if the viewer must not learn of it."""
    statement = select(ListingPublication.kind, ListingPublication.listing_id, exclusions.ARE_USED)
    row = session.execute(statement.where(ListingPublication.public_id == public_id)).one_or_none()
    if row is None or (row[2] and row.listing_id in hidden_from(session, viewer)):
        return None
    return Kind(row.kind)


def _pair(search: Own, offer: Own) -> Pair:
    km = kilometres((search.here.x, search.here.y), (offer.here.x, offer.here.y))
    return Pair(search.row, {**offer.row, KILOMETRES: km}, km)


def _lists(
    means: Means,
    found: Iterable[Candidate],
    shown: dict[int, Shown],
    windows: tuple[Window, Window],
    reader: Side,
) -> Matches:
    """Both lists in exact order, cut to what was asked for."""
    # One that has been withdrawn since the statement ran is left out.
    candidates = [each for each in found if each.id in shown]
    lists = []
    for is_unclear, window in zip((False, True), windows, strict=True):
        ordered = finding.in_order(
            (each for each in candidates if each.is_unclear is is_unclear),
            {number: one.public_id for number, one in shown.items()},
        )
        cut = ordered[window.offset : window.end]
        lists.append(tuple(Match(reader, shown[each.id], each.pair, each.score) for each in cut))
    return Matches(means.public_id, *lists)


def _offers(reader: Session, numbers: list[int]) -> dict[int, Shown]:
    """What everybody reads of these offers."""
    table = ListingPublication
    columns = (table.listing_id, table.public_id, table.title, table.reference, table.kind, table.facts)
    statement = (
        select(*columns, table.is_confidential, PlaceArea.level, Place.name)
        .join(PlaceArea, PlaceArea.id == table.place_area_id)
        .outerjoin(Place, Place.id == PlaceArea.place_id)
    )
    return {
        row.listing_id: Shown(
            public_id=row.public_id,
            title=heading(row.title, row.reference),
            is_confidential=row.is_confidential,
            kinds=(row.kind,),
            area=area_label(row.level, row.name or ""),
            facts=row.facts,
            reference=row.reference,
        )
        for row in reader.execute(statement.where(table.listing_id.in_(numbers)))
    }


def _searches(reader: Session, numbers: list[int]) -> dict[int, Shown]:
    """What owners read of these searches: neither a name nor the seeker's own title."""
    table = SearchPublication
    columns = (table.search_id, table.public_id, table.kinds, table.facts, table.introduction)
    statement = (
        select(*columns, PlaceArea.level, Place.name)
        .join(PlaceArea, PlaceArea.id == table.place_area_id)
        .outerjoin(Place, Place.id == PlaceArea.place_id)
    )
    found = {}
    for row in reader.execute(statement.where(table.search_id.in_(numbers))):
        area = area_label(row.level, row.name or "")
        kinds = tuple(kind for kind in Kind if kind.value in row.kinds)
        found[row.search_id] = Shown(
            public_id=row.public_id,
            title=Text("Seeker, %(area)s", {"area": area}),
            kinds=kinds,
            area=area,
            facts=row.facts,
            introduction=row.introduction,
        )
    return found
