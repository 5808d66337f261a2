"""What an offer lacks before it can be published, and what would help it. Pure."""

from dataclasses import dataclass

from succession.facts.kinds import Kind
from succession.i18n import Text
from succession.listings.publishing import OfferStatements
from succession.listings.topics import Topic

SHORTEST_TITLE = 8
SHORTEST_DESCRIPTION = 60


@dataclass(frozen=True, slots=True)
class Missing:
    """One thing to do, and the page on which to do it."""

    topic: Topic
    text: Text


def missing(statements: OfferStatements, *, title: str, description: str, has_place: bool) -> tuple[Missing, ...]:
    """What has to be added before the offer can be published; empty if nothing."""
    facts = statements.facts
    found = []
    if len(title.strip()) < SHORTEST_TITLE:
        found.append(Missing(Topic.ABOUT, Text("Give the offer a title that says what it is.")))
    if len(description.strip()) < SHORTEST_DESCRIPTION:
        found.append(Missing(Topic.ABOUT, Text("Describe the offer in two or three sentences.")))
    if not has_place:
        found.append(Missing(Topic.PLACE, Text("Say where it is. Others see only the surrounding area.")))
    if not facts.get("takeover_models"):
        found.append(Missing(Topic.TERMS, Text("Choose at least one form of handover.")))
    if statements.kind is Kind.LAND and facts.get("area_ha") is None:
        found.append(Missing(Topic.LAND, Text("Say how large the land is.")))
    return tuple(found)


def advisable(statements: OfferStatements) -> tuple[Missing, ...]:
    """What is not needed, but asked for by nearly every seeker."""
    facts = statements.facts
    found = []
    if facts.get("available_from") is None:
        found.append(Missing(Topic.TERMS, Text("From when? Even a rough half-year helps.")))
    if all(facts.get(name) is None for name in ("price", "land_rent", "premises_rent")):
        found.append(Missing(Topic.TERMS, Text("A price or a rent. It is shown only as a range.")))
    if statements.kind.is_business and facts.get("dwelling_rooms") is None:
        found.append(Missing(Topic.BUILDINGS, Text("Is there a dwelling? For many families this decides.")))
    if statements.kind.is_business and facts.get("transition_months") is None:
        found.append(Missing(Topic.HANDOVER, Text("Would you share the work for a while?")))
    if not statements.wishes:
        found.append(Missing(Topic.WISHES, Text("What do you wish for in a successor? Without it, matches say less.")))
    return tuple(found)
