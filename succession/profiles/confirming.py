"""What a person is asked before a search is published in their name: all that owners would see. Pure."""

from collections.abc import Iterable
from uuid import UUID

from succession.facts.fingerprints import fingerprint
from succession.facts.kinds import Kind
from succession.i18n import Text
from succession.profiles import summaries
from succession.profiles.publishing import SearchStatements, published_facts, published_wishes

Line = tuple[Text, list[Text | str]]


def mark(public_id: UUID, version: int, profile_version: int) -> str:
    """Changes with every change of the search or the profile."""
    return fingerprint({"search": str(public_id), "version": version, "profile": profile_version})


def shown(statements: SearchStatements, introduction: str, place: str) -> list[Line]:
    """Who sees it, and what: nothing else is published."""
    paragraphs: list[Text | str] = [line for line in introduction.splitlines() if line.strip()]
    kinds: list[Text | str] = [kind.label for kind in _in_order(statements.kinds)]
    around = Text("up to %(km)s km around %(place)s", {"km": statements.radius_km, "place": place})
    lines: list[Line] = [
        (Text("Who sees it"), [Text("Owners of offers that fit, without your name.")]),
        (Text("In your own words"), paragraphs or [Text("not said")]),
        (Text("What you are looking for"), kinds),
        (Text("Where"), [around]),
    ]
    lines += [(group.topic.label, list(group.phrases)) for group in summaries.groups(published_facts(statements.facts))]
    wishes: list[Text | str] = [line.text for line in summaries.wish_lines(published_wishes(statements))]
    return [*lines, (Text("What you wish"), wishes)] if wishes else lines


def _in_order(kinds: Iterable[Kind]) -> list[Kind]:
    return sorted(kinds, key=lambda kind: kind.code)
