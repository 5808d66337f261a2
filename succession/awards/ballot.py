"""What a body's decision must say before it can be entered. Pure."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from succession.awards.limits import LONGEST_NAME, LONGEST_REASON, MOST_VOTES
from succession.awards.models_decision import Outcome
from succession.i18n import Text


@dataclass(frozen=True, slots=True)
class Ballot:
    """The decision as it stands in the minutes."""

    outcome: Outcome
    code: str | None
    """Who gets the lot; nobody where the body decided "no award"."""
    body: str
    decided_on: date
    item: str
    is_public: bool
    votes_for: int
    votes_against: int
    votes_abstained: int
    withdrew: Sequence[str] = ()
    reason: str = ""
    """Why the body left the ranking, or why nobody gets the lot."""


def departs(ballot: Ballot, proposed: str | None) -> bool:
    """Whether the body decided otherwise than the ranking says."""
    return ballot.code != proposed


def refusal(
    ballot: Ballot, proposed: str | None, interested: Iterable[str], *, prepared_on: date, today: date
) -> Text | None:
    """What is missing or cannot be; None if the decision can be entered."""
    found = next((text for wrong, text in _checks(ballot, proposed, prepared_on, today) if wrong), None)
    if found is not None:
        return found
    missing = _missing(ballot.withdrew, interested)
    if not missing:
        return None
    return Text("%(name)s has an interest and must have withdrawn. Please look at the minutes.", {"name": missing[0]})


def _checks(ballot: Ballot, proposed: str | None, prepared_on: date, today: date) -> Iterator[tuple[bool, Text]]:
    """One after another; the first that is wrong is said."""
    counted = (ballot.votes_for, ballot.votes_against, ballot.votes_abstained)
    reasoned = bool(ballot.reason.strip())
    yield not 1 <= len(ballot.body.strip()) <= LONGEST_NAME, Text("Please write which body has decided.")
    too_long = len(ballot.item) > LONGEST_NAME or len(ballot.reason) > LONGEST_REASON
    yield too_long, Text("One of the texts is too long.")
    yield ballot.decided_on > today, Text("This day lies in the future. A decision is entered after it was taken.")
    early = Text("The body cannot have decided before the office had prepared and checked the lot.")
    yield ballot.decided_on < prepared_on, early
    yield any(not 0 <= votes <= MOST_VOTES for votes in counted), Text("Please look at the number of votes.")
    yield ballot.votes_for <= ballot.votes_against, Text("There must be more votes for it than against it.")
    chosen = Text("Please choose who gets the lot, or that nobody gets it.")
    yield (ballot.outcome is Outcome.AWARD) != (ballot.code is not None), chosen
    nobody = Text("Please write why nobody gets the lot; the reason will be printed.")
    yield ballot.outcome is Outcome.NO_AWARD and not reasoned, nobody
    left = Text("The body left the ranking. Please write its reason; it will be printed.")
    yield departs(ballot, proposed) and not reasoned, left


def _missing(withdrew: Iterable[str], interested: Iterable[str]) -> list[str]:
    gone = {" ".join(name.split()).casefold() for name in withdrew}
    return [name for name in interested if name.casefold() not in gone]
