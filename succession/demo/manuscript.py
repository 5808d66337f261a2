"""The hand-written texts of the demo region, read from their files. Pure but for reading them."""

import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from importlib.resources import files
from typing import Any

from succession.demo.statements import exact_facts, stated_wishes
from succession.facts.coding import StatedWish
from succession.facts.kinds import Kind
from succession.facts.limits import ExactValue
from succession.facts.offer import OFFER_FIELDS
from succession.facts.seeker import SEEKER_FIELDS
from succession.facts.wishes import OFFER_WISHES, SEARCH_WISHES
from succession.listings.states import ListingState, ServiceLevel
from succession.profiles.states import SearchState


@dataclass(frozen=True, slots=True)
class OfferText:
    """One offer as somebody wrote it; `owner` is a login's role, an organisation's kind, or empty: a new person."""

    key: str
    kind: Kind
    place: str
    title: str
    description: str
    facts: Mapping[str, ExactValue]
    wishes: tuple[StatedWish, ...]
    owner: str = ""
    state: ListingState = ListingState.PUBLISHED
    service_level: ServiceLevel = ServiceLevel.LINK
    is_confidential: bool = False
    has_site: bool = False
    parcels: int = 0
    hectares: tuple[float, float] | None = None
    """How small and how large each of its parcels may be."""


@dataclass(frozen=True, slots=True)
class SearchText:
    """One search of the seeker who can sign in."""

    key: str
    title: str
    kinds: tuple[Kind, ...]
    place: str
    radius_km: int
    wishes: tuple[StatedWish, ...]
    state: SearchState


@dataclass(frozen=True, slots=True)
class SeekerText:
    """What the seeker who can sign in says of herself, and what she looks for."""

    introduction: str
    facts: Mapping[str, ExactValue]
    searches: tuple[SearchText, ...]


@dataclass(frozen=True, slots=True)
class SeekerGroup:
    """Seekers of one trade: an opening for each, and lists that the rest is drawn from."""

    key: str
    kinds: tuple[Kind, ...]
    radius: tuple[int, ...]
    places: tuple[str, ...]
    who: tuple[str, ...]
    said: tuple[Mapping[str, Any], ...]
    """The facts that each opening states itself."""
    seeks: tuple[Mapping[str, str], ...]
    """The wishes that each opening states itself."""
    looks: tuple[str, ...]
    facts: Mapping[str, tuple[Any, ...]]
    wishes: Mapping[str, tuple[str, ...]]
    is_on_the_land: bool


@dataclass(frozen=True, slots=True)
class Helper:
    """An advisor or a mentor beside those who can sign in."""

    key: str
    name: str
    role: str


@dataclass(frozen=True, slots=True)
class FieldNames:
    """What fields are called, and what grows on them."""

    dry: tuple[str, ...]
    wet: tuple[str, ...]
    crops_dry: tuple[str, ...]
    crops_wet: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Manuscript:
    """Everything that was written for the demo region."""

    businesses: tuple[OfferText, ...]
    land: tuple[OfferText, ...]
    groups: tuple[SeekerGroup, ...]
    closings: tuple[str, ...]
    closings_on_the_land: tuple[str, ...]
    seeker: SeekerText
    names: Mapping[str, str]
    organisations: Mapping[str, str]
    invented: Mapping[str, Sequence[str]]
    fields: FieldNames
    helpers: tuple[Helper, ...] = field(default=())

    @property
    def offers(self) -> tuple[OfferText, ...]:
        """Businesses and land."""
        return (*self.businesses, *self.land)


def read_manuscript() -> Manuscript:
    """All texts; what the catalogue of facts does not know raises."""
    logins, seekers = _file("logins"), _file("seekers")
    businesses = [*_file("farms")["business"], *_file("trades")["business"]]
    return Manuscript(
        businesses=tuple(_offer(entry) for entry in businesses),
        land=tuple(_offer(entry) for entry in _file("land")["land"]),
        groups=tuple(_group(entry) for entry in seekers["group"]),
        closings=tuple(seekers["closings"]),
        closings_on_the_land=tuple(seekers["closings_on_the_land"]),
        seeker=_seeker(logins["seeker"]),
        names=logins["names"],
        organisations=logins["organisations"],
        invented=logins["invented"],
        fields=FieldNames(**{name: tuple(words) for name, words in logins["fields"].items()}),
        helpers=tuple(Helper(**entry) for entry in logins["helpers"]),
    )


def _file(name: str) -> dict[str, Any]:
    return tomllib.loads((files("succession.demo") / "texts" / f"{name}.toml").read_text(encoding="utf-8"))


def _offer(entry: dict[str, Any]) -> OfferText:
    return OfferText(
        key=entry["key"],
        kind=Kind(entry.get("kind", Kind.LAND)),
        place=entry["place"],
        title=entry["title"],
        description=entry["text"].strip(),
        facts=exact_facts(OFFER_FIELDS, entry["facts"]),
        wishes=stated_wishes(OFFER_WISHES, entry["wishes"]),
        owner=entry.get("owner", ""),
        state=ListingState(entry.get("state", ListingState.PUBLISHED)),
        service_level=ServiceLevel(entry.get("service_level", ServiceLevel.LINK)),
        is_confidential=entry.get("is_confidential", False),
        has_site=entry.get("site", False),
        parcels=entry.get("parcels", 0),
        hectares=tuple(entry["hectares"]) if "hectares" in entry else None,
    )


def _group(entry: dict[str, Any]) -> SeekerGroup:
    return SeekerGroup(
        key=entry["key"],
        kinds=tuple(Kind(kind) for kind in entry["kinds"]),
        radius=tuple(entry["radius"]),
        places=tuple(entry["places"]),
        who=tuple(entry["who"]),
        said=tuple(entry["said"]),
        seeks=tuple(entry.get("seeks") or [{}] * len(entry["who"])),
        looks=tuple(entry["looks"]),
        facts={name: tuple(choices) for name, choices in entry["facts"].items()},
        wishes={criterion: tuple(phrases) for criterion, phrases in entry["wishes"].items()},
        is_on_the_land=entry.get("on_the_land", False),
    )


def _seeker(entry: dict[str, Any]) -> SeekerText:
    return SeekerText(
        introduction=entry["introduction"].strip(),
        facts=exact_facts(SEEKER_FIELDS, entry["facts"]),
        searches=tuple(
            SearchText(
                key=search["key"],
                title=search["title"],
                kinds=tuple(Kind(kind) for kind in search["kinds"]),
                place=search["place"],
                radius_km=search["radius_km"],
                wishes=stated_wishes(SEARCH_WISHES, search["wishes"]),
                state=SearchState(search.get("state", SearchState.PUBLISHED)),
            )
            for search in entry["searches"]
        ),
    )
