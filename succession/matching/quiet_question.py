"""The quiet question: how many people look for something like this, told to somebody without an account, in bands.

Nothing is stored, nobody is named, and the answer is never a figure: only that it is at least one of a few fixed
numbers (LP-10). Whoever asks twice with one tick more learns no more than which of these numbers is passed.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import ColumnElement, and_, distinct, func, or_, select, true
from sqlalchemy.orm import Session

from succession.facts.kinds import BUSINESSES, Kind
from succession.facts.shapes import Choice
from succession.facts.terms import HOW_FAR, TAKEOVER_MODELS
from succession.facts.wishes import SEARCH_WISHES
from succession.profiles.models import Search
from succession.profiles.models_published import published_search

STEPS = (5, 10, 20, 30, 50, 100, 200, 500)
"""The only numbers that are ever told; below the first it is "fewer than five"."""


@dataclass(frozen=True, slots=True)
class Ticks:
    """What somebody could give: the five ticks of the start page."""

    farm: bool = False
    dwelling: bool = False
    lease: bool = False
    animals: bool = False
    stays: bool = False

    @property
    def is_empty(self) -> bool:
        """Whether nothing is ticked, so that nothing was asked."""
        return self == Ticks()


@dataclass(frozen=True, slots=True)
class Answer:
    """`at_least` is one of `STEPS`, or 0 for fewer than five; and whether a dwelling would lift it to the next step."""

    at_least: int
    more_with_dwelling: bool


def quiet_question(session: Session, ticks: Ticks, *, hidden: Sequence[int] = ()) -> Answer:
    """How many people with a published search would look at something like this; `hidden` searches do not count."""
    people = distinct(Search.profile_id)
    fitting = [_kinds(ticks), _lease(ticks), _animals(ticks), _stays(ticks)]
    if hidden:
        fitting.append(published_search.c.id.not_in(hidden))
    dwelling_needed = _must("dwelling")
    counted = session.execute(
        select(
            func.count(people).filter(true() if ticks.dwelling else ~dwelling_needed),
            func.count(people),
        )
        .select_from(published_search)
        .join(Search, Search.id == published_search.c.id)
        .where(and_(*fitting))
    ).one()
    now, with_dwelling = _step(counted[0]), _step(counted[1])
    return Answer(now, not ticks.dwelling and with_dwelling > now)


def _step(number: int) -> int:
    return max((step for step in STEPS if step <= number), default=0)


def _must(criterion: str) -> ColumnElement[bool]:
    place = next(place for place, wish in enumerate(SEARCH_WISHES) if wish.criterion == criterion)
    return published_search.c.must.op("&")(1 << place) != 0


def _kinds(ticks: Ticks) -> ColumnElement[bool]:
    """A farm, or else any business."""
    wanted = {Kind.FARM} if ticks.farm else BUSINESSES
    return published_search.c.kinds.op("&")(sum(1 << kind.code for kind in wanted)) != 0


def _lease(ticks: Ticks) -> ColumnElement[bool]:
    """Whoever insists on another form of takeover does not look for a lease."""
    if not ticks.lease:
        return true()
    lease = TAKEOVER_MODELS.code(["lease"])
    models = published_search.c.wish_takeover_models
    return or_(models.is_(None), models.op("&")(lease) != 0)


def _animals(ticks: Ticks) -> ColumnElement[bool]:
    """Whoever would keep the animals at least in part, or has not said."""
    if not ticks.animals:
        return true()
    return or_(published_search.c.keep_animals.is_(None), published_search.c.keep_animals >= _place(HOW_FAR, "partly"))


def _stays(ticks: Ticks) -> ColumnElement[bool]:
    """Whoever would share the work for more than a year, or has not said."""
    if not ticks.stays:
        return true()
    more_than_a_year = 3
    months = published_search.c.shared_months
    return or_(months.is_(None), months >= more_than_a_year)


def _place(choice: Choice, key: str) -> int:
    return choice.keys().index(key)
